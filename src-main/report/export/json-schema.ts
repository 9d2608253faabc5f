import * as v from 'valibot';
import { earlierMessages, newColumnSchema } from '../../contract/comparison.ts';
import { standardKernelsReasons } from '../../contract/model-card.ts';
import { endReasons, proposalSources, tokenOrigins } from '../../contract/generation.ts';

/** Includes NaN and ±Infinity, which `parseComparisonJson` decodes first. */
const number = v.custom<number>((value) => typeof value === 'number', 'must be a number');
const whole = v.pipe(v.number(), v.integer());
const text = v.string();

const statistics = v.object({
  promptTokens: whole,
  reusedTokens: whole,
  outputTokens: whole,
  firstTokenMs: number,
  totalMs: number,
  tokensPerSecond: number,
  forwards: whole,
  proposedTokens: v.exactOptional(whole),
  acceptedTokens: v.exactOptional(whole),
  approximateTokens: v.exactOptional(whole),
  logProbabilitySum: number,
  logProbabilityMean: number,
  perplexity: number,
  distinct: v.tuple([number, number, number]),
  repetition: number,
});

const token = v.object({
  position: whole,
  id: whole,
  text,
  logProbability: number,
  policyLogProbability: number,
  origin: v.exactOptional(v.picklist(tokenOrigins)),
  approximate: v.exactOptional(v.literal(true)),
});

const round = v.object({
  type: v.literal('round'),
  position: whole,
  source: v.picklist(proposalSources),
  proposed: v.array(text),
  accepted: whole,
  draftMs: number,
  verifyMs: number,
});

const step = v.object({
  type: v.picklist(['beam-step', 'candidate-round']),
  nodes: v.array(
    v.object({
      parent: whole,
      text,
      logProbabilitySum: number,
      score: number,
      fate: v.picklist(['live', 'ended', 'dropped']),
    }),
  ),
});

const results = v.object({
  type: v.literal('hypotheses'),
  hypotheses: v.array(
    v.object({
      text,
      score: number,
      logProbabilitySum: number,
      tokens: v.array(v.object({ id: whole, logProbability: number })),
    }),
  ),
});

const kernels = v.variant('kind', [
  v.object({ kind: v.literal('operators'), instructionSet: text }),
  v.object({ kind: v.literal('standard'), reason: v.picklist(standardKernelsReasons) }),
]);

const run = v.object({
  id: text,
  columnId: text,
  repeat: whole,
  status: v.picklist(['waiting', 'streaming', 'done', 'stopped', 'interrupted', 'failed']),
  text,
  tokens: v.array(token),
  trace: v.array(v.variant('type', [round, step, results])),
  endReason: v.nullable(v.picklist(endReasons)),
  statistics: v.nullable(statistics),
  error: v.nullable(
    v.object({
      code: text,
      message: text,
      details: v.record(text, v.union([text, number, v.boolean()])),
    }),
  ),
  startedAt: v.nullable(whole),
  // Absent in files of versions that had ONNX Runtime's kernels only.
  kernels: v.optional(v.nullable(kernels), null),
  // Absent in files of versions without adapters.
  adapter: v.optional(v.nullable(text), null),
});

/** A comparison in an exported file. */
export const comparisonSchema = v.object({
  id: text,
  name: text,
  prompt: text,
  raw: v.boolean(),
  systemPrompt: text,
  earlier: v.exactOptional(earlierMessages),
  repeats: whole,
  seed: whole,
  maxTokens: whole,
  notes: text,
  tags: v.array(text),
  starred: v.boolean(),
  modelId: text,
  provider: text,
  createdAt: whole,
  utcOffset: v.exactOptional(whole),
  updatedAt: whole,
  rerunOf: v.nullable(text),
  columns: v.array(v.intersect([v.object({ id: text }), v.object(newColumnSchema.entries)])),
  runs: v.array(run),
});
