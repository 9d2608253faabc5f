import { errorFrom, ForedraftError } from '../contract/error.ts';
import type { GenerationEvent, GenerationRequest, PrefillRequest } from '../contract/generation.ts';
import { BatchQueue } from './batch-queue.ts';
import type { CallArguments, CallResult, HostCallName, ModelFiles, ModelInfo } from './calls.ts';
import type { HostProcess } from './port.ts';
import type { CallMessage, HostMessage, HostReply } from './protocol.ts';
import type { WatchdogTimes } from './watchdog.ts';
import { Watchdog } from './watchdog.ts';

/** A message whose last reply has not arrived. */
interface Pending {
  receive(reply: Extract<HostReply, { type: 'result' | 'events' }>): void;
  fail(error: Error): void;
}

/** One host process from start to exit: matches replies to messages, and fails what is pending at its exit. */
export class HostConnection {
  readonly #process: HostProcess;
  readonly #pending = new Map<number, Pending>();
  readonly #watchdog: Watchdog;
  readonly #onExit: (error: ForedraftError) => void;
  readonly #onDamage: (error: ForedraftError) => void;
  #nextId = 1;
  /** Why the process ended; undefined while it runs. */
  #ended: ForedraftError | undefined;

  /**
   * @param onExit called once when the process crashes or hangs, not after `close`
   * @param onDamage called when the process has unloaded its model because its files are damaged
   */
  constructor(
    process: HostProcess,
    times: WatchdogTimes,
    { onExit, onDamage }: Record<'onExit' | 'onDamage', (error: ForedraftError) => void>,
  ) {
    this.#process = process;
    this.#onExit = onExit;
    this.#onDamage = onDamage;
    this.#watchdog = new Watchdog(
      times,
      () => process.post({ type: 'ping' }),
      () => this.#fail(hangError(times.silenceMs)),
    );
    process.onMessage((reply) => this.#receive(reply));
    process.onExit((cause) => this.#fail(crashError(cause)));
  }

  async load(model: ModelFiles): Promise<ModelInfo> {
    return (await this.#request((id) => ({ type: 'load', id, model }))) as ModelInfo;
  }

  /** @throws ForedraftError what the host reports, `engine-crashed` or `engine-hung` */
  async call<Name extends HostCallName>(name: Name, ...args: CallArguments<Name>): Promise<CallResult<Name>> {
    const message = (id: number) => ({ type: 'call', id, name, args }) as CallMessage;
    return (await this.#request(message)) as CallResult<Name>;
  }

  prefill(request: PrefillRequest): void {
    this.#post({ type: 'prefill', request });
  }

  /**
   * The events of an answer to `request`, in batches of about a frame; the last event is `end`. Aborting
   * `signal` ends it with reason `stopped`.
   * @throws ForedraftError as `call`
   */
  async *generate(
    request: GenerationRequest,
    signal: AbortSignal,
  ): AsyncGenerator<readonly GenerationEvent[], void> {
    const queue = new BatchQueue();
    const id = this.#send((id) => ({ type: 'generate', id, request }), {
      receive: (reply) => {
        if (reply.type === 'events') queue.push(reply.events);
      },
      fail: (error) => queue.fail(error),
    });
    const cancel = () => this.#post({ type: 'cancel', id });
    signal.addEventListener('abort', cancel);
    if (signal.aborted) cancel();
    try {
      let ended = false;
      while (!ended) {
        const batch = await queue.next();
        ended = batch.at(-1)?.type === 'end';
        yield batch;
      }
    } finally {
      signal.removeEventListener('abort', cancel);
      // Stops the host if the consumer returned early; a no-op after the end.
      if (this.#pending.delete(id)) cancel();
    }
  }

  /** Ends the process without calling `onExit`; what is pending fails with `error`. */
  close(error: ForedraftError): void {
    if (!this.#ended) this.#end(error);
  }

  /** The one result of a load or a call. */
  #request(messageOf: (id: number) => HostMessage): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const id = this.#send(messageOf, {
        receive: (reply) => {
          if (reply.type !== 'result') return;
          this.#pending.delete(id);
          resolve(reply.value);
        },
        fail: reject,
      });
    });
  }

  /** Sends a message that has replies; returns its id. */
  #send(messageOf: (id: number) => HostMessage, pending: Pending): number {
    const id = this.#nextId++;
    if (this.#ended) pending.fail(this.#ended);
    else this.#pending.set(id, pending);
    this.#post(messageOf(id));
    return id;
  }

  #post(message: HostMessage): void {
    if (!this.#ended) this.#process.post(message);
  }

  #receive(reply: HostReply): void {
    this.#watchdog.reset();
    if (reply.type === 'hello' || reply.type === 'pong') return;
    if (reply.type === 'damaged') {
      this.#onDamage(errorFrom(reply.error));
      return;
    }
    const pending = this.#pending.get(reply.id);
    if (reply.type !== 'failed') {
      pending?.receive(reply);
      return;
    }
    this.#pending.delete(reply.id);
    pending?.fail(errorFrom(reply.error));
  }

  /** One exit is reported up to three times (exit, child-process-gone, hang); the first report counts. */
  #fail(error: ForedraftError): void {
    if (this.#ended) return;
    this.#end(error);
    this.#onExit(error);
  }

  #end(error: ForedraftError): void {
    this.#ended = error;
    this.#watchdog.stop();
    this.#process.kill();
    for (const pending of this.#pending.values()) pending.fail(error);
    this.#pending.clear();
  }
}

function crashError(cause: string): ForedraftError {
  const message = `The engine process ended (${cause}). Press Restart engine.`;
  return new ForedraftError('engine-crashed', message, { cause });
}

function hangError(silenceMs: number): ForedraftError {
  const seconds = silenceMs / 1000;
  const message = `The engine did not respond for ${seconds} s and was stopped. Press Restart engine.`;
  return new ForedraftError('engine-hung', message, { silenceMs });
}
