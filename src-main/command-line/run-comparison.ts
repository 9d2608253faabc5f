import type { RunToken, TraceEvent } from '../contract/run.ts';
import { randomUUID } from 'node:crypto';
import { runRequest } from '../comparisons/run-request.ts';
import type { Comparison, ComparisonRun, NewComparison } from '../contract/comparison.ts';
import { reportOf } from '../contract/error.ts';
import { isSearchStep } from '../contract/generation.ts';
import type { LoadedModel } from '../runtime/load.ts';

/**
 * Runs every column as often as it is asked for, in turns; tells `progress` before each run and, behind each,
 * `keep` all there is so far.
 */
export async function runComparison(
  model: LoadedModel,
  request: NewComparison,
  progress: (column: string, number: number, of: number) => void,
  keep: (soFar: Comparison) => void,
  signal: AbortSignal,
): Promise<Comparison> {
  const createdAt = Date.now();
  const columns = request.columns.map((column) => ({ id: randomUUID(), ...column }));
  const runs: ComparisonRun[] = [];
  const id = randomUUID();
  const soFar = (): Comparison => ({
    ...request,
    id,
    name: request.prompt.trim().split('\n')[0]?.slice(0, 80) || 'Comparison',
    notes: '',
    tags: [],
    starred: false,
    modelId: model.card.id,
    provider: model.card.provider,
    createdAt,
    updatedAt: Date.now(),
    rerunOf: null,
    columns,
    runs: [...runs],
  });
  for (let repeat = 0; repeat < request.repeats; repeat++) {
    // Each time another column begins, so that a cold start or a busy moment doesn't fall on the same one.
    for (let turn = 0; turn < columns.length; turn++) {
      const column = columns[(turn + repeat) % columns.length];
      if (!column || signal.aborted) continue;
      progress(column.name, runs.length + 1, columns.length * request.repeats);
      runs.push(await runOnce(model, request, column, repeat, signal));
      keep(soFar());
    }
  }
  return soFar();
}

async function runOnce(
  model: LoadedModel,
  request: NewComparison,
  column: Comparison['columns'][number],
  repeat: number,
  signal: AbortSignal,
): Promise<ComparisonRun> {
  const tokens: RunToken[] = [];
  const trace: TraceEvent[] = [];
  const run = { id: randomUUID(), columnId: column.id, repeat, startedAt: Date.now() };
  const text = () => tokens.map((token) => token.text).join('');
  try {
    for await (const event of model.generate(runRequest(request, column, repeat), signal)) {
      if (event.type === 'token') {
        const { position, id, logProbability, policyLogProbability, origin } = event;
        const token = { position, id, text: event.text, logProbability, policyLogProbability };
        tokens.push(origin ? { ...token, origin } : token);
      } else if (event.type === 'round' || isSearchStep(event) || event.type === 'hypotheses') {
        trace.push(event);
      } else if (event.type === 'end') {
        const { reason: endReason, statistics } = event;
        const status = endReason === 'stopped' ? 'stopped' : 'done';
        return { ...run, status, text: text(), tokens, trace, endReason, statistics, error: null };
      }
    }
    throw new Error('the engine left off without an end');
  } catch (cause) {
    const error = reportOf(cause, 'runtime-failed');
    return {
      ...run,
      status: 'failed',
      text: text(),
      tokens,
      trace,
      endReason: null,
      statistics: null,
      error,
    };
  }
}
