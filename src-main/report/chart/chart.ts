import { firstCharacters } from '../../contract/graphemes.ts';
/** What a mark stands for; determines its colour and weight. */
export type MarkRole =
  | 'axis'
  | 'grid'
  | 'label'
  | 'quiet'
  | 'bar'
  | 'spread'
  | 'best'
  | 'point'
  | 'live'
  | 'dropped'
  | 'ended'
  | 'chosen'
  | 'accepted'
  | 'recovered'
  | 'bonus'
  | 'rejected'
  | 'draft'
  | 'verify'
  | `series-${0 | 1 | 2 | 3 | 4 | 5 | 6 | 7}`;

interface Common {
  readonly role: MarkRole;
  /** Identifies the mark when it is selected; marks without one can't be. */
  readonly key?: string;
  /** Tooltip and accessible name. */
  readonly label?: string;
}

/** Positions in CSS pixels from the upper left. */
export type Mark =
  | (Common & {
      readonly kind: 'rect';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
    })
  | (Common & { readonly kind: 'circle'; readonly x: number; readonly y: number; readonly radius: number })
  | (Common & { readonly kind: 'path'; readonly d: string })
  | (Common & {
      readonly kind: 'text';
      readonly x: number;
      readonly y: number;
      readonly text: string;
      /** The part of the text at `x`; default start. */
      readonly anchor?: 'start' | 'middle' | 'end';
    });

/** A drawing, its description and its data. */
export interface Chart {
  readonly id: string;
  readonly title: string;
  /** One sentence, also for screen readers. */
  readonly description: string;
  readonly width: number;
  readonly height: number;
  readonly marks: readonly Mark[];
  /** The data as a table. */
  readonly table: { readonly header: readonly string[]; readonly rows: readonly (readonly string[])[] };
}

/** The role of the column at `index`: eight colours and dashes, then they repeat. */
export function seriesRole(index: number): MarkRole {
  return `series-${(index % 8) as 0}`;
}

const visibleSpaces: Readonly<Record<string, string>> = { ' ': '·', '\n': '⏎', '\t': '→' };

/** `text` with visible signs for spaces, tabs and line ends. */
export function visibleText(text: string): string {
  return text.replace(/[ \n\t]/g, (space) => visibleSpaces[space] ?? space);
}

/** `text` truncated to `length` characters, the last an ellipsis. */
export function shortened(text: string, length: number): string {
  // A text has at most as many characters as UTF-16 units, which are counted in constant time.
  if (text.length <= length || [...text].length <= length) return text;
  return `${firstCharacters(text, length - 1)}…`;
}
