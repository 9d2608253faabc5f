import { expect, test } from 'vitest';
import { parseStrategy, strategies } from '../../../src-main/contract/strategy.ts';
import { figuresOf } from '../../../src-renderer/state/runs/figures.ts';
import { Language } from '../../../src-renderer/state/shell/language.svelte.ts';
import { faultOf, numberControls } from '../../../src-renderer/state/strategy/strategy-fields.ts';
import { run } from '../sample.ts';

test('the seed of an answer is shown in a form that can be typed in again', () => {
  const strategy = {
    kind: 'sampling',
    temperature: 0.7,
    topK: 40,
    topP: 0.95,
    minP: 0,
    repetitionPenalty: 1,
    seed: 4294967295,
  } as const;
  const figures = figuresOf(new Language(() => 'en', 'en'), { ...run, strategy });
  const shown = figures.find(({ name }) => name === 'Seed')?.value ?? '';
  expect(shown).toBe('4294967295');
  expect(faultOf(numberControls['seed']!, shown)).toBeNull();
});

test('the figures of an answer name its kernels, except for older ones, which recorded none', () => {
  const kernelsOf = (answer: typeof run) =>
    figuresOf(new Language(() => 'en', 'en'), answer).find(({ name }) => name === 'Kernels')?.value;
  expect(kernelsOf(run)).toBe('Foredraft (AVX-512 VNNI)');
  expect(kernelsOf({ ...run, kernels: null })).toBeUndefined();
});

test('the figures of a run name the adapter of its model', () => {
  const modelOf = (answer: typeof run, tag: 'en' | 'zh-CN' = 'en') =>
    figuresOf(new Language(() => tag, tag), answer)[0]?.value;
  expect(modelOf(run)).toBe('smollm2-135m-instruct');
  expect(modelOf({ ...run, adapter: 'editor' })).toBe('smollm2-135m-instruct with editor');
  expect(modelOf({ ...run, adapter: 'editor' }, 'zh-CN')).toBe('smollm2-135m-instruct（适配器：editor）');
});

test('approximate log-probabilities are marked as such, and say why', () => {
  const language = new Language(() => 'en', 'en');
  const marked = (approximateTokens?: number) =>
    figuresOf(language, {
      ...run,
      statistics: { ...run.statistics!, ...(approximateTokens && { approximateTokens }) },
    }).filter(({ value, hint }) => value.startsWith('≈') && hint === language.text('approximate-hint'));
  expect(marked(3).map(({ name }) => name)).toEqual(['Σ log p', 'Mean log p', 'Perplexity']);
  expect(marked()).toEqual([]);
});

test.each(strategies)('the figures of an answer name its strategy: $kind', ({ kind }) => {
  const language = new Language(() => 'en', 'en');
  const figures = figuresOf(language, { ...run, strategy: parseStrategy({ kind }) });
  expect(figures.find(({ name }) => name === 'Strategy')?.value).toBe(language.text(`strategy-${kind}`));
});
