import { reportOf, type ErrorReport } from '../../../src-main/contract/error.ts';

/** `unsaved`: saved within a second; `failed`: retried. */
export type SaveState = 'saved' | 'unsaved' | 'failed';

/** Pause in typing before a save. */
const pauseMs = 300;
/** Maximum time that a change stays unsaved. */
const maxDelayMs = 800;
/** Pause before a failed save is retried. */
const retryMs = 2000;

/** Saves a text during typing. It is read only for a save, since reading a long document is slow. */
export class DocumentSaver {
  state = $state.raw<SaveState>('saved');
  error = $state.raw<ErrorReport | null>(null);
  readonly #read: () => string;
  readonly #write: (text: string) => Promise<void>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #firstAt: number | null = null;
  #writing: Promise<void> | null = null;

  constructor(read: () => string, write: (text: string) => Promise<void>) {
    this.#read = read;
    this.#write = write;
  }

  /** The text changed. */
  changed(): void {
    const now = performance.now();
    this.#firstAt ??= now;
    if (this.state === 'saved') this.state = 'unsaved';
    this.#after(Math.min(pauseMs, Math.max(0, this.#firstAt + maxDelayMs - now)));
  }

  /** Saves unsaved changes now; returns whether everything is saved. */
  async flush(): Promise<boolean> {
    clearTimeout(this.#timer);
    await this.#writing;
    if (this.state !== 'saved') await this.#save();
    return this.state === 'saved';
  }

  /** Drops unsaved changes. */
  close(): void {
    clearTimeout(this.#timer);
    this.#firstAt = null;
    this.state = 'saved';
    this.error = null;
  }

  #after(milliseconds: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#save(), milliseconds);
  }

  #save(): Promise<void> {
    this.#writing ??= this.#saveOnce().finally(() => (this.#writing = null));
    return this.#writing;
  }

  async #saveOnce(): Promise<void> {
    clearTimeout(this.#timer);
    this.#firstAt = null;
    try {
      await this.#write(this.#read());
      this.error = null;
      // Changes made meanwhile have started their own timer.
      this.state = this.#firstAt === null ? 'saved' : 'unsaved';
    } catch (error) {
      this.error = reportOf(error, 'database-failed');
      this.state = 'failed';
      this.#after(retryMs);
    }
  }
}
