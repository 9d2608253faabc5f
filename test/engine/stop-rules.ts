import fc from 'fast-check';
import type { EndReason, GenerationEvent, TokenEvent } from '../../src-main/contract/generation.ts';
import type { StrategyInput } from '../../src-main/contract/strategy.ts';
import { parseStrategy } from '../../src-main/contract/strategy.ts';
import { generate } from '../../src-main/engine/generate.ts';
import type { Sequence, TokenId } from '../../src-main/engine/model.ts';
import type { Vocabulary } from '../../src-main/engine/vocabulary.ts';
import { tokens } from '../fakes/hash-model.ts';
import { LoopingModel } from '../fakes/looping-model.ts';

/** Token 0 is ba, 1 is de and so on: a stop text may start and end within a token. */
const syllableOf = (id: number) => `${'bdfghjklmnpr'[id % 12] ?? ''}${'aeiou'[id % 5] ?? ''}`;
const syllables: Vocabulary = {
  text: syllableOf,
  bytes: (id) => new TextEncoder().encode(syllableOf(id)),
  textDecoder: () => ({ add: syllableOf }),
};

export interface Case {
  readonly loop: readonly number[];
  readonly seed: number;
  readonly pull: number;
  readonly prompt: readonly number[];
  readonly strategy: StrategyInput;
}

/** What ends an answer. */
export interface Rules {
  readonly endTokens?: readonly number[];
  readonly stopTexts?: readonly string[];
  readonly maxTokens: number;
  /** Tokens that the context has room for; default plenty. */
  readonly room?: number;
}

export const greedy = { kind: 'greedy' } as const;
export const sampling = {
  kind: 'sampling',
  temperature: 0.8,
  topK: 8,
  seed: 5,
  presencePenalty: 0.2,
} as const;
export const speculative = (['same-text', 'rejection'] as const).flatMap((acceptance) =>
  ([1, 2, 3, 4, 5, 6, 7, 8, 'adaptive'] as const).flatMap((draftLength) =>
    [greedy, sampling].map((policy) => ({ kind: 'speculative', acceptance, draftLength, policy }) as const),
  ),
);
export const searches: readonly StrategyInput[] = [
  { kind: 'beam', width: 1 },
  { kind: 'beam', width: 4, best: 4, earlyStopping: 'never' },
  { kind: 'beam', width: 4, groups: 2, diversityPenalty: 1, earlyStopping: true },
  { kind: 'beam', width: 3, sample: true, seed: 3, lengthPenalty: -1 },
  { kind: 'candidate-set' },
  { kind: 'candidate-set', candidates: 2, policy: 'sampling', tokensPerRound: 5, lengthPenalty: 1, best: 2 },
];
/** Strategies that decode token by token: rules only cut their text. */
export const stepwise: readonly StrategyInput[] = [
  greedy,
  sampling,
  ...speculative,
  { kind: 'auto' },
  { kind: 'auto', policy: sampling },
  { kind: 'contrastive' },
];

/** All kinds with the same probability. */
function ofAllKinds(strategies: readonly StrategyInput[]): fc.Arbitrary<StrategyInput> {
  const kinds = [...new Set(strategies.map(({ kind }) => kind))];
  const ofKind = (wanted: string) => fc.constantFrom(...strategies.filter(({ kind }) => kind === wanted));
  return fc.oneof(...kinds.map(ofKind));
}

/** The prompt contains the loop twice and its first two tokens once more. */
const caseOf = (strategies: readonly StrategyInput[]): fc.Arbitrary<Case> =>
  fc
    .record({
      loop: fc.uniqueArray(fc.integer({ min: 0, max: 11 }), { minLength: 4, maxLength: 9 }),
      seed: fc.integer({ min: 1, max: 1_000_000 }),
      pull: fc.integer({ min: 6, max: 12 }),
      strategy: ofAllKinds(strategies),
    })
    .map(({ loop, ...rest }) => ({ ...rest, loop, prompt: [...loop, ...loop, ...loop.slice(0, 2)] }));

