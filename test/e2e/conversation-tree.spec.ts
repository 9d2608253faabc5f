import { expect, type Page } from '@playwright/test';
import type { Api } from '../../src-main/contract/api.ts';
import { launch, ready, send, test } from './app.ts';
import { tabTo } from './keyboard.ts';
import { writeLongConversation } from './long-conversation.ts';
import { axeViolations, obstructed } from './visual-checks.ts';
import { killTree } from './process-tree.ts';

const ended = { timeout: 60_000 };

/** Expects no axe violations and no covered controls; `state` names the state in a failure. */
async function looksFine(window: Page, state: string): Promise<void> {
  expect({ state, faults: await axeViolations(window), hidden: await obstructed(window) }).toEqual({
    state,
    faults: [],
    hidden: [],
  });
}

test('both versions of an edited message and drafts survive kill -9', async ({ app, data }) => {
  const { window } = app;
  const answer = await send(window, 'Name a colour.');
  await expect(answer).toHaveAttribute('data-status', 'done', ended);
  const question = window.getByTestId('question').first();

  // By keyboard: from the composer to the question above the answer, and into its text.
  await window.keyboard.press('Alt+ArrowUp');
  await window.keyboard.press('Alt+ArrowUp');
  await window.keyboard.press('F2');
  await expect(window.getByTestId('edit-field')).toBeFocused();
  await looksFine(window, 'editing a question');
  await window.keyboard.press('Control+a');
  await window.keyboard.type('Name an animal.');
  await window.keyboard.press('Enter');
  await expect(question).toContainText('2 / 2');
  await expect(window.getByTestId('answer').last()).toHaveAttribute('data-status', 'done', ended);
  await question.getByTestId('previous-sibling').focus();
  await window.keyboard.press('ArrowLeft');
  await expect(question).toContainText('Name a colour.');
  await expect(question.getByTestId('next-sibling')).toBeFocused();

  await window.getByTestId('answer').getByTestId('edit').click();
  await window.getByTestId('edit-field').fill('Half of an edi');
  await window.getByTestId('composer').fill('Half of a thou');
  // Drafts are saved within a second.
  await window.waitForTimeout(1000);
  killTree(app.pid);

  const again = await launch(data);
  const reopened = again.window;
  await expect(reopened.getByTestId('composer')).toHaveValue('Half of a thou');
  await expect(reopened.getByTestId('composer')).toBeFocused();
  await expect(reopened.getByTestId('edit-field')).toHaveValue('Half of an edi');
  const kept = reopened.getByTestId('question').first();
  await expect(kept).toContainText('Name a colour.');
  await kept.getByTestId('next-sibling').click();
  await expect(kept).toContainText('Name an animal.');
  await kept.getByTestId('previous-sibling').click();
  await reopened.getByTestId('edit-cancel').click();
  await reopened.getByTestId('undo').click();
  await expect(reopened.getByTestId('edit-field')).toHaveValue('Half of an edi');
  await again.electron.close();
});

test('the model’s text is edited, continued and branched from', async ({ app: { window } }) => {
  await window.evaluate(async () => {
    const { api } = globalThis as unknown as { api: Api };
    const settings = await api.request('settings-read', undefined);
    if (settings.ok) await api.request('settings-write', { ...settings.value, maxTokens: 24 });
  });
  await window.reload();
  await ready(window);
  const answer = await send(window, 'Name a colour.');
  await expect(answer).toHaveAttribute('data-status', 'done', ended);
  const original = await answer.getByTestId('answer-text').innerText();
  await answer.getByTestId('edit').click();
  await looksFine(window, 'editing an answer');
  await window.getByTestId('edit-field').fill('Once upon a time, there was a lighthouse keeper who');
  await window.getByTestId('edit-continue').click();
  const shown = window.getByTestId('answer').first();
  await expect(shown).toContainText('3 / 3');
  await expect(shown.getByTestId('answer-text')).toContainText(/lighthouse keeper who \w+/);
  // It ends at its token limit and can be continued.
  await expect(shown).toHaveAttribute('data-status', 'done', ended);
  const first = await shown.getByTestId('answer-text').innerText();
  await shown.getByTestId('continue').click();
  await expect(shown).toContainText('4 / 4');
  await expect(shown).toHaveAttribute('data-status', 'done', ended);
  const whole = await shown.getByTestId('answer-text').innerText();
  expect(whole.length).toBeGreaterThan(first.length);
  expect(whole.startsWith(first.trim())).toBe(true);
  await shown.getByTestId('previous-sibling').focus();
  for (let version = 0; version < 3; version++) await window.keyboard.press('ArrowLeft');
  await expect(shown.getByTestId('answer-text')).toHaveText(original.replace(/\s+/g, ' '));

  const second = await send(window, 'Name an animal.');
  await expect(second).toHaveAttribute('data-status', 'done', ended);
  await tabTo(window, shown.getByTestId('branch'), 'Shift+Tab');
  await window.keyboard.press('Enter');
  await expect(window.getByTestId('branch-note')).toContainText('2 messages');
  await expect(window.getByTestId('composer')).toBeFocused();
  await looksFine(window, 'a new branch');
  await window.keyboard.type('Name a');
  await window.keyboard.press('Shift+Enter');
  await window.keyboard.type('river.');
  await window.keyboard.press('Enter');
  await expect(window.getByTestId('question').last()).toContainText('2 / 2');
  await expect(window.getByTestId('answer').last()).toHaveAttribute('data-status', 'done', ended);

  // The outline leads back to the other branch, by keyboard.
  await window.keyboard.press('Control+Shift+O');
  await expect(window.getByTestId('outline-query')).toBeFocused();
  await expect(window.getByTestId('outline').getByRole('option')).not.toHaveCount(0);
  // The outline covers the text below it by design.
  expect(await axeViolations(window)).toEqual([]);
  await window.keyboard.type('an animal');
  await window.keyboard.press('Enter');
  await expect(window.getByTestId('outline')).toBeHidden();
  await expect(window.getByTestId('question').last()).toContainText('Name an animal.');
  await expect(window.locator('[data-depth="2"]')).toBeFocused();
});

