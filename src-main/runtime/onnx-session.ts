import { ForedraftError } from '../contract/error.ts';
import type { Handle } from './onnx-api.ts';
import { nativePath, onnxApi } from './onnx-api.ts';
import { onnxEnvironment, setThreads } from './onnx-environment.ts';
import type { OperatorsLibrary } from './operators-library.ts';

const allOptimizations = 99;

/** A loaded graph on the CPU provider. */
export class OnnxSession {
  readonly #handle: Handle;

  private constructor(handle: Handle) {
    this.#handle = handle;
  }

  /**
   * Loads the graph on a worker thread.
   * @param operators the custom operators that it uses, if any
   * @throws ForedraftError `model-load-failed` with ONNX Runtime's reason
   */
  static async load(file: string, operators?: OperatorsLibrary): Promise<OnnxSession> {
    const api = onnxApi();
    const options = api.create('CreateSessionOptions');
    try {
      setThreads(options);
      api.call('SetSessionGraphOptimizationLevel', options, allOptimizations);
      // A pattern is cached for every input shape, and the context grows by a slot each step.
      api.call('DisableMemPattern', options);
      operators?.register(options);
      const out: [Handle | null] = [null];
      await api.callAsync('CreateSession', onnxEnvironment().environment, nativePath(file), options, out);
      return new OnnxSession(out[0] as Handle);
    } catch (error) {
      const cause = error instanceof Error ? error.message : String(error);
      throw new ForedraftError('model-load-failed', `${file} can't be loaded: ${cause}`, { file });
    } finally {
      api.release('ReleaseSessionOptions', options);
    }
  }

  /** A run of this graph, one for each sequence. */
  createRun(): OnnxRun {
    return new OnnxRun(this.#handle);
  }

  /** Frees the graph; its runs must be released first. */
  release(): void {
    onnxApi().release('ReleaseSession', this.#handle);
  }
}

/** Runs a graph with inputs and outputs bound to memory, one run at a time. */
export class OnnxRun {
  readonly #session: Handle;
  readonly #binding: Handle;
  readonly #options: Handle;
  #running = false;
  #terminated = false;

  constructor(session: Handle) {
    this.#session = session;
    this.#binding = onnxApi().create('CreateIoBinding', session);
    this.#options = onnxApi().create('CreateRunOptions');
  }

  bindInput(name: string, tensor: Handle): void {
    onnxApi().call('BindInput', this.#binding, name, tensor);
  }

  bindOutput(name: string, tensor: Handle): void {
    onnxApi().call('BindOutput', this.#binding, name, tensor);
  }

  /**
   * Runs on a worker thread; the event loop stays free.
   * @throws ForedraftError `run-interrupted` after terminate(), `runtime-failed` otherwise
   */
  async run(): Promise<void> {
    this.#running = true;
    try {
      await onnxApi().callAsync('RunWithBinding', this.#session, this.#options, this.#binding);
    } catch (error) {
      if (!this.#terminated) throw error;
      throw new ForedraftError('run-interrupted', 'The forward was interrupted before it was complete.');
    } finally {
      this.#running = false;
      if (this.#terminated) {
        this.#terminated = false;
        onnxApi().call('RunOptionsUnsetTerminate', this.#options);
      }
    }
  }

  /** Ends a run at its next node; does nothing if none is in progress. */
  terminate(): void {
    if (!this.#running) return;
    this.#terminated = true;
    onnxApi().call('RunOptionsSetTerminate', this.#options);
  }

  release(): void {
    onnxApi().release('ReleaseIoBinding', this.#binding);
    onnxApi().release('ReleaseRunOptions', this.#options);
  }
}
