import * as v from 'valibot';

/** The range of a number, both ends included; the form beside a field shows the same one. */
export interface SettingRange {
  readonly minimum: number;
  readonly maximum: number;
  /** Of the buttons beside a field. */
  readonly step: number;
  /** Only whole numbers; default any. */
  readonly whole?: boolean;
}

/** A number within `range`; its message names the setting, what it may be and, added by the parser, what it is. */
export function numberWithin(name: string, { minimum, maximum, whole = false }: SettingRange) {
  const message = `${name} must be a ${whole ? 'whole ' : ''}number from ${minimum} to ${maximum}`;
  return v.pipe(
    v.number(message),
    v.check((value) => value >= minimum && value <= maximum && (!whole || Number.isInteger(value)), message),
  );
}
