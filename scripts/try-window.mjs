/** Sends one prompt through the real window, prints the answer as it grows, and takes a picture. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { setTimeout } from 'node:timers/promises';
import { _electron as electron } from 'playwright';
import { project } from './set-up/places.mjs';
import { StepError, runMain } from './set-up/step.mjs';

const prompt = 'Write three sentences about the sea at night.';
const [executablePath] = process.argv.slice(2);
const start = Date.now();

/** Prints the answer as it grows; returns how it ended. */
async function follow(answer) {
  let shown = '';
  for (;;) {
    // The state first: the text that is read after it is whole when it says so.
    const status = (await answer.getAttribute('data-status')) ?? 'streaming';
    const text = await answer.getByTestId('answer-text').innerText();
    if (text.startsWith(shown)) process.stdout.write(text.slice(shown.length));
    shown = text;
    if (status !== 'streaming') return status;
    await setTimeout(30);
  }
}

async function tryWindow(window) {
  await window.getByTestId('composer').waitFor();
  console.log(`The window is there after ${((Date.now() - start) / 1000).toFixed(1)} s.`);
  const line = window.getByTestId('status-line');
  await line.and(window.locator('[data-state="ready"]')).waitFor({ timeout: 60_000 });
  console.log(`\n> ${prompt}\n`);
  await window.getByTestId('composer').fill(prompt);
  await window.getByTestId('send').click();
  const status = await follow(window.getByTestId('answer').last());
  console.log(`\n\n${(await line.innerText()).replace(/\s*\n\s*/g, '  ')}`);
  const folder = path.join(project, 'screenshots');
  fs.mkdirSync(folder, { recursive: true });
  const picture = path.join(folder, 'start.png');
  await window.screenshot({ path: picture });
  console.log(`A picture of the window: ${path.relative(process.cwd(), picture)}`);
  if (status !== 'done') throw new Error(`the answer ended as "${status}"`);
}

await runMain(async () => {
  const data = fs.mkdtempSync(path.join(os.tmpdir(), 'foredraft-try-'));
  let app;
  try {
    app = await electron.launch({
      executablePath,
      args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), project],
      env: { ...process.env, FOREDRAFT_DATA: data },
    });
    await tryWindow(await app.firstWindow());
  } catch (error) {
    const remedy = 'try each part of the window by itself with: npm test -- e2e';
    throw new StepError('Sending a prompt through the window', error, remedy);
  } finally {
    await app?.close();
    fs.rmSync(data, { recursive: true, force: true });
  }
});
