import * as v from 'valibot';
import type { ChatMessage } from '../contract/chat.ts';
import { ForedraftError } from '../contract/error.ts';
import type { GenerationRequest } from '../contract/generation.ts';
import { defaultAnswerTokens, maximumAnswerTokens } from '../contract/generation.ts';
import type { Strategy } from '../contract/strategy.ts';
import { parseStrategy, strategies, withSeed } from '../contract/strategy.ts';
import { maxSeed } from '../contract/strategy/setting.ts';
import { invalidOption, parseOptions, readOptionFile } from './options.ts';

/** Each strategy with its examples, as lines of the help. */
const strategyLines = strategies.flatMap(({ kind, summary, examples }) => [
  `${kind}: ${summary}`,
  ...examples.map((settings) => `  ${JSON.stringify({ kind, ...settings })}`),
]);

export const usage = `Answers a prompt with the model, in plain Node, as the app would.

npm run -s generate -- --prompt TEXT [options]
npm run -s generate -- --messages FILE [options]

  --prompt TEXT      the prompt
  --system TEXT      a system prompt before it
  --messages FILE    a conversation instead: JSON, [{"role": "user", "content": "..."}, ...]
  --raw              use the prompt without the model's chat template
  --strategy JSON    how the text is chosen, default {"kind":"auto"}
${strategyLines.map((line) => `${' '.repeat(21)}${line}\n`).join('')}\
  --max-tokens N     1 to ${maximumAnswerTokens}, default ${defaultAnswerTokens}
  --seed N           the seed of a strategy that samples, 0 to ${maxSeed}
  --answer-prefix TEXT
                     the start of the answer, which is continued after it
  --reference FILE   a text that the answer may repeat, for speculation; may be repeated
  --stop TEXT        end the answer at this text; may be repeated
  --adapter          run the model with its adapter, as rewrites in documents do
  --model DIR        a converted model's folder, default models/smollm2-135m-instruct
  --provider NAME    what runs the model, default cpu
  --json             print one event per line as JSON; the last has the statistics, the model and its kernels
  --top K            report the K most likely tokens at every position, before and after the policy, 0 to 20
                     (with --json)
  --help             print this
`;

export interface GenerateOptions {
  readonly help: boolean;
  readonly request: GenerationRequest;
  /** undefined: the default model. */
  readonly modelDirectory: string | undefined;
  readonly provider: string;
  readonly json: boolean;
}

const messagesSchema = v.pipe(
  v.array(v.strictObject({ role: v.picklist(['system', 'user', 'assistant']), content: v.string() })),
  v.minLength(1),
);

function wholeNumber(name: string, value: string | undefined, minimum: number, maximum: number) {
  if (value === undefined) return undefined;
  const number = Number(value);
  if (value.trim() === '' || !Number.isInteger(number) || number < minimum || number > maximum) {
    throw invalidOption(`--${name} must be a whole number from ${minimum} to ${maximum}, not ${value}.`);
  }
  return number;
}

function parseJson(name: string, source: string): unknown {
  try {
    return JSON.parse(source);
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw invalidOption(
      `${name} is not JSON (${cause}): quote it for your shell, for example '{"kind":"greedy"}'.`,
    );
  }
}

function readMessages(file: string): ChatMessage[] {
  const parsed = v.safeParse(messagesSchema, parseJson(file, readOptionFile(file, '--messages')));
  if (parsed.success) return parsed.output;
  throw invalidOption(
    `${file} is not a list of messages with role and content: ${parsed.issues[0].message}.`,
  );
}

function promptOf(values: {
  prompt?: string;
  system?: string;
  messages?: string;
  raw?: boolean;
}): GenerationRequest['prompt'] {
  const { prompt, system, messages, raw } = values;
  if ((prompt === undefined) === (messages === undefined)) {
    throw invalidOption('Give either --prompt TEXT or --messages FILE (see --help).');
  }
  if (raw) {
    if (prompt === undefined || system !== undefined) {
      throw invalidOption('--raw goes with --prompt alone: without a template there are no messages.');
    }
    return { raw: prompt };
  }
  if (prompt !== undefined && prompt.trim() === '') {
    throw new ForedraftError('prompt-empty', 'The prompt is empty: write something to answer to.');
  }
  const conversation =
    messages === undefined ? [{ role: 'user', content: prompt ?? '' } as const] : readMessages(messages);
  return {
    messages: system === undefined ? conversation : [{ role: 'system', content: system }, ...conversation],
  };
}

function strategyOf(source: string | undefined, seed: number | undefined): Strategy {
  const strategy = parseStrategy(source === undefined ? { kind: 'auto' } : parseJson('--strategy', source));
  return seed === undefined ? strategy : seeded(strategy, seed);
}

function seeded(strategy: Strategy, seed: number): Strategy {
  const changed = withSeed(strategy, seed);
  if (changed) return changed;
  throw invalidOption(
    `--seed has no effect on ${strategy.kind}, which draws nothing with these settings: leave it out, or choose settings that sample.`,
  );
}

/** @throws ForedraftError naming the option at fault */
export function parseGenerateOptions(parameters: readonly string[]): GenerateOptions {
  const values = parseOptions(parameters, {
    prompt: { type: 'string' },
    system: { type: 'string' },
    messages: { type: 'string' },
    raw: { type: 'boolean' },
    strategy: { type: 'string' },
    'max-tokens': { type: 'string' },
    seed: { type: 'string' },
    stop: { type: 'string', multiple: true },
    'answer-prefix': { type: 'string' },
    reference: { type: 'string', multiple: true },
    adapter: { type: 'boolean' },
    model: { type: 'string' },
    provider: { type: 'string' },
    json: { type: 'boolean' },
    top: { type: 'string' },
    help: { type: 'boolean' },
  });
  const help = values.help ?? false;
  const stopTexts = values.stop ?? [];
  if (stopTexts.includes('')) throw invalidOption('--stop needs a text that is not empty.');
  return {
    help,
    modelDirectory: values.model,
    provider: values.provider ?? 'cpu',
    json: values.json ?? false,
    request: {
      prompt: help ? { raw: '' } : promptOf(values),
      strategy: strategyOf(values.strategy, wholeNumber('seed', values.seed, 0, maxSeed)),
      maxTokens:
        wholeNumber('max-tokens', values['max-tokens'], 1, maximumAnswerTokens) ?? defaultAnswerTokens,
      stopTexts,
      alternatives: wholeNumber('top', values.top, 0, 20) ?? 0,
      ...(values['answer-prefix'] === undefined ? {} : { answerPrefix: { text: values['answer-prefix'] } }),
      ...(values.adapter === true && { adapter: true }),
      references: (values.reference ?? []).map((file) => readOptionFile(file, '--reference')),
    },
  };
}
