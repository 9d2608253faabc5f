import { waitForModel } from './window.mjs';

const rhyme = 'Row, row, row your boat. Row, row, row your boat. Row,';
const longName =
  'A name chosen without any thought for the width of a column, a list or a heading '.repeat(2);

/** Sets up a new comparison that continues `prompt` by up to `tokens` tokens. */
async function setUp(window, prompt, tokens, presets) {
  await window.keyboard.press('Control+n');
  await window.getByTestId('compare-prompt').fill(prompt);
  await window.locator('input[type=radio][value="raw"]').check({ force: true });
  await window.getByTestId('compare-maxTokens').fill(String(tokens));
  for (const preset of presets) await window.getByTestId(`preset-${preset}`).click();
}

async function run(window) {
  await window.getByTestId('start-comparison').click();
  await window.getByTestId('comparison').waitFor();
}

const finished = (window) => window.getByTestId('progress').waitFor({ state: 'detached' });

async function leaderboard(window) {
  const list = window.getByTestId('show-comparisons');
  if (await list.isVisible()) await list.click();
  await window.getByTestId('open-leaderboard').click();
}

/** Takes a screenshot of the sheet that `button` opens. */
async function sheet({ window, screenshots }, button, state) {
  await window.getByTestId(button).click();
  await screenshots.take(state);
  await window.keyboard.press('Escape');
}

/** Takes a screenshot of every chart of the open comparison. */
async function tabs({ window, screenshots }) {
  for (const tab of await window.getByTestId('charts').getByRole('tab').all()) {
    await tab.click();
    const name = ((await tab.getAttribute('data-testid')) ?? '').replace('tab-', '');
    const panel = window.getByTestId('charts').getByRole('tabpanel');
    await screenshots.take(`compare-chart-${name}`, () => panel.evaluate((element) => element.scrollIntoView()));
  }
}

async function vote({ window, screenshots }) {
  await window.getByTestId('open-vote').click();
  await window.getByTestId('vote-pair').waitFor();
  await screenshots.take('compare-vote');
  await window.keyboard.press('1');
  await window.getByTestId('vote-next').waitFor();
  await screenshots.take('compare-vote-cast');
  await window.keyboard.press('Enter');
  await window.getByTestId('end-vote').click();
}

/** @param {import('./states.mjs').Context} context */
export async function compareStates(context) {
  const { window, screenshots } = context;
  await waitForModel(window);
  await window.getByTestId('open-compare').click();
  await screenshots.take('compare-new-empty');
  await leaderboard(window);
  await screenshots.take('compare-leaderboard-empty');

  await setUp(window, rhyme, 12, ['six', 'draft-lengths']);
  await screenshots.take('compare-new');
  await run(window);
  await finished(window);
  await screenshots.take('compare-result');
  await tabs(context);
  await sheet(context, 'open-details', 'compare-details');
  await sheet(context, 'open-export', 'compare-export');
  await sheet(context, 'open-add-columns', 'compare-add');
  await vote(context);
  await leaderboard(window);
  await screenshots.take('compare-leaderboard');

  await setUp(window, `${'tide '.repeat(9000)}`, 12, []);
  await window.getByTestId('column-name').first().fill(longName.slice(0, 80));
  await run(window);
  await window.getByTestId('run-error').first().waitFor();
  await finished(window);
  await window.getByTestId('open-details').click();
  await window.getByTestId('comparison-name').fill(longName);
  await window.keyboard.press('Escape');
  await screenshots.take('compare-failed');

  await setUp(window, 'Once upon a time', 400, []);
  await run(window);
  await window.locator('[data-testid="column"][data-status="streaming"]').waitFor();
  await window.waitForTimeout(2500);
  await screenshots.take('compare-running');
  await window.getByTestId('stop-all').click();
  await finished(window);
  await screenshots.take('compare-stopped');
  await window.getByTestId('open-write').click();
}
