import fs from 'node:fs';

/** Unclean starts in a row after which the engine is no longer started automatically. */
export const uncleanStartLimit = 2;

/**
 * Counts, across runs of the program, consecutive engine starts that never finished, so that a model that
 * crashes the whole program does so at most `uncleanStartLimit` times.
 */
export class CrashLoopGuard {
  readonly #file: string;

  /** @param file marker that exists only while a start is unfinished */
  constructor(file: string) {
    this.#file = file;
  }

  /** Unfinished starts in a row; 0 if the marker is missing or unreadable. */
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

  /** The start finished, successfully or not, without crashing the program. */
  finish(): void {
    this.#attempt(() => fs.rmSync(this.#file, { force: true }));
  }

  /** Failing to write the marker only disables the guard. */
  #attempt(write: () => void): void {
    try {
      write();
    } catch (error) {
      process.emitWarning(error instanceof Error ? error : String(error));
    }
  }
}
