/**
 * `npm run bench:window`: cost of the window, idle and while an answer streams at 200 tokens per second. No model runs:
 * only the window is measured.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { RunningApp } from '../e2e/app.ts';
import { launch, ready } from '../e2e/app.ts';
import { storeAnswer, StreamedAnswer } from '../e2e/streamed-answer.ts';
import type { WindowTasks } from '../e2e/window-tasks.ts';
import { tasksDuring } from '../e2e/window-tasks.ts';

const tokensPerSecond = 200;
const batchMs = 33;
const seconds = 10;
const answerTokens = 8192;

/** Tokens of a text with headings, emphasis, lists, tables and code. */
const sample = `## The tide tables

The **oldest** tables were *written* by hand, and every harbour kept its own; see \`tides.txt\` for more of them.
A paragraph goes on for a while, with words and more words, until it has said what it has to say to its readers.

- a **first** point of a list
- a second point, which is longer than the first one
- a third

| Port | High | Low |
|:-----|-----:|----:|
| Brest | 6.9 | 1.1 |
| Dover | 6.7 | 0.8 |

\`\`\`js
let height = mean + amplitude * Math.cos(speed * time);
console.log(height);
\`\`\`

`.match(/\s?[^\s]{1,5}|\s/g)!;
const stream = (count: number) => Array.from({ length: count }, (_, at) => sample[at % sample.length]!);

/** CPU time of the process `pid`, in seconds. */
function cpuSeconds(pid: number): number {
  const fields = fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

const at = (times: readonly number[], share: number) => times[Math.floor(share * (times.length - 1))] ?? 0;
const ms = (value: number) => `${value.toFixed(1)} ms`;

function report(name: string, { tasks, frames, byKind }: WindowTasks, wall: number, used: number): void {
  const sum = tasks.reduce((total, time) => total + time, 0);
  console.log(`\n${name}, ${wall.toFixed(1)} s`);
  console.log(`  renderer process  ${((100 * used) / wall).toFixed(1)}% of a core`);
  console.log(
    `  main thread       ${((sum / wall) * 0.1).toFixed(1)}%, ${(tasks.length / wall).toFixed(0)} tasks per second`,
  );
  console.log(
    `  tasks             p50 ${ms(at(tasks, 0.5))}, p95 ${ms(at(tasks, 0.95))}, longest ${ms(at(tasks, 1))}`,
  );
  console.log(
    `  frames            ${(frames.length / wall).toFixed(1)} per second, p50 ${ms(at(frames, 0.5))}, p95 ${ms(at(frames, 0.95))}, longest ${ms(at(frames, 1))}`,
  );
  const kinds = [
    'FireAnimationFrame',
    'FunctionCall',
    'UpdateLayoutTree',
    'Layout',
    'PrePaint',
    'Paint',
    'Commit',
    'MinorGC',
    'MajorGC',
  ];
  const shares = kinds.flatMap((kind) => {
    const time = byKind.get(kind);
    return time === undefined ? [] : [`${kind} ${((100 * time) / sum).toFixed(0)}%`];
  });
  if (shares.length > 0) console.log(`  of the main thread ${shares.join(', ')}`);
}

async function measure(app: RunningApp, name: string, work: () => Promise<unknown>): Promise<void> {
  const pid = await app.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]!.webContents.getOSProcessId(),
  );
  let wall = 0;
  let used = 0;
  const tasks = await tasksDuring(
    app,
    data,
    async () => {
      const before = cpuSeconds(pid);
      const start = performance.now();
      await work();
      wall = (performance.now() - start) / 1000;
      used = cpuSeconds(pid) - before;
    },
    true,
  );
  report(name, tasks, wall, used);
}

function batches(tokens: readonly string[]): string[][] {
  const size = (tokensPerSecond * batchMs) / 1000;
  return Array.from({ length: Math.ceil(tokens.length / size) }, (_, index) =>
    tokens.slice(Math.floor(index * size), Math.floor((index + 1) * size)),
  );
}

const data = fs.mkdtempSync(path.join(os.tmpdir(), 'foredraft-bench-'));
storeAnswer(data, '');
const app = await launch(data);
await ready(app.window);
await app.window.waitForTimeout(3000);
await measure(app, 'Idle', () => app.window.waitForTimeout(seconds * 1000));
const answer = await StreamedAnswer.begin(app);
const tokens = stream(answerTokens);
const part = seconds * tokensPerSecond;
await measure(app, `Streaming ${tokensPerSecond} tokens per second, the first ${part}`, () =>
  answer.write(batches(tokens.slice(0, part)), batchMs),
);
await answer.write([tokens.slice(part, answerTokens - part)], batchMs);
await app.window.waitForTimeout(2000);
await measure(
  app,
  `Streaming ${tokensPerSecond} tokens per second, the last ${part} of ${answerTokens}`,
  () => answer.write(batches(tokens.slice(answerTokens - part)), batchMs),
);
await app.window.waitForTimeout(2000);
await measure(app, `Idle, with the answer of ${answerTokens} tokens`, () =>
  app.window.waitForTimeout(seconds * 1000),
);
const moving = await app.window.evaluate(
  () => document.getAnimations().filter(({ playState }) => playState === 'running').length,
);
console.log(`\nRunning animations: ${moving}`);
await app.electron.close();
fs.rmSync(data, { recursive: true, force: true });
