import type { Statistics, TokenEvent } from '../../src-main/contract/generation.ts';
import type { NewRun } from '../../src-main/conversations/message-tree.ts';

export const sampleRun: NewRun = {
  modelId: 'sample-model',
  provider: 'cpu',
  adapter: null,
  kernels: { kind: 'operators', instructionSet: 'avx512' },
  strategy: { kind: 'greedy' },
};

export const sampleStatistics: Statistics = {
  promptTokens: 12,
  reusedTokens: 3,
  outputTokens: 4,
  firstTokenMs: 20.5,
  totalMs: 90.25,
  tokensPerSecond: 43.5,
  forwards: 5,
  logProbabilitySum: -4.75,
  logProbabilityMean: -1.1875,
  perplexity: 3.28,
  distinct: [1, 1, 1],
  repetition: 0,
};

export function tokenEvent(position: number, text = `${position} `): TokenEvent {
  return {
    type: 'token',
    position,
    id: position * 7,
    text,
    logProbability: -0.5 - position,
    policyLogProbability: -0.25,
  };
}
