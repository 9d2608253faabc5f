import type { AnswerRun, Message } from '../../src-main/contract/conversation.ts';
import type { Statistics } from '../../src-main/contract/generation.ts';
import type { ModelCard } from '../../src-main/contract/model-card.ts';
import type { RecordedRun } from '../../src-main/contract/run.ts';

export const conversationId = '00000000-0000-4000-8000-00000000c001';

export const statistics: Statistics = {
  promptTokens: 58,
  reusedTokens: 31,
  outputTokens: 101,
  firstTokenMs: 210,
  totalMs: 1400,
  tokensPerSecond: 147.8,
  forwards: 101,
  logProbabilitySum: -41.73,
  logProbabilityMean: -0.41,
  perplexity: 1.51,
  distinct: [1, 1, 1],
  repetition: 0,
};

export const run: AnswerRun = {
  id: '00000000-0000-4000-8000-0000000000f1',
  modelId: 'smollm2-135m-instruct',
  provider: 'cpu',
  strategy: { kind: 'greedy' },
  endReason: 'end-token',
  statistics,
  error: null,
  startedAt: 0,
  adapter: null,
  kernels: { kind: 'operators', instructionSet: 'avx512' },
};

export const model: ModelCard = {
  id: 'smollm2-135m-instruct',
  name: 'SmolLM2 135M Instruct',
  architecture: 'llama',
  precision: '8-bit',
  contextLength: 8192,
  vocabularySize: 49152,
  parameters: 135_000_000,
  provider: 'cpu',
  adapter: null,
  actions: [],
  actionsFault: null,
  kernels: { kind: 'operators', instructionSet: 'avx512' },
  widthRule: { kind: 'exact' },
  treeDifference: 0,
};

/** The run of `answer`, a sample message. */
export function runOf({ id: messageId, conversationId, content: text, status, run }: Message): RecordedRun {
  if (run === null) throw new Error(`the message ${messageId} has no run`);
  const owner = { kind: 'message', conversationId, messageId } as const;
  return { ...run, owner, text, status, tokens: [], trace: [] };
}

/** A message with the parts that a test doesn't care about filled in. */
export function message(part: Partial<Message> & Pick<Message, 'id' | 'parentId'>): Message {
  const role = part.role ?? 'user';
  return {
    conversationId,
    role,
    content: part.id,
    status: 'done',
    createdAt: 0,
    sourceId: null,
    run: role === 'assistant' ? { ...run, id: `run-${part.id}` } : null,
    ...part,
  };
}
