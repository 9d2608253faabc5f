import { parseArgs } from 'node:util';
import { verifyPrompts } from './prompts.ts';

export const proposerNames = ['prompt-lookup', 'draft-model', 'combined'] as const;
export const draftLengthNames = ['1', '2', '3', '4', '5', '6', '7', '8', 'adaptive'] as const;
export const policyNames = ['greedy', 'sampling', 'penalties'] as const;

export const controlNames = ['late-rollback', 'no-width-rule'] as const;

export type ProposerName = (typeof proposerNames)[number];
export type DraftLengthName = (typeof draftLengthNames)[number];
export type PolicyName = (typeof policyNames)[number];
export type ControlName = (typeof controlNames)[number];

export interface VerifyOptions {
  readonly help: boolean;
  readonly prompts: number;
  readonly tokens: number;
  readonly proposers: readonly ProposerName[];
  readonly draftLengths: readonly DraftLengthName[];
  readonly policies: readonly PolicyName[];
  readonly rotate: boolean;
  /** Every `of`th prompt, from the `number`th, counted from 1. */
  readonly part: { readonly number: number; readonly of: number };
  readonly control?: ControlName;
  /** Whether the model runs with its adapter. */
  readonly adapter: boolean;
}

export const usage = `Compares speculative with plain decoding on the default model, token for token.

npm run verify -- [options]

  --prompts N        so many of the ${verifyPrompts.length} prompts, spread over all kinds; default all
  --tokens N         longest answer, default 128
  --proposers A,B    of ${proposerNames.join(', ')}; default all
  --draft-lengths A,B   of ${draftLengthNames.join(', ')}; default all
  --policies A,B     of ${policyNames.join(', ')}; default greedy,sampling
  --rotate           for each prompt and policy only one draftLength of every proposer, taking turns
  --part I/N         the Ith of N parts of the prompts, to share the work out between runs; default 1/1
  --adapter          run the model with its adapter; not with --control no-width-rule
  --control NAME     break a rule of the engine, ${controlNames.join(' or ')}: then texts must differ
  --help             print this

Everything on all prompts takes some hours; --rotate a ninth of them; --prompts 20 --tokens 48 --rotate about
a minute. Ends with status 1 where a text differs.
`;

function chosen<Name extends string>(option: string, text: string, names: readonly Name[]): Name[] {
  return text.split(',').map((part) => {
    const found = names.find((name) => name === part);
    if (found === undefined) throw new Error(`--${option}: ${part} is none of ${names.join(', ')}.`);
    return found;
  });
}

function count(option: string, text: string, most: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > most) {
    throw new Error(`--${option} must be a whole number from 1 to ${most}, not ${text}.`);
  }
  return value;
}

function partOf(text: string): VerifyOptions['part'] {
  const [number = '', of = ''] = text.split('/');
  const parts = count('part', of, verifyPrompts.length);
  return { number: count('part', number, parts), of: parts };
}

/** @throws Error naming the option at fault */
export function parseVerifyOptions(parameters: readonly string[]): VerifyOptions {
  const { values } = parseArgs({
    args: [...parameters],
    options: {
      prompts: { type: 'string', default: String(verifyPrompts.length) },
      tokens: { type: 'string', default: '128' },
      proposers: { type: 'string', default: proposerNames.join(',') },
      'draft-lengths': { type: 'string', default: draftLengthNames.join(',') },
      policies: { type: 'string', default: 'greedy,sampling' },
      rotate: { type: 'boolean', default: false },
      part: { type: 'string', default: '1/1' },
      control: { type: 'string' },
      adapter: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.adapter && values.control === 'no-width-rule')
    throw new Error('--control no-width-rule is of the stock graph: leave --adapter out.');
  return {
    help: values.help,
    prompts: count('prompts', values.prompts, verifyPrompts.length),
    tokens: count('tokens', values.tokens, 1024),
    proposers: chosen('proposers', values.proposers, proposerNames),
    draftLengths: chosen('draft-lengths', values['draft-lengths'], draftLengthNames),
    policies: chosen('policies', values.policies, policyNames),
    rotate: values.rotate,
    adapter: values.adapter,
    part: partOf(values.part),
    ...(values.control === undefined ? {} : { control: chosen('control', values.control, controlNames)[0]! }),
  };
}
