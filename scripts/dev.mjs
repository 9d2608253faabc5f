/**
 * `npm run dev`: rebuilds at every change. A change of the app's own processes starts it again; a change of
 * the window is there after View, Reload.
 */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { buildAll } from './build.mjs';
import { cache, project } from './set-up/places.mjs';
import { say } from './set-up/step.mjs';

const { executable } = JSON.parse(fs.readFileSync(path.join(cache, 'electron/path.json'), 'utf8'));
const settleMs = 300;
let app;
let timer;
let closing = false;

function start() {
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  app = spawn(executable, [...sandbox, project], { cwd: project, stdio: 'inherit' });
  app.once('exit', () => {
    if (!closing) process.exit(0);
  });
}

/** Several bundles change together: one start follows the last of them. */
function startAgain() {
  clearTimeout(timer);
  timer = setTimeout(() => {
    if (!app) return start();
    say('• A change: starting the app again.');
    closing = true;
    app.once('exit', () => {
      closing = false;
      start();
    });
    app.kill();
  }, settleMs);
}

const { processes, page } = await buildAll({});
for (const watcher of processes) {
  watcher.on('event', ({ code, error }) => {
    if (code === 'END') startAgain();
    if (code === 'ERROR') say(String(error.message));
  });
}
page.on('event', ({ code, error }) => {
  if (code === 'ERROR') say(String(error.message));
});
