import type { ChatMessage } from '../contract/chat.ts';
import type { EngineStatus } from '../contract/engine-status.ts';
import { ForedraftError, reportOf } from '../contract/error.ts';
import type { ForwardCosts } from '../contract/forward-costs.ts';
import type {
  PrefixToken,
  GenerationEvent,
  GenerationRequest,
  PrefillRequest,
} from '../contract/generation.ts';
import type { InspectedToken, InspectionRequest } from '../contract/inspection.ts';
import { HostConnection } from './connection.ts';
import type { ModelChoice } from './model-choice.ts';
import type { HostProcess } from './port.ts';
import type { CrashLoopGuard } from './crash-loop-guard.ts';
import { uncleanStartLimit } from './crash-loop-guard.ts';
import type { WatchdogTimes } from './watchdog.ts';
import { defaultWatchdogTimes } from './watchdog.ts';

export interface HostClientOptions {
  readonly spawn: () => HostProcess;
  /** @throws ForedraftError `model-missing` */
  readonly chooseModel: () => Promise<ModelChoice>;
  readonly marker: CrashLoopGuard;
  readonly onStatus: (status: EngineStatus) => void;
  readonly watchdog?: WatchdogTimes;
  /** Waits before the automatic restarts after the first failure, the second ...; in milliseconds. */
  readonly restartDelays?: readonly number[];
}

/** One automatic restart after each of the first two failures; the third one opens the circuit. */
const defaultRestartDelays: readonly number[] = [3000, 10_000];

/** Main's view of the engine host: keeps one running with a model, and says how it is. */
export class HostClient {
  readonly #options: HostClientOptions;
  readonly #restartDelays: readonly number[];
  #status: EngineStatus = { state: 'starting' };
  #connection: HostConnection | undefined;
  #failures = 0;
  #restartTimer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(options: HostClientOptions) {
    this.#options = options;
    this.#restartDelays = options.restartDelays ?? defaultRestartDelays;
  }

  get status(): EngineStatus {
    return this.#status;
  }

  /** Starts the host and loads the model, unless the last starts of the program did not survive that. */
  start(): void {
    const unclean = this.#options.marker.uncleanStarts();
    if (unclean < uncleanStartLimit) {
      this.#launch();
      return;
    }
    const message = `The model was not loaded because the last ${unclean} starts of the engine did not finish: press Restart engine to try again.`;
    this.#fail(new ForedraftError('engine-unavailable', message, { uncleanStarts: unclean }));
  }

  /** A person asks for a fresh host: failures so far are forgiven. */
  restart(): void {
    if (this.#closed) return;
    this.#failures = 0;
    this.#options.marker.finish();
    this.#drop();
    this.#launch();
  }

  /**
   * The events of an answer, in batches of about a frame, the last one `end`.
   * @throws ForedraftError `engine-unavailable` where no model is loaded, else as HostConnection.generate
   */
  async *generate(
    request: GenerationRequest,
    signal: AbortSignal,
  ): AsyncGenerator<readonly GenerationEvent[], void> {
    yield* this.#ready().generate(request, signal);
    this.#failures = 0;
  }

  /**
   * Has a prompt read that may be asked for next, so that its answer begins sooner. Gives way to everything else;
   * does nothing while no model is loaded or something is being written.
   */
  read(prompt: PrefillRequest): void {
    if (this.#status.state === 'ready') this.#connection?.read(prompt);
  }

  /**
   * What forwards cost on this machine; takes about a second.
   * @param draftModel an installed model that is to draft, or null
   * @throws ForedraftError `engine-unavailable`, `engine-busy`, and what the draft model is refused with
   */
  async measure(draftModel: string | null): Promise<ForwardCosts> {
    return await this.#ready().measure(draftModel);
  }

  /**
   * What the model thought at each place of an answer that it wrote.
   * @throws ForedraftError `engine-unavailable`, `engine-busy`, `settings-invalid`, `prompt-too-long`
   */
  async inspect(request: InspectionRequest): Promise<readonly InspectedToken[]> {
    return await this.#ready().inspect(request);
  }

  /**
   * The tokens that an answer is begun with, and how they read.
   * @throws ForedraftError `engine-unavailable`, `engine-busy`, `settings-invalid`
   */
  async tokenize(
    answerPrefix: NonNullable<GenerationRequest['answerPrefix']>,
  ): Promise<readonly PrefixToken[]> {
    return await this.#ready().tokenize(answerPrefix);
  }

  /**
   * How many tokens the model reads a conversation as, up to where its answer begins; also while it writes.
   * @throws ForedraftError `engine-unavailable`
   */
  async countTokens(messages: readonly ChatMessage[]): Promise<number> {
    return await this.#ready().countTokens(messages);
  }

  /** Ends the host for good; the program is quitting. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#status.state !== 'failed') this.#options.marker.finish();
    this.#drop();
  }

  #ready(): HostConnection {
    if (this.#connection && this.#status.state === 'ready') return this.#connection;
    throw new ForedraftError(
      'engine-unavailable',
      'The engine has no model loaded yet: wait until the status line says ready, or press Restart engine.',
      { state: this.#status.state },
    );
  }

  #drop(): void {
    clearTimeout(this.#restartTimer);
    this.#connection?.close(
      new ForedraftError('run-interrupted', 'The engine was ended while it was writing.'),
    );
    this.#connection = undefined;
  }

  #launch(): void {
    this.#options.marker.begin();
    this.#setStatus({ state: 'starting' });
    let process: HostProcess;
    try {
      process = this.#options.spawn();
    } catch (error) {
      const cause = error instanceof Error ? error.message : String(error);
      this.#onGone(
        new ForedraftError('engine-crashed', `The engine can't be started (${cause}): press Restart engine.`),
      );
      return;
    }
    const times = this.#options.watchdog ?? defaultWatchdogTimes;
    const connection = new HostConnection(process, times, (error) => this.#onGone(error));
    this.#connection = connection;
    void this.#load(connection);
  }

  async #load(connection: HostConnection): Promise<void> {
    try {
      const model = await this.#options.chooseModel();
      if (this.#connection !== connection) return;
      this.#setStatus({ state: 'loading', modelId: model.id });
      const loaded = await connection.load(model);
      if (this.#connection !== connection) return;
      this.#options.marker.finish();
      const installed = model.installed.map(({ id, name }) => ({ id, name }));
      this.#setStatus({ state: 'ready', model: loaded.card, providers: loaded.providers, installed });
    } catch (error) {
      // A host that died is dealt with in #onGone, which has dropped the connection by now.
      if (this.#connection !== connection) return;
      this.#options.marker.finish();
      this.#fail(error);
    }
  }

  #onGone(error: ForedraftError): void {
    this.#connection = undefined;
    this.#failures += 1;
    this.#fail(error);
    const delay = this.#restartDelays[this.#failures - 1];
    if (this.#closed || delay === undefined) return;
    this.#restartTimer = setTimeout(() => this.#launch(), delay);
  }

  #fail(error: unknown): void {
    this.#setStatus({ state: 'failed', error: reportOf(error, 'model-load-failed'), restartable: true });
  }

  #setStatus(status: EngineStatus): void {
    this.#status = status;
    if (!this.#closed) this.#options.onStatus(status);
  }
}
