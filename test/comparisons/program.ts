import { expect, onTestFinished, vi } from 'vitest';
import { Answers } from '../../src-main/conversations/answers.ts';
import { Comparisons } from '../../src-main/comparisons/comparisons.ts';
import type { PushEvents, PushName } from '../../src-main/contract/api.ts';
import type { Comparison, NewComparison } from '../../src-main/contract/comparison.ts';
import { comparisonRunOf } from '../../src-main/contract/comparison.ts';
import { parseStrategy } from '../../src-main/contract/strategy.ts';
import { openHistory } from '../../src-main/conversations/history.ts';
import { EngineLock } from '../../src-main/runs/engine-lock.ts';
import { FakeEngine } from '../conversations/fake-engine.ts';
import { newFile } from '../database/temporary-folder.ts';

export const greedy = { name: 'Greedy', strategy: { kind: 'greedy' } } as const;
export const sampling = { name: 'Sampling', strategy: parseStrategy({ kind: 'sampling', seed: 5 }) };
export const beam = { name: 'Beam', strategy: parseStrategy({ kind: 'beam', width: 2 }) };

/** Three columns, each once. */
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

/** Comparisons and answers over a real database in `file`, and an engine that the test plays and that is waited for. */
export function program(file = newFile(), waitMs = 200) {
  const pushed: { name: PushName; payload: PushEvents[PushName] }[] = [];
  const history = openHistory(file, { lockTimeoutMs: 1, writer: { saveEveryMs: 1, retryMs: 1 } });
  const engine = new FakeEngine();
  const turn = new EngineLock();
  const push = <Name extends PushName>(name: Name, payload: PushEvents[Name]) =>
    void pushed.push({ name, payload });
  const answers = new Answers(history, engine, turn, push);
  const patience = { lookEveryMs: 1, waitMs };
  const comparisons = new Comparisons(history.comparisons, engine, turn, push, patience);
  const close = () => {
    comparisons.close();
    answers.close();
    history.close();
  };
  let closed = false;
  const closeOnce = () => {
    if (!closed) close();
    closed = true;
  };
  onTestFinished(closeOnce);
  const payloads = <Name extends PushName>(wanted: Name) =>
    pushed.flatMap(({ name, payload }) => (name === wanted ? [payload as PushEvents[Name]] : []));
  const changedRuns = () =>
    payloads('run-changed').flatMap(({ run }) =>
      run.owner.kind === 'column' ? [comparisonRunOf(run, run.owner)] : [],
    );
  return { file, history, engine, answers, comparisons, pushed, payloads, changedRuns, close: closeOnce };
}
export type Program = ReturnType<typeof program>;

/** Lets the engine answer every request at once, with a text that tells which request it was. */
export function answerAtOnce({ engine }: Program): void {
  engine.onRequest = () => {
    engine.write('Text ', String(engine.requests.length));
    engine.end();
  };
}

/** Until the engine has been asked for `count` runs. */
export const asked = ({ engine }: Program, count: number) =>
  vi.waitFor(() => expect(engine.requests).toHaveLength(count));

/** Until nothing is run any more. */
export const ended = ({ comparisons }: Program) => vi.waitFor(() => expect(comparisons.running()).toBeNull());

/** Of each run, in the order of their turns: column, repeat and status. */
export function statuses({ columns, runs }: Comparison): string[] {
  const names = new Map(columns.map(({ id, name }) => [id, name]));
  return runs.map(({ columnId, repeat, status }) => `${names.get(columnId)} ${repeat} ${status}`);
}

/** The id of the column called `name`. */
export function columnId({ columns }: Comparison, name: string): string {
  return columns.find((column) => column.name === name)?.id ?? '';
}
