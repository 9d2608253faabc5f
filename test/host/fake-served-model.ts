import { setTimeout as pause } from 'node:timers/promises';
import process from 'node:process';
import type { ChatMessage } from '../../src-main/contract/chat.ts';
import { ForedraftError } from '../../src-main/contract/error.ts';
import type { ForwardCosts } from '../../src-main/contract/forward-costs.ts';
import type {
  PrefixToken,
  GenerationEvent,
  GenerationRequest,
  PrefillRequest,
  Statistics,
} from '../../src-main/contract/generation.ts';
import type { InspectedToken, InspectionRequest } from '../../src-main/contract/inspection.ts';
import type { ModelCard } from '../../src-main/contract/model-card.ts';
import type { ServedModel } from '../../src-main/host/serve.ts';

const card: ModelCard = {
  id: 'fake',
  name: 'Fake',
  architecture: 'none',
  precision: 'none',
  contextLength: 4096,
  vocabularySize: 26,
  provider: 'cpu',
  widthRule: { kind: 'paired' },
};

const statistics: Statistics = {
  promptTokens: 1,
  reusedTokens: 0,
  outputTokens: 0,
  firstTokenMs: 0,
  totalMs: 0,
  tokensPerSecond: 0,
  forwards: 0,
  logProbabilitySum: 0,
  logProbabilityMean: 0,
  perplexity: 1,
  distinct: [1, 1, 1],
  repetition: 0,
};

/** What a fake does when it is told to by its model's directory or by a raw prompt. */
const mishaps: Readonly<Record<string, () => void>> = {
  exit: () => process.exit(7),
  kill: () => process.kill(process.pid, 'SIGKILL'),
  throw: () => {
    throw new ForedraftError('model-load-failed', 'The fake failed as it was told to.', { fake: true });
  },
  break: () => {
    throw new TypeError('not a ForedraftError');
  },
  hang: () => {
    for (;;);
  },
};

/** A request that the fake answers with `count` tokens, then with the mishap of that name. */
export function requestFor(count: number, mishap = ''): GenerationRequest {
  const prompt = { raw: JSON.stringify({ count, mishap }) };
  return { prompt, strategy: { kind: 'greedy' }, maxTokens: 100, stopTexts: [], alternatives: 0 };
}

/** A model that is not one: it counts, a token a millisecond, and fails when it is told to. */
export class FakeServedModel implements ServedModel {
  readonly card = card;
  readonly providers = [];
  closed = false;
  /** Generations that are under way, cleaning up included. */
  running = 0;
  /** Texts of prompts that it began to read, and how many of them it is reading now. */
  readonly begunToRead: string[] = [];
  reading = 0;

  countTokens(messages: readonly ChatMessage[]): number {
    return messages.length;
  }

  async *generate(request: GenerationRequest, signal: AbortSignal): AsyncGenerator<GenerationEvent> {
    const { raw } = request.prompt as { raw: string };
    const { count, mishap } = JSON.parse(raw) as { count: number; mishap: string };
    if (this.reading > 0) throw new Error('asked to write while it reads');
    this.running += 1;
    try {
      for (let position = 0; position < count && !signal.aborted; position++) {
        await pause(1);
        const text = `${position} `;
        yield {
          type: 'token',
          position,
          id: position % 26,
          text,
          logProbability: -1,
          policyLogProbability: 0,
        };
      }
      mishaps[mishap]?.();
      yield { type: 'end', reason: signal.aborted ? 'stopped' : 'length', statistics };
    } finally {
      // Cleaning up takes a while after the end was reported.
      await pause(5);
      this.running -= 1;
    }
  }

  /** Never comes to an end by itself, and fails where the prompt says so. */
  async read({ prompt }: PrefillRequest, signal: AbortSignal): Promise<void> {
    const { raw } = prompt as { raw: string };
    this.begunToRead.push(raw);
    if (raw === 'throw') mishaps.throw?.();
    this.reading += 1;
    while (!signal.aborted) await pause(1);
    // A chunk is read to its end.
    await pause(5);
    this.reading -= 1;
  }

  measure(draftModel: string | null): Promise<ForwardCosts> {
    const draft = draftModel === null ? null : { modelId: draftModel, milliseconds: 2 };
    const forwards = [{ width: 1, milliseconds: 8 }];
    return Promise.resolve({ modelId: card.id, contextTokens: 256, forwards, draft });
  }

  inspect({ tokens, first, count }: InspectionRequest): Promise<readonly InspectedToken[]> {
    const rest = {
      text: 'x',
      logProbability: -1,
      rank: 0,
      entropy: 1,
      alternatives: [],
      policyAlternatives: [],
      cut: [],
    };
    const found = tokens
      .slice(first, first + count)
      .map((id, index) => ({ position: first + index, id, ...rest }));
    return Promise.resolve(found);
  }

  tokenize(answerPrefix: NonNullable<GenerationRequest['answerPrefix']>): readonly PrefixToken[] {
    const ids =
      'tokens' in answerPrefix ? answerPrefix.tokens : [...answerPrefix.text].map((_, index) => index);
    return ids.map((id) => ({ id, text: `${id} `, ends: id === 0 }));
  }

  close(): void {
    this.closed = true;
  }
}

/** Loads a fake; the last part of `directory` names the mishap that befalls the load, if any. */
export async function loadFake(directory: string): Promise<FakeServedModel> {
  await pause(1);
  mishaps[directory.split('/').at(-1) ?? '']?.();
  return new FakeServedModel();
}
