import { ForedraftError, reportOf } from '../contract/error.ts';
import type { GenerationEvent, GenerationRequest, PrefillRequest } from '../contract/generation.ts';
import { CacheWarmer } from './cache-warmer.ts';
import type {
  CallArguments,
  CallHandlers,
  CallResult,
  HostCallName,
  ModelFiles,
  ModelInfo,
  ServedModel,
} from './calls.ts';
import { concurrentCalls } from './calls.ts';
import { EventBatch } from './event-batch.ts';
import type { Port } from './port.ts';
import type { HostMessage, HostReply } from './protocol.ts';

export type LoadModel = (model: ModelFiles) => Promise<ServedModel>;

/** Serves main's messages on `port`; whatever uses the model runs alone, except `concurrentCalls`. */
export function serve(port: Port, loadModel: LoadModel): void {
  const host = new Host(port, loadModel);
  port.onMessage((message) => host.receive(message));
  port.post({ type: 'hello' });
}

class Host {
  readonly #port: Port;
  readonly #loadModel: LoadModel;
  #model: ServedModel | undefined;
  #running: { readonly id: number; readonly stop: AbortController } | undefined;
  readonly #cacheWarmer = new CacheWarmer();

  constructor(port: Port, loadModel: LoadModel) {
    this.#port = port;
    this.#loadModel = loadModel;
  }

  receive(message: HostMessage): void {
    switch (message.type) {
      case 'ping':
        this.#port.post({ type: 'pong' });
        break;
      case 'cancel':
        if (this.#running?.id === message.id) this.#running.stop.abort();
        break;
      case 'prefill':
        this.#prefill(message.request);
        break;
      case 'generate':
        void this.#runAlone(message.id, (signal) => this.#generate(message.id, message.request, signal));
        break;
      case 'load':
        void this.#runAlone(message.id, async () => result(message.id, await this.#load(message.model)));
        break;
      case 'unload':
        void this.#runAlone(message.id, async () => result(message.id, this.#unload()));
        break;
      case 'call': {
        const call = async () => result(message.id, await callOn(this.#loaded(), message));
        if (concurrentCalls.has(message.name))
          void replyOf(message.id, call).then((reply) => this.#port.post(reply));
        else void this.#runAlone(message.id, call);
        break;
      }
    }
  }

  #prefill(request: PrefillRequest): void {
    const model = this.#model;
    if (model && !this.#running) this.#cacheWarmer.start((signal) => model.prefill(request, signal));
  }

  /** Posts what `work` replies, or a failure if it throws or other work is running. */
  async #runAlone(id: number, work: (signal: AbortSignal) => Promise<HostReply>): Promise<void> {
    if (this.#running) {
      const message = 'The engine is still writing another answer: wait for it or stop it, then try again.';
      this.#port.post({ type: 'failed', id, error: { code: 'engine-busy', message, details: {} } });
      return;
    }
    const stop = new AbortController();
    this.#running = { id, stop };
    const reply = await replyOf(id, async () => {
      await this.#cacheWarmer.stop();
      return await work(stop.signal);
    });
    // Released before the reply is posted, so that main can send the next request as soon as it arrives.
    this.#running = undefined;
    this.#port.post(reply);
  }

  async #load(files: ModelFiles): Promise<ModelInfo> {
    this.#unload();
    this.#model = await this.#loadModel(files);
    const { card, providers } = this.#model;
    return { card, providers };
  }

  #unload(): null {
    this.#model?.close();
    this.#model = undefined;
    return null;
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
    throw new ForedraftError('runtime-failed', 'The engine stopped in the middle of the answer: try again.');
  }
}

function callOn<Name extends HostCallName>(
  model: CallHandlers,
  { name, args }: { readonly name: Name; readonly args: CallArguments<Name> },
): CallResult<Name> | Promise<CallResult<Name>> {
  return model[name](...args);
}

const result = (id: number, value: unknown): HostReply => ({ type: 'result', id, value });

/** The reply that `work` returns, or its failure. */
async function replyOf(id: number, work: () => Promise<HostReply>): Promise<HostReply> {
  try {
    return await work();
  } catch (error) {
    return { type: 'failed', id, error: reportOf(error, 'runtime-failed') };
  }
}
