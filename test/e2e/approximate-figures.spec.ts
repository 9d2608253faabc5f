import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import type { Api } from '../../src-main/contract/api.ts';
import type { ComparisonRun } from '../../src-main/contract/comparison.ts';
import { finishedComparison, tokensOfRun } from '../comparisons/finished-comparison.ts';
import { openRecording } from '../runs/recording-stores.ts';
import { launch, ready, test } from './app.ts';
import { setUp } from './new-comparison.ts';
import { axeViolationsInAllThemes, layoutFaultsAtAllSizes } from './visual-checks.ts';

const hint =
  'Approximate: computed while the text was being written. A finished text is read once more for its exact figures.';

/** The newest comparison's runs, read from the main process. */
function runsOf(window: Page): Promise<readonly ComparisonRun[]> {
  return window.evaluate(async () => {
    const { api } = globalThis as unknown as { api: Api };
    const list = await api.request('comparisons-list', undefined);
    if (!list.ok) throw new Error(list.error.message);
    const opened = await api.request('comparison-open', { id: list.value[0]!.id });
    if (!opened.ok) throw new Error(opened.error.message);
    return opened.value.runs;
  });
}

test('approximate figures are marked, and say what they are', async ({ data }) => {
  const stores = openRecording(path.join(data, 'history.sqlite'));
  const { runs, ...rest } = finishedComparison(0);
  const marked = runs.map((run, index) => ({
    ...run,
    tokens: run.tokens.map((token) => (index < 2 ? { ...token, approximate: true as const } : token)),
    statistics: run.statistics && { ...run.statistics, ...(index < 2 && { approximateTokens: tokensOfRun }) },
  }));
  stores.comparisons.import({ ...rest, runs: marked });
  stores.close();
  const app = await launch(data);
  const { window } = app;
  await ready(window);
  await window.getByTestId('open-compare').click();
  await window.getByTestId('comparison-row').first().locator('.open').click();
  const figures = window.getByTestId('column-approximate');
  await expect(figures).toHaveCount(4);
  await expect(figures.first()).toHaveAttribute('title', hint);
  await expect(figures.first()).toHaveText(/^Σ log p ≈ −4\.8/);
  await expect(window.getByTestId('result-table').getByTitle(hint)).toHaveCount(6);
  expect(await axeViolationsInAllThemes(app)).toEqual([]);
  expect(await layoutFaultsAtAllSizes(app)).toEqual([]);
  await app.electron.close();
});

test('on standard kernels, a search’s figures are approximate until its text was read again', async ({
  data,
}) => {
  test.setTimeout(300_000);
  const { electron, window } = await launch(data, { environment: { FOREDRAFT_KERNELS: 'standard' } });
  await ready(window);
  await setUp(window, 24);
  await window.getByTestId('preset-six').click();
  await window.getByTestId('start-comparison').click();
  await expect(window.getByTestId('column-approximate').first()).toBeVisible({ timeout: 120_000 });
  await expect(window.getByTestId('progress')).toBeHidden({ timeout: 200_000 });
  await expect(window.getByTestId('column-approximate')).toHaveCount(0);
  const runs = await runsOf(window);
  expect(runs.map(({ status }) => status)).toEqual(runs.map(() => 'done'));
  expect(runs.flatMap(({ tokens }) => tokens).filter(({ approximate }) => approximate)).toEqual([]);
  const numbers = new Map<string, readonly number[]>();
  for (const { tokens } of runs) {
    const ids = tokens.map(({ id }) => id).join();
    const found = tokens.map(({ logProbability }) => logProbability);
    expect(found).toEqual(numbers.get(ids) ?? found);
    numbers.set(ids, found);
  }
  await window.getByTestId('open-settings').click();
  await expect(window.getByTestId('model-facts')).toContainText(
    /Search scores may differ from a linear read by up to \d.*nats/,
  );
  await electron.close();
});
