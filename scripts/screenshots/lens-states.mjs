import { ask, newConversation, changeSettings, waitForModel, send, waitForAnswer } from './window.mjs';

const question = 'Why is the sea salty? Answer in three sentences.';
const strategy = {
  kind: 'auto',
  policy: { kind: 'sampling', temperature: 0.9, topK: 40, seed: 7 },
};

/**
 * The token lens on a sampled answer, in each mode and with a token selected, and on a streaming answer.
 * @param {import('./states.mjs').Context} context
 */
export async function lensStates({ window, screenshots }) {
  await changeSettings(window, { strategy, maxTokens: 120 });
  await waitForModel(window);
  await newConversation(window);
  await ask(window, question);
  // The first answer gives prompt lookup something to propose.
  await window.getByTestId('regenerate').last().click();
  await window.getByTestId('stop').waitFor();
  await waitForAnswer(window);
  await window.keyboard.press('Control+l');
  const tokens = window.getByTestId('lens-tokens').getByRole('option');
  await tokens.nth(20).waitFor();
  for (const mode of ['probability', 'origin', 'rank', 'entropy']) {
    await window.getByTestId(`lens-${mode}`).check({ force: true });
    await window.waitForTimeout(1500);
    await screenshots.take(`lens-${mode}`);
  }
  await window.getByTestId('lens-probability').check({ force: true });
  await tokens.nth(5).click();
  await window.getByTestId('lens-alternative').first().waitFor();
  const scrollToDetails = () => window.getByTestId('lens-details').scrollIntoViewIfNeeded();
  await screenshots.take('lens-token', scrollToDetails);
  await window.keyboard.press('Enter');
  await screenshots.take('lens-alternatives', scrollToDetails);
  await window.keyboard.press('Escape');

  await changeSettings(window, { maxTokens: 1200 });
  await waitForModel(window);
  await newConversation(window);
  await send(window, 'Write a long story about a lighthouse keeper, with many details.');
  await window.getByTestId('open-lens').click();
  await tokens.nth(60).waitFor();
  await screenshots.take('lens-streaming');
  await window.getByTestId('stop').click();
  await waitForAnswer(window);
}
