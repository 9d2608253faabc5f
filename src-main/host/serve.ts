import type { ChatMessage } from '../contract/chat.ts';
import { ForedraftError, reportOf } from '../contract/error.ts';
import type {
  PrefixToken,
  GenerationEvent,
  GenerationRequest,
  PrefillRequest,
} from '../contract/generation.ts';
import type { ForwardCosts } from '../contract/forward-costs.ts';
import type { InspectedToken, InspectionRequest } from '../contract/inspection.ts';
import type { ModelCard, ProviderStatus } from '../contract/model-card.ts';
import { EventBatch } from './event-batch.ts';
import type { Port } from './port.ts';
import type { HostReply, HostRequest } from './protocol.ts';
import { CacheWarmer } from './cache-warmer.ts';

/** What the host needs of a model in memory. */
export interface ServedModel {
  readonly card: ModelCard;
  readonly providers: readonly ProviderStatus[];
  generate(request: GenerationRequest, signal: AbortSignal): AsyncIterable<GenerationEvent>;
  /** Reads a prompt into the cache, until `signal` is aborted; what was read by then stays read. */
  read(prompt: PrefillRequest, signal: AbortSignal): Promise<void>;
  measure(draftModel: string | null): Promise<ForwardCosts>;
  inspect(request: InspectionRequest): Promise<readonly InspectedToken[]>;
  tokenize(answerPrefix: NonNullable<GenerationRequest['answerPrefix']>): readonly PrefixToken[];
  /** How many tokens a conversation is read as; takes nothing from what is running. */
  countTokens(messages: readonly ChatMessage[]): number;
  close(): void;
}

/** Loads the model in `directory` on `provider`; those in `installed`, folders by id, may draft for it. */
export type LoadModel = (
  directory: string,
  provider: string,
  installed: ReadonlyMap<string, string>,
) => Promise<ServedModel>;

/** Answers main's requests on `port` from now on, one load or generation at a time. */
export function serve(port: Port, loadModel: LoadModel): void {
  const host = new Host(port, loadModel);
  port.onMessage((request) => host.receive(request));
  port.post({ type: 'hello' });
}

class Host {
  readonly #port: Port;
  readonly #loadModel: LoadModel;
  #model: ServedModel | undefined;
  #running: { readonly id: number; readonly stop: AbortController } | undefined;
  readonly #warmCache = new CacheWarmer();

  constructor(port: Port, loadModel: LoadModel) {
    this.#port = port;
    this.#loadModel = loadModel;
  }

  receive(request: HostRequest): void {
    switch (request.type) {
      case 'ping':
        this.#port.post({ type: 'pong', id: request.id });
        break;
      case 'cancel':
        if (this.#running?.id === request.id) this.#running.stop.abort();
        break;
      case 'load':
        void this.#alone(request.id, () => this.#load(request));
        break;
      case 'unload':
        void this.#alone(request.id, async () => {
          this.#unload();
          return { type: 'unloaded', id: request.id };
        });
        break;
      case 'measure':
        void this.#alone(request.id, async () => {
          const costs = await this.#loaded().measure(request.draftModel);
          return { type: 'measured', id: request.id, costs };
        });
        break;
      case 'inspect':
        void this.#alone(request.id, async () => {
          const tokens = await this.#loaded().inspect(request.request);
          return { type: 'inspected', id: request.id, tokens };
        });
        break;
      case 'tokenize':
        void this.#alone(request.id, async () => {
          const tokens = this.#loaded().tokenize(request.answerPrefix);
          return { type: 'tokenized', id: request.id, tokens };
        });
        break;
      case 'count':
        this.#port.post(this.#count(request));
        break;
      case 'read':
        this.#read(request.prompt);
        break;
      case 'generate':
        void this.#alone(request.id, (signal) => this.#generate(request.id, request.request, signal));
        break;
    }
  }

  #count({ id, messages }: Extract<HostRequest, { type: 'count' }>): HostReply {
    try {
      return { type: 'counted', id, tokens: this.#loaded().countTokens(messages) };
    } catch (error) {
      return { type: 'failed', id, error: reportOf(error, 'runtime-failed') };
    }
  }

  #read(prompt: PrefillRequest): void {
    const model = this.#model;
    if (model && !this.#running) this.#warmCache.begin((signal) => model.read(prompt, signal));
  }

  /** Runs `work` unless something else is running; what it returns or its error becomes the last reply. */
  async #alone(id: number, work: (signal: AbortSignal) => Promise<HostReply>): Promise<void> {
    if (this.#running) {
      const message = 'The engine is still writing another answer: wait for it or stop it, then try again.';
      this.#port.post({ type: 'failed', id, error: { code: 'engine-busy', message, details: {} } });
      return;
    }
    const stop = new AbortController();
    this.#running = { id, stop };
    let last: HostReply;
    try {
      await this.#warmCache.end();
      last = await work(stop.signal);
    } catch (error) {
      last = { type: 'failed', id, error: reportOf(error, 'runtime-failed') };
    }
    // The engine is free before main hears of the end, so that main can ask for the next thing at once.
    this.#running = undefined;
    this.#port.post(last);
  }

  async #load(request: Extract<HostRequest, { type: 'load' }>): Promise<HostReply> {
    this.#unload();
    this.#model = await this.#loadModel(request.directory, request.provider, new Map(request.installed));
    const { card, providers } = this.#model;
    return { type: 'loaded', id: request.id, card, providers };
  }

  #unload(): void {
    this.#model?.close();
    this.#model = undefined;
  }

  #loaded(): ServedModel {
    if (this.#model) return this.#model;
    throw new ForedraftError('engine-unavailable', 'The engine has no model loaded: press Restart engine.');
  }

  async #generate(id: number, request: GenerationRequest, signal: AbortSignal): Promise<HostReply> {
    const model = this.#loaded();
    const batch = new EventBatch((events) => this.#port.post({ type: 'events', id, events }));
    let end: GenerationEvent | undefined;
    try {
      for await (const event of model.generate(request, signal)) {
        if (event.type === 'end') end = event;
        else batch.add(event);
      }
    } finally {
      batch.flush();
    }
    if (end) return { type: 'events', id, events: [end] };
    throw new ForedraftError('runtime-failed', 'The engine left off without an end: try again.');
  }
}
