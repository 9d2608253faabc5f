import { answered, begin, change, ready, send, settled } from './window.mjs';

const question = 'Why is the sea salty? Answer in three sentences.';
const strategy = {
  kind: 'auto',
  policy: { kind: 'sampling', temperature: 0.9, topK: 40, seed: 7 },
};

/**
 * The token lens on a drawn text, in each of its modes, with a token looked at; on a text that is being written.
 * @param {import('./states.mjs').Surroundings} surroundings
 */
export async function lensStates({ window, camera }) {
  await change(window, { strategy, maxTokens: 120 });
  await ready(window);
  await begin(window);
  await answered(window, question);
  // Guesses are found in the first answer.
  await window.getByTestId('regenerate').last().click();
  await window.getByTestId('stop').waitFor();
  await settled(window);
  await window.keyboard.press('Control+l');
  const tokens = window.getByTestId('lens-tokens').getByRole('option');
  await tokens.nth(20).waitFor();
  for (const mode of ['probability', 'origin', 'rank', 'entropy']) {
    await window.getByTestId(`lens-${mode}`).check({ force: true });
    await window.waitForTimeout(1500);
    await camera.take(`lens-${mode}`);
  }
  await window.getByTestId('lens-probability').check({ force: true });
  await tokens.nth(5).click();
  await window.getByTestId('lens-alternative').first().waitFor();
  const intoSight = () => window.getByTestId('lens-details').scrollIntoViewIfNeeded();
  await camera.take('lens-token', intoSight);
  await window.keyboard.press('Enter');
  await camera.take('lens-alternatives', intoSight);
  await window.keyboard.press('Escape');

  await change(window, { maxTokens: 1200 });
  await ready(window);
  await begin(window);
  await send(window, 'Write a long story about a lighthouse keeper, with many details.');
  await window.getByTestId('open-lens').click();
  await tokens.nth(60).waitFor();
  await camera.take('lens-streaming');
  await window.getByTestId('stop').click();
  await settled(window);
}
