import type { Api } from '../../../src-main/contract/api.ts';
import type { EngineStatus } from '../../../src-main/contract/engine-status.ts';
import type { ModelCard } from '../../../src-main/contract/model-card.ts';
import { ask } from './ask.ts';
import type { Notices } from './notices.svelte.ts';

/** The state of the engine host. */
export class Engine {
  status = $state.raw<EngineStatus>({ state: 'starting' });
  restarting = $state.raw(false);
  readonly #api: Api;
  readonly #notices: Notices;

  constructor(api: Api, notices: Notices) {
    this.#api = api;
    this.#notices = notices;
  }

  get ready(): boolean {
    return this.status.state === 'ready';
  }

  get model(): ModelCard | null {
    return this.status.state === 'ready' ? this.status.model : null;
  }

  /** Subscribes to main; the returned function unsubscribes. */
  listen(): () => void {
    return this.#api.on('engine-status', (status) => (this.status = status));
  }

  async load(): Promise<void> {
    const before = this.status;
    const status = await ask(this.#api, 'engine-status', undefined);
    // A pushed status is newer than the reply.
    if (this.status === before) this.status = status;
  }

  async restart(): Promise<void> {
    if (this.restarting) return;
    this.restarting = true;
    await this.#notices.guard(async () => {
      await ask(this.#api, 'engine-restart', undefined);
    });
    this.restarting = false;
  }
}
