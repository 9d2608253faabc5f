import { namesMissingIn, numbersMissingIn } from '../facts.ts';
import type { RewritePurpose } from '../purpose.ts';
import { type Difference, differences } from './alignment.ts';
import type { JudgedChange } from './corrections.ts';
import { endsSentence } from './sides.ts';
import { isProtected, type TextToken, tokensOf } from './tokens.ts';
import { type ChangeDoubt, sure, unsure } from './verdict.ts';
import { isNegation } from './word-classes.ts';

/** Negative by their meaning, so that a reworded negation is still one. */
const negative =
  /\b(?:un|in|im|ir|dis|non)\p{L}{3,}|\p{L}{3,}less\b|\b(?:fail|lack|refuse|avoid|deny|denied|forget|prevent|stop|miss|unless|rather|only|few|little|too|sorry|afraid|regret|reject|decline|forbid|prohibit)\p{L}*/iu;

/** Tokens that are left out from which on they are more than a negation. */
const clause = 4;

/**
 * The changes of a rewrite that may use other words, in order. A sentence that loses or gains a number, a name, a
 * negation or markup is one change.
 */
export function judgedRewordings(
  passage: string,
  text: string,
  purpose: RewritePurpose,
): readonly JudgedChange[] {
  const [old, now] = [tokensOf(passage), tokensOf(text)];
  const key = ({ kind, text: own }: TextToken) => `${kind} ${own}`;
  const runs = differences(old.map(key), now.map(key));
  const asSure = (run: Difference) => ({ ...placed(old, now, passage, text, run), verdict: sure });
  return bySentence(old, runs).flatMap((sentence) => {
    const [first, last] = [sentence[0]!, sentence.at(-1)!];
    const all = { from: first.from, to: last.to, start: first.start, end: last.end };
    const whole = placed(old, now, passage, text, all);
    const doubt = lostFact(passage, text, sentenceAround(old, passage, text, all, whole), purpose);
    // A clause that is left out takes its negation along.
    const left = sentence.filter((run) =>
      old.slice(run.from, run.to).some(({ text: word }) => isNegation(word)),
    );
    if (doubt === 'negation' && mayLose(purpose) && left.every(isClauseRemoved)) return sentence.map(asSure);
    if (doubt !== null) return [{ ...whole, verdict: unsure(doubt) }];
    return sentence.map(asSure);
  });
}

/** Whether leaving out is what a purpose is for. */
function mayLose(purpose: RewritePurpose): boolean {
  return purpose === 'shorten';
}

function isClauseRemoved({ from, to, start, end }: Difference): boolean {
  return to - from - (end - start) >= clause;
}

/** The differences, grouped by the sentences that both texts have. */
function bySentence(
  old: readonly TextToken[],
  runs: readonly Difference[],
): readonly (readonly Difference[])[] {
  const groups: Difference[][] = [];
  for (const run of runs) {
    const last = groups.at(-1)?.at(-1);
    if (last !== undefined && !old.slice(last.to, run.from).some(endsSentence)) groups.at(-1)!.push(run);
    else groups.push([run]);
  }
  return groups;
}

interface Changed {
  readonly before: string;
  readonly after: string;
}

/** The sentences around a change, in both texts: whether a word is a name depends on where it is. */
function sentenceAround(
  old: readonly TextToken[],
  passage: string,
  text: string,
  { from, to }: Difference,
  whole: Difference,
): Changed {
  let back = from;
  while (back > 0 && !endsSentence(old[back - 1]!)) back--;
  let ahead = to;
  while (ahead < old.length && !endsSentence(old[ahead]!)) ahead++;
  const [left, right] = [old[back]?.from ?? passage.length, old[ahead - 1]?.to ?? 0];
  // What is around the differences is the same in both texts.
  return {
    before: passage.slice(Math.min(left, whole.from), Math.max(right, whole.to)),
    after:
      passage.slice(Math.min(left, whole.from), whole.from) +
      text.slice(whole.start, whole.end) +
      passage.slice(whole.to, Math.max(right, whole.to)),
  };
}

/** What a sentence loses or gains that the other text doesn't have elsewhere, either. */
function lostFact(
  passage: string,
  text: string,
  { before, after }: Changed,
  purpose: RewritePurpose,
): ChangeDoubt | null {
  const missing = (find: (other: string, of: string) => readonly string[]) => {
    const lost = mayLose(purpose)
      ? []
      : find(after, before).filter((fact) => find(text, passage).includes(fact));
    const gained = find(before, after).filter((fact) => find(passage, text).includes(fact));
    return lost.length + gained.length > 0;
  };
  if (missing(numbersMissingIn)) return 'number';
  if (missing(namesMissingIn)) return 'name';
  const [old, now] = [tokensOf(before), tokensOf(after)];
  const negated = (tokens: readonly TextToken[]) => tokens.some(({ text: word }) => isNegation(word));
  if (negated(old) !== negated(now) && !negative.test(negated(old) ? after : before)) return 'negation';
  const marks = (tokens: readonly TextToken[]) =>
    tokens.filter((token) => isProtected(token) && token.kind !== 'number').map(({ text: mark }) => mark);
  const [had, has] = [marks(old), marks(now)];
  const lost = mayLose(purpose) ? [] : had.filter((mark) => !has.includes(mark));
  const gained = has.filter((mark) => !had.includes(mark));
  const [mark] = [...lost, ...gained];
  if (mark === undefined) return null;
  const kind = [...old, ...now].find(({ text: own }) => own === mark)!.kind;
  return kind === 'address' || kind === 'emoji' ? kind : 'markup';
}

function placed(
  old: readonly TextToken[],
  now: readonly TextToken[],
  passage: string,
  text: string,
  run: Difference,
): Difference {
  let [from, start] = [old[run.from - 1]?.to ?? 0, now[run.start - 1]?.to ?? 0];
  let [to, end] = [old[run.to]?.from ?? passage.length, now[run.end]?.from ?? text.length];
  while (from < to && start < end && passage[from] === text[start] && /\s/u.test(passage[from]!))
    [from, start] = [from + 1, start + 1];
  while (from < to && start < end && passage[to - 1] === text[end - 1] && /\s/u.test(passage[to - 1]!))
    [to, end] = [to - 1, end - 1];
  return { from, to, start, end };
}
