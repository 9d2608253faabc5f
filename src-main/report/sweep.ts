import type { NewColumn } from '../contract/comparison.ts';
import { ForedraftError } from '../contract/error.ts';
import type { Strategy } from '../contract/strategy.ts';
import { parseStrategy } from '../contract/strategy.ts';

/**
 * One setting of a strategy over a list of values: a column for each.
 * @param setting of the strategy itself or, where it speculates, of what its tokens are chosen by
 * @throws ForedraftError `settings-invalid` where the strategy has no such setting, a value is out of its range,
 * or there is none
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
    name: `${name}, ${setting} ${value}`.slice(0, 80),
    strategy: parseStrategy(changed(strategy, setting, value)),
  }));
}

function changed(strategy: Strategy, setting: string, value: unknown): unknown {
  // Whether a strategy has a setting is for the parser to say: many are left out while they are off.
  const outer = { ...strategy, [setting]: value };
  if (!('policy' in strategy) || typeof strategy.policy !== 'object' || setting in strategy) return outer;
  const own = ['proposer', 'draftModel', 'draftLength', 'acceptance'];
  return own.includes(setting) ? outer : { ...strategy, policy: { ...strategy.policy, [setting]: value } };
}
