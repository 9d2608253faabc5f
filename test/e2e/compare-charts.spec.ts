import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { type GenerationEvent, isSearchStep } from '../../src-main/contract/generation.ts';
import type { StrategyInput } from '../../src-main/contract/strategy.ts';
import { test } from './app.ts';
import { textOf } from './document-steps.ts';
import { generatedEvents } from './generated-events.ts';
import { setUp } from './new-comparison.ts';

/** The rows of a chart's table. */
async function tableOf(window: Page, chart: string): Promise<string[][]> {
  const figure = window.getByTestId(`chart-${chart}`);
  await figure.getByTestId('chart-as-table').click();
  const rows = await figure
    .locator('tbody tr')
    .evaluateAll((lines) => lines.map((line) => [...line.children].map((cell) => cell.textContent ?? '')));
  await figure.getByTestId('chart-as-table').click();
  return rows;
}
/** Whitespace as charts show it. */
const visible = (text: string) => text.replaceAll(' ', '·').replaceAll('\n', '⏎').replaceAll('\t', '→');

/** Expects one row per node of the search, and that the result's rows make up the best text. */
function expectSearch(rows: readonly string[][], events: readonly GenerationEvent[]): void {
  const steps = events.flatMap((event) => (isSearchStep(event) ? [event.nodes] : []));
  const nodes = steps.flatMap((step, index) =>
    step.map(({ text, logProbabilitySum, score }) =>
      [index + 1, visible(text), logProbabilitySum.toFixed(4), score.toFixed(4)].join(),
    ),
  );
  expect(nodes.length).toBeGreaterThan(0);
  const shown = rows.map(([step, text, , , sum, score]) => [step, text, sum, score].join());
  expect(shown.sort()).toEqual(nodes.sort());
  const [best] = events.flatMap((event) => (event.type === 'hypotheses' ? event.hypotheses : []));
  const result = rows.filter(([, , fate]) => fate === 'result').map(([, text]) => text);
  expect(result.join('')).toBe(visible(best!.text));
}

test('trees and rounds equal those of the command line and can be navigated by keyboard', async ({
  app: { window, electron },
}) => {
  const rhyme = 'Row, row, row your boat. Row, row, row your boat. Row,';
  await setUp(window, 12);
  await window.getByTestId('compare-prompt').fill(rhyme);
  await window.getByTestId('preset-six').click();
  await window.getByTestId('preset-draft-lengths').click();
  await window.getByTestId('start-comparison').click();
  await expect(window.getByTestId('progress')).toBeHidden({ timeout: 60_000 });
  await expect(window.getByTestId('payoff')).toBeVisible();
  await window.getByTestId('tab-speed').press('End');

  await window.getByTestId('inside-column').selectOption({ label: 'Draft length 4' });
  const rounds = (await tableOf(window, 'speculation')).map((row) => row.slice(1, 4));
  const guessed = generatedEvents(rhyme, { kind: 'speculative', draftLength: 4 }, 12);
  expect(rounds.length).toBeGreaterThan(0);
  expect(rounds).toEqual(
    guessed.flatMap((event) =>
      event.type === 'round'
        ? [[event.source, event.proposed.map(visible).join(' '), String(event.accepted)]]
        : [],
    ),
  );

  const searches: [label: string, strategy: StrategyInput][] = [
    ['Candidates, sampling', { kind: 'candidate-set', policy: 'sampling' }],
    ['Beam 4', { kind: 'beam', width: 4 }],
  ];
  for (const [label, strategy] of searches) {
    await window.getByTestId('inside-column').selectOption({ label });
    expectSearch(await tableOf(window, 'tree'), generatedEvents(rhyme, strategy, 12));
  }

  const tree = window.getByTestId('chart-tree');
  await tree.locator('[data-key]').first().focus();
  // The focused mark stays in the document while it is outside the viewport.
  for (let step = 0; step < 12; step++) await window.keyboard.press('Shift+ArrowRight');
  for (let step = 0; step < 5; step++) await window.keyboard.press('ArrowRight');
  await expect(tree.locator('[data-key]:focus')).toHaveAttribute('data-key', /^5-/);
  await window.keyboard.press('Enter');
  const hypothesis = window.getByTestId('hypothesis');
  await hypothesis.getByTestId('hypothesis-copy').click();
  const copied = await electron.evaluate(({ clipboard }) => clipboard.readText());
  expect(copied).not.toBe('');
  expect(await hypothesis.getByTestId('hypothesis-text').textContent()).toContain(copied);
  await hypothesis.getByTestId('hypothesis-continue').click();
  await expect(window.getByTestId('compare-prompt')).toHaveValue(rhyme + copied);

  await window.getByTestId('comparison-row').locator('.open').click();
  await window.getByTestId('tab-inside').click();
  await window.getByTestId('inside-column').selectOption({ label: 'Beam 4' });
  await tree.locator('[data-key]').nth(1).focus();
  await window.keyboard.press('Enter');
  const taken = (await hypothesis.getByTestId('hypothesis-text').textContent())!.trim();
  await hypothesis.getByTestId('hypothesis-use').click();
  await expect(textOf(window)).toContainText(rhyme);
  await expect(textOf(window)).toContainText(taken);
});
