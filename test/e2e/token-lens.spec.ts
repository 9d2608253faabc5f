import type { RunToken } from '../../src-main/contract/run.ts';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';
import type { TokenEvent } from '../../src-main/contract/generation.ts';
import type { Message } from '../../src-main/contract/conversation.ts';
import type { InspectedToken } from '../../src-main/contract/inspection.ts';
import { send, test } from './app.ts';
import { axeViolations, resize } from './visual-checks.ts';

const question = 'Write one sentence about the sea.';
const project = path.join(import.meta.dirname, '../..');

/** Sends a request of the window to the main process. */
async function ask<Value>(window: Page, name: string, argument?: unknown): Promise<Value> {
  const reply = await window.evaluate(
    ([asked, with_]) => {
      const { api } = globalThis as unknown as {
        api: { request(name: string, argument: unknown): Promise<unknown> };
      };
      return api.request(asked as string, with_);
    },
    [name, argument],
  );
  return (reply as { value: Value }).value;
}

/** The stored answers of the newest conversation, oldest first. */
async function answers(window: Page): Promise<readonly Message[]> {
  const [newest] = await ask<{ id: string }[]>(window, 'conversations-list');
  const { messages } = await ask<{ messages: Message[] }>(window, 'conversation-open', { id: newest!.id });
  return messages.filter(({ role }) => role === 'assistant');
}
async function tokensOf(window: Page, { id, conversationId }: Message): Promise<readonly RunToken[]> {
  return ask(window, 'answer-tokens', { conversationId, messageId: id });
}
async function change(window: Page, part: object): Promise<void> {
  const settings = await ask<object>(window, 'settings-read');
  await ask(window, 'settings-write', { ...settings, ...part });
  await window.reload();
  await window.locator('[data-testid="status-line"][data-state="ready"]').waitFor();
}
async function answered(window: Page): Promise<void> {
  const answer = await send(window, question);
  await expect(answer).toHaveAttribute('data-status', 'done', { timeout: 60_000 });
}

test('by mouse: shows the engine’s numbers, and another token makes a version with the same settings', async ({
  app: { window },
}) => {
  const strategy = { kind: 'sampling', temperature: 0.8, topK: 5, seed: 11 };
  await change(window, { strategy, maxTokens: 24 });
  await answered(window);
  // Later changes of the settings don't affect this answer.
  await change(window, { strategy: { kind: 'greedy' } });
  const [answer] = await answers(window);
  const tokens = await tokensOf(window, answer!);
  await window.getByTestId('open-lens').click();
  const shown = window.getByTestId('lens-tokens').getByRole('option');
  await expect(shown).toHaveCount(tokens.length);
  expect((await shown.allTextContents()).join('').replaceAll('⏎', '')).toBe(answer!.content);

  await shown.nth(3).click();
  const details = window.getByTestId('lens-details');
  await expect(details.getByTestId('lens-alternative').first()).toBeVisible();
  const [seen] = await ask<InspectedToken[]>(window, 'answer-inspect', {
    conversationId: answer!.conversationId,
    messageId: answer!.id,
    first: 3,
    count: 1,
  });
  expect(seen!.logProbability).toBe(tokens[3]!.logProbability);
  const number = (await details.getByTestId('lens-log-probability').innerText()).replace('−', '-');
  expect(Number(number)).toBeCloseTo(tokens[3]!.logProbability, 3);
  const [before, after] = await Promise.all(
    [0, 1].map((list) =>
      details
        .getByRole('list')
        .nth(list)
        .getByRole('listitem')
        .evaluateAll((rows) => rows.map((row) => Number(row.getAttribute('data-alternative-id')))),
    ),
  );
  expect(before).toEqual(seen!.alternatives.map(({ id }) => id));
  expect(after).toEqual(seen!.policyAlternatives.map(({ id }) => id));
  // A policy that keeps at most five tokens marks the rest of the ten as excluded.
  expect(after!.length).toBeLessThanOrEqual(5);
  expect(seen!.cut).toEqual(before!.filter((id) => !after!.includes(id)));
  await expect(details.getByText('filtered out', { exact: true })).toHaveCount(seen!.cut.length);

  const other = before!.find((id) => id !== tokens[3]!.id)!;
  await details.locator(`[data-alternative-id="${other}"] button`).first().click();
  await expect(window.getByTestId('answer').last()).toContainText('2 / 2');
  await expect(window.getByTestId('answer').last()).toHaveAttribute('data-status', 'done', {
    timeout: 60_000,
  });
  const version = (await answers(window)).at(-1)!;
  const ids = (await tokensOf(window, version)).map(({ id }) => id);
  expect(ids.slice(0, 4)).toEqual([...tokens.slice(0, 3).map(({ id }) => id), other]);
  expect(version.run!.strategy).toEqual(answer!.run!.strategy);
  expect(version.sourceId).toBe(answer!.id);
});

