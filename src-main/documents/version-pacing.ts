import type { VersionReason } from '../contract/document.ts';
import { changeBetween } from './text-change.ts';

/** A text that wasn't changed for this long becomes a version before the next change, in milliseconds. */
const pauseMs = 60_000;
/** Longest time between two versions of a text that keeps changing, in milliseconds. */
const intervalMs = 5 * 60_000;
/** Most that is typed between two versions, in UTF-16 units: this many, or this share of a long text. */
const typedUnits = 1000;
const typedShare = 0.02;
/** A removal of this many units is large, and so is one of this share of a text, from `leastUnits` on. */
const largeUnits = 100;
const largeShare = 0.25;
const leastUnits = 10;

/** Removals that follow each other with little typed between them, such as a held Backspace. */
interface Removals {
  /** The text before the first of them. */
  readonly before: string;
  readonly removed: number;
  readonly inserted: number;
  /** Whether `before` is a version already. */
  readonly saved: boolean;
}

/** Where a document stands between two versions. Times are those of a monotonic clock, in milliseconds. */
export interface VersionPace {
  readonly versionAt: number;
  readonly changedAt: number;
  /** Units inserted since the newest version; what is removed is up to `removals`. */
  readonly typed: number;
  readonly removals: Removals | undefined;
}

/** The pace of a document whose text has just become a version, or is new. */
export function newPace(now: number): VersionPace {
  return { versionAt: now, changedAt: now, typed: 0, removals: undefined };
}

export interface PacedChange {
  readonly pace: VersionPace;
  /** The text to save as a version before the change, and why. */
  readonly version: { readonly text: string; readonly reason: VersionReason } | undefined;
}

/**
 * Takes the change from `before` to `after` into account, before it is stored. A version is due before a large removal
 * or replacement, in one change or in several; after a pause; and after so much time or so many changes.
 */
export function paceChange(pace: VersionPace, before: string, after: string, now: number): PacedChange {
  const { removed, inserted } = changeBetween(before, after);
  const earlier = pace.removals ?? { before, removed: 0, inserted: 0, saved: false };
  const lost = textToLose(earlier, before, removed);
  const version =
    lost === undefined ? dueByPace(pace, before, now) : ({ text: lost, reason: 'removal' } as const);
  const removals = {
    before: lost ?? earlier.before,
    removed: earlier.removed + removed,
    inserted: earlier.inserted + inserted,
    saved: earlier.saved || lost !== undefined,
  };
  const ended = removals.removed === 0 || removals.inserted >= largeUnits;
  return {
    pace: {
      versionAt: version ? now : pace.versionAt,
      changedAt: now,
      typed: (version ? 0 : pace.typed) + inserted,
      removals: ended ? undefined : removals,
    },
    version,
  };
}

/** The text that a large removal would leave in no version. */
function textToLose(earlier: Removals, before: string, removed: number): string | undefined {
  // All that is removed is still in the version saved before the first removal.
  if (earlier.saved && earlier.inserted === 0) return undefined;
  if (isLarge(removed, before)) return before;
  return !earlier.saved && isLarge(earlier.removed + removed, earlier.before) ? earlier.before : undefined;
}

function isLarge(removed: number, text: string): boolean {
  return removed >= Math.max(leastUnits, Math.min(largeUnits, text.length * largeShare));
}

function dueByPace(pace: VersionPace, before: string, now: number): PacedChange['version'] {
  if (now - pace.changedAt >= pauseMs) return { text: before, reason: 'pause' };
  const many = pace.typed >= Math.max(typedUnits, before.length * typedShare);
  return many || now - pace.versionAt >= intervalMs ? { text: before, reason: 'edits' } : undefined;
}
