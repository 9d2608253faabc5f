import { expect, test } from 'vitest';
import { modelText } from '../../../src-renderer/state/runs/model-text.ts';
import { Language } from '../../../src-renderer/state/shell/language.svelte.ts';

const loaded = { id: 'small', name: 'Small 135M' };

test.each([
  ['en', null, null, 'small'],
  ['en', null, loaded, 'Small 135M'],
  ['en', 'editor', null, 'small with editor'],
  ['en', 'editor', loaded, 'Small 135M with editor'],
  ['en', 'editor', { ...loaded, id: 'other' }, 'small with editor'],
  ['zh-CN', 'editor', loaded, 'Small 135M（适配器：editor）'],
] as const)('in %s with the adapter %j, and %j loaded, is %s', (tag, adapter, model, text) => {
  expect(modelText(new Language(() => tag, tag), { modelId: 'small', adapter }, model)).toBe(text);
});
