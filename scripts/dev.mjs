/**
 * `npm run dev`: rebuilds on every change. Changes to the main, preload or host process restart the app; changes to
 * the window take effect after View > Reload.
 */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { buildAll } from './build.mjs';
import { cache, project } from './set-up/paths.mjs';
import { log } from './set-up/step.mjs';

const { executable } = JSON.parse(fs.readFileSync(path.join(cache, 'electron/path.json'), 'utf8'));
const debounceMs = 300;
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

/** Debounced, since several bundles are rebuilt together. */
function restart() {
  clearTimeout(timer);
  timer = setTimeout(() => {
    if (!app) return start();
    log('• Source changed: restarting the app.');
    closing = true;
    app.once('exit', () => {
      closing = false;
      start();
    });
    app.kill();
  }, debounceMs);
}

const { processes, page } = await buildAll({});
for (const watcher of processes) {
  watcher.on('event', ({ code, error }) => {
    if (code === 'END') restart();
    if (code === 'ERROR') log(String(error.message));
  });
}
page.on('event', ({ code, error }) => {
  if (code === 'ERROR') log(String(error.message));
});
