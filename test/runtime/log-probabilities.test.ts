import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { GenerationEvent, TokenEvent } from '../../src-main/contract/generation.ts';
import type { StrategyInput } from '../../src-main/contract/strategy.ts';
import { parseStrategy } from '../../src-main/contract/strategy.ts';
import { logSumExp } from '../../src-main/engine/distribution.ts';
import type { TokenId } from '../../src-main/engine/model.ts';
import type { LoadedModel } from '../../src-main/runtime/load.ts';
import { loadDefaultModel, operatorsAreOff } from './default-model.ts';

/**
 * The default model on the project's operators: whatever the strategy, a token's log-probability is that of its text read
 * in one piece, bit for bit. So strategies agree wherever their tokens have been equal from the start of the answer.
 */
let model: LoadedModel;
beforeAll(async () => {
  model = await loadDefaultModel();
});
afterAll(() => model.close());

const prompt = {
  messages: [{ role: 'user', content: 'Name three rivers and say where they end.' }],
} as const;
const maxTokens = 40;

const answers = new Map<StrategyInput, Promise<readonly GenerationEvent[]>>();

function answer(input: StrategyInput): Promise<readonly GenerationEvent[]> {
  const known = answers.get(input) ?? generate(input);
  answers.set(input, known);
  return known;
}

async function generate(input: StrategyInput): Promise<readonly GenerationEvent[]> {
  const strategy = parseStrategy(input);
  const request = { prompt, strategy, maxTokens, stopTexts: [], alternatives: 0 };
  const events: GenerationEvent[] = [];
  for await (const event of model.generate(request, new AbortController().signal)) events.push(event);
  return events;
}

/** The log-probability of each token of an answer, from one forward of prompt and answer. */
async function logProbabilitiesOf(tokens: readonly TokenId[]): Promise<number[]> {
  const context = model.promptTokens(prompt);
  const sequence = model.model.open();
  const rows = await sequence.forward([...context, ...tokens.slice(0, -1)], tokens.length);
  const found = rows.map((row, index) => row[tokens[index]!]! - logSumExp(row));
  sequence.close();
  return found;
}

interface ScoredText {
  readonly tokens: readonly TokenId[];
  readonly logProbabilities: readonly number[];
}

/** The answer, and the results of a search. */
function textsOf(events: readonly GenerationEvent[]): ScoredText[] {
  const scored = (tokens: readonly Pick<TokenEvent, 'id' | 'logProbability'>[]): ScoredText => ({
    tokens: tokens.map(({ id }) => id as TokenId),
    logProbabilities: tokens.map(({ logProbability }) => logProbability),
  });
  const hypotheses = events.flatMap((event) => (event.type === 'hypotheses' ? event.hypotheses : []));
  return [
    scored(events.filter((event) => event.type === 'token')),
    ...hypotheses.map(({ tokens }) => scored(tokens)),
  ];
}

const greedyInput: StrategyInput = { kind: 'greedy' };
const inputs: readonly StrategyInput[] = [
  greedyInput,
  { kind: 'sampling', seed: 4 },
  ...[1, 2, 3, 4, 5, 6, 7, 8].map((width) => ({ kind: 'beam', width, best: Math.min(width, 3) }) as const),
  { kind: 'candidate-set', policy: 'beam', best: 3 },
  { kind: 'candidate-set', policy: 'greedy', candidates: 2, alternatives: 5, tokensPerRound: 7 },
  { kind: 'candidate-set', policy: 'sampling', seed: 6 },
  { kind: 'contrastive' },
  { kind: 'speculative', draftLength: 6 },
  { kind: 'speculative', draftLength: 'adaptive', policy: { kind: 'sampling', seed: 9 } },
  { kind: 'auto' },
];

describe.skipIf(operatorsAreOff)('log-probabilities', () => {
  test.each(inputs.map((input) => ({ name: JSON.stringify(input), input })))(
    'of $name are those of its text',
    async ({ input }) => {
      for (const { tokens, logProbabilities } of textsOf(await answer(input))) {
        expect(tokens.length).toBeGreaterThan(0);
        expect(logProbabilities).toEqual(await logProbabilitiesOf(tokens));
      }
    },
  );

  test('of strategies with the same first tokens are equal there', async () => {
    const [greedy] = textsOf(await answer(greedyInput));
    let equal = 0;
    for (const input of inputs) {
      for (const { tokens, logProbabilities } of textsOf(await answer(input))) {
        for (let place = 0; tokens[place] === greedy!.tokens[place] && place < tokens.length; place++) {
          expect(logProbabilities[place]).toBe(greedy!.logProbabilities[place]);
          equal++;
        }
      }
    }
    expect(equal).toBeGreaterThan(5 * maxTokens);
  });

  test('are compared place by place: another answer has others (negative control)', async () => {
    const [greedy] = textsOf(await answer(greedyInput));
    const changed = [...greedy!.tokens];
    changed[2] = 1000 as TokenId;
    const [one, other] = [await logProbabilitiesOf(greedy!.tokens), await logProbabilitiesOf(changed)];
    expect(other.slice(0, 2)).toEqual(one.slice(0, 2));
    expect(other.slice(2)).not.toEqual(one.slice(2));
  });
});
