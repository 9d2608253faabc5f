import { describe, expect, it, onTestFinished } from 'vitest';
import { openRecording } from '../runs/recording-stores.ts';
import { comparisonRunOf } from '../../src-main/contract/comparison.ts';
import { sampleRequest, searchStep } from './comparison-samples.ts';
import { finishedComparison, tokensOfRun } from './finished-comparison.ts';
import { sampleStatistics, tokenEvent } from '../conversations/samples.ts';
import { newFile } from '../database/temporary-folder.ts';

/** Logs how long `work` takes, and returns its result. */
function timed<T>(what: string, work: () => T): T {
  const start = performance.now();
  const result = work();
  console.info(`${what}: ${(performance.now() - start).toFixed(1)} ms`);
  return result;
}

describe('500 comparisons of 6 columns', () => {
  it('are listed, and each opens with its saved content', () => {
    const file = newFile();
    const writing = openRecording(file);
    const kept = Array.from({ length: 500 }, (_, index) =>
      writing.comparisons.import(finishedComparison(index)),
    );
    writing.close();
    // Opened again: only the operating system's cache is warm.
    const stores = timed('open the database', () => openRecording(file));
    onTestFinished(() => stores.close());
    const list = timed('list 500 comparisons', () => stores.comparisons.list());
    expect(list.map(({ id }) => id)).toEqual(kept.map(({ id }) => id).reverse());
    const columnNames = Array.from({ length: 6 }, (_, index) => `Column ${index}`);
    expect(list[0]).toMatchObject({ columnNames, doneRuns: 6, allRuns: 6 });
    const middle = kept[250] ?? expect.fail();
    expect(timed('open one of them', () => stores.comparisons.open(middle.id))).toEqual(middle);
    expect(middle.runs.map((run) => run.tokens.length)).toEqual(columnNames.map(() => tokensOfRun));
    timed('list them again', () => stores.comparisons.list());
    timed('open another', () => stores.comparisons.open(kept[7]?.id ?? ''));
  });
});

describe('a beam search of width 8 and 200 steps', () => {
  it('opens with its whole trace', () => {
    const file = newFile();
    const writing = openRecording(file);
    const { id, runs } = writing.comparisons.create(sampleRequest);
    const writer = writing.record(runs[1]?.id ?? '');
    timed('write 200 steps', () => {
      for (let step = 0; step < 200; step++) {
        writer.add(searchStep(8, step));
        writer.add(tokenEvent(step));
      }
      writer.finish('length', sampleStatistics);
    });
    writing.close();
    const stores = openRecording(file);
    onTestFinished(() => stores.close());
    const opened = timed('open 200 steps', () => stores.comparisons.open(id));
    const { run } = writer;
    expect(opened.runs[1]).toEqual(run.owner.kind === 'column' && comparisonRunOf(run, run.owner));
    expect(opened.runs[1]?.trace).toHaveLength(200);
  });
});
