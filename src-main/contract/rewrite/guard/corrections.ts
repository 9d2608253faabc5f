import { aligned, type Cost, type Difference, differences } from './alignment.ts';
import { changedBlanks, changedPunctuation, touchedMark } from './mark-rules.ts';
import { Sides } from './sides.ts';
import { isProtected, isWord, type TextToken } from './tokens.ts';
import { graver, isGraver, reverted, sure, unsure, type Verdict } from './verdict.ts';
import { isNegation, plain } from './word-classes.ts';
import { likeness } from './word-forms.ts';
import { addedWord, dividedWords, isJoinedOrDivided, removedWord, replacedWord } from './word-rules.ts';

/** A change of a passage with the verdict on it: `from` to `to` becomes `start` to `end` of the text. */
export interface JudgedChange extends Difference {
  readonly verdict: Verdict;
}

/** Words that a correction may leave out or put in at one place, less those of the other kind. */
const maxNet = 3;
/** Content words without a counterpart at one place from which on it is no correction but another text. */
const maxUnlike = 3;
/** Tokens over which a word may have moved. */
const maxMoved = 8;

interface Unit extends Difference {
  readonly verdict: Verdict;
  /** The difference that it is part of. */
  readonly run: number;
}

/** The changes of a correction, in order; characters of both texts. */
export function judgedCorrections(passage: string, text: string): readonly JudgedChange[] {
  const sides = new Sides(passage, text);
  const key = ({ kind, text: own }: TextToken) => `${kind} ${own}`;
  const runs = differences(sides.old.map(key), sides.now.map(key));
  const units = runs.flatMap((run, index) => judgedRun(sides, run, index));
  const changes = joined(sides, withMoves(sides, units)).map((unit) => placed(sides, passage, text, unit));
  return [...changes, ...blanksBetween(sides, passage, text, runs)].sort(
    (one, other) => one.from - other.from,
  );
}

function judgedRun(sides: Sides, run: Difference, index: number): readonly Unit[] {
  const cost = costOf(sides);
  let units: Unit[] = aligned(run, cost).map((unit) => ({
    ...unit,
    run: index,
    verdict: judged(sides, unit),
  }));
  const unlike = units.filter(
    ({ verdict }) => verdict.doubt === 'new-words' || verdict.doubt === 'lost-words',
  ).length;
  const net = sides.after(run).filter(isWord).length - sides.before(run).filter(isWord).length;
  const long = Math.abs(net) > maxNet;
  if (long || unlike >= maxUnlike)
    units = units.map((unit) => {
      const replaced = unit.to > unit.from && unit.end > unit.start;
      const stays = replaced && unlike < maxUnlike;
      return stays ? unit : { ...unit, verdict: graver(unit.verdict, reverted('rewritten')) };
    });
  return withNeighbours(sides, units);
}

/** Similar words replace one another; everything else is rather left out and put in. */
function costOf(sides: Sides): Cost {
  return (from, to, start, end) => {
    const [old, now] = [sides.before({ from, to }), sides.after({ start, end })];
    const weight = (tokens: readonly TextToken[]) =>
      tokens.every((token) => !isWord(token) || sides.isFree(token)) ? 1 : 1.4;
    if (old.length === 0 || now.length === 0) return weight([...old, ...now]);
    if (old.length + now.length > 2) return isJoinedOrDivided(old, now) ? 0.5 : Infinity;
    const [one, other] = [old[0]!, now[0]!];
    if (isWord(one) && isWord(other)) {
      const alike = one.kind === other.kind && one.kind === 'word' ? likeness(one.text, other.text) : 'other';
      if (alike !== 'other') return alike === 'near' ? 0.8 : 0.4;
      return sides.isFree(one) && sides.isFree(other) ? 1.5 : 2.3;
    }
    return one.kind === other.kind ? 0.9 : Infinity;
  };
}

