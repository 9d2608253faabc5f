import { expect } from '@playwright/test';
import type { Api } from '../../src-main/contract/api.ts';
import { hasEditor } from '../runtime/default-model.ts';
import { ready, send, test } from './app.ts';
import { choose, paragraph, textOf, writeDocument, written } from './document-steps.ts';

test.skip(!hasEditor, 'the default model was converted without its editor');

test('rewrites have the adapter, which the window names, and chat has not', async ({ app: { window } }) => {
  await ready(window);
  const ran = await window.evaluateHandle(() => {
    const { api } = globalThis as unknown as { readonly api: Api };
    const adapters: Record<string, string | null> = {};
    api.on('run-changed', ({ run }) => (adapters[run.owner.kind] = run.adapter));
    return adapters;
  });
  await writeDocument(window, paragraph);
  await textOf(window).press('Control+Home');
  await choose(window, 'grammar');
  expect(await written(window)).toBe('deciding');
  await expect(window.getByTestId('rewrite-model')).toHaveText('SmolLM2 135M Instruct with editor');

  expect(await ran.jsonValue()).toEqual({ rewrite: 'editor' });

  // The lens computes with the same weights.
  await window.getByTestId('rewrite-lens').click();
  await window.getByTestId('lens-rank').check({ force: true });
  await expect(window.getByTestId('token-lens').getByRole('alert')).toHaveCount(0);
  await expect(window.getByTestId('lens-computing')).toHaveCount(0);
  await window.getByTestId('rewrite-dismiss').click();

  // A continuation is written by the stock weights.
  await textOf(window).press('Control+End');
  await choose(window, 'continue');
  await expect.poll(() => ran.jsonValue()).toEqual({ rewrite: null });
  await written(window);
  await window.getByTestId('rewrite-dismiss').click();

  await window.keyboard.press('Control+Shift+D');
  await send(window, 'Name a colour.');
  await expect.poll(() => ran.jsonValue()).toEqual({ rewrite: null, message: null });
});
