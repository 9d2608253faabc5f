import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { electronInstall } from '../app.ts';
import type { Target } from './ways-out.ts';
import { tryWaysOut } from './ways-out.ts';

const project = path.join(import.meta.dirname, '../../..');
const { main } = JSON.parse(fs.readFileSync(path.join(project, 'package.json'), 'utf8')) as { main: string };

/**
 * Which page tries the ways out:
 * - `app`: the app's own
 * - `app without policy`: the app's own, without its content security policy
 * - `plain`: one of a window of Electron without anything of the app
 */
export const probedPages = ['app', 'app without policy', 'plain'] as const;
export type ProbedPage = (typeof probedPages)[number];

const starts: Readonly<Record<ProbedPage, string>> = {
  app: `require(${JSON.stringify(path.join(project, main))});`,
  'app without policy': `
    app.whenReady().then(() =>
      session.defaultSession.webRequest.onHeadersReceived(({ responseHeaders }, answer) => {
        answer({ responseHeaders: Object.fromEntries(Object.entries(responseHeaders).filter(
          ([name]) => name.toLowerCase() !== 'content-security-policy')) });
      }));
    require(${JSON.stringify(path.join(project, main))});`,
  plain: `
    app.whenReady().then(() => {
      const window = new BrowserWindow({ webPreferences: { sandbox: true } });
      window.loadURL('http://127.0.0.1:' + page);
    });`,
};

/**
 * Runs an app whose page tries every way out, without a debugger: its protocol would be network traffic, and the
 * network may be open because of it. Returns what the page saw: whether its policy let it make an inline style.
 * @param page port of the web server that serves the plain page
 */
export async function tryFromPage(
  kind: ProbedPage,
  { folder, targets, page, wrapper = [] }: ProbeOptions,
): Promise<{ readonly styled: boolean; readonly url: string }> {
  const entry = path.join(folder, 'entry');
  const result = path.join(folder, 'result.json');
  fs.mkdirSync(path.join(entry, path.dirname(main)), { recursive: true });
  fs.copyFileSync(path.join(project, 'package.json'), path.join(entry, 'package.json'));
  fs.writeFileSync(
    path.join(entry, main),
    `const { app, BrowserWindow, session } = require('electron');
     const fs = require('node:fs');
     const page = ${page};
     app.once('web-contents-created', (_event, contents) => contents.once('did-finish-load', async () => {
       const styled = await contents.executeJavaScript(
         \`(() => {
           const style = document.head.appendChild(document.createElement('style'));
           style.textContent = 'body { --probe: 1 }';
           return getComputedStyle(document.body).getPropertyValue('--probe') !== '';
         })()\`);
       // With a user gesture, as some ways out need one. In a plain window the last one ends the page, and its answer.
       const tried = contents.executeJavaScript(${JSON.stringify(`(${tryWaysOut.toString()})(${JSON.stringify(targets)})`)}, true);
       await Promise.race([tried.catch(() => undefined), new Promise((done) => setTimeout(done, 15_000))]);
       fs.writeFileSync(${JSON.stringify(result)}, JSON.stringify({ styled, url: contents.getURL() }));
       app.exit(0);
     }));
     ${starts[kind]}`,
  );
  const { executable } = electronInstall();
  const data = path.join(folder, 'data');
  const command = [...wrapper, executable, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), entry];
  const env = { ...process.env, FOREDRAFT_DATA: data, HOME: folder, ORT_DISABLE_TELEMETRY: '1' };
  const child = spawn(command[0]!, command.slice(1), { env, stdio: 'inherit' });
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  if (!fs.existsSync(result))
    throw new Error(`The app ended with exit code ${code} before its page answered`);
  return JSON.parse(fs.readFileSync(result, 'utf8')) as { styled: boolean; url: string };
}

export interface ProbeOptions {
  readonly folder: string;
  readonly targets: readonly Target[];
  readonly page: number;
  /** A command that runs the app's executable, such as strace. */
  readonly wrapper?: readonly string[];
}
