import { expect } from '@playwright/test';
import { launch, test } from './app.ts';
import { storeAnswer } from './streamed-answer.ts';

const lines = [
  `a${'😀'.repeat(2500)}`,
  `const path = 'M${'10.5,20.25 '.repeat(1500)}';`,
  `e${'\u0323\u0302'.repeat(3000)}`,
  ...Array.from({ length: 150 }, (_, index) => `line ${index}`),
];

test('long lines of code are one line each, and selected as they are written', async ({ data }) => {
  storeAnswer(data, `Code:\n\n\`\`\`js\n${lines.join('\n')}\n\`\`\`\n\nAfter.`);
  const { window, electron } = await launch(data);
  const code = window.getByTestId('answer-text').locator('code');
  await expect(code).toContainText('line 149');
  const { selected, heights } = await code.evaluate((element) => {
    getSelection()?.selectAllChildren(element);
    const chunks = [...element.querySelectorAll('span')];
    return {
      selected: getSelection()?.toString(),
      heights: chunks.slice(0, 3).map((chunk) => chunk.getBoundingClientRect().height),
    };
  });
  expect(selected === lines.join('\n')).toBe(true);
  // Each long line is a chunk as high as any other line, whatever font its characters need.
  for (const height of heights) expect(height).toBeLessThan(40);
  await electron.close();
});
