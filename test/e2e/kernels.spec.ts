import fs from 'node:fs';
import path from 'node:path';
import type { Locator } from '@playwright/test';
import { expect } from '@playwright/test';
import { finishedComparison } from '../comparisons/finished-comparison.ts';
import { operatorsLibraryFile } from '../../src-main/runtime/operators-library.ts';
import { openRecording } from '../runs/recording-stores.ts';
import { launch, ready, send, test } from './app.ts';
import { storeAnswer } from './streamed-answer.ts';
import { axeViolationsInAllThemes, layoutFaultsAtAllSizes } from './visual-checks.ts';

/** What a list of facts within `place` says about `name`. */
const fact = (place: Locator, name: string) => place.locator(`dt:text-is("${name}") + dd`);

test('the model and its answers name the kernels that compute them', async ({ app: { window } }) => {
  const answer = await send(window, 'Say hello.');
  await expect(answer).toHaveAttribute('data-status', 'done', { timeout: 60_000 });
  await answer.getByRole('button', { name: 'Details' }).click();
  const kernels = await fact(answer, 'Kernels').innerText();
  expect(kernels).toMatch(/^Foredraft \(.+\)$/);
  await window.getByTestId('open-settings').click();
  const facts = window.getByTestId('model-facts');
  await expect(fact(facts, 'Kernels')).toHaveText(kernels);
  await expect(fact(facts, 'Precision')).toHaveText('Q4_1, Q8_0');
  await expect(fact(facts, 'Exactness')).toHaveText('Same text and figures on every processor');
});

/** A comparison that both kinds of kernels computed, and its rerun with another text by the operators alone. */
function storeComparisons(data: string): void {
  const operators = { kind: 'operators', instructionSet: 'avx512' } as const;
  const standard = { kind: 'standard', reason: 'processor' } as const;
  const stores = openRecording(path.join(data, 'history.sqlite'));
  const { columns, runs, ...rest } = finishedComparison(0);
  const kernelsOf = (index: number) => (index < 2 ? operators : standard);
  const original = stores.comparisons.import({
    ...rest,
    name: 'Mixed',
    columns,
    runs: runs.map((run, index) => ({ ...run, kernels: kernelsOf(index) })),
  });
  stores.comparisons.import({
    ...rest,
    name: 'Rerun',
    rerunOf: original.id,
    columns,
    runs: runs.map((run, index) => ({
      ...run,
      text: index === 1 ? 'Another text' : run.text,
      kernels: operators,
    })),
  });
  stores.close();
}

test('a comparison names different kernels among its columns, and between it and its rerun', async ({
  data,
}) => {
  storeComparisons(data);
  const app = await launch(data);
  const { window } = app;
  await ready(window);
  await window.getByTestId('open-compare').click();
  const row = (name: string) => window.getByTestId('comparison-row').filter({ hasText: name });
  await row('Mixed').locator('.open').click();
  const note = window.getByTestId('numerics-note');
  await expect(note).toHaveText(
    'Computed by different kernels, so texts may differ for that reason alone: Column 0 and Column 1 by Foredraft’s; Column 2, Column 3, Column 4, and Column 5 by ONNX Runtime’s.',
  );
  expect(await axeViolationsInAllThemes(app)).toEqual([]);
  expect(await layoutFaultsAtAllSizes(app)).toEqual([]);
  if (await window.getByTestId('show-comparisons').isVisible())
    await window.getByTestId('show-comparisons').click();
  await row('Rerun').locator('.open').click();
  const rerun = window.getByTestId('rerun-note');
  await expect(rerun).toContainText('1 of 6 texts differ from the original');
  await expect(rerun).toContainText(
    'The original was computed by other kernels: texts may differ for that reason alone.',
  );
  await expect(note).toBeHidden();
  await app.electron.close();
});

/** A copy of the app without the operators' library, or with a file in its place that is none. */
function appWithLibrary(folder: string, library: 'missing' | 'damaged'): string {
  const project = path.join(import.meta.dirname, '../..');
  fs.mkdirSync(folder);
  fs.copyFileSync(path.join(project, 'package.json'), path.join(folder, 'package.json'));
  fs.cpSync(path.join(project, 'dist'), path.join(folder, 'dist'), { recursive: true });
  fs.symlinkSync(path.join(project, 'node_modules'), path.join(folder, 'node_modules'));
  if (library === 'damaged') {
    const file = path.relative(project, operatorsLibraryFile());
    fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    fs.writeFileSync(path.join(folder, file), 'Not a library.');
  }
  return folder;
}

for (const [library, reason] of [
  ['missing', 'The library of Foredraft’s kernels is missing. Reinstall Foredraft.'],
  ['damaged', 'The library of Foredraft’s kernels can’t be loaded. Reinstall Foredraft.'],
] as const) {
  test(`with the library ${library} the app writes with ONNX Runtime’s kernels and says so`, async ({
    data,
  }) => {
    const entry = appWithLibrary(path.join(data, 'app'), library);
    const models = path.join(import.meta.dirname, '../../models');
    const { electron, window } = await launch(data, { entry, environment: { FOREDRAFT_MODELS: models } });
    await ready(window);
    const answer = await send(window, 'Say hello.');
    await expect(answer).toHaveAttribute('data-status', 'done', { timeout: 60_000 });
    await answer.getByRole('button', { name: 'Details' }).click();
    await expect(fact(answer, 'Kernels')).toHaveText('ONNX Runtime');
    await window.getByTestId('open-settings').click();
    const facts = window.getByTestId('model-facts');
    await expect(fact(facts, 'Kernels')).toHaveText(`ONNX Runtime${reason}`);
    await expect(fact(facts, 'Precision')).toHaveText('8-bit');
    await expect(fact(facts, 'Exactness')).not.toHaveText('Same text and figures on every processor');
    await electron.close();
  });
}

test('the token lens says that other kernels computed an answer', async ({ data }) => {
  // As older versions stored it, without kernels.
  storeAnswer(data, 'Once');
  const { electron, window } = await launch(data);
  await ready(window);
  await window.getByTestId('open-lens').click();
  await expect(window.getByTestId('lens-kernels')).toHaveText(
    'Other kernels computed this answer, so numbers and alternatives may differ from its own.',
  );
  const answer = await send(window, 'And?');
  await expect(answer).toHaveAttribute('data-status', 'done', { timeout: 60_000 });
  await answer.getByTestId('open-lens').click();
  await expect(answer.getByTestId('token-lens')).toBeVisible();
  await expect(answer.getByTestId('lens-kernels')).toBeHidden();
  await electron.close();
});
