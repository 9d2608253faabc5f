import { newComparison } from '../comparisons/new-comparison.ts';
import { runRequest } from '../comparisons/run-request.ts';
import type { Comparison, ComparisonRun, NewComparison } from '../contract/comparison.ts';
import { reportOf } from '../contract/error.ts';
import type { GenerationRequest } from '../contract/generation.ts';
import type { RunToken, TraceEvent } from '../contract/run.ts';
import { isTraceEvent, applyRescored, runTokenOf } from '../contract/run.ts';
import type { LoadedModel } from '../runtime/load.ts';

/** Runs every column as often as requested; calls `progress` before each run and `save` after it with all runs so far. */
export async function runComparison(
  model: LoadedModel,
  { adapter, ...request }: NewComparison & { readonly adapter: boolean },
  progress: (column: string, number: number, count: number) => void,
  save: (soFar: Comparison) => void,
  signal: AbortSignal,
): Promise<Comparison> {
  const { id: modelId, provider } = model.card;
  const made = { ...request, modelId, provider, adapter: adapter ? model.card.adapter : null };
  const comparison = newComparison(made, Date.now());
  const columns = new Map(comparison.columns.map((column) => [column.id, column]));
  const runs: ComparisonRun[] = [];
  const soFar = (): Comparison => ({
    ...comparison,
    name: comparison.name || 'Comparison',
    updatedAt: Date.now(),
    runs: [...runs],
  });
  for (const waiting of comparison.runs) {
    const column = columns.get(waiting.columnId);
    if (!column || signal.aborted) continue;
    progress(column.name, runs.length + 1, comparison.runs.length);
    runs.push(await runOnce(model, waiting, runRequest(comparison, column, waiting), signal));
    save(soFar());
  }
  return soFar();
}

async function runOnce(
  model: LoadedModel,
  waiting: ComparisonRun,
  request: GenerationRequest,
  signal: AbortSignal,
): Promise<ComparisonRun> {
  const tokens: RunToken[] = [];
  const trace: TraceEvent[] = [];
  const startedAt = Date.now();
  const { kernels } = model.card;
  const output = () => ({ startedAt, kernels, text: tokens.map(({ text }) => text).join(''), tokens, trace });
  try {
    for await (const event of model.generate(request, signal)) {
      if (event.type === 'token') tokens.push(runTokenOf(event));
      else if (event.type === 'rescored') applyRescored(tokens, event);
      else if (isTraceEvent(event)) trace.push(event);
      else if (event.type === 'end') {
        const { reason: endReason, statistics } = event;
        const status = endReason === 'stopped' ? 'stopped' : 'done';
        return { ...waiting, ...output(), status, endReason, statistics };
      }
    }
    throw new Error('the engine stopped without ending its answer');
  } catch (cause) {
    return { ...waiting, ...output(), status: 'failed', error: reportOf(cause, 'runtime-failed') };
  }
}
