import type { Api } from '../../../src-main/contract/api.ts';
import type { NewAction, CustomAction } from '../../../src-main/contract/document.ts';
import { ask } from '../shell/ask.ts';
import type { Notices } from '../shell/notices.svelte.ts';

/** A person's own actions on selections. */
export class OwnActions {
  list = $state.raw<readonly CustomAction[]>([]);
  /** The one that was deleted last; it can be brought back. */
  deleted = $state.raw<CustomAction | null>(null);
  readonly #api: Api;
  readonly #notices: Notices;

  constructor(api: Api, notices: Notices) {
    this.#api = api;
    this.#notices = notices;
  }

  /** The one with the key `shortcut`, if there is one. */
  withShortcut(shortcut: string): CustomAction | undefined {
    return this.list.find((action) => action.shortcut === shortcut);
  }

  async load(): Promise<void> {
    await this.#notices.guard(async () => {
      this.list = await ask(this.#api, 'actions-list', undefined);
    });
  }

  /** Keeps an action, a new one where `id` is null. Tells whether main has taken it. */
  async keep(id: string | null, action: NewAction): Promise<boolean> {
    return this.#notices.guard(async () => {
      this.list = await ask(this.#api, 'action-save', { id, action });
    });
  }

  async delete(id: string): Promise<void> {
    const action = this.list.find((kept) => kept.id === id) ?? null;
    await this.#notices.guard(async () => {
      this.list = await ask(this.#api, 'action-delete', { id });
      this.deleted = action;
    });
  }

  async undelete(): Promise<void> {
    if (!this.deleted) return;
    const { id, ...action } = this.deleted;
    if (await this.keep(id, action)) this.deleted = null;
  }
}
