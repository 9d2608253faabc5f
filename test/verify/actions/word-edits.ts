/** A word, a Chinese character, a line break or a mark. */
const unit = /\p{Script=Han}|\n+|[\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{M}\p{N}]+)*['’]?|[^\s\p{L}\p{M}\p{N}]/gu;

/** The words, Chinese characters, line breaks and marks of a text. */
export function unitsOf(text: string): readonly string[] {
  return text.match(unit) ?? [];
}

/** Cost of replacing a word by an unlike one: less than to delete one and to insert the other. */
const unlike = 1.6;

/**
 * The edits that turn `before` into `after`, one for each unit replaced, deleted or inserted; those that say the same are
 * equal strings. Words are aligned with words like them, so an edit doesn't depend on others beside it.
 */
export function wordEdits(before: string, after: string): readonly string[] {
  const [old, now] = [unitsOf(before), unitsOf(after)];
  const costs = costsOf(old, now);
  const edits: string[] = [];
  const inserted = new Map<number, string[]>();
  for (let [i, j] = [old.length, now.length]; i > 0 || j > 0;) {
    const here = costs[i]![j]!;
    if (i > 0 && j > 0 && here === costs[i - 1]![j - 1]! + replacing(old[i - 1]!, now[j - 1]!)) {
      [i, j] = [i - 1, j - 1];
      if (old[i] !== now[j]) edits.push(`${i} ${old[i]} > ${now[j]}`);
    } else if (i > 0 && here === costs[i - 1]![j]! + 1) {
      i -= 1;
      edits.push(`${i} ${old[i]} >`);
    } else {
      j -= 1;
      inserted.set(i, [now[j]!, ...(inserted.get(i) ?? [])]);
    }
  }
  for (const [at, words] of inserted) for (const word of words) edits.push(`${at} > ${word}`);
  return edits.reverse();
}

function costsOf(old: readonly string[], now: readonly string[]): readonly (readonly number[])[] {
  const costs: number[][] = [Array.from({ length: now.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= old.length; i++) {
    const [above, row] = [costs[i - 1]!, [i]];
    for (let j = 1; j <= now.length; j++) {
      const replaced = above[j - 1]! + replacing(old[i - 1]!, now[j - 1]!);
      row.push(Math.min(replaced, above[j]! + 1, row[j - 1]! + 1));
    }
    costs.push(row);
  }
  return costs;
}

/** 0 for the same, up to `unlike`; multiples of an eighth, so that sums are exact. */
function replacing(one: string, other: string): number {
  if (one === other) return 0;
  const [first, second] = [one.toLowerCase(), other.toLowerCase()];
  if (first === second) return 0.125;
  if (/^[^\p{L}\p{N}]/u.test(first) !== /^[^\p{L}\p{N}]/u.test(second)) return unlike;
  return Math.max(0.25, Math.round(8 * unlike * (1 - likeness(first, second))) / 8);
}

/** Dice's coefficient of the letters that two words share, by count, with twice the weight for the first. */
function likeness(one: string, other: string): number {
  const left = [...other];
  let shared = 0;
  for (const letter of one) {
    const at = left.indexOf(letter);
    if (at === -1) continue;
    left.splice(at, 1);
    shared += 1;
  }
  const first = one[0] === other[0] ? 1 : 0;
  return (2 * shared + 2 * first) / ([...one].length + [...other].length + 2);
}

export interface EditCounts {
  /** Edits that the reference has, too. */
  readonly right: number;
  readonly wrong: number;
  /** Edits that only the reference has. */
  readonly missed: number;
}

/** The edits of `text` against those of the reference that it agrees with best. */
export function editCounts(source: string, text: string, references: readonly string[]): EditCounts {
  const made = wordEdits(source, text);
  const counted = references.map((reference) => {
    const left = [...wordEdits(source, reference)];
    const wanted = left.length;
    for (const edit of made) {
      const at = left.indexOf(edit);
      if (at !== -1) left.splice(at, 1);
    }
    const right = wanted - left.length;
    return { right, wrong: made.length - right, missed: left.length };
  });
  const faults = ({ wrong, missed }: EditCounts) => wrong + missed;
  return counted.reduce((best, counts) => (faults(counts) < faults(best) ? counts : best));
}

/** Precision, recall and F0.5, 0 to 1. Without edits precision is 1, without wanted ones recall is 1. */
export function editScore({ right, wrong, missed }: EditCounts): {
  readonly precision: number;
  readonly recall: number;
  readonly f: number;
} {
  const precision = right + wrong === 0 ? 1 : right / (right + wrong);
  const recall = right + missed === 0 ? 1 : right / (right + missed);
  const f =
    right === 0 && precision + recall < 2 ? 0 : (1.25 * precision * recall) / (0.25 * precision + recall);
  return { precision, recall, f };
}
