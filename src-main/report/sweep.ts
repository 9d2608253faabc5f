import type { NewColumn } from '../contract/comparison.ts';
import { ForedraftError } from '../contract/error.ts';
import type { Strategy } from '../contract/strategy.ts';
import { descriptionOf, isSpeculation, parseStrategy } from '../contract/strategy.ts';
import { firstCharacters } from '../contract/graphemes.ts';

/**
 * One column for each of `values` of a setting.
 * @param setting of the strategy itself or, for speculation, of its policy
 * @throws ForedraftError `settings-invalid` if the strategy has no such setting, a value is out of range, or there
 * are no values
 */
export function sweepColumns(
  name: string,
  strategy: Strategy,
  setting: string,
  values: readonly (number | string | boolean)[],
): readonly NewColumn[] {
  if (values.length === 0) {
    throw new ForedraftError('settings-invalid', `A sweep over ${setting} needs values: give one or more.`);
  }
  return values.map((value) => ({
    name: firstCharacters(`${name}, ${setting} ${value}`, 80),
    strategy: parseStrategy(changed(strategy, setting, value)),
  }));
}

function changed(strategy: Strategy, setting: string, value: unknown): unknown {
  const isOfPolicy = isSpeculation(strategy) && !(setting in descriptionOf(strategy.kind).settings);
  if (!isOfPolicy) return { ...strategy, [setting]: value };
  return { ...strategy, policy: { ...strategy.policy, [setting]: value } };
}
