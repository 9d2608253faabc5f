/** Sends one prompt through the real window, prints the streamed answer and takes a screenshot. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { setTimeout } from 'node:timers/promises';
import { _electron as electron } from 'playwright';
import { project } from './set-up/paths.mjs';
import { StepError, runMain } from './set-up/step.mjs';

const prompt = 'Write three sentences about the sea at night.';
const [executablePath] = process.argv.slice(2);
const start = Date.now();

/** Prints the answer while it streams; returns its final status. */
async function follow(answer) {
  let shown = '';
  for (;;) {
    // Read the status before the text, so that the text is complete once the status is final.
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
  console.log(`Window ready after ${((Date.now() - start) / 1000).toFixed(1)} s.`);
  const line = window.getByTestId('status-line');
  await line.and(window.locator('[data-state="ready"]')).waitFor({ timeout: 60_000 });
  console.log(`\n> ${prompt}\n`);
  await window.getByTestId('composer').fill(prompt);
  await window.getByTestId('send').click();
  const status = await follow(window.getByTestId('answer').last());
  console.log(`\n\n${(await line.innerText()).replace(/\s*\n\s*/g, '  ')}`);
  const folder = path.join(project, 'screenshots');
  fs.mkdirSync(folder, { recursive: true });
  const screenshot = path.join(folder, 'start.png');
  await window.screenshot({ path: screenshot });
  console.log(`Screenshot: ${path.relative(process.cwd(), screenshot)}`);
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
    const remedy = 'test the parts of the window with: npm test -- e2e';
    throw new StepError('Sending a prompt through the window', error, remedy);
  } finally {
    await app?.close();
    fs.rmSync(data, { recursive: true, force: true });
  }
});
