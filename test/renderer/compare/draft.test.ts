import { beforeEach, describe, expect, test } from 'vitest';
import { maximumColumns, newComparisonSchema } from '../../../src-main/contract/comparison.ts';
import * as v from 'valibot';
import { presets } from '../../../src-main/report/presets.ts';
import { DraftColumns, maxNameLength } from '../../../src-renderer/state/compare/columns.svelte.ts';
import { ComparisonDraft } from '../../../src-renderer/state/compare/draft.svelte.ts';
import { presetColumns } from '../../../src-renderer/state/compare/preset-columns.ts';
import { sweepSettings, sweptColumns } from '../../../src-renderer/state/compare/sweep.ts';
import { Language } from '../../../src-renderer/state/shell/language.svelte.ts';
import { comparison, done, greedy, sampling } from './sample-comparison.ts';

const names = (columns: DraftColumns) => columns.list.map(({ name }) => name);
const keyOf = (columns: DraftColumns, name: string) =>
  columns.list.find((column) => column.name === name)?.key ?? -1;

describe('columns', () => {
  let columns: DraftColumns;
  beforeEach(() => {
    columns = new DraftColumns();
    columns.add([
      { name: 'A', strategy: greedy },
      { name: 'B', strategy: sampling },
    ]);
  });

  test('each has a unique name, however it was added', () => {
    columns.duplicate(keyOf(columns, 'A'));
    columns.duplicate(keyOf(columns, 'A'));
    columns.add([{ name: 'B', strategy: greedy }]);
    expect(names(columns)).toEqual(['A', 'A (3)', 'A (2)', 'B', 'B (2)']);
    const long = 'x'.repeat(maxNameLength);
    columns.replaceAll([
      { name: long, strategy: greedy },
      { name: long, strategy: greedy },
    ]);
    expect(names(columns).map((name) => name.length)).toEqual([maxNameLength, maxNameLength]);
    expect(new Set(names(columns)).size).toBe(2);
  });

  test('names in use are not given again', () => {
    const more = new DraftColumns(['A']);
    more.add([{ name: 'A', strategy: greedy }]);
    expect(names(more)).toEqual(['A (2)']);
  });

  test('can be moved, but not beyond the ends', () => {
    columns.move(keyOf(columns, 'A'), 1);
    expect(names(columns)).toEqual(['B', 'A']);
    columns.move(keyOf(columns, 'A'), 1);
    expect(names(columns)).toEqual(['B', 'A']);
  });

  test('are never more than a comparison may have', () => {
    columns.replaceAll(Array.from({ length: 100 }, (_, index) => ({ name: `C${index}`, strategy: greedy })));
    expect([columns.list.length, columns.room]).toEqual([maximumColumns, 0]);
    columns.duplicate(keyOf(columns, 'C0'));
    expect(columns.list.length).toBe(maximumColumns);
    expect(new DraftColumns(['A', 'B']).room).toBe(maximumColumns - 2);
  });

  test('a column without a name can’t be run', () => {
    columns.rename(keyOf(columns, 'A'), '  ');
    expect(columns.valid).toBeNull();
    columns.rename(columns.list[0]?.key ?? -1, ' C ');
    expect(columns.valid?.map(({ name }) => name)).toEqual(['C', 'B']);
  });
});

describe('a new comparison', () => {
  let draft: ComparisonDraft;
  beforeEach(() => {
    draft = new ComparisonDraft();
    draft.prompt = 'Once upon a time';
    draft.columns.add(presets[0] ? presetColumns(new Language(() => 'en', 'en'), presets[0]) : []);
  });

  test('is a request that main accepts', () => {
    draft.systemPrompt = 'Be brief.';
    const { request } = draft;
    expect(v.parse(newComparisonSchema, request)).toEqual(request);
    expect(request).toMatchObject({
      systemPrompt: 'Be brief.',
      raw: false,
      maxTokens: 200,
      repeats: 1,
      seed: 0,
    });
    draft.raw = true;
    expect(draft.request).toMatchObject({ systemPrompt: '', raw: true });
  });

  test('reports what is missing', () => {
    draft.numbers.repeats = '21';
    expect([draft.missing, draft.request]).toEqual(['numbers', null]);
    draft.columns.replaceAll([]);
    expect(draft.missing).toBe('columns');
    draft.prompt = ' \n';
    expect(draft.missing).toBe('prompt');
  });

  test.each(['', '-1', '1.5', 'x', '4294967296', '1e2'])('%j is no seed', (text) => {
    draft.numbers.seed = text;
    expect(draft.isFaulty('seed')).toBe(true);
  });

  test('can copy another one', () => {
    const like = comparison([done('a', 'x')], { raw: false, systemPrompt: 'Short.', seed: 9, repeats: 3 });
    draft.take(like);
    const { columns, prompt, raw, systemPrompt, seed, repeats, maxTokens } = like;
    expect(draft.request).toEqual({
      prompt,
      raw,
      systemPrompt,
      seed,
      repeats,
      maxTokens,
      columns: columns.map(({ name, strategy }) => ({ name, strategy })),
    });
  });

  test('copies the messages before the prompt, which a raw prompt leaves out', () => {
    const earlier = [{ role: 'user', content: 'Hi' } as const, { role: 'assistant', content: 'Ho' } as const];
    draft.take(comparison([], { raw: false, earlier }));
    expect(draft.request).toMatchObject({ earlier });
    draft.raw = true;
    expect(draft.request).not.toHaveProperty('earlier');
    draft.take(comparison([], { raw: false }));
    expect(draft.request).not.toHaveProperty('earlier');
  });

  test('can continue a text of another one', () => {
    const column = { name: 'Sampling', strategy: sampling };
    draft.continueFrom(comparison([done('a', 'x')]), ', there was', column);
    expect(draft.request).toMatchObject({ prompt: 'Once upon a time, there was', columns: [column] });
  });
});

describe('a sweep', () => {
  test('adds a column for each number', () => {
    const columns = sweptColumns('S', sampling, 'temperature', ' 0.3, 0.7；1', 3);
    expect(columns.map(({ strategy }) => strategy.kind === 'sampling' && strategy.temperature)).toEqual([
      0.3, 0.7, 1,
    ]);
  });

  test.each(['9', 'warm', ''])('rejects %j as temperatures, naming the setting', (text) => {
    expect(() => sweptColumns('S', sampling, 'temperature', text, 9)).toThrow('temperature');
  });

  test('of more values than there is room for adds none, and reports it', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => (index + 1) / 50).join(' ');
    expect(() => sweptColumns('S', sampling, 'temperature', hundred, 30)).toThrow(
      '100 values of temperature make 100 columns, and there is room for 30',
    );
  });

  test('is offered for the settings of the strategy', () => {
    for (const { columns } of presets) {
      for (const { strategy } of columns) {
        for (const { setting } of sweepSettings(strategy)) {
          expect(sweptColumns('S', strategy, setting, setting === 'minP' ? '0.5' : '1', 1)).toHaveLength(1);
        }
      }
    }
  });
});
