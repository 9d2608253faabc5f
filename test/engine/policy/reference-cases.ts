import fs from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Distribution } from '../../../src-main/engine/distribution.ts';
import type { TokenId } from '../../../src-main/engine/model.ts';
import type { PolicyRun, PolicySettings } from '../../../src-main/engine/policy/settings.ts';
import { wordsOf } from '../../fakes/characters.ts';
import { tokens } from '../../fakes/hash-model.ts';

/** More tokens than any vector has. */
const wordOf = wordsOf(1000);

/** Probabilities in millionths by token; -1 for a token that is left out. */
type Millionths = readonly number[];

export interface ReferenceCase {
  readonly kind: string;
  readonly vector: number;
  readonly settings: Partial<PolicySettings>;
  readonly run: { readonly promptLength: number; readonly endTokens: readonly number[] };
  readonly probabilities: Millionths;
}

export interface MirostatRun {
  readonly settings: Partial<PolicySettings>;
  readonly steps: readonly {
    readonly vector: number;
    readonly chosen: number;
    readonly probabilities: Millionths;
  }[];
}

export interface ReferenceFile {
  readonly vectors: readonly { readonly logits: readonly number[]; readonly context: readonly number[] }[];
  readonly cases: readonly ReferenceCase[];
  readonly mirostat?: readonly MirostatRun[];
}

/** The file names words as tokens. */
export function readReference(name: string): ReferenceFile {
  const file = path.join(import.meta.dirname, '../../reference', name);
  return JSON.parse(gunzipSync(fs.readFileSync(file)).toString(), (key, value: unknown) => {
    if (key === 'bannedWords' || key === 'forcedWords') return (value as TokenId[][]).map(wordOf);
    if (key !== 'logitBiases') return value;
    return (value as { tokens: TokenId[]; bias: number }[]).map(({ tokens: word, bias }) => ({
      word: wordOf(word),
      bias,
    }));
  }) as ReferenceFile;
}

export function runOf({ run }: ReferenceCase): PolicyRun {
  return { promptLength: run.promptLength, endTokens: new Set(tokens(...run.endTokens)), seed: 0 };
}

/** What differs between a distribution and the reference's: a token kept by one only, or 1e-5 of probability. */
export function difference(found: Distribution, expected: Millionths): string | undefined {
  const probabilities = new Map(Array.from(found.tokens, (id, index) => [id, found.probabilities[index]!]));
  for (const [id, millionths] of expected.entries()) {
    const probability = probabilities.get(id);
    if ((probability === undefined) !== millionths < 0) {
      return `token ${id} is ${probability === undefined ? 'left out' : `kept (${probability})`}`;
    }
    const error = Math.abs((probability ?? 0) - Math.max(0, millionths) / 1e6);
    if (!(error < 1e-5)) return `token ${id} has ${probability}, not ${millionths / 1e6}`;
  }
  return undefined;
}
