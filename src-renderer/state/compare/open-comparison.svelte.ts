import type { Comparison, ComparisonColumn, ComparisonRun } from '../../../src-main/contract/comparison.ts';
import { resultTable } from '../../../src-main/report/result-table.ts';
import { sameTextGroups } from '../../../src-main/report/same-text.ts';
import type { LiveRun } from '../runs/live-run.svelte.ts';
import type { LiveRuns } from '../runs/live-runs.svelte.ts';

/** The comparison shown, with the run in progress. */
export class OpenComparison {
  readonly id: string;
  comparison = $state.raw<Comparison>() as Comparison;
  /** The repeat chosen to look at; null: the one in progress, or the first. */
  chosenRepeat = $state.raw<number | null>(null);
  readonly #runs: LiveRuns;
  readonly table = $derived.by(() => resultTable(this.comparison));
  readonly groups = $derived.by(() => sameTextGroups(this.comparison));
  /** The run in progress. */
  readonly current = $derived.by(() => this.comparison.runs.find(({ status }) => status === 'streaming'));
  readonly repeat = $derived.by(() => this.chosenRepeat ?? this.current?.repeat ?? 0);
  readonly complete = $derived.by(() => this.comparison.runs.every(({ status }) => status === 'done'));
  /** The comparison with the run in progress as of its last refresh, for charts. */
  readonly shownComparison = $derived.by((): Comparison => {
    const { current, comparison } = this;
    const live = current && this.live(current.id);
    if (!live) return comparison;
    const runs = comparison.runs.map((run) => (run.id === live.id ? { ...run, ...live.snapshot } : run));
    return { ...comparison, runs };
  });
  readonly anyDone = $derived.by(() => this.comparison.runs.some(({ status }) => status === 'done'));

  constructor(comparison: Comparison, runs: LiveRuns) {
    this.id = comparison.id;
    this.#runs = runs;
    this.fill(comparison);
  }

  /** Replaces everything by what main has. */
  fill(comparison: Comparison): void {
    this.comparison = comparison;
    for (const { columnId, repeat, ...run } of comparison.runs) {
      const owner = { kind: 'column', comparisonId: this.id, columnId, repeat } as const;
      if (run.status === 'streaming') this.#runs.follow({ ...run, owner });
    }
  }

  /** Replaces a run that started or ended. */
  changeRun(run: ComparisonRun): void {
    const runs = this.comparison.runs.map((known) => (known.id === run.id ? run : known));
    this.comparison = { ...this.comparison, runs };
  }

  /** A run in progress. */
  live(runId: string): LiveRun | undefined {
    return this.#runs.of(runId);
  }

  /** The run of a column in the repeat shown. */
  shownRun({ id }: Pick<ComparisonColumn, 'id'>): ComparisonRun | undefined {
    return this.comparison.runs.find((run) => run.columnId === id && run.repeat === this.repeat);
  }

  /** Runs that have started, of all; a requeued run has not. */
  get progress(): { readonly position: number; readonly count: number } {
    const { runs } = this.comparison;
    return { position: runs.filter(({ status }) => status !== 'waiting').length, count: runs.length };
  }
}
