import type { EngineStatus } from '../../src-main/contract/engine-status.ts';
import type {
  GenerationEvent,
  GenerationRequest,
  PrefillRequest,
} from '../../src-main/contract/generation.ts';
import type { AnswerEngine } from '../../src-main/conversations/answers.ts';
import { BatchQueue } from '../../src-main/host/batch-queue.ts';
import type { CallArguments, CallHandlers, CallResult, HostCallName } from '../../src-main/host/calls.ts';
import { sampleStatistics, tokenEvent } from './samples.ts';

export const readyStatus: EngineStatus = {
  state: 'ready',
  model: {
    id: 'fake-model',
    name: 'Fake',
    architecture: 'none',
    precision: 'none',
    contextLength: 4096,
    vocabularySize: 26,
    parameters: 135_000_000,
    provider: 'cpu',
    kernels: { kind: 'operators', instructionSet: 'avx512' },
    widthRule: { kind: 'exact' },
    treeDifference: 0,
    adapter: null,
    actions: [],
    actionsFault: null,
  },
  providers: [],
  installed: [],
};

/** An engine whose every event the test chooses. */
export class FakeEngine implements AnswerEngine {
  status: EngineStatus = readyStatus;
  readonly requests: GenerationRequest[] = [];
  readonly prefills: PrefillRequest[] = [];
  /** One token per character; z is the end token. A test may replace any of them. */
  readonly calls: CallHandlers = {
    tokenize: (prefix) => {
      const texts = 'text' in prefix ? [...prefix.text] : prefix.tokens.map((id) => String.fromCodePoint(id));
      return texts.map((text) => {
        const ends = text === 'z';
        return { id: text.codePointAt(0) ?? 0, text: ends ? '' : text, ends };
      });
    },
    countTokens: (messages) => messages.reduce((sum, { content }) => sum + content.length, 0),
    inspect: () => [],
    measure: () => ({ modelId: 'fake-model', contextTokens: 256, forwards: [], draft: null }),
  };
  #queue = new BatchQueue();
  #position = 0;
  /** Called on an abort; by default the engine ends at once. */
  onAbort: () => void = () => this.end('stopped');
  /** Called on a request; by default does nothing, so that the test sends the events step by step. */
  onRequest: (request: GenerationRequest) => void = () => undefined;

  async *generate(request: GenerationRequest, signal: AbortSignal) {
    this.requests.push(request);
    this.#queue = new BatchQueue();
    this.#position = 0;
    signal.addEventListener('abort', () => this.onAbort());
    this.onRequest(request);
    for (let ended = false; !ended;) {
      const batch: readonly GenerationEvent[] = await this.#queue.next();
      ended = batch.at(-1)?.type === 'end';
      yield batch;
    }
  }

  prefill(request: PrefillRequest): void {
    this.prefills.push(request);
  }

  async call<Name extends HostCallName>(name: Name, ...args: CallArguments<Name>): Promise<CallResult<Name>> {
    return await this.calls[name](...args);
  }

  /** Sends one batch with a token for each of `texts`. */
  write(...texts: readonly string[]): void {
    this.#queue.push(texts.map((text) => tokenEvent(this.#position++, text)));
  }

  /** Sends one batch of `events`. */
  tell(...events: readonly GenerationEvent[]): void {
    this.#queue.push(events);
  }

  end(reason: 'end-token' | 'stopped' = 'end-token'): void {
    this.#queue.push([{ type: 'end', reason, statistics: sampleStatistics }]);
  }

  fail(error: Error): void {
    this.#queue.fail(error);
  }
}
