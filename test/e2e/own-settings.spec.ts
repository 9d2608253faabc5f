import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import type { Api } from '../../src-main/contract/api.ts';
import type { Strategy } from '../../src-main/contract/strategy.ts';
import { launch, ready, send, test } from './app.ts';
import { barOf, choose, textOf, writeDocument, written } from './document-steps.ts';

const ended = { timeout: 60_000 };

/** Chooses a strategy for the conversation shown, and the longest answer. */
async function setStrategy(
  window: Page,
  kind: string,
  fields: Readonly<Record<string, string>>,
): Promise<void> {
  await window.getByTestId('open-strategy').click();
  await window.locator(`[popover] input[type=radio][value="${kind}"]`).check({ force: true });
  for (const [name, value] of Object.entries(fields)) await window.getByTestId(`field-${name}`).fill(value);
  await window.keyboard.press('Escape');
}

/** The strategies of everything stored, and the user's defaults. */
function stored(window: Page) {
  return window.evaluate(async () => {
    const { api } = globalThis as unknown as { readonly api: Api };
    const value = async <T>(
      reply: Promise<{ readonly ok: true; readonly value: T } | { readonly ok: false }>,
    ) => {
      const settled = await reply;
      if (!settled.ok) throw new Error('refused');
      return settled.value;
    };
    const list = await value(api.request('conversations-list', undefined));
    const conversations = [];
    for (const { id, title } of [...list].sort((one, other) => one.title.localeCompare(other.title))) {
      const { settings, systemPrompt } = await value(api.request('conversation-open', { id }));
      conversations.push({ title, settings, systemPrompt });
    }
    const comparisons = [];
    for (const { id } of await value(api.request('comparisons-list', undefined)))
      comparisons.push((await value(api.request('comparison-open', { id }))).columns);
    const { strategy, versions, maxTokens, systemPrompt, actionStrategies } = await value(
      api.request('settings-read', undefined),
    );
    const pending = await value(api.request('rewrite-pending', undefined));
    return {
      ...{ conversations, comparisons, actionStrategies },
      defaults: { strategy, versions, maxTokens, systemPrompt },
      rewrite: pending?.rewrite.runs.map((run) => run.strategy) ?? [],
    };
  });
}

