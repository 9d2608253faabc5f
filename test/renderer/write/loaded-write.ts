import { LiveRuns } from '../../../src-renderer/state/runs/live-runs.svelte.ts';
import { ShellState } from '../../../src-renderer/state/shell/shell-state.svelte.ts';
import { type QuestionPrompt, WriteState } from '../../../src-renderer/state/write/write-state.svelte.ts';
import type { FakeApi } from '../fake-api.ts';

/** The Write screen on `api`, listening and loaded; `stop` ends listening, `compared` has what was taken to Compare. */
export async function loadedWrite(api: FakeApi, systemLanguage = 'en') {
  const shell = new ShellState(api, systemLanguage);
  const runs = new LiveRuns(api, () => 0);
  const compared: QuestionPrompt[] = [];
  const write = new WriteState(api, shell, runs, { compare: (prompt) => void compared.push(prompt) });
  const stops = [runs.listen(), shell.listen(), write.listen()];
  await Promise.all([shell.load(), write.load()]);
  return { shell, write, compared, stop: () => stops.forEach((stop) => stop()) };
}
