import { answered, begin, send, settled } from './window.mjs';

const longTask = 'Write a very long story about rain, with many paragraphs and many details.';

/**
 * A conversation from its first moment on: empty, while it is answered, answered in several ways.
 * @param {import('./states.mjs').Surroundings} surroundings
 */
export async function conversationStates({ window, camera }) {
  await begin(window);
  await camera.take('empty');
  await send(window, longTask);
  await window.waitForTimeout(1500);
  await camera.take('streaming');
  await window.getByTestId('stop').click();
  await settled(window);
  await camera.take('stopped');

  await begin(window);
  await answered(
    window,
    'Give me a numbered list of five ideas for a talk about tides, then one closing sentence.',
  );
  await camera.take('answer');
  const figures = window.getByTestId('answer').last().locator('button[aria-expanded]').last();
  await figures.click();
  await camera.take('answer-figures');
  await figures.click();
  await answered(window, 'Which of them is the best for children?');
  await camera.take('two-answers');

  await begin(window);
  await window.getByTestId('example').nth(1).click();
  await window.getByTestId('send').click();
  await window.getByTestId('preview').first().waitFor();
  await camera.take('search-streaming');
  await settled(window);
  await camera.take('search-answer');
  await window.getByTestId('other-texts').locator('summary').click();
  await camera.take('search-other-texts');
  await window.getByTestId('open-strategy').click();
  await camera.take('strategy-custom');
  await window.keyboard.press('Escape');
}
