import type { Api } from '../src-main/contract/api.ts';
import { CompareState } from './state/compare/compare-state.svelte.ts';
import { DocumentsState } from './state/documents/documents-state.svelte.ts';
import type { Now } from './state/runs/live-run.svelte.ts';
import { LiveRuns } from './state/runs/live-runs.svelte.ts';
import { ShellState } from './state/shell/shell-state.svelte.ts';
import { WriteState } from './state/write/write-state.svelte.ts';

/** The state of the whole window. Features meet here only: each of them knows the shell and the runs. */
export class AppState {
  readonly shell: ShellState;
  readonly write: WriteState;
  readonly documents: DocumentsState;
  readonly compare: CompareState;
  readonly #runs: LiveRuns;

  /** @param systemLanguage as in ShellState */
  constructor(api: Api, now: Now, systemLanguage?: string) {
    this.#runs = new LiveRuns(api, now);
    this.shell = new ShellState(api, systemLanguage);
    this.write = new WriteState(api, this.shell, this.#runs);
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
    return () => stops.forEach((stop) => stop());
  }

  async load(): Promise<void> {
    await Promise.all([this.shell, this.write, this.documents, this.compare].map((part) => part.load()));
  }

  /** Saves everything typed that isn't saved yet. */
  async flush(): Promise<void> {
    await Promise.all([this.write.drafts.flush(), this.documents.flush()]);
  }
}
