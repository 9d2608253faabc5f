/**
 * `npm run bench:correction`: Fix grammar on 120 words with the default model's editor, as the document does it (greedy, sped
 * up by the passage as a reference), and by plain decoding. Rounds alternate; each starts with other words, so that the
 * passage is read anew. The first change is the first token at which the texts part.
 */
import { performance } from 'node:perf_hooks';
import { lengthBoundOf } from '../../src-main/contract/rewrite/purpose.ts';
import { parseStrategy, type Strategy } from '../../src-main/contract/strategy.ts';
import { referencesOf, rewritePrompt } from '../../src-main/documents/rewrite-prompt.ts';
import { builtInActions } from '../../src-renderer/state/documents/actions.ts';
import { paragraph } from '../e2e/document-steps.ts';
import { loadDefaultModel } from '../runtime/default-model.ts';
import { median } from './measurement.ts';

interface Times {
  readonly firstChange: number;
  readonly whole: number;
  readonly tokens: number;
  readonly forwards: number;
  readonly text: string;
}

const strategies: Readonly<Record<string, Strategy>> = {
  'as the document': parseStrategy({ kind: 'auto' }),
  'plain greedy': parseStrategy({ kind: 'greedy' }),
};
const beginnings = 'So Now Then Here Today Again Still Once Later Well First Next'.split(' ');
const { instruction, purpose } = builtInActions.find(({ id }) => id === 'grammar')!;
const model = await loadDefaultModel();

async function timesOf(passage: string, strategy: Strategy): Promise<Times> {
  const request = {
    instruction,
    purpose,
    mode: 'replace',
    selection: passage,
    before: '',
    after: '',
  } as const;
  const start = performance.now();
  let [text, firstChange, forwards, tokens] = ['', NaN, 0, 0];
  for await (const event of model.generate(
    {
      ...rewritePrompt(request, { askedAt: 0, utcOffset: 0 }),
      ...{ references: referencesOf(request), lengthBound: lengthBoundOf(purpose, passage) },
      ...{ strategy, maxTokens: 1024, stopTexts: [], alternatives: 0, stopAtLoops: true, adapter: true },
    },
    new AbortController().signal,
  )) {
    if (event.type === 'token') {
      text += event.text;
      if (Number.isNaN(firstChange) && !passage.startsWith(text)) firstChange = performance.now() - start;
    }
    if (event.type === 'end') ({ outputTokens: tokens, forwards } = event.statistics);
  }
  return { firstChange, whole: performance.now() - start, tokens, forwards, text };
}

const found = new Map<string, Times[]>(Object.keys(strategies).map((name) => [name, []]));
for (const [round, beginning] of beginnings.entries()) {
  const passage = `${beginning} we say: ${paragraph}`;
  const texts: string[] = [];
  for (const [name, strategy] of Object.entries(strategies)) {
    // Another conversation in between, so that nothing of the passage is cached.
    await timesOf('Nothing is wrong here.', strategy);
    const times = await timesOf(passage, strategy);
    texts.push(times.text);
    if (round > 0) found.get(name)?.push(times);
  }
  if (new Set(texts).size > 1) throw new Error(`The texts differ: ${JSON.stringify(texts)}`);
}
model.close();

const middle = (name: string, field: 'firstChange' | 'whole' | 'tokens' | 'forwards') =>
  median(found.get(name)!.map((times) => times[field]));
console.table(
  Object.fromEntries(
    Object.keys(strategies).map((name) => [
      name,
      {
        'first change, s': (middle(name, 'firstChange') / 1000).toFixed(2),
        'whole, s': (middle(name, 'whole') / 1000).toFixed(2),
        tokens: middle(name, 'tokens'),
        forwards: middle(name, 'forwards'),
      },
    ]),
  ),
);
const [fast, plain] = Object.keys(strategies).map((name) => middle(name, 'whole'));
console.log(`${(plain! / fast!).toFixed(2)} times as fast as plain decoding, the same text`);