test('by keyboard: shows the numbers of the command line', async ({ app: { window } }) => {
  await change(window, { strategy: { kind: 'greedy' }, maxTokens: 16 });
  await answered(window);
  const lines = execFileSync(
    process.execPath,
    [
      'src-main/command-line/generate.ts',
      '--json',
      '--top',
      '10',
      '--max-tokens',
      '16',
      '--strategy',
      '{"kind":"greedy"}',
      '--prompt',
      question,
    ],
    { cwd: project, encoding: 'utf8', env: { ...process.env, ORT_DISABLE_TELEMETRY: '1' } },
  );
  const events = lines
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as TokenEvent)
    .filter(({ type }) => type === 'token');

  await window.keyboard.press('Control+l');
  const lens = window.getByTestId('token-lens');
  await expect(lens.getByRole('option').first()).toBeFocused();
  await window.keyboard.press('ArrowRight');
  await window.keyboard.press('ArrowRight');
  await window.keyboard.press('ArrowRight');
  await expect(lens.getByRole('option').nth(2)).toBeFocused();
  await expect(lens.getByRole('option').nth(2)).toHaveAttribute('aria-selected', 'true');
  const before = lens.getByRole('list').nth(1).getByRole('listitem');
  await expect(before).toHaveCount(10);
  const numbers = await before.evaluateAll((rows) =>
    rows.map((row) => [
      Number(row.getAttribute('data-alternative-id')),
      Number(row.getAttribute('data-log-probability')),
    ]),
  );
  expect(numbers).toEqual(events[2]!.alternatives!.map(({ id, logProbability }) => [id, logProbability]));

  await window.keyboard.press('Enter');
  await expect(lens.getByTestId('lens-alternative').first()).toBeFocused();
  await window.keyboard.press('ArrowDown');
  await window.keyboard.press('Enter');
  await expect(window.getByTestId('answer').last()).toContainText('2 / 2');
  await expect(window.getByTestId('answer').last()).toHaveAttribute('data-status', 'done', {
    timeout: 60_000,
  });
  const version = (await answers(window)).at(-1)!;
  const ids = (await tokensOf(window, version)).map(({ id }) => id);
  const alternatives = numbers.map(([id]) => id).filter((id) => id !== events[2]!.id);
  expect(ids.slice(0, 3)).toEqual([events[0]!.id, events[1]!.id, alternatives[1]]);
  // The lens continues on the new version, at the same position.
  await expect(lens.getByRole('option').nth(2)).toHaveAttribute('aria-selected', 'true');
  await window.keyboard.press('Escape');
  await expect(lens).toBeHidden();
  await expect(window.getByTestId('open-lens').last()).toBeFocused();
});

