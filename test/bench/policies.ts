/**
 * `npm run bench:policies`: median time of policies over 200 steps, with a vocabulary of 49,152 and a context of 2,048
 * tokens, and of choosing the token; a softmax with `Math.exp` for comparison.
 */
import { choose } from '../../src-main/engine/choose.ts';
import type { Distribution } from '../../src-main/engine/distribution.ts';
import { logSumExp } from '../../src-main/engine/distribution.ts';
import type { TokenId } from '../../src-main/engine/model.ts';
import { seededNoise } from '../../src-main/engine/noise.ts';
import { composePolicies } from '../../src-main/engine/policy/pipeline.ts';
import type { PolicySettings } from '../../src-main/engine/policy/settings.ts';
import { wordsOf } from '../fakes/characters.ts';
import { median, promptTokens } from './measurement.ts';

const vocabularySize = 49152;
const steps = 200;
const context = promptTokens(2048) as TokenId[];
const run = { promptLength: 1536, endTokens: new Set([2 as TokenId]), seed: 1 };
const noise = seededNoise(1);

/** Normally distributed logits with standard deviation `spread`; 2 leaves about 250 tokens in a top-p of 0.95. */
function logitsOf(step: number, spread: number): Float32Array {
  return Float32Array.from({ length: vocabularySize }, (_, token) => {
    const radius = Math.sqrt(-2 * Math.log(noise(step, 2 * token)));
    return spread * radius * Math.cos(2 * Math.PI * noise(step, 2 * token + 1)) + (token < 40 ? 12 : 0);
  });
}

const samples = Array.from({ length: 8 }, (_, step) => logitsOf(step, 2));
const flat = Array.from({ length: 8 }, (_, step) => logitsOf(step, 0.2).map((logit) => Math.min(logit, 1)));

const wordOf = wordsOf(vocabularySize);
const words = Array.from({ length: 20 }, (_, word) => wordOf(context.slice(word * 3, word * 3 + 3)));
const cases: Readonly<Record<string, Partial<PolicySettings>>> = {
  'default: temperature 0.7, top-k 40, top-p 0.95': { temperature: 0.7, topK: 40, topP: 0.95 },
  'with repetition penalty 1.1': { temperature: 0.7, topK: 40, topP: 0.95, repetitionPenalty: 1.1 },
  'with DRY and XTC': { topK: 40, topP: 0.95, dryMultiplier: 0.8, xtcProbability: 0.5 },
  'with every penalty, ban and bias': {
    topK: 40,
    topP: 0.95,
    repetitionPenalty: 1.1,
    presencePenalty: 0.5,
    frequencyPenalty: 0.2,
    dryMultiplier: 0.8,
    noRepeatNgram: 4,
    minimumLength: 1000,
    logitBiases: words.map((word) => ({ word, bias: 1 })),
    bannedWords: words,
    forcedWords: words,
  },
  'top-k 1000': { topK: 1000 },
  'min-p 0.05': { minP: 0.05 },
  'top-p 0.95': { topP: 0.95 },
  'top-nσ 1': { topNSigma: 1 },
  'dynamic temperature, top-k 40': { temperature: 1, temperatureSpread: 0.5, topK: 40 },
  'typical 0.95': { typical: 0.95 },
  'typical 0.95 after top-k 200': { topK: 200, typical: 0.95 },
  'epsilon 0.0006': { epsilonCutoff: 0.0006 },
  'eta 0.0006': { etaCutoff: 0.0006 },
  'mirostat 5': { mirostatTarget: 5 },
  'none: the full distribution': {},
};

function medianMs(work: (step: number) => unknown): string {
  for (let step = 0; step < 20; step++) work(step);
  const times = Array.from({ length: steps }, (_, step) => {
    const start = performance.now();
    work(step);
    return performance.now() - start;
  });
  return median(times).toFixed(3);
}

const rows: Record<string, Record<string, string | number>> = {};
for (const [name, settings] of Object.entries(cases)) {
  const row: Record<string, string | number> = {};
  for (const [kind, logits] of Object.entries({ usual: samples, flat })) {
    const policy = composePolicies(settings, run);
    let last: Distribution | undefined;
    row[`${kind}, ms`] = medianMs((step) => (last = policy.apply(logits[step % logits.length]!, context)));
    row[`${kind}, choice, ms`] = medianMs((step) => choose(last!, step, noise));
    row[`${kind}, kept`] = last!.tokens.length;
  }
  rows[name] = row;
}
rows['for comparison: logSumExp, with Math.exp'] = {
  'usual, ms': medianMs((step) => logSumExp(samples[step % samples.length]!)),
};
console.table(rows);