function judged(sides: Sides, unit: Difference): Verdict {
  const touched = touchedMark(sides, unit);
  if (touched !== null) return touched;
  const [old, now] = [sides.before(unit), sides.after(unit)];
  const all = [...old, ...now];
  if (!all.some(isWord)) return changedPunctuation(sides, unit);
  if (!all.every(isWord)) return reverted('rewritten');
  if (old.length === 1 && now.length === 1) return replacedWord(sides, unit.from, unit.start);
  if (old.length === 1 && now.length === 0) return removedWord(sides, unit.from);
  if (old.length === 0 && now.length === 1) return addedWord(sides, unit.start);
  return isJoinedOrDivided(old, now) ? dividedWords(sides, unit) : reverted('rewritten');
}

/** What stands beside a change that isn't sure belongs to it: an article is as right as its noun. */
function withNeighbours(sides: Sides, units: readonly Unit[]): readonly Unit[] {
  const found = [...units];
  const spread = (index: number, beside: number) => {
    const [unit, other] = [found[index]!, found[beside]];
    if (other === undefined || other.run !== unit.run || !isGraver(other.verdict, unit.verdict)) return;
    if (hangsOn(sides, unit, other)) found[index] = { ...unit, verdict: other.verdict };
  };
  for (let index = 1; index < found.length; index++) spread(index, index - 1);
  for (let index = found.length - 2; index >= 0; index--) spread(index, index + 1);
  return found;
}

/** Whether a unit is only right if the one beside it is. */
function hangsOn(sides: Sides, unit: Unit, other: Unit): boolean {
  const [old, now] = [sides.before(unit), sides.after(unit)];
  const words = [...old, ...now].filter(isWord);
  const lone = old.length === 0 || now.length === 0;
  if (other.verdict.verdict === 'reverted' && (lone || isRecased(old, now))) return true;
  const beside = [...sides.before(other), ...sides.after(other)];
  if (words.length === 0 || !beside.some((token) => isWord(token) || isProtected(token))) return false;
  if (!words.every((token) => sides.isFree(token))) return false;
  return (
    lone ||
    words.every(({ text }) => /^an?$/iu.test(text)) ||
    likeness(words[0]!.text, words.at(-1)!.text) === 'other'
  );
}

/** Whether one word gets other capitals, as after a new stop. */
function isRecased(old: readonly TextToken[], now: readonly TextToken[]): boolean {
  const [one, other] = [old, now].map((tokens) => (tokens.length === 1 ? tokens[0]!.text.toLowerCase() : ''));
  return one !== '' && one === other;
}

/** With a word that moved within its sentence as one change. */
function withMoves(sides: Sides, units: readonly Unit[]): readonly Unit[] {
  const found: Unit[] = [];
  for (let at = 0; at < units.length; at++) {
    const unit = units[at]!;
    const to = moveEnd(sides, units, at);
    if (to === null) {
      found.push(unit);
      continue;
    }
    const between = units.slice(at + 1, to);
    const words = [...sides.before(unit), ...sides.after(unit)];
    const verdict = words.some(({ text }) => isNegation(text)) ? unsure('negation') : sure;
    const last = units[to]!;
    found.push({
      ...{ from: unit.from, to: last.to, start: unit.start, end: last.end, run: unit.run },
      verdict: between.reduce((worst, other) => graver(worst, other.verdict), verdict),
    });
    at = to;
  }
  return found;
}

/** The unit to which, or from which, the word of the unit at `at` moved. */
function moveEnd(sides: Sides, units: readonly Unit[], at: number): number | null {
  const unit = units[at]!;
  const only = ({ from, to, start, end }: Difference) => to - from + (end - start) === 1;
  const tokens = (of: Unit) => [...sides.before(of), ...sides.after(of)];
  const [moved] = tokens(unit);
  if (!only(unit) || unit.verdict.verdict === 'sure' || moved?.kind !== 'word') return null;
  for (const [index, there] of units.slice(at + 1, at + 1 + maxMoved).entries()) {
    if (there.from - unit.from > maxMoved || !sides.inOneSentence(unit.from, there.from)) return null;
    if (tokens(there).some((token) => isProtected(token) || token.kind === 'break')) return null;
    const opposite = only(there) && there.to - there.from !== unit.to - unit.from;
    if (opposite && plain(moved.text) === plain(tokens(there)[0]!.text)) return at + 1 + index;
  }
  return null;
}

