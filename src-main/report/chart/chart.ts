/** What a mark stands for: its colour and weight follow from it, wherever it is drawn. */
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
  | 'guess'
  | 'draft'
  | 'verify'
  | `series-${0 | 1 | 2 | 3 | 4 | 5 | 6 | 7}`;

interface Common {
  readonly role: MarkRole;
  /** By which it is picked; only marks that have one can be. */
  readonly key?: string;
  /** What it says when it is pointed at or read out. */
  readonly label?: string;
}

/** Positions in points, from the upper left. */
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
      /** Which part of the text stands at x; default start. */
      readonly anchor?: 'start' | 'middle' | 'end';
    });

/** A drawing with what it shows in words and numbers. */
export interface Chart {
  readonly id: string;
  readonly title: string;
  /** What is to be seen, in a sentence, for those who don't see it. */
  readonly description: string;
  readonly width: number;
  readonly height: number;
  readonly marks: readonly Mark[];
  /** The numbers behind the marks. */
  readonly table: { readonly header: readonly string[]; readonly rows: readonly (readonly string[])[] };
}

/** The role of the column at `index`, each with a colour and a dash of its own. */
export function seriesRole(index: number): MarkRole {
  return `series-${(index % 8) as 0}`;
}

const visibleSpaces: Readonly<Record<string, string>> = { ' ': '·', '\n': '⏎', '\t': '→' };

/** `text` with spaces, tabs and line ends as signs: they would not be seen. */
export function visibleText(text: string): string {
  return text.replace(/[ \n\t]/g, (space) => visibleSpaces[space] ?? space);
}

/** `text` cut to `length` characters. */
export function shortened(text: string, length: number): string {
  // Characters are no more than units, and counting those costs nothing.
  if (text.length <= length) return text;
  const characters = [...text];
  return characters.length > length ? `${characters.slice(0, length - 1).join('')}…` : text;
}
