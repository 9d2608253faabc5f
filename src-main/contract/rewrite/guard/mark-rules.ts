import type { Difference } from './alignment.ts';
import type { Sides } from './sides.ts';
import { isProtected, type TextToken } from './tokens.ts';
import { cutsSpeakerOff } from './usage-rules.ts';
import { reverted, sure, unsure, type Verdict } from './verdict.ts';

const dashes = /^(?:[-–—―]|--)$/u;
const brackets = /^[()（）]$/u;
const abbreviation = /^(?:mrs?|ms|dr|st|jr|sr|prof|no|vs|etc|eg|ie|inc|ltd|co|dept|approx)$/iu;

/** The verdict on numbers, addresses, markup, emoji, quotation marks and line breaks; null if none is touched. */
export function touchedMark(sides: Sides, unit: Difference): Verdict | null {
  const [old, now] = [sides.before(unit), sides.after(unit)];
  const all = [...old, ...now];
  if (all.some(({ kind }) => kind === 'break')) return reverted('line-break');
  const kept = all.find(isProtected);
  if (kept !== undefined) {
    if (kept.kind !== 'number') return reverted(kept.kind as 'address' | 'markup' | 'emoji');
    const ordinal = /^(\d+)(?:st|nd|rd|th)$/iu;
    const [one, other] = [old[0]?.text ?? '', now[0]?.text ?? ''];
    const same = old.length === 1 && now.length === 1 && ordinal.exec(one)?.[1] === ordinal.exec(other)?.[1];
    return same && ordinal.test(one) ? unsure('number') : reverted('number');
  }
  if (all.some(({ kind }) => kind === 'quote')) return quotation(sides, unit, old, now);
  return null;
}

function quotation(
  sides: Sides,
  unit: Difference,
  old: readonly TextToken[],
  now: readonly TextToken[],
): Verdict {
  const [mark] = [...old, ...now];
  const previous = sides.old[unit.from - 1];
  const possessive =
    previous?.kind === 'word' && /s$/iu.test(previous.text) && /^['’]$/u.test(mark?.text ?? '');
  const lone = old.length + now.length === 1;
  if (possessive && lone && mark?.blanks === '') return sure;
  const inPassage = sides.old.filter(({ kind, text }) => kind === 'quote' && text === mark?.text).length;
  // A quotation that isn't closed.
  return lone &&
    now.length === 1 &&
    /^["”」』]$/u.test(mark!.text) &&
    inPassage % 2 === (mark!.text === '"' ? 1 : 0)
    ? unsure('quotation')
    : reverted('quotation');
}

/** The verdict on changed punctuation. */
export function changedPunctuation(sides: Sides, unit: Difference): Verdict {
  const [old, now] = [sides.before(unit), sides.after(unit)].map((tokens) => tokens.map(({ text }) => text));
  const all = [...old!, ...now!];
  if (cutsSpeakerOff(sides, unit)) return reverted('punctuation');
  if (all.some((text) => brackets.test(text))) return unsure('punctuation');
  if (all.some((text) => /^(?:…|\.{3})$/u.test(text))) return reverted('punctuation');
  if (all.some((text) => dashes.test(text))) {
    if (old!.length > 0 && now!.length > 0)
      return old!.every((text) => dashes.test(text)) ? reverted('punctuation') : unsure('punctuation');
    return unsure('punctuation');
  }
  const had = (mark: string) => old!.includes(mark) !== now!.includes(mark);
  if (had('!') || had('！')) return unsure('punctuation');
  if (old!.some((text) => /^[?？]$/u.test(text)) && !now!.some((text) => /^[?？]$/u.test(text)))
    return unsure('punctuation');
  const previous = sides.old[unit.from - 1];
  if (all.every((text) => text === '.') && previous !== undefined) {
    if (abbreviation.test(previous.text)) return unsure('punctuation');
    if (now!.length > 0 && endsLine(sides, unit) && unstopped(sides)) return unsure('punctuation');
    if (old!.length > 0 && previous.text !== '.' && sides.old[unit.to]?.text !== '.')
      return unsure('punctuation');
  }
  return sure;
}

function endsLine(sides: Sides, { to }: Difference): boolean {
  return sides.old[to] === undefined || sides.old[to].kind === 'break';
}

/** Whether the passage has several lines, and ends others without a stop, too: lists, headings, verse. */
function unstopped({ old }: Sides): boolean {
  const ends = old.filter((_, index) => old[index + 1]?.kind === 'break');
  return ends.length > 0 && ends.some(({ kind, text }) => kind !== 'mark' || /^[,;:]$/u.test(text));
}

/** The verdict on other blanks before a token that stays. */
export function changedBlanks(sides: Sides, i: number, j: number): Verdict {
  const [old, now] = [sides.old[i]?.blanks ?? '', sides.now[j]?.blanks ?? ''];
  const previous = sides.old[i - 1];
  const around = [previous, sides.old[i]];
  if (previous === undefined || sides.old[i] === undefined || /[^ ]/u.test(old + now))
    return reverted('spacing');
  if (around.some((token) => token!.kind === 'break' || isProtected(token!) || token!.kind === 'quote'))
    return reverted('spacing');
  if (old.length > 1 && /^[.?!…:]$/u.test(previous.text)) return reverted('spacing');
  return now.length <= 1 ? sure : reverted('spacing');
}
