import { expect } from '@playwright/test';
import { launch, ready, send, test } from './app.ts';

const longTask = 'Write a long story about a lighthouse keeper, with many details.';

test('an answer streams, ends and shows its statistics', async ({ app: { window } }) => {
  await window.evaluate(() => {
    const states: string[] = [];
    Object.assign(globalThis, { seenStates: states });
    new MutationObserver(() => {
      const text =
        document.querySelector('[data-testid="answer"] [data-testid="answer-text"]')?.textContent ?? '';
      if (text !== '' && text !== states.at(-1)) states.push(text);
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  const answer = await send(window, 'Write two sentences about the sea.');
  await expect(answer).toHaveAttribute('data-status', 'done', { timeout: 60_000 });
  const states = await window.evaluate(() => (globalThis as unknown as { seenStates: string[] }).seenStates);
  expect(states.length).toBeGreaterThanOrEqual(3);
  for (let index = 1; index < states.length; index++) {
    expect(states[index]!.length).toBeGreaterThanOrEqual(states[index - 1]!.length);
  }
  expect(states.at(-1)!.length).toBeGreaterThan(20);
  await expect(window.getByTestId('status-line')).toContainText('SmolLM2');
});

test('stop ends an answer within 150 ms in 19 of 20 tries', async ({ app: { window } }) => {
  const times: number[] = [];
  for (let attempt = 0; attempt < 20; attempt++) {
    await window.getByTestId('new-conversation').first().click();
    const answer = await send(window, longTask);
    await expect(answer.getByTestId('answer-text')).not.toBeEmpty();
    // Timed in the page, from the click to the visible end, to exclude the test's round trips.
    times.push(
      await window.evaluate(
        () =>
          new Promise<number>((resolve) => {
            const answers = document.querySelectorAll('[data-testid="answer"]');
            const last = answers[answers.length - 1]!;
            const start = performance.now();
            new MutationObserver((_, observer) => {
              if (last.getAttribute('data-status') === 'streaming') return;
              observer.disconnect();
              resolve(performance.now() - start);
            }).observe(last, { attributes: true, attributeFilter: ['data-status'] });
            document.querySelector<HTMLElement>('[data-testid="stop"]')!.click();
          }),
      ),
    );
    await expect(answer).toHaveAttribute('data-status', 'stopped');
  }
  times.sort((one, other) => one - other);
  test
    .info()
    .annotations.push({ type: 'stop, ms', description: times.map((time) => time.toFixed(0)).join(' ') });
  console.log(
    `stop: median ${times[10]!.toFixed(0)} ms, p95 ${times[18]!.toFixed(0)} ms, longest ${times[19]!.toFixed(0)} ms`,
  );
  expect(times[18]).toBeLessThanOrEqual(150);
});

test('regenerate makes a sibling and keeps the first answer', async ({ app: { window } }) => {
  const answer = await send(window, 'Say hello.');
  await expect(answer).toHaveAttribute('data-status', 'done', { timeout: 60_000 });
  const first = await answer.getByTestId('answer-text').innerText();
  await answer.getByTestId('regenerate').click();
  const sibling = window.getByTestId('answer').last();
  await expect(sibling).toContainText('2 / 2');
  await expect(sibling).toHaveAttribute('data-status', 'done', { timeout: 60_000 });
  // Greedy decoding: the same question gives the same answer.
  expect(await sibling.getByTestId('answer-text').innerText()).toBe(first);
  await sibling.getByTestId('previous-sibling').click();
  await expect(window.getByTestId('answer').last()).toContainText('1 / 2');
});

test('a conversation survives a restart of the app', async ({ app, data }) => {
  const answer = await send(app.window, 'Name a colour.');
  await expect(answer).toHaveAttribute('data-status', 'done', { timeout: 60_000 });
  const text = await answer.getByTestId('answer-text').innerText();
  await app.electron.close();
  const again = await launch(data);
  await ready(again.window);
  await expect(again.window.getByTestId('answer').getByTestId('answer-text')).toHaveText(text);
  await expect(again.window.getByTestId('conversation-list')).toContainText('Name a colour.');
  // The next turn builds on the saved ones.
  const next = await send(again.window, 'And another one.');
  await expect(next).toHaveAttribute('data-status', 'done', { timeout: 60_000 });
  await again.electron.close();
});

test('an empty prompt can’t be sent; a prompt beyond the context is reported and kept', async ({
  app: { window },
}) => {
  await window.getByTestId('composer').fill('   ');
  await expect(window.getByTestId('send')).toBeDisabled();
  await window.getByTestId('composer').fill('word '.repeat(9000));
  await window.getByTestId('send').click();
  const answer = window.getByTestId('answer').last();
  await expect(answer).toHaveAttribute('data-status', 'failed', { timeout: 30_000 });
  await expect(answer).toContainText('8,192');
  await expect(answer).not.toContainText('Error:');
});

test('writing, sending, stopping and starting a new conversation work by keyboard', async ({
  app: { window },
}) => {
  await window.getByTestId('composer').focus();
  await window.keyboard.type(longTask);
  await window.keyboard.press('Enter');
  const answer = window.getByTestId('answer');
  await expect(answer.getByTestId('answer-text')).not.toBeEmpty();
  await window.keyboard.press('Escape');
  await expect(answer).toHaveAttribute('data-status', 'stopped');
  await window.keyboard.press('Control+n');
  await expect(window.getByTestId('answer')).toHaveCount(0);
  await expect(window.getByTestId('composer')).toBeFocused();
});
