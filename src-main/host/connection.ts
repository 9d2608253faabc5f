import type { ChatMessage } from '../contract/chat.ts';
import { errorFrom, ForedraftError } from '../contract/error.ts';
import type {
  PrefixToken,
  GenerationEvent,
  GenerationRequest,
  PrefillRequest,
} from '../contract/generation.ts';
import type { ModelChoice } from './model-choice.ts';
import type { ForwardCosts } from '../contract/forward-costs.ts';
import type { InspectedToken, InspectionRequest } from '../contract/inspection.ts';
import { BatchQueue } from './batch-queue.ts';
import type { HostProcess } from './port.ts';
import type { HostReply, HostRequest } from './protocol.ts';
import type { WatchdogTimes } from './watchdog.ts';
import { Watchdog } from './watchdog.ts';

export type LoadedReply = Extract<HostReply, { type: 'loaded' }>;

interface Pending {
  receive(reply: HostReply): void;
  fail(error: Error): void;
}

/** One host process from its start to its end: requests with their replies, and why it ended. */
export class HostConnection {
  readonly #process: HostProcess;
  readonly #pending = new Map<number, Pending>();
  readonly #watchdog: Watchdog;
  readonly #onGone: (error: ForedraftError) => void;
  #nextId = 1;
  #gone: ForedraftError | undefined;

  constructor(process: HostProcess, times: WatchdogTimes, onGone: (error: ForedraftError) => void) {
    this.#process = process;
    this.#onGone = onGone;
    this.#watchdog = new Watchdog(
      times,
      () => process.post({ type: 'ping', id: this.#nextId++ }),
      () => this.#end(hangError(times.silenceMs)),
    );
    process.onMessage((reply) => this.#receive(reply));
    process.onGone((cause) => this.#end(crashError(cause)));
  }

  load({ directory, provider, installed }: ModelChoice): Promise<LoadedReply> {
    const folders = installed.map((model) => [model.id, model.directory] as const);
    return this.#ask('loaded', (id) => ({ type: 'load', id, directory, provider, installed: folders }));
  }

  /** What forwards cost; with the id of an installed model, what it costs to let it draft. */
  async measure(draftModel: string | null): Promise<ForwardCosts> {
    return (await this.#ask('measured', (id) => ({ type: 'measure', id, draftModel }))).costs;
  }

  /** What the model thought at each place of an answer. */
  async inspect(request: InspectionRequest): Promise<readonly InspectedToken[]> {
    return (await this.#ask('inspected', (id) => ({ type: 'inspect', id, request }))).tokens;
  }

  /** The tokens of what an answer is begun with. */
  async tokenize(
    answerPrefix: NonNullable<GenerationRequest['answerPrefix']>,
  ): Promise<readonly PrefixToken[]> {
    return (await this.#ask('tokenized', (id) => ({ type: 'tokenize', id, answerPrefix }))).tokens;
  }

  /** How many tokens a conversation is read as. */
  async countTokens(messages: readonly ChatMessage[]): Promise<number> {
    return (await this.#ask('counted', (id) => ({ type: 'count', id, messages }))).tokens;
  }

  /** Has a prompt read that may be asked for next. */
  read(prompt: PrefillRequest): void {
    if (!this.#gone) this.#process.post({ type: 'read', id: this.#nextId++, prompt });
  }

  /**
   * The events of an answer to `request`, in batches of about a frame; the last event is `end`. Aborting
   * `signal` ends it with reason `stopped`.
   * @throws ForedraftError what the engine reported, `engine-crashed` or `engine-hung`
   */
  async *generate(
    request: GenerationRequest,
    signal: AbortSignal,
  ): AsyncGenerator<readonly GenerationEvent[], void> {
    const id = this.#nextId++;
    const queue = new BatchQueue();
    const receive = (reply: HostReply) => {
      if (reply.type === 'events') queue.push(reply.events);
    };
    this.#expect(id, { receive, fail: (error) => queue.fail(error) });
    const cancel = () => {
      if (!this.#gone) this.#process.post({ type: 'cancel', id });
    };
    if (!this.#gone) this.#process.post({ type: 'generate', id, request });
    signal.addEventListener('abort', cancel);
    if (signal.aborted) cancel();
    try {
      let ended = false;
      while (!ended) {
        const batch = await queue.next();
        ended = batch[batch.length - 1]?.type === 'end';
        yield batch;
      }
    } finally {
      signal.removeEventListener('abort', cancel);
      // A reader that left early must not leave the engine writing; after the end this does nothing.
      if (this.#pending.delete(id)) cancel();
    }
  }

  /** Ends the process; what was asked of it fails with `error`, and nobody is told that it is gone. */
  close(error: ForedraftError): void {
    if (this.#gone) return;
    this.#settle(error);
  }

  /** Sends a request that has one reply, of type `answer`. */
  #ask<Type extends HostReply['type']>(
    answer: Type,
    requestOf: (id: number) => HostRequest,
  ): Promise<Extract<HostReply, { type: Type }>> {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      const receive = (reply: HostReply) => {
        this.#pending.delete(id);
        if (isReply(reply, answer)) resolve(reply);
        else {
          const message = `The engine answered with ${reply.type} where ${answer} was due: press Restart engine.`;
          reject(new ForedraftError('message-invalid', message));
        }
      };
      this.#expect(id, { receive, fail: reject });
      if (!this.#gone) this.#process.post(requestOf(id));
    });
  }

  #expect(id: number, pending: Pending): void {
    if (this.#gone) pending.fail(this.#gone);
    else this.#pending.set(id, pending);
  }

  #receive(reply: HostReply): void {
    this.#watchdog.heard();
    if (this.#gone || reply.type === 'hello' || reply.type === 'pong') return;
    const pending = this.#pending.get(reply.id);
    if (reply.type !== 'failed') {
      pending?.receive(reply);
      return;
    }
    this.#pending.delete(reply.id);
    pending?.fail(errorFrom(reply.error));
  }

  /** The end is heard of up to three times (exit, child-process-gone, hang); the first one counts. */
  #end(error: ForedraftError): void {
    if (this.#gone) return;
    this.#settle(error);
    this.#onGone(error);
  }

  #settle(error: ForedraftError): void {
    this.#gone = error;
    this.#watchdog.stop();
    this.#process.kill();
    for (const pending of this.#pending.values()) pending.fail(error);
    this.#pending.clear();
  }
}

function isReply<Type extends HostReply['type']>(
  reply: HostReply,
  type: Type,
): reply is Extract<HostReply, { type: Type }> {
  return reply.type === type;
}

function crashError(cause: string): ForedraftError {
  const message = `The engine stopped unexpectedly (${cause}); the text so far was kept: press Restart engine.`;
  return new ForedraftError('engine-crashed', message, { cause });
}

function hangError(silenceMs: number): ForedraftError {
  const seconds = silenceMs / 1000;
  const message = `The engine did not answer for ${seconds} s and was ended; the text so far was kept: press Restart engine.`;
  return new ForedraftError('engine-hung', message, { silenceMs });
}
