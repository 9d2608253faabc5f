import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PolicyNumber } from '../../../src-main/contract/strategy/policy-settings.ts';
import { neutralPolicy, samplingSettings } from '../../../src-main/contract/strategy/policy-settings.ts';
import type { TokenId } from '../../../src-main/engine/model.ts';
import { composePolicies } from '../../../src-main/engine/policy/pipeline.ts';
import type { PolicySettings } from '../../../src-main/engine/policy/settings.ts';
import { wordsOf } from '../../fakes/characters.ts';
import { HashModel, token, tokens } from '../../fakes/hash-model.ts';

const model = new HashModel({ vocabularySize: 30 });
const run = { promptLength: 2, endTokens: new Set(tokens(0)), seed: 7 };
const word = wordsOf(30)(tokens(7));
const names = Object.keys(neutralPolicy) as PolicyNumber[];

/** Repetitive, for the penalties. */
const contexts = fc
  .array(fc.integer({ min: 1, max: 9 }), { minLength: 2, maxLength: 8 })
  .map((ids) => tokens(...ids, ...ids, ...ids));

/** Values of all settings, most of them off, and below maxima that few distributions distinguish. */
const values = fc.record(
  Object.fromEntries(
    names.map((name) => {
      const { range } = samplingSettings[name].control;
      const most = Math.min(range.maximum, Math.max(1, range.minimum) * 8);
      const value = range.whole
        ? fc.integer({ min: range.minimum, max: most })
        : fc.double({ min: range.minimum, max: most, noNaN: true });
      return [name, fc.oneof({ weight: 2, arbitrary: fc.constant(neutralPolicy[name]) }, value)];
    }),
  ) as Record<PolicyNumber, fc.Arbitrary<number>>,
);

/** The distributions of four tokens in a row, the least likely ones: mirostat's rate shows after the first. */
function distributions(settings: Partial<PolicySettings>, start: readonly TokenId[]): string {
  const policy = composePolicies({ forcedWords: [word], ...settings }, run);
  const context = [...start];
  const found = Array.from({ length: 4 }, () => {
    const { tokens: ids, probabilities } = policy.apply(model.logitsAfter(context), context);
    const next = token(ids[probabilities.indexOf(Math.min(...probabilities))]!);
    policy.advance(next);
    context.push(next);
    return `${ids} ${probabilities}`;
  });
  return found.join(' then ');
}

/** Whether two values of `read` give other distributions, for any of many values of the other settings. */
function hasEffect(name: PolicyNumber, read: (settings: PolicySettings) => Partial<PolicySettings>): boolean {
  const cases = fc.sample(fc.tuple(values, values, contexts), { numRuns: 3000, seed: 1 });
  return cases.some(([one, other, context]) => {
    const base = { ...one, temperature: Math.max(0.2, one.temperature), minP: one.minP % 0.1 };
    const changed = { ...base, [name]: other[name] };
    return (
      distributions(read(base as PolicySettings), context) !==
      distributions(read(changed as PolicySettings), context)
    );
  });
}

test.each(names)('%s changes the distribution', (name) => {
  expect(hasEffect(name, (settings) => settings)).toBe(true);
});

test('a setting that no step reads has no effect (negative control)', () => {
  const withoutXtc = ({ xtcThreshold: _, ...settings }: PolicySettings) => settings;
  expect(hasEffect('xtcThreshold', withoutXtc)).toBe(false);
});
