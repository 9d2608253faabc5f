import type { Api } from '../../../src-main/contract/api.ts';
import type { CustomAction, NewAction } from '../../../src-main/contract/document.ts';
import { ask } from '../shell/ask.ts';
import type { Notices } from '../shell/notices.svelte.ts';

/** Custom actions on selections. */
export class CustomActions {
  list = $state.raw<readonly CustomAction[]>([]);
  /** The action deleted last, which can be restored. */
  deleted = $state.raw<CustomAction | null>(null);
  readonly #api: Api;
  readonly #notices: Notices;

  constructor(api: Api, notices: Notices) {
    this.#api = api;
    this.#notices = notices;
  }

  withShortcut(shortcut: string): CustomAction | undefined {
    return this.list.find((action) => action.shortcut === shortcut);
  }

  async load(): Promise<void> {
    await this.#notices.guard(async () => {
      this.list = await ask(this.#api, 'actions-list', undefined);
    });
  }

  /** Saves an action, a new one if `id` is null; returns whether that succeeded. */
  async save(id: string | null, action: NewAction): Promise<boolean> {
    return this.#notices.guard(async () => {
      this.list = await ask(this.#api, 'action-save', { id, action });
    });
  }

  async delete(id: string): Promise<void> {
    const action = this.list.find((candidate) => candidate.id === id) ?? null;
    await this.#notices.guard(async () => {
      this.list = await ask(this.#api, 'action-delete', { id });
      this.deleted = action;
    });
  }

  async restoreDeleted(): Promise<void> {
    if (!this.deleted) return;
    const { id, ...action } = this.deleted;
    if (await this.save(id, action)) this.deleted = null;
  }
}
