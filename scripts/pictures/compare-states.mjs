import { ready } from './window.mjs';

const rhyme = 'Row, row, row your boat. Row, row, row your boat. Row,';
const longName =
  'A name that somebody gave without a thought for how wide a column, a list or a heading is '.repeat(2);

/** Begins a new comparison of texts of up to `tokens` tokens that go on with `prompt`. */
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

/** The sheet that `button` opens. */
async function sheet({ window, camera }, button, state) {
  await window.getByTestId(button).click();
  await camera.take(state);
  await window.keyboard.press('Escape');
}

/** Every picture of the comparison that is open, in sight. */
async function tabs({ window, camera }) {
  for (const tab of await window.getByTestId('charts').getByRole('tab').all()) {
    await tab.click();
    const name = ((await tab.getAttribute('data-testid')) ?? '').replace('tab-', '');
    const panel = window.getByTestId('charts').getByRole('tabpanel');
    await camera.take(`compare-picture-${name}`, () => panel.evaluate((element) => element.scrollIntoView()));
  }
}

async function vote({ window, camera }) {
  await window.getByTestId('open-vote').click();
  await window.getByTestId('vote-pair').waitFor();
  await camera.take('compare-vote');
  await window.keyboard.press('1');
  await window.getByTestId('vote-next').waitFor();
  await camera.take('compare-vote-said');
  await window.keyboard.press('Enter');
  await window.getByTestId('end-vote').click();
}

/** @param {import('./states.mjs').Surroundings} surroundings */
export async function compareStates(surroundings) {
  const { window, camera } = surroundings;
  await ready(window);
  await window.getByTestId('open-compare').click();
  await camera.take('compare-new-empty');
  await leaderboard(window);
  await camera.take('compare-leaderboard-empty');

  await setUp(window, rhyme, 12, ['six', 'draft-lengths']);
  await camera.take('compare-new');
  await run(window);
  await finished(window);
  await camera.take('compare-result');
  await tabs(surroundings);
  await sheet(surroundings, 'open-details', 'compare-details');
  await sheet(surroundings, 'open-export', 'compare-export');
  await sheet(surroundings, 'open-add-columns', 'compare-add');
  await vote(surroundings);
  await leaderboard(window);
  await camera.take('compare-leaderboard');

  await setUp(window, `${'tide '.repeat(9000)}`, 12, []);
  await window.getByTestId('column-name').first().fill(longName.slice(0, 80));
  await run(window);
  await window.getByTestId('run-error').first().waitFor();
  await finished(window);
  await window.getByTestId('open-details').click();
  await window.getByTestId('comparison-name').fill(longName);
  await window.keyboard.press('Escape');
  await camera.take('compare-failed');

  await setUp(window, 'Once upon a time', 400, []);
  await run(window);
  await window.locator('[data-testid="column"][data-status="streaming"]').waitFor();
  await window.waitForTimeout(2500);
  await camera.take('compare-running');
  await window.getByTestId('stop-all').click();
  await finished(window);
  await camera.take('compare-stopped');
  await window.getByTestId('open-write').click();
}
