import { ForedraftError, reportOf } from '../contract/error.ts';
import type { GenerationEvent, GenerationRequest, PrefillRequest } from '../contract/generation.ts';
import type { CheckTimes } from './background-check.ts';
import { BackgroundCheck, defaultCheckTimes } from './background-check.ts';
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
export function serve(port: Port, loadModel: LoadModel, times: CheckTimes = defaultCheckTimes): void {
  const host = new Host(port, loadModel, times);
  port.onMessage((message) => host.receive(message));
  port.post({ type: 'hello' });
}

class Host {
  readonly #port: Port;
  readonly #loadModel: LoadModel;
  readonly #checkTimes: CheckTimes;
  #model: ServedModel | undefined;
  /** Why the model was unloaded, or will be once it isn't used. */
  #damage: ForedraftError | undefined;
  #check: BackgroundCheck | undefined;
  #running: { readonly id: number; readonly stop: AbortController } | undefined;
  readonly #cacheWarmer = new CacheWarmer();

  constructor(port: Port, loadModel: LoadModel, checkTimes: CheckTimes) {
    this.#port = port;
    this.#loadModel = loadModel;
    this.#checkTimes = checkTimes;
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
    this.#port.post(this.#damage ? failure(id, this.#damage) : reply);
    if (this.#damage && this.#model) this.#unloadDamaged(this.#damage);
  }

  async #load(files: ModelFiles): Promise<ModelInfo> {
    this.#unload();
    this.#damage = undefined;
    const model = (this.#model = await this.#loadModel(files));
    this.#check = new BackgroundCheck(
      this.#checkTimes,
      () => this.#running !== undefined,
      (pause) => model.verify(pause),
      (error) => void this.#onDamage(error),
    );
    const { card, providers } = model;
    return { card, providers };
  }

  /** A check that fails in another way than by finding damage says nothing about the model. */
  async #onDamage(error: unknown): Promise<void> {
    if (!(error instanceof ForedraftError)) return;
    this.#damage = error;
    this.#running?.stop.abort();
    await this.#cacheWarmer.stop();
    // What runs ends with the error first.
    if (this.#model && !this.#running) this.#unloadDamaged(error);
  }

  #unloadDamaged(damage: ForedraftError): void {
    this.#unload();
    this.#port.post({ type: 'damaged', error: reportOf(damage, 'model-file-invalid') });
  }

  #unload(): null {
    this.#check?.cancel();
    this.#model?.close();
    this.#model = undefined;
    return null;
  }

  #loaded(): ServedModel {
    if (this.#damage) throw this.#damage;
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

const failure = (id: number, error: unknown): HostReply => ({
  type: 'failed',
  id,
  error: reportOf(error, 'runtime-failed'),
});

/** The reply that `work` returns, or its failure. */
async function replyOf(id: number, work: () => Promise<HostReply>): Promise<HostReply> {
  try {
    return await work();
  } catch (error) {
    return failure(id, error);
  }
}