test('a conversation is starred, archived, deleted and restored', async ({ app: { window } }) => {
  const answer = await send(window, 'Name a colour.');
  await expect(answer).toHaveAttribute('data-status', 'done', ended);
  const list = window.getByTestId('conversation-list');
  const row = window.getByTestId('conversation-row');
  // By keyboard, starting in the composer.
  await tabTo(window, row.locator('[data-open]'), 'Shift+Tab');
  await tabTo(window, row.getByTestId('star-conversation'));
  await window.keyboard.press('Enter');
  await expect(list).toContainText('Starred');

  await tabTo(window, row.getByTestId('archive'));
  await window.keyboard.press('Enter');
  await expect(row).toHaveCount(0);
  await tabTo(window, window.getByTestId('show-archived'));
  await window.keyboard.press('Enter');
  await expect(row).toContainText('Name a colour.');
  await looksFine(window, 'the archive');
  await tabTo(window, window.getByTestId('undo'));
  await window.keyboard.press('Enter');
  await tabTo(window, window.getByTestId('shelf-back'), 'Shift+Tab');
  await window.keyboard.press('Enter');
  await expect(list).toContainText('Name a colour.');

  await tabTo(window, row.locator('[data-open]'));
  await window.keyboard.press('Delete');
  await expect(row).toHaveCount(0);
  await expect(window.getByTestId('answer')).toHaveCount(0);
  await looksFine(window, 'a deletion');
  await window.keyboard.press('Control+Shift+P');
  await window.keyboard.type('undo');
  await window.keyboard.press('Enter');
  await expect(row).toHaveCount(1);
  await expect(window.getByTestId('answer')).toHaveCount(1);

  await window.keyboard.press('Control+Shift+P');
  await window.keyboard.type('rename');
  await window.keyboard.press('Enter');
  await window.keyboard.type('Colours');
  await window.keyboard.press('Enter');
  await expect(row).toContainText('Colours');

  await row.hover();
  await row.getByTestId('delete').click();
  await window.getByTestId('show-deleted').click();
  await window.getByTestId('empty-deleted').click();
  await looksFine(window, 'the question before all is gone');
  await window.getByTestId('confirm-empty').click();
  await expect(row).toHaveCount(0);
  await expect(window.getByTestId('undo-notice')).toHaveCount(0);
});

test('5,000 messages open and scroll', async ({ data }) => {
  writeLongConversation(data, 5000);
  const { window, electron } = await launch(data);
  await expect(window.locator('[data-depth="4999"]')).toBeVisible();
  await window.getByTestId('new-conversation').click();
  await expect(window.getByTestId('answer')).toHaveCount(0);

  const opening = await window.evaluate(async () => {
    const frames = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const start = performance.now();
    document.querySelector<HTMLElement>('[data-testid="conversation-row"] [data-open]')!.click();
    while (document.querySelector('[data-depth="4999"]') === null) await frames();
    await frames();
    return performance.now() - start;
  });
  const scrolling = await window.evaluate(async () => {
    const frame = document.querySelector<HTMLElement>('main [data-scrolls]')!;
    const times: number[] = [];
    let most = 0;
    let last = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
    for (let turn = 0; turn < 150; turn++) {
      frame.scrollTop -= turn % 30 === 29 ? 60_000 : 700;
      const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
      times.push(now - last);
      last = now;
      most = Math.max(most, document.querySelectorAll('[data-depth]').length);
    }
    times.sort((one, other) => one - other);
    return { median: times[75]!, p95: times[142]!, longest: times[149]!, most };
  });
  console.log(
    `5,000 messages: opened in ${opening.toFixed(0)} ms; frames while scrolling: median ${scrolling.median.toFixed(0)} ms, p95 ${scrolling.p95.toFixed(0)} ms, longest ${scrolling.longest.toFixed(0)} ms; at most ${scrolling.most} messages in the page`,
  );
  expect(scrolling.most).toBeLessThan(150);
  expect(scrolling.median).toBeLessThan(100);

  await window.keyboard.press('Control+Shift+O');
  await window.keyboard.type('Question 7:');
  await window.keyboard.press('Enter');
  const message = window.locator('[data-depth="12"]');
  await expect(message).toBeFocused();
  await expect(message).toContainText('Question 7:');
  await expect(message).toBeInViewport();
  await window.keyboard.press('Alt+ArrowDown');
  await expect(window.locator('[data-depth="13"]')).toBeFocused();
  expect(await axeViolations(window)).toEqual([]);
  await electron.close();
});
