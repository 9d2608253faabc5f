import type { EngineStatus } from '../contract/engine-status.ts';
import { ForedraftError } from '../contract/error.ts';
import type { ModelCard } from '../contract/model-card.ts';
import type { HostClient } from '../host/client.ts';

/** What runs need of the engine host. */
export type Engine = Pick<HostClient, 'status' | 'generate'>;

/** Exclusive use of the engine, which does one thing at a time: a second caller is rejected with `engine-busy`. */
export class EngineLock {
  #activity: string | undefined;

  /** @throws ForedraftError `engine-busy` while the lock is held, saying by what */
  assertFree(): void {
    if (this.#activity === undefined) return;
    const message = `The engine is still ${this.#activity}: wait for it or stop it, then try again.`;
    throw new ForedraftError('engine-busy', message);
  }

  get busy(): boolean {
    return this.#activity !== undefined;
  }

  /**
   * Acquires the lock until the returned function is called. `activity` completes "The engine is still ...".
   * @throws ForedraftError `engine-busy`
   */
  acquire(activity: string): () => void {
    this.assertFree();
    this.#activity = activity;
    let released = false;
    return () => {
      if (!released) this.#activity = undefined;
      released = true;
    };
  }
}

/** The loaded model. @throws ForedraftError `engine-unavailable` if none is */
export function readyModel(status: EngineStatus): ModelCard {
  if (status.state === 'ready') return status.model;
  throw new ForedraftError(
    'engine-unavailable',
    'The engine has no model loaded yet: wait until the status line says ready, or press Restart engine.',
    { state: status.state },
  );
}
