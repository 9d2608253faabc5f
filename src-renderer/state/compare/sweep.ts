import type { NewColumn } from '../../../src-main/contract/comparison.ts';
import { ForedraftError } from '../../../src-main/contract/error.ts';
import type { Strategy } from '../../../src-main/contract/strategy.ts';
import { descriptionOf, isSpeculation } from '../../../src-main/contract/strategy.ts';
import { sweepColumns } from '../../../src-main/report/sweep.ts';
import { type Field, fieldsOf } from '../strategy/strategy-fields.ts';

/** The settings of a strategy, and of its policy, that are worth a sweep. */
export function sweepSettings(strategy: Strategy): readonly Field[] {
  const fields = fieldsOf(strategy.kind);
  const own = descriptionOf(strategy.kind).sweep.flatMap(
    (setting) => fields.find((field) => field.setting === setting) ?? [],
  );
  return isSpeculation(strategy) ? [...own, ...sweepSettings(strategy.policy)] : own;
}

/**
 * A column for each value in `text`: numbers, separated by spaces, semicolons or commas.
 * @param room how many more columns the comparison may have
 * @throws ForedraftError `settings-invalid`, naming the setting and the value, or the room if there are too many
 */
export function sweptColumns(
  name: string,
  strategy: Strategy,
  setting: string,
  text: string,
  room: number,
): readonly NewColumn[] {
  const values = text.split(/[\s,;，；、]+/).filter(Boolean);
  if (values.length > room) {
    throw new ForedraftError(
      'settings-invalid',
      `${values.length} values of ${setting} make ${values.length} columns, and there is room for ${room}: give fewer values.`,
      { values: values.length, room },
    );
  }
  return sweepColumns(
    name,
    strategy,
    setting,
    // The parser rejects what isn't a number.
    values.map((value) => (Number.isNaN(Number(value)) ? value : Number(value))),
  );
}