/** The events of an answer; `through` may wrap the sequence. */
export async function answer(
  { loop, seed, pull, prompt, strategy }: Case,
  { endTokens = [], stopTexts = [], maxTokens, room = 400 }: Rules,
  through: (sequence: Sequence) => Sequence = (sequence) => sequence,
): Promise<readonly GenerationEvent[]> {
  const model = new LoopingModel({ loop, seed, pull, endTokens, contextLength: prompt.length + room });
  let clock = 0;
  const events: GenerationEvent[] = [];
  for await (const event of generate({
    model,
    sequence: through(model.open()),
    prompt: tokens(...prompt),
    vocabulary: syllables,
    strategy: parseStrategy(strategy),
    maxTokens,
    stopTexts,
    alternatives: 0,
    signal: { aborted: false },
    now: () => clock++,
  })) {
    events.push(event);
  }
  return events;
}

export const tokensOf = (events: readonly GenerationEvent[]) =>
  events.filter((event): event is TokenEvent => event.type === 'token');
export const idsOf = (events: readonly GenerationEvent[]) => tokensOf(events).map(({ id }) => id as TokenId);
export const textOf = (events: readonly GenerationEvent[]) =>
  tokensOf(events)
    .map(({ text }) => text)
    .join('');

/** An endless text cut by the rules: its tokens, their text, and why it ends. */
export function cut(
  ids: readonly number[],
  { endTokens = [], stopTexts = [], maxTokens, room = 400 }: Rules,
) {
  const kept: number[] = [];
  let text = '';
  const ended = (reason: EndReason | undefined) => ({ ids: kept, text, reason });
  for (const id of ids) {
    kept.push(id);
    if (endTokens.includes(id)) return ended('end-token');
    text += syllableOf(id);
    const starts = stopTexts.map((stop) => text.indexOf(stop)).filter((start) => start >= 0);
    if (starts.length > 0) {
      text = text.slice(0, Math.min(...starts));
      return ended('stop-text');
    }
    if (kept.length === Math.min(maxTokens, room)) return ended(room < maxTokens ? 'context-full' : 'length');
  }
  return ended(undefined);
}

/** What an answer reports, and what it should report: both are equal if the rules were followed. */
export function keptAndDue(events: readonly GenerationEvent[], rules: Rules) {
  const end = events.at(-1);
  const found = tokensOf(events);
  const due = cut(idsOf(events), rules);
  return {
    kept: {
      ids: idsOf(events),
      text: textOf(events),
      reason: end?.type === 'end' ? end.reason : undefined,
      positions: found.map(({ position }) => position),
      outputTokens: end?.type === 'end' ? end.statistics.outputTokens : undefined,
      ends: events.filter(({ type }) => type === 'end').length,
      answer: events.flatMap((event) =>
        event.type === 'hypotheses' ? [event.hypotheses[0]?.tokens.map(({ id }) => id)] : [],
      ),
    },
    due: {
      ...due,
      positions: due.ids.map((_, index) => index),
      outputTokens: due.ids.length,
      ends: 1,
      answer: events.some(({ type }) => type === 'hypotheses') ? [due.ids] : [],
    },
  };
}

/** End tokens from the loop, stop texts from an endless text, and limits. */
const rulesOf = (one: Case, text: string): fc.Arbitrary<Rules> => {
  const stop = fc
    .tuple(fc.integer({ min: 0, max: Math.max(0, text.length - 1) }), fc.integer({ min: 1, max: 7 }))
    .map(([start, length]) => text.slice(start, start + length));
  return fc.record(
    {
      endTokens: fc.subarray([...one.loop, 0, 11], { maxLength: 2 }),
      stopTexts: fc.array(stop, { minLength: 1, maxLength: 2 }),
      maxTokens: fc.integer({ min: 1, max: 24 }),
      room: fc.integer({ min: 1, max: 24 }),
    },
    { requiredKeys: ['maxTokens'] },
  );
};

/** Runs `check` on cases with matching rules. */
export async function forAll(
  strategies: readonly StrategyInput[],
  runs: number,
  check: (one: Case, rules: Rules, whole: readonly GenerationEvent[]) => Promise<void>,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(caseOf(strategies), fc.gen(), async (one, draw) => {
      const whole = await answer(one, { maxTokens: 24 });
      await check(
        one,
        draw(() => rulesOf(one, textOf(whole))),
        whole,
      );
    }),
    { numRuns: runs },
  );
}

/** The policy of a strategy that speculates, without speculation. */
export function plainOf(strategy: StrategyInput): StrategyInput {
  return 'policy' in strategy && typeof strategy.policy === 'object' ? strategy.policy : strategy;
}
