import { expect, type Page } from '@playwright/test';
import type { Api } from '../../src-main/contract/api.ts';
import { seededNoise } from '../../src-main/engine/noise.ts';
import { launch, ready, send, test } from './app.ts';
import { killTree } from './process-tree.ts';

/** Seed of the kill times; override with FOREDRAFT_KILL_SEED. */
const seed = Number(process.env['FOREDRAFT_KILL_SEED'] ?? 4711);
const kills = 5;
/** Text typed at least this many milliseconds before the kill must be saved. */
const draftAgeMs = 1000;

/** Types without pauses, so that no debounce fires, until the window is gone. */
async function typeUntilKilled(window: Page, seen: { at: number; text: string }[]): Promise<void> {
  let text = await window.getByTestId('composer').inputValue();
  try {
    for (let letter = 0; ; letter++) {
      const key = 'abcdefghij'[letter % 10]!;
      await window.keyboard.type(key, { delay: 20 });
      text += key;
      seen.push({ at: Date.now(), text });
    }
  } catch {
    // The app was killed.
  }
}

test('killed at random times, keeps both versions, the selected one, and the draft up to the last second', async ({
  data,
}) => {
  const noise = seededNoise(seed);
  const moments = Array.from({ length: kills }, (_, turn) => Math.round(100 + 1900 * noise(turn, 0)));
  console.log(`seed ${seed}: killed after ${moments.join(', ')} ms`);
  const questions = ['Name a colour.'];
  let app = await launch(data);
  await ready(app.window);
  await begin(app.window, questions[0]!);
  for (const [turn, moment] of moments.entries()) {
    const { window } = app;
    await ready(window);
    const question = window.getByTestId('question').first();
    await question.hover();
    await question.getByTestId('edit').click();
    const other = `Name thing number ${turn}.`;
    questions.push(other);
    await window.getByTestId('edit-field').fill(other);
    await window.getByTestId('edit-field').press('Control+Enter');
    await expect(question).toContainText(`${questions.length} / ${questions.length}`);
    // While the other version is being answered.
    await question.getByTestId('previous-sibling').click();
    await expect(question).toContainText(questions.at(-2)!);
    await window.getByTestId('composer').focus();
    await window.keyboard.press('Control+End');
    const before = await window.getByTestId('composer').inputValue();
    const seen = [{ at: Date.now(), text: before }];
    const typing = typeUntilKilled(window, seen);
    await new Promise((resolve) => setTimeout(resolve, moment));
    const killedAt = Date.now();
    killTree(app.pid);
    await typing;

    app = await launch(data);
    const kept = app.window.getByTestId('question').first();
    await expect(kept).toContainText(questions.at(-2)!);
    await expect(kept).toContainText(`${questions.length - 1} / ${questions.length}`);
    const old = seen.filter(({ at }) => at <= killedAt - draftAgeMs).at(-1)?.text ?? before;
    const draft = await app.window.getByTestId('composer').inputValue();
    expect(draft.startsWith(old), `“${draft}” begins with “${old}”`).toBe(true);
    await kept.getByTestId('next-sibling').click();
    await expect(kept).toContainText(other);
  }
  await app.electron.close();
});

async function begin(window: Page, question: string): Promise<void> {
  await window.evaluate(async () => {
    const { api } = globalThis as unknown as { api: Api };
    const settings = await api.request('settings-read', undefined);
    if (settings.ok) await api.request('settings-write', { ...settings.value, maxTokens: 16 });
  });
  await window.reload();
  await ready(window);
  const answer = await send(window, question);
  await expect(answer).toHaveAttribute('data-status', 'done', { timeout: 60_000 });
}
