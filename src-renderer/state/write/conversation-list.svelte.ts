import type { Api } from '../../../src-main/contract/api.ts';
import type { ConversationSummary } from '../../../src-main/contract/conversation.ts';
import { ask } from '../shell/ask.ts';
import type { LastDeed } from '../shell/undo-slot.svelte.ts';
import type { Notices } from '../shell/notices.svelte.ts';

export const longestTitle = 200;

/** Every conversation there is, and where it lies. Last changed first. */
export class Shelf {
  /** Deleted ones included. */
  all = $state.raw<readonly ConversationSummary[]>([]);
  readonly inUse = $derived(this.all.filter(({ archived, deletedAt }) => !archived && deletedAt === null));
  readonly archived = $derived(this.all.filter(({ archived, deletedAt }) => archived && deletedAt === null));
  /** Last deleted first. */
  readonly deleted = $derived(
    this.all
      .filter(({ deletedAt }) => deletedAt !== null)
      .sort((one, other) => (other.deletedAt ?? 0) - (one.deletedAt ?? 0)),
  );
  readonly #api: Api;
  readonly #notices: Notices;
  readonly #deeds: LastDeed;
  readonly #changed: () => void;

  /** `changed` is called after each change of `all`. */
  constructor(api: Api, notices: Notices, deeds: LastDeed, changed: () => void) {
    this.#api = api;
    this.#notices = notices;
    this.#deeds = deeds;
    this.#changed = changed;
  }

  async load(): Promise<void> {
    this.take(await ask(this.#api, 'conversations-list', undefined));
  }

  /** Takes on main's list. */
  take(list: readonly ConversationSummary[]): void {
    this.all = [...list].sort((one, other) => other.updatedAt - one.updatedAt);
    this.#changed();
  }

  /** One that isn't deleted. */
  find(id: string): ConversationSummary | undefined {
    return this.all.find((candidate) => candidate.id === id && candidate.deletedAt === null);
  }

  async rename(id: string, title: string): Promise<void> {
    const trimmed = title.trim().slice(0, longestTitle);
    await this.#change(id, { title: trimmed }, () =>
      ask(this.#api, 'conversation-rename', { id, title: trimmed }),
    );
  }

  async star(id: string, starred: boolean): Promise<void> {
    await this.#change(id, { starred }, () => ask(this.#api, 'conversation-star', { id, starred }));
  }

  /** Puts a conversation away, which can be taken back, or takes it out again. */
  async archive(id: string, archived: boolean): Promise<void> {
    const done = await this.#change(id, { archived }, () =>
      ask(this.#api, 'conversation-archive', { id, archived }),
    );
    if (done && archived) this.#did('archived', id, () => this.archive(id, false));
  }

  /** Marks a conversation as deleted; taken back, it is as it was, and `restored` is called. */
  async remove(id: string, restored: () => void): Promise<void> {
    const done = await this.#change(id, { deletedAt: Date.now() }, () =>
      ask(this.#api, 'conversation-delete', { id }),
    );
    if (!done) return;
    this.#did('deleted', id, async () => {
      if (await this.restore(id)) restored();
    });
  }

  /** Brings a deleted conversation back; tells whether it is there. */
  async restore(id: string): Promise<boolean> {
    return this.#change(id, { deletedAt: null }, () => ask(this.#api, 'conversation-restore', { id }));
  }

  /** Removes what is deleted for good. */
  async empty(): Promise<void> {
    await this.#notices.guard(async () => {
      await ask(this.#api, 'conversations-empty', undefined);
      this.take(this.all.filter(({ deletedAt }) => deletedAt === null));
      if (this.#deeds.current?.kind === 'deleted') this.#deeds.dismiss();
    });
  }

  async #change(
    id: string,
    part: Partial<ConversationSummary>,
    request: () => Promise<unknown>,
  ): Promise<boolean> {
    return this.#notices.guard(async () => {
      await request();
      this.take(this.all.map((kept) => (kept.id === id ? { ...kept, ...part } : kept)));
    });
  }

  #did(kind: 'archived' | 'deleted', id: string, undo: () => Promise<void>): void {
    const title = this.all.find((candidate) => candidate.id === id)?.title ?? '';
    this.#deeds.done({ kind, title, undo });
  }
}
