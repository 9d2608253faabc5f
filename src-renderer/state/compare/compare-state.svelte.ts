import type { Api } from '../../../src-main/contract/api.ts';
import type {
  Comparison,
  ComparisonSummary,
  Description,
  NewColumn,
  RunningComparison,
} from '../../../src-main/contract/comparison.ts';
import { comparisonRunOf } from '../../../src-main/contract/comparison.ts';
import type { RequestName } from '../../../src-main/contract/requests.ts';
import { ask } from '../shell/ask.ts';
import { ComparisonDraft, type ConversationPrompt } from './draft.svelte.ts';
import { ImportExport } from './import-export.svelte.ts';
import type { LiveRuns } from '../runs/live-runs.svelte.ts';
import type { ShellState } from '../shell/shell-state.svelte.ts';
import { TakeOver, type TakeOverTargets } from './take-over.ts';
import { OpenComparison } from './open-comparison.svelte.ts';
import { ComparisonVotes } from './votes.ts';
import type { Notices } from '../shell/notices.svelte.ts';

/** The content of the Compare screen next to its list. */
export type CompareView = 'new' | 'open' | 'vote' | 'leaderboard' | 'payoff';
/** Requests that start runs of the open comparison. */
type StartRequest = Extract<RequestName, 'comparison-resume' | 'comparison-rerun'>;

/** The Compare screen: the open comparison, the list of comparisons, and every action on them. */
export class CompareState {
  readonly api: Api;
  readonly draft = new ComparisonDraft();
  readonly files: ImportExport;
  readonly votes: ComparisonVotes;
  readonly takeOver: TakeOver;
  list = $state.raw<readonly ComparisonSummary[]>([]);
  running = $state.raw<RunningComparison | null>(null);
  opened = $state.raw<OpenComparison | null>(null);
  /** The comparison that `opened` is a rerun of; null if it is none or the original was deleted. */
  original = $state.raw<Comparison | null>(null);
  view = $state.raw<CompareView>('new');
  /** Whether a request that starts runs is pending. */
  starting = $state.raw(false);
  loaded = $state.raw(false);
  /** The conversation that the comparison shown was set up from, to go back to; null if it was from none. */
  origin = $state.raw<string | null>(null);
  readonly #notices: Notices;
  readonly #runs: LiveRuns;
  #openings = 0;
  /** Runs started or ended so far: a comparison read while this changed is read again. */
  #changes = 0;

  constructor(api: Api, { notices }: Pick<ShellState, 'notices'>, runs: LiveRuns, targets: TakeOverTargets) {
    this.api = api;
    this.#notices = notices;
    this.#runs = runs;
    this.files = new ImportExport(api, notices);
    this.votes = new ComparisonVotes(api, notices);
    this.takeOver = new TakeOver(api, notices, targets);
  }

  /** Whether an answer of a conversation occupies the engine. */
  get answerRunning(): boolean {
    return this.#runs.any('message');
  }

  /** Whether the open comparison is the one that runs. */
  get openIsRunning(): boolean {
    return this.running !== null && this.running.comparisonId === this.opened?.id;
  }

  /** Name of the open comparison; '' if there is none. */
  get title(): string {
    return this.view === 'open' || this.view === 'vote' ? (this.opened?.comparison.name ?? '') : '';
  }

