import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { StrategyInput, StrategyKind } from '../../../src-main/contract/strategy.ts';
import {
  descriptionOf,
  parseStrategy,
  strategies,
  strategyKinds,
} from '../../../src-main/contract/strategy.ts';
import type { Control } from '../../../src-main/contract/strategy/setting.ts';
import {
  choiceOf,
  faultOf,
  fieldsOf,
  isSwitch,
  numberControls,
} from '../../../src-renderer/state/strategy/strategy-fields.ts';
import { StrategyForm } from '../../../src-renderer/state/strategy/strategy-form.svelte.ts';

const sampling = {
  kind: 'sampling',
  temperature: 0.7,
  topK: 40,
  topP: 0.95,
  minP: 0,
  repetitionPenalty: 1,
  seed: 7,
} as const;

describe('the text of a field', () => {
  test.each<[string, string, string | null]>([
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
    ['typical', '', null],
    ['typical', '2', 'out-of-range'],
  ])('%s "%s": %s', (field, text, fault) => {
    expect(faultOf(numberControls[field]!, text)).toBe(fault);
  });

  test('may be either end of the range, and nothing beyond', () => {
    for (const [field, control] of Object.entries(numberControls)) {
      const { minimum, maximum } = control.range;
      expect([field, faultOf(control, String(minimum))]).toEqual([field, null]);
      expect([field, faultOf(control, String(maximum))]).toEqual([field, null]);
      expect([field, faultOf(control, String(maximum + 1))]).toEqual([field, 'out-of-range']);
    }
    expect(Object.keys(numberControls).length).toBeGreaterThan(30);
  });

  test('is shared by settings of one field name only if they have the same range and default', () => {
    const differing = (list: readonly StrategyKind[]) =>
      list.flatMap(fieldsOf).flatMap(({ name, control }) => {
        const isSame =
          control.type !== 'number' ||
          (control.initial === numberControls[name]?.initial &&
            control.range === numberControls[name]?.range);
        return isSame ? [] : [name];
      });
    expect(differing(strategyKinds)).toEqual([]);
    // The length penalty of candidate sets has another default, so that it needs another name.
    const [beam, candidates] = [descriptionOf('beam'), descriptionOf('candidate-set')].map(
      ({ settings }) => settings['lengthPenalty'],
    );
    expect(beam?.control).not.toEqual(candidates?.control);
    expect([beam?.field, candidates?.field]).toEqual([undefined, 'candidateLengthPenalty']);
  });
});

