/**
 * `npm run bench:strategies -- [--rounds N] [--steps N] [--context N]`: cost of a step of each strategy on the default
 * model, relative to a token of greedy decoding. The strategies alternate after a warm-up round. A step lasts from the
 * start of a forward to the start of the next one; minima and medians are over all steps. Also reports what a step of
 * beam search allocates, and what the linear read of a finished text costs on kernels that need it.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Strategy } from '../../src-main/contract/strategy.ts';
import { parseStrategy } from '../../src-main/contract/strategy.ts';
import { generate } from '../../src-main/engine/generate.ts';
import type { LanguageModel, TokenId } from '../../src-main/engine/model.ts';
import { countedSequence } from '../../src-main/engine/run-counters.ts';
import { beam } from '../../src-main/engine/search/beam.ts';
import { loadModel } from '../../src-main/runtime/load.ts';
import { SessionSequence } from '../../src-main/runtime/session-sequence.ts';
import { vocabularyOf } from '../../src-main/runtime/tokenizer.ts';
import { allocatedBytes } from '../fakes/allocated-bytes.ts';
import { median } from './measurement.ts';
import { rescoringCosts } from './rescoring-cost.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    steps: { type: 'string', default: '32' },
    context: { type: 'string', default: '256' },
  },
});
const rounds = Number(values.rounds);
const steps = Number(values.steps);
const context = Number(values.context);

const strategies: Readonly<Record<string, Strategy>> = {
  greedy: parseStrategy({ kind: 'greedy' }),
  'beam 2': parseStrategy({ kind: 'beam', width: 2 }),
  'beam 4': parseStrategy({ kind: 'beam', width: 4 }),
  'beam 8': parseStrategy({ kind: 'beam', width: 8 }),
  'diverse beam 4 in 2': parseStrategy({ kind: 'beam', width: 4, groups: 2, diversityPenalty: 0.5 }),
  'beam sampling 4': parseStrategy({ kind: 'beam', width: 4, sample: true, seed: 1 }),
  'candidate-set': parseStrategy({ kind: 'candidate-set' }),
  'contrastive 4': parseStrategy({ kind: 'contrastive' }),
};

const loaded = await loadModel(path.join(import.meta.dirname, '../../models/smollm2-135m-instruct'), 'cpu');
const vocabulary = vocabularyOf(loaded.tokenizer);
// No end tokens, so that every strategy takes all steps.
const model: LanguageModel = {
  vocabularySize: loaded.model.vocabularySize,
  contextLength: loaded.model.contextLength,
  endTokens: new Set(),
  // Nothing is read again, whose forwards would count as steps.
  rowAgreement: 'any',
  open: () => loaded.model.open(),
};
const passage = loaded.promptTokens({
  raw: 'In December the harbour freezes over, and the ferry stays in its shed until the thaw. '.repeat(120),
});

/** Milliseconds of each step after `length` tokens of context. */
async function stepTimes(strategy: Strategy, length: number): Promise<number[]> {
  let starts: number[] = [];
  const sequence = countedSequence(own, () => starts.push(performance.now()));
  let reading = true;
  for await (const { type } of generate({
    model,
    sequence,
    prompt: passage.slice(0, length),
    vocabulary,
    strategy,
    maxTokens: steps + 2,
    stopTexts: [],
    alternatives: 0,
    signal: { aborted: false },
    now: () => performance.now(),
  })) {
    // Events before the first token or step belong to the prefill.
    if (reading && (type === 'token' || type === 'beam-step' || type === 'candidate-round')) {
      starts = [];
      reading = false;
    }
  }
  return starts.slice(1).map((start, index) => start - starts[index]!);
}

async function* beamSteps(length: number): AsyncGenerator<void> {
  if (!(own instanceof SessionSequence)) throw new Error('the sequence can not be branched');
  const settings = {
    ...{ width: 4, groups: 1, diversityPenalty: 0, lengthPenalty: 1, earlyStopping: false, best: 1 },
    ...{ minimumTokens: 0, maximumTokens: 4 * steps, endTokens: new Set<TokenId>() },
  };
  for await (const { type } of beam(own, passage.slice(0, length), settings)) if (type === 'beams') yield;
}

/** Bytes allocated by a beam search step of width 4 after `length` tokens of context, warmed up. */
async function allocation(length: number): Promise<Record<string, string>> {
  const search = beamSteps(length);
  const some = async () => {
    for (let step = 0; step < steps; step++) await search.next();
  };
  await some();
  const buffersBefore = process.memoryUsage().arrayBuffers;
  const { heap, buffers } = await allocatedBytes(some);
  const held = process.memoryUsage().arrayBuffers - buffersBefore;
  await search.return(undefined);
  return {
    'heap, KB a step': (heap / steps / 1024).toFixed(1),
    'buffers, bytes a step': (buffers / steps).toFixed(0),
    'buffers held more afterwards, KB': (held / 1024).toFixed(1),
  };
}

const own = model.open();
const times = new Map<string, number[]>();
for (let round = 0; round <= rounds; round++) {
  for (const [name, strategy] of Object.entries(strategies)) {
    const found = await stepTimes(strategy, context - steps / 2);
    if (round > 0) times.set(name, [...(times.get(name) ?? []), ...found]);
  }
}
const greedy = times.get('greedy') ?? [];
const table: Record<string, Record<string, string>> = {};
for (const [name, found] of times) {
  table[name] = {
    'least ms': Math.min(...found).toFixed(2),
    'median ms': median(found).toFixed(2),
    'of greedy, least': (Math.min(...found) / Math.min(...greedy)).toFixed(2),
    'of greedy, median': (median(found) / median(greedy)).toFixed(2),
  };
}
console.log(`a step around ${context} tokens of context, ${rounds} rounds of ${steps} steps`);
console.table(table);
await allocation(256);
console.log('what a step of beam 4 allocates');
console.table({ 'after 256 tokens': await allocation(256), 'after 2048 tokens': await allocation(2048) });
console.log(`what reading a text of ${4 * steps} tokens again costs, where trees differ from texts in a row`);
console.table(
  await rescoringCosts(
    strategies,
    {
      ...{ model, sequence: own, prompt: passage.slice(0, context), vocabulary, maxTokens: 4 * steps },
      ...{ stopTexts: [], alternatives: 0, signal: { aborted: false }, now: () => performance.now() },
    },
    rounds,
  ),
);
own.close();
loaded.close();
