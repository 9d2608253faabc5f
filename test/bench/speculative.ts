/**
 * `npm run bench:speculation -- [--tokens N] [--rounds N] [--only KIND] [--model NAME] [--draft NAME]`: speed-up of
 * speculation on the default model; NAMEs are folders in models/. For each prompt the strategies alternate, after a
 * warm-up round. Figures are the time of plain decoding over that of the strategy (shortest rounds), the same by CPU
 * time, and the tokens accepted and proposed. All strategies must produce the same text.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Sequence, TokenId } from '../../src-main/engine/model.ts';
import { seededNoise } from '../../src-main/engine/noise.ts';
import { composePolicies } from '../../src-main/engine/policy/pipeline.ts';
import { CostModel } from '../../src-main/engine/speculate/cost-model.ts';
import type { DraftLength } from '../../src-main/engine/speculate/draft-length.ts';
import { AdaptiveDraftLength, fixedDraftLength } from '../../src-main/engine/speculate/draft-length.ts';
import { DraftModel } from '../../src-main/engine/speculate/draft-model.ts';
import { PromptLookup } from '../../src-main/engine/speculate/prompt-lookup.ts';
import type { Proposer } from '../../src-main/engine/speculate/proposer.ts';
import { CombinedProposer } from '../../src-main/engine/speculate/proposer.ts';
import type { SpeculativeRound } from '../../src-main/engine/speculate/speculative.ts';
import { sameText, speculative } from '../../src-main/engine/speculate/speculative.ts';
import { stepwise } from '../../src-main/engine/stepwise.ts';
import { loadModel } from '../../src-main/runtime/load.ts';
import { benchPrompts } from './speculative-prompts.ts';

const { values } = parseArgs({
  options: {
    tokens: { type: 'string', default: '128' },
    rounds: { type: 'string', default: '3' },
    only: { type: 'string' },
    model: { type: 'string', default: 'smollm2-135m-instruct' },
    draft: { type: 'string' },
  },
});
const maxTokens = Number(values.tokens);
const load = (name: string) => loadModel(path.join(import.meta.dirname, '../../models', name), 'cpu');
const loaded = await load(values.model);
const { contextLength, endTokens } = loaded.model;
const sequence = loaded.model.open();
const drafter = values.draft === undefined ? undefined : await load(values.draft);
const draftSequence = drafter?.model.open();
const costModel = new CostModel();

const policies = {
  greedy: { temperature: 0 },
  sampling: { temperature: 0.7, topK: 40, topP: 0.95 },
};

interface Choice {
  readonly draftLength: DraftLength;
  readonly proposer: Proposer;
}

/** What a draft model needs from the prompt. */
type Drafting = Pick<ConstructorParameters<typeof DraftModel>[0], 'policy' | 'noise' | 'promptLength'>;

function draftModel(drafting: Drafting): DraftModel {
  if (!draftSequence) throw new Error('there is no draft model');
  return new DraftModel({ sequence: draftSequence, contextLength, endTokens, ...drafting });
}

const lookup = (length: number): Choice => ({
  draftLength: fixedDraftLength(length),
  proposer: new PromptLookup({ shortest: 2 }),
});
const strategies: Readonly<Record<string, ((drafting: Drafting) => Choice) | undefined>> = {
  plain: undefined,
  'lookup 4': () => lookup(4),
  'lookup 8': () => lookup(8),
  ...(draftSequence
    ? { 'draft 4': (drafting) => ({ draftLength: fixedDraftLength(4), proposer: draftModel(drafting) }) }
    : {}),
  auto: (drafting) => ({
    draftLength: new AdaptiveDraftLength(costModel),
    proposer: draftSequence
      ? new CombinedProposer([new PromptLookup(), draftModel(drafting)])
      : new PromptLookup(),
  }),
};

interface Outcome {
  readonly tokens: readonly TokenId[];
  /** Milliseconds from the first token to the last. */
  readonly milliseconds: number;
  /** The same in CPU time, which varies less on a busy machine. */
  readonly processorMs: number;
  readonly proposed: number;
  readonly accepted: number;
}

