import type { ComparisonRun } from '../contract/comparison.ts';
import type { RunWriter } from '../runs/run-writer.ts';

/** Runs that ended and could not be saved yet: each is tried again until it is. */
export class UnsavedRuns {
  readonly #writers = new Set<RunWriter>();

  /** Keeps `writer` until its run is saved, and calls `onSaved` then. */
  keep(writer: RunWriter, onSaved: () => void): void {
    this.#writers.add(writer);
    writer.onceSaved(() => {
      this.#writers.delete(writer);
      onSaved();
    });
  }

  /** Saves them all, now. @throws ForedraftError `disk-full`, `database-failed`; nothing is lost */
  save(): void {
    for (const writer of this.#writers) writer.save();
  }

  runs(): readonly ComparisonRun[] {
    return [...this.#writers].map(({ run }) => run);
  }

  /** The database is about to be closed: saves what can be saved, and tries no more. @throws as `save` */
  close(): void {
    const writers = [...this.#writers];
    this.#writers.clear();
    try {
      for (const writer of writers) writer.save();
    } finally {
      for (const writer of writers) writer.abandon();
    }
  }
}
