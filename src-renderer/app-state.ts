import type { Api } from '../src-main/contract/api.ts';
import type { SavedAll, UnsavedText } from '../src-main/contract/unsaved-text.ts';
import { CompareState } from './state/compare/compare-state.svelte.ts';
import { columnsBeside } from './state/compare/preset-columns.ts';
import { DocumentsState } from './state/documents/documents-state.svelte.ts';
import type { Now } from './state/runs/live-run.svelte.ts';
import { LiveRuns } from './state/runs/live-runs.svelte.ts';
import { ask } from './state/shell/ask.ts';
import { ShellState } from './state/shell/shell-state.svelte.ts';
import { WriteState } from './state/write/write-state.svelte.ts';

/** The state of the whole window. Features meet here only: each of them knows the shell and the runs. */
export class AppState {
  readonly shell: ShellState;
  readonly write: WriteState;
  readonly documents: DocumentsState;
  readonly compare: CompareState;
  readonly #api: Api;
  readonly #runs: LiveRuns;

  /** @param systemLanguage as in ShellState */
  constructor(api: Api, now: Now, systemLanguage?: string) {
    this.#api = api;
    this.#runs = new LiveRuns(api, now);
    this.shell = new ShellState(api, systemLanguage);
    this.write = new WriteState(api, this.shell, this.#runs, {
      compare: ({ conversationId, strategy, ...prompt }) => {
        const columns = columnsBeside(this.shell.language, strategy);
        this.compare.comparePrompt(prompt, columns, conversationId);
        this.shell.screen = 'compare';
      },
    });
    this.documents = new DocumentsState(api, this.shell, this.#runs);
    this.compare = new CompareState(api, this.shell, this.#runs, {
      canAnswer: () => this.write.canAnswer,
      openConversation: (id) => this.write.open(id),
      continueAnswer: async () => {
        const { leaf } = this.write.conversation;
        if (leaf !== null) await this.write.continueAnswer(leaf.id, null, null);
      },
      openDocument: (id) => {
        this.shell.screen = 'write';
        return this.documents.open(id);
      },
    });
  }

  /** Subscribes to main; the returned function unsubscribes. */
  listen(): () => void {
    const stops = [this.#runs, this.shell, this.write, this.documents, this.compare].map((part) =>
      part.listen(),
    );
    stops.push(this.#api.on('save-all', ({ attempt }) => void this.#saveAll(attempt)));
    return () => stops.forEach((stop) => stop());
  }

  async load(): Promise<void> {
    await Promise.all([this.shell, this.write, this.documents, this.compare].map((part) => part.load()));
  }

  /** Saves everything typed that isn't saved yet. */
  async flush(): Promise<void> {
    await Promise.all([this.write.drafts.flush(), this.documents.flush()]);
  }

  /** Saves everything for a program that is about to quit, and reports to main what couldn't be saved. */
  async #saveAll(attempt: number): Promise<void> {
    await this.flush();
    const unsaved = this.#unsaved();
    const error = this.documents.opened?.saver.error ?? this.shell.notices.current;
    const cause = unsaved.length === 0 || !error ? null : { code: error.code, message: error.message };
    await ask(this.#api, 'saved-all', { attempt, unsaved, cause } satisfies SavedAll);
  }

  #unsaved(): UnsavedText[] {
    const { language } = this.shell;
    const document = this.documents.unsaved;
    return [
      ...(document === null ? [] : [{ title: language.text('document'), text: document }]),
      ...this.write.drafts.unsaved.map(({ text }) => ({ title: language.text('your-message'), text })),
    ];
  }
}