async function decode(
  target: Sequence,
  prompt: readonly TokenId[],
  name: string,
  policy: keyof typeof policies,
) {
  const run = { promptLength: prompt.length, endTokens, seed: 1 };
  const chosenPolicy = composePolicies(policies[policy], run);
  const noise = seededNoise(1);
  const chosen = strategies[name]?.({ policy: chosenPolicy, noise, promptLength: prompt.length });
  const rounds = chosen
    ? speculative(target, prompt, {
        policy: chosenPolicy,
        acceptance: sameText(noise),
        proposer: chosen.proposer,
        draftLength: chosen.draftLength,
        endTokens,
        contextLength,
        maxTokens,
        now: () => performance.now(),
      })
    : undefined;
  const tokens: TokenId[] = [];
  let start = 0;
  let used = process.cpuUsage();
  let proposed = 0;
  let accepted = 0;
  const decoded = rounds
    ? tokensOf(rounds, (round) => {
        proposed += round.proposed.length;
        accepted += round.accepted;
      })
    : stepwise(target, prompt, chosenPolicy, noise);
  for await (const { token } of decoded) {
    if (tokens.length === 0) [start, used] = [performance.now(), process.cpuUsage()];
    tokens.push(token);
    if (tokens.length === maxTokens || endTokens.has(token)) break;
  }
  const { user, system } = process.cpuUsage(used);
  const milliseconds = performance.now() - start;
  return { tokens, milliseconds, processorMs: (user + system) / 1000, proposed, accepted } satisfies Outcome;
}

async function* tokensOf(rounds: AsyncIterable<SpeculativeRound>, look: (round: SpeculativeRound) => void) {
  for await (const round of rounds) {
    look(round);
    yield* round.tokens;
  }
}

const table: Record<string, Record<string, string>> = {};
const ratios = new Map<string, number[]>();
for (const [index, { kind, user, answer = '' }] of benchPrompts.entries()) {
  if (values.only && values.only !== kind) continue;
  const prompt = [
    ...loaded.promptTokens({ messages: [{ role: 'user', content: user }] }),
    ...(answer ? loaded.promptTokens({ raw: answer }) : []),
  ];
  for (const policy of ['greedy', 'sampling'] as const) {
    const times = new Map<string, number[]>();
    const processorTimes = new Map<string, number[]>();
    const row: Record<string, string> = {};
    let text = '';
    for (let round = 0; round <= Number(values.rounds); round++) {
      for (const name of Object.keys(strategies)) {
        const outcome = await decode(sequence, prompt, name, policy);
        const found = outcome.tokens.join(' ');
        if (name === 'plain') text = found;
        else if (found !== text) throw new Error(`${name} gave another text than plain for prompt ${index}`);
        if (round > 0) {
          times.set(name, [...(times.get(name) ?? []), outcome.milliseconds]);
          processorTimes.set(name, [...(processorTimes.get(name) ?? []), outcome.processorMs]);
        }
        row[name] = `${outcome.accepted}/${outcome.proposed}`;
        row['tokens'] = String(outcome.tokens.length);
      }
    }
    const plain = Math.min(...times.get('plain')!);
    const plainProcessor = Math.min(...processorTimes.get('plain')!);
    for (const name of Object.keys(strategies)) {
      const ratio = plain / Math.min(...times.get(name)!);
      const byProcessor = plainProcessor / Math.min(...processorTimes.get(name)!);
      row[name] =
        name === 'plain'
          ? `${plain.toFixed(0)} ms`
          : `${ratio.toFixed(2)}, ${byProcessor.toFixed(2)} (${row[name]})`;
      const key = `${kind} ${policy} ${name}`;
      ratios.set(key, [...(ratios.get(key) ?? []), ratio]);
    }
    table[`${index} ${kind} ${policy}`] = row;
  }
}
console.table(table);
for (const [key, found] of ratios) {
  if (!key.endsWith('plain')) {
    console.log(`${key}: ${Math.min(...found).toFixed(2)} to ${Math.max(...found).toFixed(2)}`);
  }
}
loaded.close();
drafter?.close();
