import { onTestFinished } from 'vitest';
import { Comparisons } from '../../src-main/comparisons/comparisons.ts';
import type { PushEvents, PushName } from '../../src-main/contract/api.ts';
import type { RecordedRun } from '../../src-main/contract/run.ts';
import { Answers } from '../../src-main/conversations/answers.ts';
import { Rewrites } from '../../src-main/documents/rewrites.ts';
import { EngineLock } from '../../src-main/runs/engine-lock.ts';
import type { RecorderOptions } from '../../src-main/runs/run-recorder.ts';
import { Runner } from '../../src-main/runs/runner.ts';
import { openStores } from '../../src-main/stores.ts';
import { FakeEngine } from '../conversations/fake-engine.ts';
import { newFile } from '../database/temporary-folder.ts';

export interface TestProgramOptions {
  readonly file?: string;
  readonly recorder?: Partial<RecorderOptions>;
  /** How long a comparison waits for the engine. */
  readonly timeoutMs?: number;
}

/** All features over a real database, with an engine that the test plays; closed when the test ends. */
export function openProgram({ file = newFile(), recorder, timeoutMs = 200 }: TestProgramOptions = {}) {
  const pushed: { readonly name: PushName; readonly payload: PushEvents[PushName] }[] = [];
  const push = <Name extends PushName>(name: Name, payload: PushEvents[Name]) =>
    void pushed.push({ name, payload });
  const stores = openStores(file, { lockTimeoutMs: 1 });
  const { database, runs, documents } = stores;
  const engine = new FakeEngine();
  const lock = new EngineLock();
  const runner = new Runner({
    ...{ database, runs, owners: stores.runHooks, engine, push },
    recorder: { saveEveryMs: 1, retryMs: 1, ...recorder },
  });
  const answers = new Answers(stores.conversations, runner, engine, lock);
  const comparisons = new Comparisons(stores.comparisons, runner, engine, lock, push, {
    pollMs: 1,
    timeoutMs,
  });
  const rewrites = new Rewrites({ database, runs, documents, runner, engine, lock, push });
  let closed = false;
  /** Quits. */
  const close = () => {
    if (closed) return;
    closed = true;
    try {
      runner.close();
    } finally {
      stores.close();
    }
  };
  onTestFinished(close);
  const payloads = <Name extends PushName>(wanted: Name) =>
    pushed.flatMap(({ name, payload }) => (name === wanted ? [payload as PushEvents[Name]] : []));
  const changedRuns = (): readonly RecordedRun[] => payloads('run-changed').map(({ run }) => run);
  const features = { answers, comparisons, rewrites };
  return { file, stores, engine, lock, runner, ...features, pushed, payloads, changedRuns, close };
}
export type TestProgram = ReturnType<typeof openProgram>;
