import fs from 'node:fs';
import path from 'node:path';
import type { RunningApp } from './app.ts';

/** CPU time of the tasks on the window's main thread, in milliseconds, ascending. */
export interface WindowTasks {
  readonly tasks: readonly number[];
  /** The parts of tasks that produce a frame. */
  readonly frames: readonly number[];
  /** CPU time by trace event; nested events count in both. Incomplete without `detailed`. */
  readonly byKind: ReadonlyMap<string, number>;
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/**
 * Runs `work` and returns the tasks of the window's main thread during it, in thread CPU time, which excludes other
 * processes. `data` is a folder for the trace.
 */
export async function tasksDuring(
  { electron }: RunningApp,
  data: string,
  work: () => Promise<unknown>,
  detailed = false,
): Promise<WindowTasks> {
  const file = path.join(data, 'trace.json');
  const pid = await electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]!.webContents.getOSProcessId(),
  );
  const categories = ['toplevel', 'cc', ...(detailed ? ['devtools.timeline', 'v8', 'blink'] : [])];
  await electron.evaluate(
    ({ contentTracing }, included) =>
      contentTracing.startRecording({ included_categories: included, excluded_categories: ['*'] } as never),
    categories,
  );
  try {
    await work();
  } finally {
    await electron.evaluate(({ contentTracing }, to) => contentTracing.stopRecording(to), file);
  }
  const { traceEvents } = JSON.parse(fs.readFileSync(file, 'utf8')) as { traceEvents: TraceEvent[] };
  fs.rmSync(file);
  const ofRenderer = traceEvents.filter((event) => event.pid === pid);
  const main = ofRenderer.find(
    ({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain',
  )?.tid;
  const events = ofRenderer.filter(({ ph, tid }) => ph === 'X' && tid === main);
  const timesOf = (kind: string) =>
    events.flatMap(({ name, tdur, dur = 0 }) => (name === kind ? [(tdur ?? dur) / 1000] : []));
  const ascending = (times: number[]) => times.sort((one, other) => one - other);
  const byKind = new Map<string, number>();
  for (const { name, tdur, dur = 0 } of events) {
    byKind.set(name, (byKind.get(name) ?? 0) + (tdur ?? dur) / 1000);
  }
  return {
    tasks: ascending(timesOf('ThreadControllerImpl::RunTask')),
    frames: ascending(timesOf('ProxyMain::BeginMainFrame')),
    byKind,
  };
}
