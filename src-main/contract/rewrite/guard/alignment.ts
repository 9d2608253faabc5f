/** A part of two token lists that differs: `from` to `to` of the old one, `start` to `end` of the new one. */
export interface Difference {
  readonly from: number;
  readonly to: number;
  readonly start: number;
  readonly end: number;
}

/** Differences beyond which two lists are replaced as a whole. */
const maxEdits = 2000;
/** Pairs of tokens beyond which a difference isn't aligned. */
const maxPairs = 40_000;

/** The parts in which two lists of texts differ, shortest edit script (Myers 1986). */
export function differences(before: readonly string[], after: readonly string[]): readonly Difference[] {
  let start = 0;
  const least = Math.min(before.length, after.length);
  while (start < least && before[start] === after[start]) start++;
  let end = 0;
  while (end < least - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  const [old, now] = [before.slice(start, before.length - end), after.slice(start, after.length - end)];
  if (old.length === 0 && now.length === 0) return [];
  const matches = commonPairs(old, now);
  const found: Difference[] = [];
  let [i, j] = [0, 0];
  for (const [x, y] of [...matches, [old.length, now.length] as const]) {
    if (x > i || y > j) found.push({ from: start + i, to: start + x, start: start + j, end: start + y });
    [i, j] = [x + 1, y + 1];
  }
  return found;
}

/** Positions of a longest common subsequence, in order; none if the lists are too different. */
function commonPairs(old: readonly string[], now: readonly string[]): readonly (readonly [number, number])[] {
  const most = Math.min(maxEdits, old.length + now.length);
  const trace: Int32Array[] = [];
  let reached = new Int32Array(2 * most + 3);
  for (let edits = 0; edits <= most; edits++) {
    trace.push(reached.slice(most - edits, most + edits + 3));
    const next = reached.slice();
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const at = most + 1 + diagonal;
      const down = diagonal === -edits || (diagonal !== edits && reached[at - 1]! < reached[at + 1]!);
      let x = down ? reached[at + 1]! : reached[at - 1]! + 1;
      while (x < old.length && x - diagonal < now.length && old[x] === now[x - diagonal]) x++;
      next[at] = x;
      if (x >= old.length && x - diagonal >= now.length) return pairsBack(trace, old.length, now.length);
    }
    reached = next;
  }
  return [];
}

/** Walks back from the ends: diagonals are matches. */
function pairsBack(trace: readonly Int32Array[], oldLength: number, newLength: number) {
  const pairs: (readonly [number, number])[] = [];
  let [x, y] = [oldLength, newLength];
  for (let edits = trace.length - 1; edits >= 0; edits--) {
    const at = (diagonal: number) => trace[edits]![diagonal + edits + 1]!;
    const diagonal = x - y;
    const down = diagonal === -edits || (diagonal !== edits && at(diagonal - 1) < at(diagonal + 1));
    const previous = down ? diagonal + 1 : diagonal - 1;
    const startX = edits === 0 ? 0 : at(previous);
    const fromX = edits === 0 || down ? startX : startX + 1;
    while (x > fromX) pairs.push([--x, --y]);
    [x, y] = [startX, startX - previous];
  }
  return pairs.reverse();
}

/** What it costs to replace some old tokens by some new ones, or to leave one out or put one in; Infinity: never. */
export type Cost = (from: number, to: number, start: number, end: number) => number;

/** Which tokens a unit may join, or divide one into. */
const steps = [
  [1, 1],
  [1, 0],
  [0, 1],
  [1, 2],
  [2, 1],
] as const;

/** Divides a difference into the cheapest units: replaced, removed, added, joined and divided tokens. */
export function aligned({ from, to, start, end }: Difference, cost: Cost): readonly Difference[] {
  const [rows, columns] = [to - from, end - start];
  if (rows * columns > maxPairs) return [{ from, to, start, end }];
  const width = columns + 1;
  const costs = new Float64Array((rows + 1) * width).fill(Infinity);
  const chosen = new Int8Array(costs.length);
  costs[0] = 0;
  for (let i = 0; i <= rows; i++)
    for (let j = 0; j <= columns; j++) {
      const here = costs[i * width + j]!;
      for (const [step, [old, now]] of steps.entries()) {
        if (i + old > rows || j + now > columns) continue;
        const place = (i + old) * width + j + now;
        const sum = here + cost(from + i, from + i + old, start + j, start + j + now);
        if (sum >= costs[place]!) continue;
        costs[place] = sum;
        chosen[place] = step;
      }
    }
  const units: Difference[] = [];
  let [i, j] = [rows, columns];
  while (i > 0 || j > 0) {
    const [old, now] = steps[chosen[i * width + j]!]!;
    units.push({ from: from + i - old, to: from + i, start: start + j - now, end: start + j });
    [i, j] = [i - old, j - now];
  }
  return units.reverse();
}
