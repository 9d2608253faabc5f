import { expect, test } from 'vitest';
import type { ActionFigure } from '../../../src-main/contract/rewrite/action-figures.ts';
import { actionFit, modelFit } from '../../../src-main/contract/rewrite/model-fit.ts';
import { lengthBoundOf, rewritePurposes } from '../../../src-main/contract/rewrite/purpose.ts';

test.each([
  ['to-chinese', 135e6, 'beyond'],
  ['to-english', 135e6, 'beyond'],
  ['to-chinese', 500e6, 'doubtful'],
  ['correct', 135e6, 'doubtful'],
  ['shorten', 500e6, 'fit'],
  ['correct', 1500e6, 'fit'],
  ['continue', 1e6, 'fit'],
] as const)('for %s a model of %d parameters is %s', (purpose, parameters, fit) => {
  expect(modelFit(purpose, parameters)).toBe(fit);
});

test('a larger model is never less fit', () => {
  const order = ['beyond', 'doubtful', 'fit'];
  const sizes = [1e6, 135e6, 300e6, 400e6, 1e9, 7e9];
  for (const purpose of rewritePurposes) {
    const fits = sizes.map((size) => order.indexOf(modelFit(purpose, size)));
    expect(fits).toEqual([...fits].sort());
    expect(fits.at(-1)).toBe(2);
  }
});

test('what should be shorter may have no more tokens than its passage, but for a few', () => {
  const bound = (purpose: (typeof rewritePurposes)[number]) => lengthBoundOf(purpose, ' A text. ');
  expect(bound('shorten')).toEqual({ text: 'A text.', ratio: 1, extra: 4 });
  expect(bound('summarise').ratio).toBeLessThan(1);
  expect(bound('expand').ratio).toBeGreaterThan(2);
  expect(bound('to-chinese').ratio).toBeGreaterThan(bound('to-english').ratio);
  expect(bound('continue').ratio).toBe(0);
});

test('what was measured decides, else the size of the model', () => {
  const figure: ActionFigure = {
    ...{ action: 'grammar', language: 'en', adapter: null },
    ...{ passages: 10, usable: 7, exact: 6, harmful: 0 },
  };
  const model = { parameters: 135e6, actions: [figure] };
  const grammar = { id: 'grammar', purpose: 'correct' } as const;
  expect(actionFit(grammar, model, 'en')).toEqual({ kind: 'good', figure });
  const worse = { ...figure, usable: 6 };
  expect(actionFit(grammar, { ...model, actions: [worse] }, 'en')).toEqual({ kind: 'poor', figure: worse });
  // A small model that does it well isn't doubtful, and a large one that doesn't isn't fit.
  expect(actionFit(grammar, { parameters: 7e9, actions: [worse] }, 'en').kind).toBe('poor');
  for (const language of ['zh', null] as const)
    expect(actionFit(grammar, model, language)).toEqual({ kind: 'doubtful' });
  expect(actionFit({ id: null, purpose: 'correct' }, model, 'en')).toEqual({ kind: 'doubtful' });
  expect(actionFit({ id: 'chinese', purpose: 'to-chinese' }, model, 'en')).toEqual({ kind: 'beyond' });
});