test('is legible in every theme and mode', async ({ app: { window } }) => {
  await change(window, { maxTokens: 24 });
  await answered(window);
  for (const [theme, contrast] of [
    ['light', 'system'],
    ['dark', 'system'],
    ['light', 'more'],
    ['dark', 'more'],
  ]) {
    await change(window, { theme, contrast });
    await window.getByTestId('open-lens').click();
    for (const mode of ['probability', 'origin', 'rank', 'entropy']) {
      await window.getByTestId(`lens-${mode}`).check({ force: true });
      await expect(
        window.getByTestId('lens-tokens').locator('[data-grade]:not([data-grade="unknown"])').first(),
      ).toBeVisible();
    }
    await window.getByTestId('lens-tokens').getByRole('option').nth(4).click();
    await expect(window.getByTestId('lens-alternative').first()).toBeVisible();
    expect([theme, contrast, ...(await axeViolations(window))]).toEqual([theme, contrast]);
  }
});

test('shows an answer while it streams, and explains why a text written by hand has no tokens', async ({
  app: { window },
}) => {
  const answer = await send(window, 'Write a long story about a lighthouse keeper, with many details.');
  await expect(answer.getByTestId('answer-text')).not.toBeEmpty();
  await window.keyboard.press('Control+l');
  const options = window.getByTestId('lens-tokens').getByRole('option');
  await expect.poll(() => options.count()).toBeGreaterThan(20);
  await options.nth(5).click();
  await expect(window.getByTestId('lens-details')).toContainText('once the answer is complete');
  await window.keyboard.press('Escape');
  await expect(window.getByTestId('token-lens')).toBeHidden();
  await expect(answer).toHaveAttribute('data-status', 'streaming');
  await window.keyboard.press('Control+l');
  await window.getByTestId('stop').click();
  await expect(answer).toHaveAttribute('data-status', 'stopped');
  const [kept] = await answers(window);
  await expect(options).toHaveCount((await tokensOf(window, kept!)).length);
  await options.nth(5).click();
  await expect(window.getByTestId('lens-alternative').first()).toBeVisible();

  const { id, conversationId } = kept!;
  await ask(window, 'message-edit', { conversationId, messageId: id, content: 'My own words.' });
  await window.reload();
  await expect(window.getByTestId('answer').last()).toContainText('My own words.');
  await window.getByTestId('open-lens').last().click();
  await expect(window.getByTestId('token-lens')).toContainText('written by a model');
});

test('what is clicked stays where it is while details, alternatives and figures open below it', async ({
  app,
}) => {
  const { window } = app;
  await change(window, { maxTokens: 120 });
  await resize(app, 900, 600);
  const answer = await send(window, 'Write a story about a lighthouse keeper.');
  await expect(answer).toHaveAttribute('data-status', 'done', { timeout: 60_000 });
  const top = async (target: Locator) => (await target.boundingBox())!.y;
  /** Clicks `target` and waits for `grown`; returns by how far that moved it, in pixels. */
  const moved = async (target: Locator, grown: () => Promise<void>) => {
    const before = await top(target);
    await target.click();
    await grown();
    return Math.abs((await top(target)) - before);
  };
  const details = answer.getByRole('button', { name: 'Details' });
  expect(await moved(details, () => expect(answer.locator('dl').last()).toBeVisible())).toBeLessThan(2);
  await details.click();

  await window.getByTestId('open-lens').click();
  const options = window.getByTestId('lens-tokens').getByRole('option');
  await options.nth(30).scrollIntoViewIfNeeded();
  const frame = window.getByRole('region', { name: 'Messages' });
  for (const place of [12, 40, 3, 60]) {
    // As far down as a reader can be: the end counts as followed there.
    await frame.evaluate((element) => (element.scrollTop = element.scrollHeight));
    const token = options.nth(place);
    await token.scrollIntoViewIfNeeded();
    const alternatives = async () => {
      await expect(window.getByTestId('lens-details')).toContainText(`Token ${place + 1} of`);
      await expect(window.getByTestId('lens-alternative').first()).toBeVisible();
    };
    expect([place, Math.round(await moved(token, alternatives))]).toEqual([place, 0]);
    await expect(token).toBeInViewport();
  }
});
