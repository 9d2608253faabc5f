import { ask, newConversation, send, waitForAnswer } from './window.mjs';

const longTask = 'Write a very long story about rain, with many paragraphs and many details.';

/**
 * A conversation: empty, streaming, stopped, answered with several strategies.
 * @param {import('./states.mjs').Context} context
 */
export async function conversationStates({ window, screenshots }) {
  await newConversation(window);
  await screenshots.take('empty');
  await send(window, longTask);
  await window.waitForTimeout(1500);
  await screenshots.take('streaming');
  await window.getByTestId('stop').click();
  await waitForAnswer(window);
  await screenshots.take('stopped');

  await newConversation(window);
  await ask(
    window,
    'Give me a numbered list of five ideas for a talk about tides, then one closing sentence.',
  );
  await screenshots.take('answer');
  const figures = window.getByTestId('answer').last().locator('button[aria-expanded]').last();
  await figures.click();
  await screenshots.take('answer-figures');
  await figures.click();
  await ask(window, 'Which of them is the best for children?');
  await screenshots.take('two-answers');

  await newConversation(window);
  await window.getByTestId('example').nth(1).click();
  await window.getByTestId('send').click();
  await window.getByTestId('preview').first().waitFor();
  await screenshots.take('search-streaming');
  await waitForAnswer(window);
  await screenshots.take('search-answer');
  await window.getByTestId('other-texts').locator('summary').click();
  await screenshots.take('search-other-texts');
  await window.getByTestId('open-strategy').click();
  await screenshots.take('strategy-custom');
  await window.keyboard.press('Escape');
}
