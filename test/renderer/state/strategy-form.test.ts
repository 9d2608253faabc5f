import { describe, expect, test } from 'vitest';
import { parseStrategy } from '../../../src-main/contract/strategy.ts';
import {
  faultOf,
  ranges,
  StrategyForm,
  type Field,
} from '../../../src-renderer/state/strategy-form.svelte.ts';

const sampling = {
  kind: 'sampling',
  temperature: 0.7,
  topK: 40,
  topP: 0.95,
  minP: 0,
  repetitionPenalty: 1,
  seed: 7,
} as const;

describe('what stands in a field', () => {
  test.each<[Field, string, string | null]>([
    ['temperature', '0.7', null],
    ['temperature', ' .5 ', null],
    ['temperature', '', 'empty'],
    ['temperature', 'warm', 'not-a-number'],
    ['temperature', '1e2', 'not-a-number'],
    ['temperature', 'Infinity', 'not-a-number'],
    ['temperature', '0x10', 'not-a-number'],
    ['temperature', '0', 'out-of-range'],
    ['topK', '1.5', 'not-whole'],
    ['topK', '-1', 'out-of-range'],
    ['seed', '4294967295', null],
    ['seed', '4294967296', 'out-of-range'],
    ['maxTokens', '0', 'out-of-range'],
    ['maxTokens', '8192', null],
  ])('%s "%s": %s', (field, text, fault) => {
    expect(faultOf(field, text)).toBe(fault);
  });

  test('both ends of every range are allowed, what lies beyond is not', () => {
    for (const field of Object.keys(ranges) as Field[]) {
      const { minimum, maximum } = ranges[field];
      expect([field, faultOf(field, String(minimum))]).toEqual([field, null]);
      expect([field, faultOf(field, String(maximum))]).toEqual([field, null]);
      expect([field, faultOf(field, String(maximum + 1))]).toEqual([field, 'out-of-range']);
    }
  });
});

describe('the form', () => {
  test('gives back the strategy it was made of', () => {
    expect(new StrategyForm(sampling, 256).strategy).toEqual(sampling);
    expect(new StrategyForm({ kind: 'greedy' }, 256).strategy).toEqual({ kind: 'greedy' });
    expect(new StrategyForm(sampling, 256).maxTokens).toBe(256);
  });

  test.each([
    { kind: 'beam', width: 6, groups: 3, diversityPenalty: 0.5, lengthPenalty: -1 },
    { kind: 'candidate-set', candidates: 2, alternatives: 5 },
    { kind: 'contrastive', penalty: 0.4, topK: 8 },
    { kind: 'auto' },
    { kind: 'auto', policy: sampling },
    { kind: 'speculative' },
    { kind: 'speculative', policy: sampling },
  ])('gives back $kind as well', (input) => {
    const strategy = parseStrategy(input);
    expect(new StrategyForm(strategy, 256).strategy).toEqual(strategy);
  });

  test('shows the defaults of each kind that is chosen', () => {
    const form = new StrategyForm({ kind: 'greedy' }, 256);
    for (const kind of ['sampling', 'beam', 'candidate-set', 'contrastive'] as const) {
      form.kind = kind;
      expect(form.strategy).toEqual(parseStrategy({ kind }));
    }
  });

  test('refuses a width that the groups do not divide', () => {
    const form = new StrategyForm(parseStrategy({ kind: 'beam', width: 4, groups: 2 }), 256);
    expect(form.conflict).toBeNull();
    form.texts.groups = '3';
    expect(form.conflict).toBe('groups');
    expect(form.strategy).toBeNull();
  });

  test('guesses ahead only where tokens are chosen one after another', () => {
    const form = new StrategyForm({ kind: 'greedy' }, 256);
    form.ahead = true;
    expect(form.strategy).toMatchObject({ kind: 'auto', policy: { kind: 'greedy' } });
    form.kind = 'beam';
    expect(form.strategy).toMatchObject({ kind: 'beam' });
  });

  test('has no strategy while a field is at fault, and one again once it is mended', () => {
    const form = new StrategyForm(sampling, 256);
    form.texts.topP = '2';
    expect(form.strategy).toBeNull();
    expect(form.fault('topP')).toBe('out-of-range');
    form.texts.topP = '0.5';
    expect(form.strategy).toEqual({ ...sampling, topP: 0.5 });
  });

  test('greedy does not mind a fault in a field of sampling', () => {
    const form = new StrategyForm(sampling, 256);
    form.texts.topP = 'x';
    form.kind = 'greedy';
    expect(form.strategy).toEqual({ kind: 'greedy' });
  });

  test('has no longest answer while its field is at fault', () => {
    const form = new StrategyForm(sampling, 256);
    form.texts.maxTokens = '9000';
    expect(form.maxTokens).toBeNull();
  });

  test('arrow keys move a value by a step and stop at the ends', () => {
    const form = new StrategyForm(sampling, 256);
    form.nudge('temperature', 1);
    expect(form.texts.temperature).toBe('0.75');
    form.nudge('minP', -1);
    expect(form.texts.minP).toBe(String(ranges.minP.minimum));
    form.texts.seed = 'x';
    form.nudge('seed', 1);
    expect(form.fault('seed')).toBeNull();
  });
});