/** Runs a comparison of one strategy to its end. */
async function compare(window: Page, strategy: Strategy): Promise<void> {
  await window.evaluate(async (chosen) => {
    const { api } = globalThis as unknown as { readonly api: Api };
    const columns = [{ name: 'One', strategy: chosen }];
    const shared = { raw: true, systemPrompt: '', repeats: 1, seed: 0, maxTokens: 6 };
    const reply = await api.request('comparison-start', { prompt: 'Once upon a time', columns, ...shared });
    if (!reply.ok) throw new Error(reply.error.message);
    for (;;) {
      const running = await api.request('comparison-running', undefined);
      if (running.ok && running.value === null) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }, strategy);
}

test('two conversations, a comparison and a document keep their own strategies through a restart', async ({
  data,
}) => {
  test.setTimeout(300_000);
  const { electron, window } = await launch(data);
  await ready(window);
  const initial = (await stored(window)).defaults;

  await setStrategy(window, 'beam', { width: '3', best: '3', maxTokens: '10' });
  await expect(await send(window, 'Name a colour.')).toHaveAttribute('data-status', 'done', ended);
  const others = window.getByTestId('other-texts');
  await expect(others).toContainText('2 other texts');

  await window.getByTestId('new-conversation').first().click();
  await expect(window.getByTestId('open-strategy')).toContainText('Greedy');
  await setStrategy(window, 'sampling', { temperature: '0.5', maxTokens: '12' });
  await window.getByTestId('open-system-prompt').click();
  await window.getByTestId('system-prompt').fill('Be brief.');
  await window.keyboard.press('Escape');
  await expect(await send(window, 'What is tea?')).toHaveAttribute('data-status', 'done', ended);

  await compare(window, { kind: 'greedy', repetitionPenalty: 1.1 });
  await writeDocument(
    window,
    "Hey guys, sorry, the cup's broken and I can't use it, so could you send us a new one?",
  );
  await window.keyboard.press('Control+j');
  await window.getByTestId('edit-custom-actions').click();
  await window.locator('[data-action="formal"]').click();
  await window.getByTestId('action-strategy').locator('input[value="candidate-set"]').check({ force: true });
  await window.getByTestId('action-strategy-back').click();
  await expect(window.locator('[data-action="formal"]')).toBeFocused();
  await expect(window.locator('[data-action="formal"]')).toContainText('Candidates');
  await window.getByTestId('close-custom-actions').click();
  await textOf(window).click();
  await choose(window, 'formal');
  expect(await written(window)).toBe('deciding');

  const before = await stored(window);
  expect(before.defaults).toEqual(initial);
  expect(before.conversations).toMatchObject([
    {
      title: 'Name a colour.',
      settings: { strategy: { kind: 'beam', width: 3 }, maxTokens: 10 },
      systemPrompt: '',
    },
    {
      ...{ title: 'What is tea?', systemPrompt: 'Be brief.' },
      settings: { strategy: { kind: 'sampling', temperature: 0.5 }, maxTokens: 12 },
    },
  ]);
  expect(before.comparisons).toMatchObject([[{ strategy: { kind: 'greedy', repetitionPenalty: 1.1 } }]]);
  expect(before.actionStrategies).toMatchObject({ formal: { kind: 'candidate-set' }, grammar: null });
  expect(before.rewrite).toMatchObject([{ kind: 'candidate-set' }]);
  await electron.close();

  const again = await launch(data);
  const reopened = again.window;
  await ready(reopened);
  expect(await stored(reopened)).toEqual(before);
  await barOf(reopened).waitFor();
  await expect(reopened.getByTestId('open-strategy')).toContainText('Sampling 0.5');
  await reopened.getByTestId('show-conversations').click();
  await reopened.getByTestId('conversation-row').filter({ hasText: 'Name a colour.' }).click();
  await expect(reopened.getByTestId('open-strategy')).toContainText('Beam 3');
  await reopened.getByTestId('other-texts').locator('summary').click();
  await reopened.getByTestId('save-other-text').first().click();
  await expect(reopened.getByText('2 / 2')).toBeVisible();

  // The default follows one conversation on request, and changes no other.
  await reopened.getByTestId('open-strategy').click();
  await reopened.getByTestId('use-as-default').click();
  await expect(reopened.getByTestId('use-as-default')).toBeHidden();
  await reopened.keyboard.press('Escape');
  await reopened.keyboard.press('Control+n');
  await expect(reopened.getByTestId('open-strategy')).toContainText('Beam 3');
  const { defaults, ...rest } = await stored(reopened);
  const { defaults: _, ...restBefore } = before;
  expect(defaults).toMatchObject({ strategy: { kind: 'beam', width: 3 }, maxTokens: 10, systemPrompt: '' });
  expect(rest).toEqual(restBefore);
  await again.electron.close();
});

test('what is set for a conversation before its first message survives a restart', async ({ data }) => {
  test.setTimeout(180_000);
  const { electron, window } = await launch(data);
  await ready(window);
  await window.getByTestId('example').nth(1).click();
  await expect(window.getByTestId('open-strategy')).toContainText('Beam 6');
  await window.waitForTimeout(600);
  await electron.close();
  const again = await launch(data);
  await ready(again.window);
  await expect(again.window.getByTestId('open-strategy')).toContainText('Beam 6');
  await expect(again.window.getByTestId('composer')).not.toHaveValue('');
  await again.window.getByTestId('send').click();
  await expect(again.window.getByTestId('answer')).toHaveAttribute('data-status', 'done', ended);
  await again.window.getByTestId('new-conversation').first().click();
  await expect(again.window.getByTestId('open-strategy')).toContainText('Greedy');
  await again.electron.close();
});
