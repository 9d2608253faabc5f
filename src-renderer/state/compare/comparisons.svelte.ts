import type { Api, RequestName, RunningComparison } from '../../../src-main/contract/api.ts';
import type {
  Comparison,
  ComparisonSummary,
  Description,
  NewColumn,
} from '../../../src-main/contract/comparison.ts';
import { comparisonRunOf } from '../../../src-main/contract/comparison.ts';
import { ask } from '../shell/ask.ts';
import { ComparisonDraft } from './draft.svelte.ts';
import { ComparisonFiles } from './files.svelte.ts';
import type { Now } from '../runs/live-run.svelte.ts';
import { OpenComparison } from './open-comparison.svelte.ts';
import { ComparisonVotes } from './votes.ts';
import type { Notices } from '../shell/notices.svelte.ts';

export type CompareScreen = 'new' | 'open' | 'vote' | 'leaderboard';
type Starting = Extract<RequestName, 'comparison-resume' | 'comparison-rerun'>;

/** What the Compare screen shows, and every action it offers. */
export class Comparisons {
  readonly api: Api;
  readonly draft = new ComparisonDraft();
  readonly files: ComparisonFiles;
  readonly votes: ComparisonVotes;
  list = $state.raw<readonly ComparisonSummary[]>([]);
  running = $state.raw<RunningComparison | null>(null);
  opened = $state.raw<OpenComparison | null>(null);
  /** What `opened` repeats; null where it repeats nothing, or that is gone. */
  original = $state.raw<Comparison | null>(null);
  screen = $state.raw<CompareScreen>('new');
  /** True while main is asked for something that begins a run. */
  starting = $state.raw(false);
  loaded = $state.raw(false);
  readonly #notices: Notices;
  readonly #now: Now;
  #opening = 0;
  /** Grows with each run that begins or ends: what was read meanwhile is read again. */
  #changes = 0;

  constructor(api: Api, notices: Notices, now: Now = () => Date.now()) {
    this.api = api;
    this.#notices = notices;
    this.#now = now;
    this.files = new ComparisonFiles(api, notices);
    this.votes = new ComparisonVotes(api, notices);
  }

  /** Whether the comparison on the screen has the engine. */
  get openIsRunning(): boolean {
    return this.running !== null && this.running.comparisonId === this.opened?.id;
  }

  /** What is on the screen; '' for what has no name yet. */
  get title(): string {
    return this.screen === 'open' || this.screen === 'vote' ? (this.opened?.comparison.name ?? '') : '';
  }

  /** Listens to main; the returned function stops listening. */
  listen(): () => void {
    const stops = [
      this.api.on('comparisons-changed', (list) => (this.list = list)),
      this.api.on('comparison-running', (running) => (this.running = running)),
      this.api.on('run-changed', ({ run }) => {
        const { owner } = run;
        if (owner.kind !== 'column') return;
        this.#changes += 1;
        if (owner.comparisonId === this.opened?.id) this.opened.changeRun(comparisonRunOf(run, owner));
      }),
      this.api.on('run-events', ({ runId, events }) => this.opened?.apply(runId, events)),
    ];
    return () => stops.forEach((stop) => stop());
  }

  /** Reads the list and what is being run, and shows that. */
  async load(): Promise<void> {
    await this.#notices.guard(async () => {
      this.list = await ask(this.api, 'comparisons-list', undefined);
      this.running = await ask(this.api, 'comparison-running', undefined);
    });
    if (this.running !== null && this.opened === null) await this.open(this.running.comparisonId);
    this.loaded = true;
  }

  startNew(): void {
    this.#opening += 1;
    this.screen = 'new';
  }

  /** Sets up a new comparison like the one that is open. */
  duplicate(): void {
    if (!this.opened) return;
    this.draft.take(this.opened.comparison);
    this.startNew();
  }

  async open(id: string): Promise<void> {
    const turn = ++this.#opening;
    await this.#notices.guard(async () => {
      const comparison = await this.#read(id);
      if (turn === this.#opening) await this.#show(comparison);
    });
  }

  /** Runs the draft. Tells whether main has taken it. */
  async start(): Promise<boolean> {
    const { request } = this.draft;
    if (request === null) return false;
    return this.#begin(() => ask(this.api, 'comparison-start', request));
  }

  async resume(): Promise<boolean> {
    return this.#beginWith('comparison-resume');
  }

  async rerun(): Promise<boolean> {
    return this.#beginWith('comparison-rerun');
  }

  async addColumns(columns: readonly NewColumn[]): Promise<boolean> {
    const id = this.opened?.id;
    if (id === undefined) return false;
    return this.#begin(() => ask(this.api, 'comparison-add-columns', { id, columns: [...columns] }));
  }

  /** Stops one column of the comparison that has the engine, or all of it. */
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
      // Main may have settled on another name: an empty one becomes the start of the prompt.
      const settled = descriptionOf(await ask(this.api, 'comparison-open', { id }));
      if (this.opened.id === id) this.opened.comparison = { ...this.opened.comparison, ...settled };
    });
  }

  /** Stars a comparison, or takes its star away. */
  async star({ id, starred }: Pick<ComparisonSummary, 'id' | 'starred'>): Promise<void> {
    await this.#notices.guard(async () => {
      const comparison = await ask(this.api, 'comparison-open', { id });
      await this.describe(id, { ...descriptionOf(comparison), starred: !starred });
    });
  }

  async remove(id: string): Promise<void> {
    await this.#notices.guard(async () => {
      await ask(this.api, 'comparison-delete', { id });
      this.list = this.list.filter((kept) => kept.id !== id);
      if (this.opened?.id !== id) return;
      this.opened = null;
      if (this.screen !== 'leaderboard') this.startNew();
    });
  }

  /** Shows a comparison from a file. */
  async import(): Promise<void> {
    const comparison = await this.files.import();
    if (comparison !== null) await this.#show(comparison);
  }

  /** Puts `text` on the clipboard; tells whether it is there. */
  async copy(text: string): Promise<boolean> {
    return this.#notices.guard(async () => {
      await ask(this.api, 'clipboard-write', { text });
    });
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
    else this.opened = new OpenComparison(comparison, this.#now);
    this.files.written = null;
    this.screen = 'open';
    const { rerunOf } = comparison;
    if (this.original?.id !== rerunOf) this.original = null;
    if (rerunOf !== null && this.original === null) await this.#readOriginal(rerunOf);
  }

  /** An original that was deleted is no failure: there is just nothing to compare with. */
  async #readOriginal(id: string): Promise<void> {
    if (!this.list.some((kept) => kept.id === id)) return;
    const reply = await this.api.request('comparison-open', { id });
    if (reply.ok && this.opened?.comparison.rerunOf === id) this.original = reply.value;
  }

  async #beginWith(request: Starting): Promise<boolean> {
    const id = this.opened?.id;
    return id !== undefined && this.#begin(() => ask(this.api, request, { id }));
  }

  async #begin(work: () => Promise<Comparison>): Promise<boolean> {
    if (this.starting) return false;
    this.starting = true;
    this.#opening += 1;
    const begun = await this.#notices.guard(async () => {
      const before = this.#changes;
      const comparison = await work();
      this.#notices.dismiss();
      await this.#show(before === this.#changes ? comparison : await this.#read(comparison.id));
    });
    this.starting = false;
    return begun;
  }
}

/** What a person said about a comparison. */
export function descriptionOf({ name, notes, tags, starred }: Comparison): Description {
  return { name, notes, tags: [...tags], starred };
}
