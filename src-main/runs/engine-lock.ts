import type { EngineStatus } from '../contract/engine-status.ts';
import { ForedraftError } from '../contract/error.ts';
import type { ModelCard } from '../contract/model-card.ts';
import type { HostClient } from '../host/client.ts';

/** What those who have text written need of the engine host. */
export type Engine = Pick<HostClient, 'status' | 'generate'>;

/** An engine that can also read ahead. */
export type ReadingEngine = Engine & Pick<HostClient, 'prefill'>;

/** Whose turn it is with the engine, which writes one text at a time; who comes second is refused. */
export class EngineLock {
  #doing: string | undefined;

  /** @throws ForedraftError `engine-busy` while somebody has the turn, saying what is running */
  assertFree(): void {
    if (this.#doing === undefined) return;
    const message = `The engine is still ${this.#doing}: wait for it or stop it, then try again.`;
    throw new ForedraftError('engine-busy', message);
  }

  /** Whether somebody has the turn. */
  get busy(): boolean {
    return this.#doing !== undefined;
  }

  /**
   * Takes the turn, until the returned function is called. `doing` completes "The engine is still ...".
   * @throws ForedraftError `engine-busy`
   */
  take(doing: string): () => void {
    this.assertFree();
    this.#doing = doing;
    let released = false;
    return () => {
      if (!released) this.#doing = undefined;
      released = true;
    };
  }
}

/** The model that is loaded. @throws ForedraftError `engine-unavailable` where none is */
export function readyModel(status: EngineStatus): ModelCard {
  if (status.state === 'ready') return status.model;
  throw new ForedraftError(
    'engine-unavailable',
    'The engine has no model loaded yet: wait until the status line says ready, or press Restart engine.',
    { state: status.state },
  );
}
