import type { Api } from '../../../src-main/contract/api.ts';
import type { ConversationSummary } from '../../../src-main/contract/conversation.ts';
import { ask } from '../shell/ask.ts';
import type { Notices } from '../shell/notices.svelte.ts';
import { titleWithin } from '../shell/title.ts';
import type { UndoSlot } from './undo-slot.svelte.ts';

/** All conversations, by whether they are active, archived or deleted; last changed first. */
export class ConversationList {
  /** Deleted ones included. */
  all = $state.raw<readonly ConversationSummary[]>([]);
  readonly active = $derived(this.all.filter(({ archived, deletedAt }) => !archived && deletedAt === null));
  readonly archived = $derived(this.all.filter(({ archived, deletedAt }) => archived && deletedAt === null));
  /** Last deleted first. */
  readonly deleted = $derived(
    this.all
      .filter(({ deletedAt }) => deletedAt !== null)
      .sort((one, other) => (other.deletedAt ?? 0) - (one.deletedAt ?? 0)),
  );
  readonly #api: Api;
  readonly #notices: Notices;
  readonly #undo: UndoSlot;
  readonly #changed: () => void;

  /** @param changed called after each change of `all` */
  constructor(api: Api, notices: Notices, undo: UndoSlot, changed: () => void) {
    this.#api = api;
    this.#notices = notices;
    this.#undo = undo;
    this.#changed = changed;
  }

  async load(): Promise<void> {
    this.replace(await ask(this.#api, 'conversations-list', undefined));
  }

  replace(list: readonly ConversationSummary[]): void {
    this.all = [...list].sort((one, other) => other.updatedAt - one.updatedAt);
    this.#changed();
  }

  /** The conversation `id`, unless it is deleted. */
  find(id: string): ConversationSummary | undefined {
    return this.all.find((candidate) => candidate.id === id && candidate.deletedAt === null);
  }

  async rename(id: string, title: string): Promise<void> {
    const trimmed = titleWithin(title);
    await this.#change(id, { title: trimmed }, () =>
      ask(this.#api, 'conversation-rename', { id, title: trimmed }),
    );
  }

  async star(id: string, starred: boolean): Promise<void> {
    await this.#change(id, { starred }, () => ask(this.#api, 'conversation-star', { id, starred }));
  }

  /** Archives a conversation, which can be undone, or returns it to the active ones. */
  async archive(id: string, archived: boolean): Promise<void> {
    const done = await this.#change(id, { archived }, () =>
      ask(this.#api, 'conversation-archive', { id, archived }),
    );
    if (done && archived) this.#offerUndo('archived', id, () => this.archive(id, false));
  }

  /** Marks a conversation as deleted. @param restored called if that is undone */
  async remove(id: string, restored: () => void): Promise<void> {
    const done = await this.#change(id, { deletedAt: Date.now() }, () =>
      ask(this.#api, 'conversation-delete', { id }),
    );
    if (!done) return;
    this.#offerUndo('deleted', id, async () => {
      if (await this.restore(id)) restored();
    });
  }

  /** Restores a deleted conversation; returns whether that succeeded. */
  async restore(id: string): Promise<boolean> {
    return this.#change(id, { deletedAt: null }, () => ask(this.#api, 'conversation-restore', { id }));
  }

  /** Removes the deleted conversations permanently. */
  async emptyDeleted(): Promise<void> {
    await this.#notices.guard(async () => {
      await ask(this.#api, 'conversations-empty', undefined);
      this.replace(this.all.filter(({ deletedAt }) => deletedAt === null));
      if (this.#undo.current?.kind === 'deleted') this.#undo.clear();
    });
  }

  async #change(
    id: string,
    part: Partial<ConversationSummary>,
    request: () => Promise<unknown>,
  ): Promise<boolean> {
    return this.#notices.guard(async () => {
      await request();
      this.replace(this.all.map((summary) => (summary.id === id ? { ...summary, ...part } : summary)));
    });
  }

  #offerUndo(kind: 'archived' | 'deleted', id: string, undo: () => Promise<void>): void {
    const title = this.all.find((candidate) => candidate.id === id)?.title ?? '';
    this.#undo.set({ kind, title, undo });
  }
}
