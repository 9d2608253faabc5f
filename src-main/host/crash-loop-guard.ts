import fs from 'node:fs';

/** Starts of the engine in a row that may fail to reach a loaded model before it is left alone. */
export const uncleanStartLimit = 2;

/**
 * Remembers across runs of the program how many starts of the engine in a row were begun and not finished:
 * a model that takes the whole program down must not do so at every start.
 */
export class CrashLoopGuard {
  readonly #file: string;

  /** `file` lies in the data folder and exists only while a start is unfinished. */
  constructor(file: string) {
    this.#file = file;
  }

  /** Unfinished starts in a row; 0 where the marker is missing or unreadable. */
  uncleanStarts(): number {
    try {
      const count = Number(fs.readFileSync(this.#file, 'utf8'));
      return Number.isInteger(count) && count > 0 ? count : 0;
    } catch {
      return 0;
    }
  }

  begin(): void {
    const count = this.uncleanStarts() + 1;
    this.#attempt(() => fs.writeFileSync(this.#file, String(count)));
  }

  /** The start reached its end, good or bad, without taking the process down. */
  finish(): void {
    this.#attempt(() => fs.rmSync(this.#file, { force: true }));
  }

  /** A marker that can't be written costs the safe mode, not the start. */
  #attempt(write: () => void): void {
    try {
      write();
    } catch (error) {
      process.emitWarning(error instanceof Error ? error : String(error));
    }
  }
}
