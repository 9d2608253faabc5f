import { reportOf, type ErrorReport } from '../../../src-main/contract/error.ts';

/** `unsaved`: it will be saved within a second; `failed`: it is tried again and again. */
export type SaveState = 'saved' | 'unsaved' | 'failed';

/** How long nobody must have typed, the longest that a change waits, and the pause after a failure; milliseconds. */
const quietMs = 300;
const longestMs = 800;
const againMs = 2000;

/** Saves a text as it is typed. The text is only read when it is saved: that of a long document takes a while. */
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

  /** Something was typed. */
  changed(): void {
    const now = performance.now();
    this.#firstAt ??= now;
    if (this.state === 'saved') this.state = 'unsaved';
    this.#after(Math.min(quietMs, Math.max(0, this.#firstAt + longestMs - now)));
  }

  /** Saves at once what isn't saved; tells whether everything is. */
  async flush(): Promise<boolean> {
    clearTimeout(this.#timer);
    await this.#writing;
    if (this.state !== 'saved') await this.#save();
    return this.state === 'saved';
  }

  /** Saves nothing any more. */
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
      // What was typed meanwhile has its own time.
      this.state = this.#firstAt === null ? 'saved' : 'unsaved';
    } catch (error) {
      this.error = reportOf(error, 'database-failed');
      this.state = 'failed';
      this.#after(againMs);
    }
  }
}