  /** Subscribes to main; the returned function unsubscribes. */
  listen(): () => void {
    const stops = [
      this.api.on('comparisons-changed', (list) => (this.list = list)),
      this.api.on('comparison-running', (running) => (this.running = running)),
      this.#runs.subscribe({
        changed: (run) => {
          const { owner } = run;
          if (owner.kind !== 'column') return;
          this.#changes += 1;
          if (owner.comparisonId === this.opened?.id) this.opened.changeRun(comparisonRunOf(run, owner));
        },
      }),
    ];
    return () => stops.forEach((stop) => stop());
  }

  /** Reads the list and shows the comparison that runs, if any. */
  async load(): Promise<void> {
    await this.#notices.guard(async () => {
      this.list = await ask(this.api, 'comparisons-list', undefined);
      this.running = await ask(this.api, 'comparison-running', undefined);
    });
    if (this.running !== null && this.opened === null) await this.open(this.running.comparisonId);
    this.loaded = true;
  }

  startNew(): void {
    this.#openings += 1;
    this.view = 'new';
    this.origin = null;
  }

  /**
   * Sets up a new comparison of the prompt of a conversation.
   * @param conversationId null if the conversation isn't stored
   */
  comparePrompt(
    prompt: ConversationPrompt,
    columns: readonly NewColumn[],
    conversationId: string | null,
  ): void {
    this.draft.takePrompt(prompt, columns);
    this.startNew();
    this.origin = conversationId;
  }

  /** Shows the conversation that the comparison was set up from; without one, nothing happens. */
  async back(): Promise<void> {
    if (this.origin !== null) await this.takeOver.openConversation(this.origin);
  }

  /** Sets up a new comparison like the one that is open. */
  duplicate(): void {
    if (!this.opened) return;
    this.draft.take(this.opened.comparison);
    this.startNew();
  }

  async open(id: string): Promise<void> {
    const opening = ++this.#openings;
    this.origin = null;
    await this.#notices.guard(async () => {
      const comparison = await this.#read(id);
      if (opening === this.#openings) await this.#show(comparison);
    });
  }

  /** Runs the draft; returns whether main accepted it. */
  async start(): Promise<boolean> {
    const { request } = this.draft;
    if (request === null) return false;
    return this.#start(() => ask(this.api, 'comparison-start', request));
  }

  async resume(): Promise<boolean> {
    return this.#startOpened('comparison-resume');
  }

  async rerun(): Promise<boolean> {
    return this.#startOpened('comparison-rerun');
  }

  async addColumns(columns: readonly NewColumn[]): Promise<boolean> {
    const id = this.opened?.id;
    if (id === undefined) return false;
    return this.#start(() => ask(this.api, 'comparison-add-columns', { id, columns: [...columns] }));
  }

  /** Stops a column of the running comparison; null: all of it. */
  async stop(columnId: string | null = null): Promise<void> {
    const id = this.running?.comparisonId;
    if (id === undefined) return;
    await this.#notices.guard(async () => {
      await ask(this.api, 'comparison-stop', { id, columnId });
    });
  }

  async describe(id: string, description: Description): Promise<void> {
    await this.#notices.guard(async () => {
      await ask(this.api, 'comparison-describe', { id, description });
      if (this.opened?.id !== id) return;
      // Main replaces an empty name by the start of the prompt.
      const settled = descriptionOf(await ask(this.api, 'comparison-open', { id }));
      if (this.opened.id === id) this.opened.comparison = { ...this.opened.comparison, ...settled };
    });
  }

  async toggleStar({ id, starred }: Pick<ComparisonSummary, 'id' | 'starred'>): Promise<void> {
    await this.#notices.guard(async () => {
      const comparison = await ask(this.api, 'comparison-open', { id });
      await this.describe(id, { ...descriptionOf(comparison), starred: !starred });
    });
  }

  async remove(id: string): Promise<void> {
    await this.#notices.guard(async () => {
      await ask(this.api, 'comparison-delete', { id });
      this.list = this.list.filter((summary) => summary.id !== id);
      if (this.opened?.id !== id) return;
      this.opened = null;
      if (this.view === 'open' || this.view === 'vote') this.startNew();
    });
  }

  /** Imports a comparison from a file and shows it. */
  async import(): Promise<void> {
    const comparison = await this.files.import();
    if (comparison !== null) await this.#show(comparison);
  }

  async #read(id: string): Promise<Comparison> {
    for (;;) {
      const before = this.#changes;
      const comparison = await ask(this.api, 'comparison-open', { id });
      if (before === this.#changes) return comparison;
    }
  }

  async #show(comparison: Comparison): Promise<void> {
    if (this.opened?.id === comparison.id) this.opened.fill(comparison);
    else this.opened = new OpenComparison(comparison, this.#runs);
    this.files.exported = null;
    this.view = 'open';
    const { rerunOf } = comparison;
    if (this.original?.id !== rerunOf) this.original = null;
    if (rerunOf !== null && this.original === null) await this.#readOriginal(rerunOf);
  }

  /** A deleted original is not an error: there is nothing to compare with. */
  async #readOriginal(id: string): Promise<void> {
    if (!this.list.some((summary) => summary.id === id)) return;
    const reply = await this.api.request('comparison-open', { id });
    if (reply.ok && this.opened?.comparison.rerunOf === id) this.original = reply.value;
  }

  async #startOpened(request: StartRequest): Promise<boolean> {
    const id = this.opened?.id;
    return id !== undefined && this.#start(() => ask(this.api, request, { id }));
  }

  async #start(work: () => Promise<Comparison>): Promise<boolean> {
    if (this.starting) return false;
    this.starting = true;
    this.#openings += 1;
    const started = await this.#notices.guard(async () => {
      const before = this.#changes;
      const comparison = await work();
      this.#notices.dismiss();
      await this.#show(before === this.#changes ? comparison : await this.#read(comparison.id));
    });
    this.starting = false;
    return started;
  }
}

/** The editable description of a comparison. */
export function descriptionOf({ name, notes, tags, starred }: Comparison): Description {
  return { name, notes, tags: [...tags], starred };
}
