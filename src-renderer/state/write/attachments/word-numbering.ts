import { isElement } from './word-parts.ts';

interface Level {
  readonly start: number;
  readonly format: string;
  /** With `%1` for the number of the first level. */
  readonly text: string;
}
interface List {
  /** Lists of one kind are counted together. */
  readonly kind: string;
  readonly levels: ReadonlyMap<number, Level>;
}
interface Place {
  readonly list: string | undefined;
  readonly level: number | undefined;
}

export const childrenOf = (element: Element | undefined, name?: string): readonly Element[] =>
  Array.from(element?.childNodes ?? [])
    .filter(isElement)
    .filter((child) => name === undefined || child.localName === name);
export const childOf = (element: Element | undefined, name: string) => childrenOf(element, name)[0];
/** An attribute, whatever its prefix. */
export const attributeOf = (element: Element | undefined, name: string): string | undefined =>
  Array.from(element?.attributes ?? []).find((attribute) => attribute.localName === name)?.value;
const valueOf = (element: Element | undefined, name: string) => attributeOf(childOf(element, name), 'val');

/** Numbers the paragraphs of a Word document as Word does (ECMA-376, 17.9): each call continues the count. */
export class WordNumbering {
  readonly #lists = new Map<string, List>();
  readonly #styles = new Map<string, Place & { readonly base: string | undefined }>();
  readonly #counts = new Map<string, number[]>();

  /** @param numbering the root of numbering.xml @param styles the root of styles.xml */
  constructor(numbering: Element | undefined, styles: Element | undefined) {
    const kinds = new Map(
      childrenOf(numbering, 'abstractNum').map((kind) => [
        attributeOf(kind, 'abstractNumId'),
        levelsOf(kind),
      ]),
    );
    for (const list of childrenOf(numbering, 'num')) {
      const kind = valueOf(list, 'abstractNumId') ?? '';
      const levels = new Map(kinds.get(kind));
      const overrides = childrenOf(list, 'lvlOverride');
      for (const override of overrides) {
        const number = Number(attributeOf(override, 'ilvl'));
        const level = levelsOf(override).get(number) ?? levels.get(number);
        const start = valueOf(override, 'startOverride');
        if (level) levels.set(number, { ...level, ...(start === undefined ? {} : { start: Number(start) }) });
      }
      const id = attributeOf(list, 'numId') ?? '';
      this.#lists.set(id, { kind: overrides.length > 0 ? `${kind} ${id}` : kind, levels });
    }
    for (const style of childrenOf(styles, 'style')) {
      const place = placeIn(childOf(style, 'pPr'));
      this.#styles.set(attributeOf(style, 'styleId') ?? '', { ...place, base: valueOf(style, 'basedOn') });
    }
  }

  /** The label of the next paragraph with these properties: '' if it is in no list. */
  label(properties: Element | undefined): string {
    const own = placeIn(properties);
    const inherited = this.#styled(valueOf(properties, 'pStyle'));
    const list = this.#lists.get(own.list ?? inherited.list ?? '');
    const number = own.level ?? inherited.level ?? 0;
    const level = list?.levels.get(number);
    if (list === undefined || level === undefined) return '';
    const counts = this.#counts.get(list.kind) ?? [];
    this.#counts.set(list.kind, counts);
    counts.length = Math.min(counts.length, number + 1);
    for (let above = 0; above <= number; above++) {
      const first = list.levels.get(above)?.start ?? 1;
      const before = counts[above];
      if (before === undefined) counts[above] = first;
      else if (above === number) counts[above] = before + 1;
    }
    if (level.format === 'bullet') return `${'  '.repeat(number)}-`;
    return level.text.replace(/%(\d)/g, (_, digit: string) => {
      const place = Number(digit) - 1;
      return formatted(counts[place] ?? 1, list.levels.get(place)?.format ?? 'decimal');
    });
  }

  /** Where a style, or one that it is based on, places a paragraph. */
  #styled(id: string | undefined): Place {
    let style = this.#styles.get(id ?? '');
    for (let depth = 0; depth < 20 && style !== undefined; depth++) {
      if (style.list !== undefined) return style;
      style = this.#styles.get(style.base ?? '');
    }
    return { list: undefined, level: undefined };
  }
}

function placeIn(properties: Element | undefined): Place {
  const numbering = childOf(properties, 'numPr');
  const level = valueOf(numbering, 'ilvl');
  return { list: valueOf(numbering, 'numId'), level: level === undefined ? undefined : Number(level) };
}

function levelsOf(kind: Element): Map<number, Level> {
  return new Map(
    childrenOf(kind, 'lvl').map((level) => [
      Number(attributeOf(level, 'ilvl')),
      {
        start: Number(valueOf(level, 'start') ?? 0),
        format: valueOf(level, 'numFmt') ?? 'decimal',
        text: valueOf(level, 'lvlText') ?? '',
      },
    ]),
  );
}

const romanNumerals = [
  ...([
    [1000, 'm'],
    [900, 'cm'],
    [500, 'd'],
    [400, 'cd'],
    [100, 'c'],
    [90, 'xc'],
  ] as const),
  ...([
    [50, 'l'],
    [40, 'xl'],
    [10, 'x'],
    [9, 'ix'],
    [5, 'v'],
    [4, 'iv'],
    [1, 'i'],
  ] as const),
];

/** A number in a format of Word; decimal in those that are not known. */
function formatted(number: number, format: string): string {
  if (format === 'none') return '';
  if (format === 'decimalZero') return String(number).padStart(2, '0');
  // As in Word: a to z, aa to zz, aaa.
  const letters = () => String.fromCharCode(97 + ((number - 1) % 26)).repeat(Math.ceil(number / 26));
  const roman = () => {
    let [left, text] = [number, ''];
    for (const [value, sign] of romanNumerals) for (; left >= value; left -= value) text += sign;
    return text;
  };
  const bounded = number >= 1 && number <= 5000;
  if (bounded && format === 'lowerLetter') return letters();
  if (bounded && format === 'upperLetter') return letters().toUpperCase();
  if (bounded && format === 'lowerRoman') return roman();
  if (bounded && format === 'upperRoman') return roman().toUpperCase();
  return String(number);
}
