/** Sends one prompt through the real window, prints the answer as it grows, and takes a picture. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { _electron as electron } from 'playwright';
import { project } from './set-up/places.mjs';

const prompt = 'Write three sentences about the sea at night.';
const [executablePath] = process.argv.slice(2);
const data = fs.mkdtempSync(path.join(os.tmpdir(), 'foredraft-try-'));
const start = Date.now();
const app = await electron.launch({
  executablePath,
  args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), project],
  env: { ...process.env, FOREDRAFT_DATA: data },
});
try {
  const window = await app.firstWindow();
  await window.getByTestId('composer').waitFor();
  console.log(`The window is there after ${((Date.now() - start) / 1000).toFixed(1)} s.`);
  await window.locator('[data-testid="status-line"][data-state="ready"]').waitFor({ timeout: 60_000 });
  console.log(`\n> ${prompt}\n`);
  await window.getByTestId('composer').fill(prompt);
  await window.getByTestId('send').click();
  const answer = window.getByTestId('answer').last();
  let shown = '';
  for (let status = 'streaming'; status === 'streaming';) {
    status = (await answer.getAttribute('data-status')) ?? 'streaming';
    const text = await answer.getByTestId('answer-text').innerText();
    if (text.startsWith(shown)) process.stdout.write(text.slice(shown.length));
    shown = text;
    await window.waitForTimeout(30);
  }
  console.log(`\n\n${(await window.getByTestId('status-line').innerText()).replace(/\s*\n\s*/g, '  ')}`);
  const folder = path.join(project, 'screenshots');
  fs.mkdirSync(folder, { recursive: true });
  const picture = path.join(folder, 'start.png');
  await window.screenshot({ path: picture });
  console.log(`A picture of the window: ${path.relative(process.cwd(), picture)}`);
} finally {
  await app.close();
  fs.rmSync(data, { recursive: true, force: true });
}
