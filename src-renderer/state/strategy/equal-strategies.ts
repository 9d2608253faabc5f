import type { Strategy } from '../../../src-main/contract/strategy.ts';

/** Whether two strategies have the same settings. @param ignored names of settings that don't matter; default none */
export function equalStrategies(one: Strategy, other: Strategy, ignored: readonly string[] = []): boolean {
  return settingsKey(one, ignored) === settingsKey(other, ignored);
}

/** The same text for equal values, whatever the order of their members. @param ignored as in `equalStrategies` */
export function settingsKey(value: unknown, ignored: readonly string[] = []): string {
  return JSON.stringify(value, (_name, member: unknown) => {
    if (typeof member !== 'object' || member === null || Array.isArray(member)) return member;
    const entries = Object.entries(member).filter(([name]) => !ignored.includes(name));
    return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
  });
}
