import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { launch, test } from './app.ts';
import { endMark, heavyTexts, pieces, scriptTexts } from './hostile-texts.ts';
import { storeAnswer, StreamedAnswer } from './streamed-answer.ts';
import { type WindowTasks, tasksDuring } from './window-tasks.ts';

/**
 * Milliseconds of processor time that show that a text was drawn in one go, which takes seconds. The promise is 100,
 * which `npm run bench:window` and the lines printed here tell; 11 to 111 were seen on a slow and busy processor.
 */
const drawnInOneGoMs = 300;
const scripts = scriptTexts.join('\n\n');
const names = Object.keys(heavyTexts);

/** Number of letters and digits shown by the last answer, which excludes Markdown markers. */
const shownLength = (window: Page) =>
  window.evaluate(() => {
    const texts = document.querySelectorAll('[data-testid="answer-text"]');
    return (texts[texts.length - 1]?.textContent ?? '').replace(/[^a-z0-9]/gi, '').length;
  });
const batchesOf = (texts: readonly string[], size: number) =>
  Array.from({ length: Math.ceil(texts.length / size) }, (_, index) =>
    texts.slice(index * size, index * size + size),
  );
const lengthOf = (text: string) => text.replace(/[^a-z0-9]/gi, '').length;

/** Requests, elements and attributes that plain text never produces. */
async function violations(window: Page): Promise<string[]> {
  return window.evaluate(() => {
    const allowed =
      'ARTICLE BLOCKQUOTE BUTTON CODE DEL DIV EM FIGCAPTION FIGURE H3 H4 H5 H6 HR LI OL P PRE SPAN STRONG TABLE TBODY TD TH THEAD TR UL BR SVG PATH RECT LINE POLYLINE CIRCLE';
    const found = [...document.querySelectorAll('[data-testid="answer-text"] *')].flatMap((element) => {
      const attributes = [...element.attributes].filter(({ name }) =>
        /^(on|href|src|action|data$|srcdoc)/i.test(name),
      );
      const name = element.tagName.toUpperCase();
      return [
        ...(allowed.split(' ').includes(name) ? [] : [name]),
        ...attributes.map((attribute) => `${name} ${attribute.name}`),
      ];
    });
    return [...('ran' in globalThis ? ['a script ran'] : []), ...new Set(found)];
  });
}

function watchRequests(window: Page): string[] {
  const outside: string[] = [];
  window.on('request', (request) => {
    if (!/^(app|data|devtools):/.test(request.url())) outside.push(request.url());
  });
  window.on('dialog', (dialog) => outside.push(dialog.message()));
  return outside;
}

test('500 script injections are shown as text, stored or streamed', async ({ data }) => {
  expect(scriptTexts).toHaveLength(500);
  storeAnswer(data, scripts);
  const app = await launch(data);
  const { window } = app;
  const outside = watchRequests(window);
  await expect.poll(() => shownLength(window)).toBeGreaterThan(0.5 * lengthOf(scripts));
  const kept = await shownLength(window);
  expect(await violations(window)).toEqual([]);

  const answer = await StreamedAnswer.begin(app);
  await answer.write(batchesOf(pieces(scripts, 12), 40), 33);
  await expect.poll(() => shownLength(window)).toBeGreaterThan(0.9 * kept);
  expect(await violations(window)).toEqual([]);
  expect(outside).toEqual([]);
  await app.electron.close();
});

/** Waits until the end of a heavy text is visible, with minimal load on the window. */
async function untilEnd(window: Page): Promise<void> {
  const last = window.locator('[data-testid="answer-text"] > :last-child');
  await expect
    .poll(() => last.evaluate((group, mark) => group.textContent.includes(mark), endMark), {
      timeout: 60_000,
    })
    .toBe(true);
}

function expectCalm(name: string, { tasks }: WindowTasks): void {
  const longest = tasks.at(-1) ?? Infinity;
  console.log(`${name}: longest task ${longest.toFixed(0)} ms`);
  expect.soft([name, longest < drawnInOneGoMs]).toEqual([name, true]);
}

test('texts that are expensive to render are shown completely without long tasks', async ({ data }) => {
  test.setTimeout(240_000);
  for (const text of Object.values(heavyTexts)) storeAnswer(data, text);
  storeAnswer(data, 'Nothing.');
  const app = await launch(data);
  const rows = app.window.getByTestId('conversation-list').locator('[data-open]');
  for (const [index, name] of [...names].reverse().entries()) {
    const tasks = await tasksDuring(app, data, async () => {
      await rows.nth(index + 1).click();
      await untilEnd(app.window);
    });
    expectCalm(`kept, ${name}`, tasks);
  }
  await app.electron.close();
});

test('texts that are expensive to render can be streamed', async ({ data }) => {
  test.setTimeout(240_000);
  storeAnswer(data, '');
  const app = await launch(data);
  for (const [name, text] of Object.entries(heavyTexts)) {
    const answer = await StreamedAnswer.begin(app);
    const batches = batchesOf(pieces(text, Math.max(12, text.length / 140)), 7);
    const tasks = await tasksDuring(app, data, async () => {
      await answer.write(batches, 33);
      await untilEnd(app.window);
    });
    expectCalm(`streamed, ${name}`, tasks);
  }
  await app.electron.close();
});
