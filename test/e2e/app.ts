import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { _electron as electron, errors, test as base } from '@playwright/test';

const project = path.join(import.meta.dirname, '../..');

interface ElectronInstall {
  readonly executable: string;
  readonly version: string;
}

/** The Electron prepared by set-up. */
export function electronInstall(): ElectronInstall {
  const file = path.join(project, '.cache/electron/path.json');
  return JSON.parse(fs.readFileSync(file, 'utf8')) as ElectronInstall;
}

export interface LaunchOptions {
  /** Additional environment variables of the app. */
  readonly environment?: Readonly<Record<string, string>>;
  /** The app folder to start; default this project. */
  readonly entry?: string;
  /** A command that runs the app's executable, such as strace. */
  readonly wrapper?: readonly string[];
}

/** The running app with its one window. */
export interface RunningApp {
  readonly electron: ElectronApplication;
  readonly window: Page;
  /** Process id of Electron's main process. */
  readonly pid: number;
}

/** Starts the built app with the data folder `data` and waits until its window is rendered. */
export async function launch(data: string, options: LaunchOptions = {}): Promise<RunningApp> {
  const environment: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined) environment[name] = value;
  const executablePath = options.wrapper
    ? wrapped(data, options.wrapper, electronInstall().executable)
    : electronInstall().executable;
  const start = (timeout: number) =>
    electron.launch({
      executablePath,
      args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), options.entry ?? project],
      env: { ...environment, FOREDRAFT_DATA: data, ORT_DISABLE_TELEMETRY: '1', ...options.environment },
      timeout,
    });
  // About one launch in a hundred never returns, although Electron has started: Playwright then kills it.
  const application = await start(45_000).catch((error: unknown) => {
    if (!(error instanceof errors.TimeoutError)) throw error;
    console.log('Electron did not start within 45 s; trying once more.');
    return start(90_000);
  });
  const window = await application.firstWindow();
  await window.getByTestId('composer').waitFor();
  return { electron: application, window, pid: application.process().pid ?? 0 };
}

/** Writes a script that runs `executable` under `wrapper`, since Playwright takes a single executable. */
function wrapped(data: string, wrapper: readonly string[], executable: string): string {
  const script = path.join(data, 'wrapper.sh');
  const quoted = [...wrapper, executable].map((part) => `'${part}'`).join(' ');
  fs.writeFileSync(script, `#!/bin/sh\nexec ${quoted} "$@"\n`, { mode: 0o755 });
  return script;
}

/** Waits until the model is loaded. */
export async function ready(window: Page): Promise<void> {
  await window
    .getByTestId('status-line')
    .and(window.locator('[data-state="ready"]'))
    .waitFor({ timeout: 60_000 });
}

/** Sends `text` and returns the answer's locator once the answer has started. */
export async function send(window: Page, text: string) {
  const answers = window.getByTestId('answer');
  const before = await answers.count();
  await window.getByTestId('composer').fill(text);
  await window.getByTestId('send').click();
  const answer = answers.nth(before);
  await answer.waitFor();
  return answer;
}

/** Tests with a temporary data folder `data` and, if used, a running `app`. */
export const test = base.extend<{ data: string; app: RunningApp }>({
  data: async ({}, use) => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'foredraft-e2e-'));
    await use(folder);
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  },
  app: async ({ data }, use) => {
    const app = await launch(data);
    await ready(app.window);
    await use(app);
    await app.electron.close().catch(() => undefined);
  },
});
