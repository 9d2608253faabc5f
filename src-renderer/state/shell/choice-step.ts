/**
 * The place that an arrow key leads to in a list of `length` choices, around at its ends; undefined where `key` leads
 * nowhere. `at` may be past the end of a list that became shorter.
 */
export function choiceAfter(key: string, at: number, length: number): number | undefined {
  const step = key === 'ArrowDown' ? 1 : key === 'ArrowUp' ? -1 : 0;
  if (step === 0 || length === 0) return undefined;
  return (Math.min(at, length - 1) + step + length) % length;
}
