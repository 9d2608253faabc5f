import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import process from 'node:process';
import { describe, expect, it } from 'vitest';
import { openStores } from '../../src-main/stores.ts';
import { searchStep } from '../comparisons/comparison-samples.ts';
import { newFile } from '../database/temporary-folder.ts';

const answerProgram = path.join(import.meta.dirname, 'write-answer.ts');
const runProgram = path.join(import.meta.dirname, 'write-column.ts');
const promisedMs = 250;

interface Stamped {
  readonly position: number;
  readonly time: number;
}

/** The tokens in `text`, without a truncated one at its end. */
function tokensIn(text: string): Stamped[] {
  return [...text.matchAll(/(\d+)@([\d.]+) /g)].map(([, position, time]) => ({
    position: Number(position),
    time: Number(time),
  }));
}

/** Lets `program` write to `file`, kills it once it has reported `count` tokens, and returns its report. */
async function writeAndKill(
  program: string,
  file: string,
  count: number,
  everyMs: number,
  saveEveryMs = '',
): Promise<Stamped[]> {
  const stdio = ['ignore', 'pipe', 'inherit'] as const;
  const child = spawn(process.execPath, [program, file, String(everyMs), String(saveEveryMs)], {
    stdio: [...stdio],
  });
  let report = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    report += text;
    if (tokensIn(report).length >= count) child.kill('SIGKILL');
  });
  const [, signal] = (await once(child, 'close')) as [number | null, string | null];
  expect(signal).toBe('SIGKILL');
  return tokensIn(report);
}

/** The answer in `file` as the next start of the program finds it. */
function found(file: string) {
  const stores = openStores(file);
  const [conversation] = stores.conversations.list();
  const message = stores.conversations.open(conversation?.id ?? '').messages.at(-1);
  const kept = stores.runs.tokens(message?.run?.id ?? '');
  stores.close();
  return { message, kept };
}

/** The runs of the comparison in `file` as the next start of the program finds them. */
function foundRuns(file: string) {
  const stores = openStores(file);
  const [comparison] = stores.comparisons.list();
  const { runs } = stores.comparisons.open(comparison?.id ?? '');
  stores.close();
  return runs;
}

/** The tokens reported at least `promisedMs` before the last one. */
function owed(reported: readonly Stamped[]): Stamped[] {
  const last = reported.at(-1)?.time ?? 0;
  return reported.filter(({ time }) => time <= last - promisedMs);
}

describe('a process that is killed while it writes', () => {
  it.each([
    { count: 40, everyMs: 20 },
    { count: 137, everyMs: 3 },
    { count: 500, everyMs: 1 },
  ])('leaves all but the last 250 ms ($count tokens, one each $everyMs ms)', async ({ count, everyMs }) => {
    const file = newFile();
    const reported = await writeAndKill(answerProgram, file, count, everyMs);
    const { message, kept } = found(file);
    expect(message).toMatchObject({
      status: 'interrupted',
      run: { endReason: null, statistics: null, error: null },
    });
    const written = tokensIn(message?.content ?? '');
    expect(owed(reported).length).toBeGreaterThan(0);
    expect(written.slice(0, owed(reported).length)).toEqual(owed(reported));
    // Text and tokens were saved together.
    expect(kept.map(({ text }) => text).join('')).toBe(message?.content);
  });

  it('would lose more if it saved less often', async () => {
    const file = newFile();
    const reported = await writeAndKill(answerProgram, file, 200, 3, '1000000');
    expect(owed(reported).length).toBeGreaterThan(0);
    expect(found(file).message).toMatchObject({ status: 'interrupted', content: '' });
  });

  it('leaves all but the last 250 ms of a run of a comparison, its trace included', async () => {
    const file = newFile();
    const reported = await writeAndKill(runProgram, file, 137, 3);
    const [before, run, ...others] = foundRuns(file);
    expect(before?.status).toBe('interrupted');
    expect(run).toMatchObject({ status: 'interrupted', endReason: null, statistics: null, error: null });
    expect(new Set(others.map(({ status }) => status))).toEqual(new Set(['waiting']));
    const written = tokensIn(run?.text ?? '');
    expect(owed(reported).length).toBeGreaterThan(0);
    expect(written.slice(0, owed(reported).length)).toEqual(owed(reported));
    // Text, tokens and trace were saved together; a save comes between a step of the trace and its token.
    expect(run?.tokens.map(({ text }) => text).join('')).toBe(run?.text);
    expect((run?.trace.length ?? 0) - written.length).toBeOneOf([0, 1]);
    expect(run?.trace).toEqual(run?.trace.map((_, step) => searchStep(8, step)));
  });
});
