import { SvelteMap } from 'svelte/reactivity';
import type { Comparison, ComparisonColumn, ComparisonRun } from '../../../src-main/contract/comparison.ts';
import type { GenerationEvent } from '../../../src-main/contract/generation.ts';
import { resultTable } from '../../../src-main/report/result-table.ts';
import { sameTextGroups } from '../../../src-main/report/same-text.ts';
import type { Now } from '../runs/live-run.svelte.ts';
import { LiveRun } from '../runs/live-run.svelte.ts';

/** The comparison on the screen, with the run of it that is being written. */
export class OpenComparison {
  readonly id: string;
  comparison = $state.raw<Comparison>() as Comparison;
  /** Which repeat a person looks at; null: the one that is being written, or the first. */
  chosenRepeat = $state.raw<number | null>(null);
  readonly #live = new SvelteMap<string, LiveRun>();
  readonly #now: Now;
  readonly table = $derived.by(() => resultTable(this.comparison));
  readonly groups = $derived.by(() => sameTextGroups(this.comparison));
  /** The run that is being written. */
  readonly current = $derived.by(() => this.comparison.runs.find(({ status }) => status === 'streaming'));
  readonly repeat = $derived.by(() => this.chosenRepeat ?? this.current?.repeat ?? 0);
  readonly complete = $derived.by(() => this.comparison.runs.every(({ status }) => status === 'done'));
  /** The comparison with what is being written as it was a moment ago, for charts. */
  readonly shownComparison = $derived.by((): Comparison => {
    const { current, comparison } = this;
    const live = current && this.#live.get(current.id);
    if (!live) return comparison;
    const runs = comparison.runs.map((run) =>
      run.id === live.runId ? { ...run, ...written(live.run) } : run,
    );
    return { ...comparison, runs };
  });
  readonly anyDone = $derived.by(() => this.comparison.runs.some(({ status }) => status === 'done'));

  constructor(comparison: Comparison, now: Now) {
    this.id = comparison.id;
    this.#now = now;
    this.fill(comparison);
  }

  /** Takes on everything that main has of it. */
  fill(comparison: Comparison): void {
    this.comparison = comparison;
    this.#live.clear();
    for (const run of comparison.runs) this.#follow(run);
  }

  /** Takes on a run that began or ended. */
  changeRun(run: ComparisonRun): void {
    this.#live.delete(run.id);
    this.#follow(run);
    const runs = this.comparison.runs.map((kept) => (kept.id === run.id ? run : kept));
    this.comparison = { ...this.comparison, runs };
  }

  apply(runId: string, events: readonly GenerationEvent[]): void {
    this.#live.get(runId)?.apply(events);
  }

  /** A run while it is written; undefined before and after. */
  live(runId: string): LiveRun | undefined {
    return this.#live.get(runId);
  }

  /** The run of a column in the repeat on the screen. */
  shownRun({ id }: Pick<ComparisonColumn, 'id'>): ComparisonRun | undefined {
    return this.comparison.runs.find((run) => run.columnId === id && run.repeat === this.repeat);
  }

  /** How far it is, counted in runs that have begun; a run that was put off has not. */
  get progress(): { readonly position: number; readonly count: number } {
    const { runs } = this.comparison;
    const begun = runs.filter(({ status }) => status !== 'waiting').length;
    return { position: Math.min(begun, runs.length), count: runs.length };
  }

  #follow(run: ComparisonRun): void {
    if (run.status === 'streaming') this.#live.set(run.id, new LiveRun(run, this.#now));
  }
}

function written({ text, tokens, trace }: ComparisonRun): Pick<ComparisonRun, 'text' | 'tokens' | 'trace'> {
  return { text, tokens, trace };
}
