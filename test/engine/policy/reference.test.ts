import { describe, expect, test } from 'vitest';
import { composePolicies } from '../../../src-main/engine/policy/pipeline.ts';
import type { PolicySettings } from '../../../src-main/engine/policy/settings.ts';
import { token, tokens } from '../../fakes/hash-model.ts';
import type { ReferenceFile } from './reference-cases.ts';
import { difference, readReference, runOf } from './reference-cases.ts';

const argmax = (probabilities: readonly number[]) => probabilities.indexOf(Math.max(...probabilities));

type Alter = (settings: Partial<PolicySettings>) => Partial<PolicySettings>;

/** The cases of a kind whose distribution isn't the reference's, each with what differs. */
function differences(
  { vectors, cases }: ReferenceFile,
  kind: string,
  alter: Alter = (same) => same,
): string[] {
  return cases
    .filter((one) => one.kind === kind)
    .flatMap((one) => {
      const { logits, context } = vectors[one.vector]!;
      const policy = composePolicies(alter(one.settings), runOf(one));
      const found = difference(
        policy.apply(Float32Array.from(logits), tokens(...context)),
        one.probabilities,
      );
      return found ? [`${JSON.stringify(one.settings)} on vector ${one.vector}: ${found}`] : [];
    });
}

function kindsOf({ cases }: ReferenceFile): string[] {
  return [...new Set(cases.map(({ kind }) => kind))];
}

const transformers = readReference('policies.json.gz');
const llama = readReference('policies-llama.json.gz');

describe('as Hugging Face transformers', () => {
  test.each(kindsOf(transformers))('%s', (kind) => {
    expect(differences(transformers, kind)).toEqual([]);
  });

  test.each([
    ['topP', (settings) => ({ topP: settings.topP! - 0.01 })],
    ['typical', (settings) => ({ typical: settings.typical! - 0.01 })],
    ['minP', (settings) => ({ minP: settings.minP! * 1.05 })],
    ['etaCutoff', (settings) => ({ epsilonCutoff: settings.etaCutoff! })],
    ['repetitionPenalty', (settings) => ({ repetitionPenalty: settings.repetitionPenalty! + 0.01 })],
    ['noRepeatNgram', (settings) => ({ noRepeatNgram: settings.noRepeatNgram! + 1 })],
    ['minimumLength', (settings) => ({ minimumLength: settings.minimumLength! + 1 })],
  ] satisfies [string, Alter][])('control: a slightly other %s is noticed', (kind, alter) => {
    expect(differences(transformers, kind, alter)).not.toEqual([]);
  });
});

describe('as llama.cpp', () => {
  test.each(kindsOf(llama))('%s', (kind) => {
    expect(differences(llama, kind)).toEqual([]);
  });

  test('mirostat, fed with the tokens that llama.cpp chose', () => {
    for (const { settings, steps } of llama.mirostat!) {
      expect(mirostatDifferences(settings, steps)).toEqual([]);
    }
  });

  test('control: mirostat that is fed with other tokens goes another way', () => {
    const { settings, steps } = llama.mirostat![0]!;
    const others = steps.map((step) => ({
      ...step,
      chosen: argmax(step.probabilities),
    }));
    expect(mirostatDifferences(settings, others)).not.toEqual([]);
  });

  test.each([
    ['topNSigma', (settings) => ({ topNSigma: settings.topNSigma! + 0.05 })],
    ['xtc', (settings) => ({ ...settings, xtcThreshold: settings.xtcThreshold! * 1.2 })],
    ['dry', (settings) => ({ ...settings, dryAllowedLength: settings.dryAllowedLength! + 1 })],
    ['penalties', (settings) => ({ ...settings, penaltyWindow: settings.penaltyWindow! + 1 })],
    [
      'dynamicTemperature',
      (settings) => ({ ...settings, temperatureSpread: settings.temperatureSpread! + 0.01 }),
    ],
  ] satisfies [string, Alter][])('control: a slightly other %s is noticed', (kind, alter) => {
    expect(differences(llama, kind, alter)).not.toEqual([]);
  });
});

function mirostatDifferences(
  settings: Partial<PolicySettings>,
  steps: NonNullable<ReferenceFile['mirostat']>[number]['steps'],
): string[] {
  const policy = composePolicies(settings, { promptLength: 0, endTokens: new Set(), seed: 0 });
  const context: number[] = [];
  return steps.flatMap(({ vector, chosen, probabilities }) => {
    const found = policy.apply(Float32Array.from(llama.vectors[vector]!.logits), tokens(...context));
    context.push(chosen);
    policy.advance(token(chosen));
    return difference(found, probabilities) ?? [];
  });
}