/** With neighbours of one verdict, and those whose blanks depend on each other, as one. */
function joined(sides: Sides, units: readonly Unit[]): readonly Unit[] {
  const whole: Unit[] = [];
  for (const unit of units) {
    const last = whole.at(-1);
    const adjacent = last !== undefined && last.to === unit.from && last.end === unit.start;
    const same = adjacent && last.verdict.verdict === unit.verdict.verdict;
    const alike = same && (last.verdict.doubt === unit.verdict.doubt || unit.verdict.verdict === 'reverted');
    const [old, now] = [sides.old[unit.from], sides.now[unit.start]];
    const replaced = unit.to > unit.from && unit.end > unit.start;
    const bothAdded = last?.from === last?.to && unit.from === unit.to;
    const bound =
      adjacent &&
      (bothAdded || unit.from === 0 || unit.start === 0 || (replaced && old?.blanks !== now?.blanks));
    if (alike || bound)
      whole[whole.length - 1] = {
        ...last,
        to: unit.to,
        end: unit.end,
        verdict: graver(last.verdict, unit.verdict),
      };
    else whole.push(unit);
  }
  return whole;
}

/** A unit in characters, with the blanks that it changes. */
function placed(sides: Sides, passage: string, text: string, unit: Unit): JudgedChange {
  let [from, start] = [sides.old[unit.from - 1]?.to ?? 0, sides.now[unit.start - 1]?.to ?? 0];
  let [to, end] = [
    unit.to > unit.from ? sides.old[unit.to - 1]!.to : from,
    unit.end > unit.start ? sides.now[unit.end - 1]!.to : start,
  ];
  const [oldEnd, newEnd] = [
    sides.old[unit.to]?.from ?? passage.length,
    sides.now[unit.end]?.from ?? text.length,
  ];
  if (passage.slice(to, oldEnd) !== text.slice(end, newEnd) && sameNext(sides, unit))
    [to, end] = [oldEnd, newEnd];
  while (from < to && start < end && passage[from] === text[start] && /\s/u.test(passage[from]!))
    [from, start] = [from + 1, start + 1];
  return { from, to, start, end, verdict: unit.verdict };
}

/** Whether the tokens after a unit are the same, so that the blanks before them are the unit's. */
function sameNext(sides: Sides, { to, end }: Difference): boolean {
  const [old, now] = [sides.old[to], sides.now[end]];
  return old?.text === now?.text;
}

/** Changes of nothing but blanks. */
function blanksBetween(
  sides: Sides,
  passage: string,
  text: string,
  runs: readonly Difference[],
): readonly JudgedChange[] {
  const found: JudgedChange[] = [];
  const ends = [...runs, { from: sides.old.length + 1, to: sides.old.length + 1, start: 0, end: 0 }];
  let [i, j] = [0, 0];
  for (const run of ends) {
    // The token right after a difference is left to it.
    for (let first = i === 0 && j === 0 ? 0 : 1; i + first < run.from; first++) {
      const [old, now] = [i + first, j + first];
      const [from, start] = [sides.old[old - 1]?.to ?? 0, sides.now[now - 1]?.to ?? 0];
      const [to, end] = [sides.old[old]?.from ?? passage.length, sides.now[now]?.from ?? text.length];
      if (passage.slice(from, to) === text.slice(start, end)) continue;
      found.push({ from, to, start, end, verdict: changedBlanks(sides, old, now) });
    }
    [i, j] = [run.to, run.end];
  }
  return found;
}
