import type { EngineStatus } from '../contract/engine-status.ts';
import { errorFrom, ForedraftError, reportOf } from '../contract/error.ts';
import type { GenerationEvent, GenerationRequest, PrefillRequest } from '../contract/generation.ts';
import type { CallArguments, CallResult, HostCallName } from './calls.ts';
import { HostConnection } from './connection.ts';
import type { CrashLoopGuard } from './crash-loop-guard.ts';
import { uncleanStartLimit } from './crash-loop-guard.ts';
import type { ModelChoice } from './model-choice.ts';
import type { HostProcess } from './port.ts';
import type { WatchdogTimes } from './watchdog.ts';
import { defaultWatchdogTimes } from './watchdog.ts';

export interface HostClientOptions {
  readonly spawn: () => HostProcess;
  /** @throws ForedraftError `model-missing` */
  readonly chooseModel: () => Promise<ModelChoice>;
  readonly crashLoopGuard: CrashLoopGuard;
  readonly onStatus: (status: EngineStatus) => void;
  readonly watchdog?: WatchdogTimes;
  /** Delays before the automatic restarts, one per consecutive failure; in milliseconds. */
  readonly restartDelays?: readonly number[];
}

/** Two automatic restarts; the third failure in a row opens the circuit. */
const defaultRestartDelays: readonly number[] = [3000, 10_000];

/** Main's end of the engine host: keeps one process running with a model loaded, and reports its status. */
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

  /** Starts the host and loads the model, unless the program's last starts crashed while doing so. */
  start(): void {
    const unclean = this.#options.crashLoopGuard.uncleanStarts();
    if (unclean < uncleanStartLimit) {
      this.#launch();
      return;
    }
    const message = `The model was not loaded because the last ${unclean} starts of the engine did not finish: press Restart engine to try again.`;
    this.#fail(new ForedraftError('engine-unavailable', message, { uncleanStarts: unclean }));
  }

  /** Starts a new host at the user's request, and resets the failure counts. */
  restart(): void {
    if (this.#closed) return;
    this.#failures = 0;
    this.#options.crashLoopGuard.finish();
    this.#closeConnection();
    this.#launch();
  }

  /**
   * The events of an answer, in batches of about a frame, the last one `end`.
   * @throws ForedraftError `engine-unavailable` if no model is loaded, `model-file-invalid` if it is damaged, else as
   * `HostConnection.generate`
   */
  async *generate(
    request: GenerationRequest,
    signal: AbortSignal,
  ): AsyncGenerator<readonly GenerationEvent[], void> {
    yield* this.#ready().generate(request, signal);
    this.#failures = 0;
  }

  /** @throws ForedraftError `engine-unavailable` if no model is loaded, `engine-busy`, and as in `HostCalls` */
  async call<Name extends HostCallName>(name: Name, ...args: CallArguments<Name>): Promise<CallResult<Name>> {
    return await this.#ready().call(name, ...args);
  }

  /**
   * Warms the cache with a prompt that is likely to be sent next. Yields to everything else; a no-op while no
   * model is loaded or the host is generating.
   */
  prefill(request: PrefillRequest): void {
    if (this.#status.state === 'ready') this.#connection?.prefill(request);
  }

  /** Ends the host for good: the program is quitting. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#status.state !== 'failed') this.#options.crashLoopGuard.finish();
    this.#closeConnection();
  }

  #ready(): HostConnection {
    const status = this.#status;
    if (this.#connection && status.state === 'ready') return this.#connection;
    if (status.state === 'failed' && status.error.code === 'model-file-invalid')
      throw errorFrom(status.error);
    throw new ForedraftError(
      'engine-unavailable',
      'The engine has no model loaded yet: wait until the status line says ready, or press Restart engine.',
      { state: status.state },
    );
  }

  #closeConnection(): void {
    clearTimeout(this.#restartTimer);
    this.#connection?.close(
      new ForedraftError('run-interrupted', 'The engine was stopped while it was writing.'),
    );
    this.#connection = undefined;
  }

  #launch(): void {
    this.#options.crashLoopGuard.begin();
    this.#setStatus({ state: 'starting' });
    let process: HostProcess;
    try {
      process = this.#options.spawn();
    } catch (error) {
      const cause = error instanceof Error ? error.message : String(error);
      this.#onExit(
        new ForedraftError('engine-crashed', `The engine can't be started (${cause}): press Restart engine.`),
      );
      return;
    }
    const times = this.#options.watchdog ?? defaultWatchdogTimes;
    const connection = new HostConnection(process, times, {
      onExit: (error) => this.#onExit(error),
      onDamage: (error) => this.#fail(error),
    });
    this.#connection = connection;
    void this.#load(connection);
  }

  async #load(connection: HostConnection): Promise<void> {
    try {
      const model = await this.#options.chooseModel();
      if (this.#connection !== connection) return;
      this.#setStatus({ state: 'loading', modelId: model.id });
      const { directory, provider, record } = model;
      const directories = new Map(model.installed.map((other) => [other.id, other.directory]));
      const { card, providers } = await connection.load({
        ...{ directory, provider, record },
        installed: directories,
      });
      if (this.#connection !== connection) return;
      this.#options.crashLoopGuard.finish();
      const installed = model.installed.map(({ id, name }) => ({ id, name }));
      this.#setStatus({ state: 'ready', model: card, providers, installed });
    } catch (error) {
      // #onExit has handled a host that died, and cleared the connection.
      if (this.#connection !== connection) return;
      this.#options.crashLoopGuard.finish();
      this.#fail(error);
    }
  }

  #onExit(error: ForedraftError): void {
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