describe('the form', () => {
  test('returns the strategy it was created from', () => {
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

  test('shows the defaults of the selected kind', () => {
    const form = new StrategyForm({ kind: 'greedy' }, 256);
    for (const kind of ['sampling', 'beam', 'candidate-set', 'contrastive'] as const) {
      form.kind = kind;
      expect(form.strategy).toEqual(parseStrategy({ kind }));
    }
  });

  test('rejects a width that is not divisible by the number of groups', () => {
    const form = new StrategyForm(parseStrategy({ kind: 'beam', width: 4, groups: 2 }), 256);
    expect(form.conflict).toBeNull();
    form.texts['groups'] = '3';
    expect(form.conflict).toEqual({ kind: 'groups', field: 'groups' });
    expect(form.strategy).toBeNull();
  });

  test('keeps the typed values when the kind changes, until it is reset', () => {
    const form = new StrategyForm(sampling, 256);
    form.texts['temperature'] = '1.2';
    form.kind = 'beam';
    form.kind = 'auto';
    form.choices['policy'] = 'sampling';
    expect(form.strategy).toMatchObject({ kind: 'auto', policy: { temperature: 1.2, seed: 7 } });
    form.reset();
    expect([form.strategy, form.maxTokens]).toEqual([parseStrategy({ kind: 'auto' }), 256]);
  });

  test('counts the settings that are on in a section and omits the others', () => {
    const form = new StrategyForm(
      parseStrategy({ kind: 'sampling', xtcProbability: 0.5, typical: 0.9 }),
      256,
    );
    expect([form.countIn('surprise'), form.countIn('truncation'), form.countIn('heat')]).toEqual([1, 1, 0]);
    form.texts['typical'] = ' ';
    expect(form.strategy).toMatchObject({ kind: 'sampling', xtcProbability: 0.5 });
    expect(form.strategy).not.toHaveProperty('typical');
  });

  const refused: readonly {
    readonly conflict: string;
    readonly input: StrategyInput;
    readonly change: { readonly texts?: object; readonly choices?: object; readonly words?: object };
  }[] = [
    {
      conflict: 'sample-groups',
      input: { kind: 'beam', width: 4, groups: 2 },
      change: { choices: { sample: 'true' } },
    },
    { conflict: 'best-width', input: { kind: 'beam' }, change: { texts: { best: '9' } } },
    { conflict: 'best-candidates', input: { kind: 'candidate-set' }, change: { texts: { best: '9' } } },
    {
      conflict: 'extensions',
      input: { kind: 'candidate-set', candidates: 16 },
      change: { texts: { alternatives: '5' } },
    },
    { conflict: 'draft', input: { kind: 'speculative' }, change: { choices: { proposer: 'combined' } } },
    { conflict: 'bias', input: { kind: 'greedy' }, change: { words: { bias: 'rain 5' } } },
  ];
  test.each(refused)('rejects a combination: $conflict', ({ conflict, input, change }) => {
    const form = new StrategyForm(parseStrategy(input), 256);
    expect([form.conflict, form.strategy]).toEqual([null, parseStrategy(input)]);
    Object.assign(form.texts, change.texts);
    Object.assign(form.choices, change.choices);
    Object.assign(form.words, change.words);
    expect([form.conflict?.kind, form.strategy]).toEqual([conflict, null]);
  });

  test('has no strategy while a field is invalid', () => {
    const form = new StrategyForm(sampling, 256);
    form.texts['topP'] = '2';
    expect(form.strategy).toBeNull();
    expect(form.fault('topP')).toBe('out-of-range');
    form.texts['topP'] = '0.5';
    expect(form.strategy).toEqual({ ...sampling, topP: 0.5 });
  });

  test('ignores an invalid field that greedy does not have', () => {
    const form = new StrategyForm(sampling, 256);
    form.texts['topP'] = 'x';
    form.kind = 'greedy';
    expect(form.strategy).toEqual({ kind: 'greedy' });
  });

  test('has no maximum length while its field is invalid', () => {
    const form = new StrategyForm(sampling, 256);
    form.texts['maxTokens'] = '9000';
    expect(form.maxTokens).toBeNull();
  });

  test('arrow keys move a value by a step and stop at the ends', () => {
    const form = new StrategyForm(sampling, 256);
    form.nudge('temperature', 1);
    expect(form.texts['temperature']).toBe('0.75');
    form.nudge('minP', -1);
    expect(form.texts['minP']).toBe(String(numberControls['minP']?.range.minimum));
    form.texts['seed'] = 'x';
    form.nudge('seed', 1);
    expect(form.fault('seed')).toBeNull();
  });
});

/** Values to try for a setting; the first that is valid and isn't its default is used. */
function candidatesFor(control: Control): readonly unknown[] {
  switch (control.type) {
    case 'number': {
      const { minimum, maximum, step } = control.range;
      return [minimum, minimum + step, maximum];
    }
    case 'choice':
      return control.values;
    case 'model':
      return ['some-model'];
    case 'token-strategy':
      return [{ kind: 'sampling', temperature: 1.1, dryMultiplier: 0.8, bannedWords: ['x'] }];
    case 'words':
      return [['rain', 'snow'], [{ text: 'rain', bias: -2.5 }]];
  }
}

/** A strategy of `kind` in which `setting` isn't at its default. */
function withSetting(kind: StrategyKind, setting: string) {
  const companions = ['proposer', 'draftModel'].includes(setting) && kind === 'speculative';
  const base = companions ? { proposer: 'combined', draftModel: 'other-model' } : {};
  const plain = JSON.stringify(parseStrategy({ kind, ...base }));
  for (const value of candidatesFor(descriptionOf(kind).settings[setting]!.control)) {
    try {
      const strategy = parseStrategy({ kind, ...base, [setting]: value });
      if (JSON.stringify(strategy) !== plain) return strategy;
    } catch {
      // Not a valid value of this setting.
    }
  }
  throw new Error(`no value to try for ${kind} ${setting}`);
}

describe.each(strategyKinds)('%s', (kind) => {
  test('has a field for every setting of the contract', () => {
    const settings = Object.keys(descriptionOf(kind).settings);
    for (const setting of settings) {
      const strategy = withSetting(kind, setting);
      expect(new StrategyForm(strategy, 256).strategy, setting).toEqual(strategy);
    }
    if (kind === 'sampling') expect(settings.length).toBeGreaterThan(25);
  });
});

test('never throws: any input gives a valid strategy, an invalid field or a conflict', () => {
  const some = (names: readonly string[], values: readonly string[]) =>
    fc.dictionary(fc.constantFrom(...names), fc.constantFrom(...values), {
      maxKeys: 4,
      noNullPrototype: true,
    });
  const texts = some(Object.keys(numberControls), ['', '0', '1', '2', '3', '7', '64', 'x']);
  const fields = strategyKinds.flatMap(fieldsOf).filter(({ control }) => choiceOf(control));
  const choices = fc.array(
    fc.constantFrom(...fields).chain(({ name, control }) => {
      const options = control.type === 'model' ? ['', 'some-model'] : (choiceOf(control)?.options ?? []);
      return fc.constantFrom(...options).map((option) => [name, option] as const);
    }),
    { maxLength: 6 },
  );
  let valid = 0;
  fc.assert(
    fc.property(fc.constantFrom(...strategyKinds), texts, choices, (kind, typed, chosen) => {
      const form = new StrategyForm(parseStrategy({ kind }), 256);
      Object.assign(form.texts, typed);
      Object.assign(form.choices, Object.fromEntries(chosen));
      if (form.strategy === null) return;
      valid += 1;
      expect(parseStrategy(form.strategy)).toEqual(form.strategy);
    }),
  );
  expect(valid).toBeGreaterThan(20);
});

test('every rule that a form can break has a conflict, and no other', () => {
  const unnamed = strategies.flatMap(({ rules }) => rules.filter((rule) => !('conflict' in rule)));
  expect(unnamed.map(({ message }) => message)).toEqual([
    'draftModel goes with the proposer draft-model or combined',
  ]);
});

test('a setting without a field is detected (negative control)', () => {
  const strategy = { ...parseStrategy({ kind: 'contrastive' }), unheardOf: 2 };
  expect(new StrategyForm(strategy, 256).strategy).not.toEqual(strategy);
});

test('a switch is a field whose values are true and false alone', () => {
  const fields = strategyKinds.flatMap((kind) => new StrategyForm(parseStrategy({ kind }), 256).choiceFields);
  const switches = [...new Set(fields.filter(isSwitch).map(({ name }) => name))].sort();
  expect(switches).toEqual(['sample', 'stopAtLoops']);
  // Three values, of which two are true and false.
  expect(fields.map(({ name }) => name)).toContain('earlyStopping');
});
