import type { Locator, Page } from '@playwright/test';
import type { Api } from '../../src-main/contract/api.ts';

/** 120 words with grammar mistakes. */
export const paragraph =
  'We recieved you’re parcel on Tuesday, but two of the five cup was broken and the box were wet. Nobody pick up ' +
  'the phone on wednesday or Thursday, so I writes to you now. Please sends us two new cups before the 14th, ' +
  'because the set are a present for my sisters wedding and she have waited a long time for it. If you can not ' +
  'send them in time, we would like too have our money back for all of the cups. I has added three photo of the ' +
  'box and the broken cups, and a copy of the bill. We hopes to here from you soon, and thanks you for you’re ' +
  'help in this matter, that was always good in the years before.';

export const textOf = (window: Page): Locator => window.locator('[data-testid="document-text"] .cm-content');
export const barOf = (window: Page): Locator => window.getByTestId('rewrite-bar');

/** Opens the document by keyboard and inserts `text`. */
export async function writeDocument(window: Page, text: string): Promise<void> {
  await window.keyboard.press('Control+Shift+D');
  await textOf(window).waitFor();
  await window.keyboard.insertText(text);
  await saved(window);
}

/** Waits until the document is saved. */
export async function saved(window: Page): Promise<void> {
  await window.getByTestId('document-state').and(window.locator('[data-state="saved"]')).waitFor();
}

/** Rewrites the paragraph at the cursor with the action that `query` finds. */
export async function choose(window: Page, query: string): Promise<void> {
  await window.keyboard.press('Control+j');
  await window.getByTestId('action-query').waitFor();
  await window.keyboard.type(query);
  await window.keyboard.press('Enter');
}

/** Waits until a rewrite is complete, and shows it if it was withheld; returns its state, `deciding` or `ended`. */
export async function written(window: Page): Promise<string> {
  const bar = barOf(window);
  const complete = ['withheld', 'deciding', 'ended'].map((state) => `[data-state="${state}"]`).join(', ');
  await bar.and(window.locator(complete)).waitFor({ timeout: 60_000 });
  if ((await bar.getAttribute('data-state')) === 'withheld')
    await window.getByTestId('rewrite-reveal').click();
  return (await bar.getAttribute('data-state')) ?? '';
}

interface Watched {
  /** Milliseconds to the first visible change, and to the engine's first token. */
  shown: number;
  read: number;
}

/** Starts timing at the next key press until the first visible change of a rewrite. */
export async function watchFirstChange(window: Page): Promise<void> {
  await window.evaluate(() => {
    const root = document.querySelector('[data-testid="document-text"]')!.shadowRoot!;
    const watched: Watched = { shown: NaN, read: NaN };
    Object.assign(globalThis, { watched });
    const { api } = globalThis as unknown as { readonly api: Api };
    const stop = api.on('run-changed', ({ run }) => {
      if (run.owner.kind !== 'rewrite' || run.status === 'streaming') return;
      watched.read = run.statistics?.firstTokenMs ?? NaN;
      stop();
    });
    const begin = () => {
      const start = performance.now();
      const observer = new MutationObserver(() => {
        if (root.querySelector('.cm-added, .cm-removed') === null) return;
        observer.disconnect();
        watched.shown = performance.now() - start;
      });
      observer.observe(root, { subtree: true, childList: true });
    };
    addEventListener('keydown', begin, { once: true, capture: true });
  });
}

/** The times recorded by `watchFirstChange`. */
export function firstChange(window: Page): Promise<Watched> {
  return window.evaluate(() => (globalThis as unknown as { watched: Watched }).watched);
}
