import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeBetween } from '../../src-main/documents/text-change.ts';
import { newPace, paceChange } from '../../src-main/documents/version-pacing.ts';

interface Saved {
  readonly text: string;
  readonly reason: string;
}

/** Types `texts` one after the other, `gapMs` apart, and returns the versions saved meanwhile. */
function versionsOf(texts: readonly string[], gapMs = 1000): readonly Saved[] {
  let pace = newPace(0);
  let now = 0;
  let before = '';
  const saved: Saved[] = [];
  for (const text of texts) {
    now += gapMs;
    const step = paceChange(pace, before, text, now);
    if (step.version) saved.push(step.version);
    ({ pace } = step);
    before = text;
  }
  return saved;
}

const prose = (length: number): string =>
  Array.from({ length }, (_, at) => 'the tide went out. '.charAt((at * 7 + (at >> 4)) % 19)).join('');
const held = (from: string, step: number): string[] =>
  Array.from({ length: Math.ceil(from.length / step) }, (_, count) =>
    from.slice(0, Math.max(0, from.length - (count + 1) * step)),
  );

describe('the change between two texts', () => {
  it.each([
    ['', '', 0, 0],
    ['abc', 'abc', 0, 0],
    ['', 'abc', 0, 3],
    ['abc', '', 3, 0],
    ['abc', 'abXc', 0, 1],
    ['aaa', 'aa', 1, 0],
    ['one two three', 'one 2 three', 3, 1],
    ['x one y', 'z one w', 7, 7],
    ['💥', '💦', 1, 1],
  ])('from %j to %j removes %i and inserts %i units', (before, after, removed, inserted) => {
    expect(changeBetween(before, after)).toEqual({ removed, inserted });
  });

  it('is never smaller than what is gone', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', ' '), maxLength: 60 });
    fc.assert(
      fc.property(text, text, (before, after) => {
        const { removed, inserted } = changeBetween(before, after);
        expect(before.length - removed + inserted).toBe(after.length);
        expect(before.length - removed).toBeLessThanOrEqual(Math.min(before.length, after.length));
      }),
    );
  });
});

describe('a large removal', () => {
  const text = prose(4000);
  const short = 'A note of a few words only';

  it.each([
    ['select all and one letter', text, ['x']],
    ['select all and delete', text, ['']],
    ['select all and paste of another text', text, ['9'.repeat(5000)]],
    ['the first half', text, [text.slice(2000)]],
    ['the last half', text, [text.slice(0, 2000)]],
    ['the middle', text, [text.slice(0, 1000) + text.slice(3000)]],
    ['a paragraph of 100 units', text, [text.slice(0, 500) + text.slice(600)]],
    ['a replacement of the middle', text, [`${text.slice(0, 900)}!${text.slice(3900)}`]],
    ['two far ends at once', text, [`?${text.slice(1, -1)}?`]],
    ['a held Backspace', text, held(text, 25)],
    ['a slow Backspace', text, held(text, 1)],
    ['words one by one', text, held(text, 6)],
    ['lines from the start', text, Array.from({ length: 50 }, (_, line) => text.slice((line + 1) * 80))],
    ['a short text', short, ['x']],
    ['a short text by Backspace', short, held(short, 1)],
    ['a short text, all but its start', short, ['A note']],
  ])('is preceded by a version of all that is removed: %s', (_case, from, texts) => {
    const saved = versionsOf([from, ...texts], 400);
    expect(saved).toContainEqual({ text: from, reason: 'removal' });
  });

  it('is saved with what was typed after a correction just before it', () => {
    const typed = [text, text.slice(0, -3), `${text.slice(0, -3)} and more`, 'x'];
    const saved = { text: `${text.slice(0, -3)} and more`, reason: 'removal' };
    expect(versionsOf(typed)).toContainEqual(saved);
  });

  it('is saved once while nothing is typed', () => {
    expect(versionsOf([text, ...held(text, 300)])).toHaveLength(1);
  });

  it('is not made of corrections while typing', () => {
    const typed: string[] = [];
    for (let length = 40; length < 900; length += 40) {
      typed.push(`${prose(length)}teh`, prose(length));
    }
    expect(versionsOf(typed, 500).filter(({ reason }) => reason === 'removal')).toEqual([]);
  });
});

describe('a text that keeps changing', () => {
  it('has a version for every thousand units', () => {
    const texts = Array.from({ length: 200 }, (_, count) => prose((count + 1) * 50));
    const saved = versionsOf(texts, 500);
    expect(saved.length).toBeGreaterThanOrEqual(8);
    expect(new Set(saved.map(({ reason }) => reason))).toEqual(new Set(['edits']));
  });

  it('has a version every five minutes, however little changes', () => {
    const texts = Array.from({ length: 90 }, (_, count) => prose(count + 1));
    expect(versionsOf(texts, 20_000)).toHaveLength(6);
  });

  it('has a version before the first change after a pause of a minute', () => {
    expect(versionsOf(['One', 'One, two'], 60_000)).toContainEqual({ text: 'One', reason: 'pause' });
    expect(versionsOf(['One', 'One, two'], 59_999)).toEqual([]);
  });

  it('of four million units is saved by a share of its length', () => {
    const long = 'a'.repeat(4_000_000);
    const texts = Array.from({ length: 60 }, (_, count) => long + 'b'.repeat((count + 1) * 2000));
    expect(versionsOf([long, ...texts], 300)).toHaveLength(2);
  });
});

describe('any edits', () => {
  /** A change of a text: replace from a place, both as shares of its length. */
  const edit = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    removed: fc.oneof(fc.nat(8), fc.nat(400)),
    inserted: fc.oneof(fc.nat(8), fc.nat(400)),
    gapMs: fc.integer({ min: 1, max: 50_000 }),
  });

  it('lose no run of more than 200 units that once was in the text', () => {
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 60 }), (edits) => {
        let pace = newPace(0);
        let now = 0;
        let next = 0x4e00;
        let text = '';
        const versions: string[] = [];
        const removedRuns: string[] = [];
        for (const { at, removed, inserted, gapMs } of edits) {
          const from = Math.floor(at * text.length);
          // Every unit is unique, so that a run is found only where it was typed.
          const typed = Array.from({ length: inserted }, () => String.fromCharCode(next++)).join('');
          const gone = text.slice(from, from + removed);
          if (gone.length >= 200) removedRuns.push(gone);
          const after = text.slice(0, from) + typed + text.slice(from + removed);
          now += gapMs;
          const step = paceChange(pace, text, after, now);
          if (step.version) versions.push(step.version.text);
          ({ pace } = step);
          text = after;
        }
        for (const gone of removedRuns) expect(versions.some((version) => version.includes(gone))).toBe(true);
      }),
    );
  });
});
