import { expect, vi } from 'vitest';
import type { Comparison, NewComparison } from '../../src-main/contract/comparison.ts';
import { comparisonRunOf } from '../../src-main/contract/comparison.ts';
import { parseStrategy } from '../../src-main/contract/strategy.ts';
import { openProgram } from '../main/open-program.ts';

export const greedy = { name: 'Greedy', strategy: { kind: 'greedy' } } as const;
export const sampling = { name: 'Sampling', strategy: parseStrategy({ kind: 'sampling', seed: 5 }) };
export const beam = { name: 'Beam', strategy: parseStrategy({ kind: 'beam', width: 2 }) };

/** Three columns that each run once. */
export const request: NewComparison = {
  prompt: 'Once upon a time',
  raw: true,
  systemPrompt: '',
  columns: [greedy, sampling, beam],
  repeats: 1,
  seed: 40,
  maxTokens: 50,
};

export const failure = (code: string) => expect.objectContaining({ code }) as Error;

/** All features; `changedRuns` are those of columns, as their comparison lists them. */
export function program(file?: string, timeoutMs?: number) {
  const all = openProgram({
    ...(file !== undefined && { file }),
    ...(timeoutMs !== undefined && { timeoutMs }),
  });
  const changedRuns = () =>
    all
      .changedRuns()
      .flatMap((run) => (run.owner.kind === 'column' ? [comparisonRunOf(run, run.owner)] : []));
  return { ...all, changedRuns };
}
export type Program = ReturnType<typeof program>;

/** Makes the engine answer every request at once, with a text that identifies the request. */
export function answerAtOnce({ engine }: Program): void {
  engine.onRequest = () => {
    engine.write('Text ', String(engine.requests.length));
    engine.end();
  };
}

/** Waits until the engine has received `count` requests. */
export const asked = ({ engine }: Program, count: number) =>
  vi.waitFor(() => expect(engine.requests).toHaveLength(count));

/** Waits until no run is in progress. */
export const ended = ({ comparisons }: Program) => vi.waitFor(() => expect(comparisons.running()).toBeNull());

/** Column, repeat and status of each run, in their order. */
export function statuses({ columns, runs }: Comparison): string[] {
  const names = new Map(columns.map(({ id, name }) => [id, name]));
  return runs.map(({ columnId, repeat, status }) => `${names.get(columnId)} ${repeat} ${status}`);
}

/** The id of the column called `name`. */
export function columnId({ columns }: Comparison, name: string): string {
  return columns.find((column) => column.name === name)?.id ?? '';
}
