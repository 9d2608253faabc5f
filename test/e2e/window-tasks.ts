import fs from 'node:fs';
import path from 'node:path';
import type { RunningApp } from './app.ts';

/** What the window's main thread did, in milliseconds of its time on the processor. */
export interface WindowTasks {
  /** Of every task, ascending. */
  readonly durations: readonly number[];
  /** What the longest one did, longest first. */
  readonly longest: readonly string[];
  /** Time by what it went to; what runs inside something else counts in both. */
  readonly byKind: ReadonlyMap<string, number>;
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/**
 * Runs `work` and tells what the window's main thread did meanwhile. Counted is the thread's own time on the
 * processor: what else the machine does meanwhile doesn't count.
 */
export async function tasksDuring(
  { electron }: RunningApp,
  data: string,
  work: () => Promise<unknown>,
): Promise<WindowTasks> {
  const file = path.join(data, 'trace.json');
  const pid = await electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]!.webContents.getOSProcessId(),
  );
  await electron.evaluate(({ contentTracing }) =>
    contentTracing.startRecording({
      included_categories: [
        'toplevel',
        'devtools.timeline',
        'disabled-by-default-devtools.timeline',
        'v8',
        'blink',
        'cc',
      ],
      excluded_categories: ['*'],
    } as never),
  );
  try {
    await work();
  } finally {
    await electron.evaluate(({ contentTracing }, to) => contentTracing.stopRecording(to), file);
  }
  const { traceEvents } = JSON.parse(fs.readFileSync(file, 'utf8')) as { traceEvents: TraceEvent[] };
  fs.rmSync(file);
  const own = traceEvents.filter((event) => event.pid === pid);
  const main = own.find(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')?.tid;
  const events = own.filter(({ ph, tid }) => ph === 'X' && tid === main);
  const timeOf = ({ tdur, dur }: TraceEvent) => (tdur ?? dur ?? 0) / 1000;
  const tasks = events.filter(({ name }) => name === 'RunTask');
  const byKind = new Map<string, number>();
  for (const event of events) byKind.set(event.name, (byKind.get(event.name) ?? 0) + timeOf(event));
  const slowest = tasks.reduce((one, other) => (timeOf(other) > timeOf(one) ? other : one));
  const inside = events.filter(
    ({ ts, dur = 0 }) => ts >= slowest.ts && ts + dur <= slowest.ts + (slowest.dur ?? 0),
  );
  const longest = inside
    .sort((one, other) => timeOf(other) - timeOf(one))
    .slice(0, 12)
    .map((event) => `${event.name} ${timeOf(event).toFixed(0)} ms`);
  return { longest, durations: tasks.map(timeOf).sort((one, other) => one - other), byKind };
}
