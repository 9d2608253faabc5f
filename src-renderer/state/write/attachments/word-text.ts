import { AttachmentError } from './attachment-error.ts';
import { attributeOf, childOf, childrenOf, WordNumbering } from './word-numbering.ts';
import { WordParts } from './word-parts.ts';

/** What a Word file has besides the text that is read. */
export type LeftOut = 'comments' | 'charts' | 'diagrams' | 'embedded-files';

export interface WordText {
  readonly text: string;
  /** Each once. */
  readonly leftOut: readonly LeftOut[];
}

/** By the types of their relations. */
const leftOutTypes: ReadonlyMap<string, LeftOut> = new Map([
  ['chart', 'charts'],
  ['chartEx', 'charts'],
  ['diagramData', 'diagrams'],
  ...(['aFChunk', 'subDocument', 'package', 'oleObject'] as const).map(
    (type) => [type, 'embedded-files'] as const,
  ),
]);

/** Signature of OLE compound files: .doc and encrypted documents. */
const oleSignature = [0xd0, 0xcf, 0x11, 0xe0] as const;

/**
 * Extracts the text of a .docx file: paragraphs, lists with their numbers, tables, text boxes, headers, footnotes and
 * endnotes, with their line breaks and tabs. Text that was deleted with changes tracked, comments and field codes are
 * left out; anything unknown is read for the text in it.
 * @throws AttachmentError `old-word`, `encrypted`, `broken`, `bomb`
 */
export async function wordText(bytes: Uint8Array): Promise<WordText> {
  if (oleSignature.every((byte, index) => bytes[index] === byte)) {
    throw new AttachmentError(isEncrypted(bytes) ? 'encrypted' : 'old-word');
  }
  try {
    return await textOf(new WordParts(bytes));
  } catch (error) {
    throw error instanceof AttachmentError ? error : new AttachmentError('broken');
  }
}

/** Office stores an encrypted document in an OLE file, as a stream with this UTF-16 name. */
function isEncrypted(bytes: Uint8Array): boolean {
  return new TextDecoder('utf-16le').decode(bytes.subarray(0, 65536)).includes('EncryptedPackage');
}

async function textOf(parts: WordParts): Promise<WordText> {
  const main = (await parts.related('')).find(({ type }) => type === 'officeDocument');
  const path = main?.path ?? 'word/document.xml';
  const body = childOf(await parts.xml(path), 'body');
  if (body === undefined) throw new AttachmentError('broken');
  const related = await parts.related(path);
  const rootsOf = async (type: string) => {
    const roots = related.filter((part) => part.type === type).map((part) => parts.xml(part.path));
    return (await Promise.all(roots)).filter((part) => part !== undefined);
  };
  const [numbering] = await rootsOf('numbering');
  const [styles] = await rootsOf('styles');
  const notes = [...(await rootsOf('footnotes')), ...(await rootsOf('endnotes'))].flatMap((part) =>
    childrenOf(part),
  );
  const reader = new WordReader(new WordNumbering(numbering, styles), notes);
  const margins = async (type: string) => [
    ...new Set(
      (await rootsOf(type)).map((part) => reader.blocks(part)).filter((text) => /\p{L}/u.test(text)),
    ),
  ];
  const texts = [
    ...(await margins('header')),
    reader.blocks(body),
    ...reader.referredNotes(),
    ...(await margins('footer')),
  ];
  const text = texts
    .join('\n\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  const commented = (await rootsOf('comments')).some((part) => (part.textContent ?? '').trim() !== '');
  const kinds = related.flatMap(({ type }) => leftOutTypes.get(type) ?? []);
  return { text, leftOut: [...new Set([...(commented ? ['comments' as const] : []), ...kinds])] };
}

/** Elements that add characters by themselves. */
const characters: Readonly<Record<string, string>> = {
  ...{ tab: '\t', ptab: '\t', br: '\n', cr: '\n', noBreakHyphen: '\u2011', softHyphen: '\u00AD' },
};
/** Elements whose text isn't that of the document: deleted text, codes of fields, and properties. */
const omitted = new Set([
  ...['del', 'moveFrom', 'delText', 'instrText', 'delInstrText', 'fldData', 'sdtPr', 'sdtEndPr', 'sectPr'],
  ...[
    'pPr',
    'rPr',
    'tblPr',
    'trPr',
    'tcPr',
    'tblGrid',
    'rubyPr',
    'binData',
    'posOffset',
    'pctWidth',
    'pctHeight',
  ],
  ...['align', 'pctPosHOffset', 'pctPosVOffset'],
]);
/** Characters of the fonts Symbol and Wingdings that documents use. */
const symbols: Readonly<Record<string, string>> = {
  ...{
    F0B7: '•',
    F0A7: '▪',
    F0D8: '➢',
    F0FC: '✓',
    F0FB: '✗',
    F0FE: '☑',
    F0A8: '☐',
    F06F: '☐',
    F078: '☒',
    F0E0: '→',
  },
  ...{ F04A: '☺', F0B0: '°', F0B1: '±', F0A3: '≤', F0B3: '≥', F0B9: '≠', F0A5: '∞', F0AE: '→', F0D7: '⋅' },
};

/** What stands between two blocks. */
const gaps = { none: '', line: '\n', paragraph: '\n\n' } as const;
type Gap = keyof typeof gaps;

class WordReader {
  readonly #numbering: WordNumbering;
  readonly #notes: readonly Element[];
  readonly #referred: Element[] = [];
  /** Text boxes of the paragraph being read, which follow it. */
  #boxes: string[] = [];

  constructor(numbering: WordNumbering, notes: readonly Element[]) {
    this.#numbering = numbering;
    this.#notes = notes;
  }

  /** Paragraphs and tables within `container`, with a blank line between them, and one line for each list item and row. */
  blocks(container: Element): string {
    let text = '';
    let last: Gap = 'paragraph';
    for (const block of blocksIn(container)) {
      const isRow = block.localName === 'tr';
      const properties = childOf(block, 'pPr');
      const label = isRow ? '' : this.#numbering.label(properties);
      const content = isRow ? this.#row(block) : this.#paragraph(block);
      const gap: Gap = isRow || label !== '' ? 'line' : 'paragraph';
      if (text !== '') text += gaps[last === gap || last === 'none' ? last : 'paragraph'];
      text += label === '' ? content : `${label} ${content}`;
      // A paragraph whose mark is deleted is joined to the next one.
      last = childOf(childOf(properties, 'rPr'), 'del') ? 'none' : gap;
    }
    return text;
  }

  /** The notes that were referred to since the start, numbered in the order of their references. */
  referredNotes(): readonly string[] {
    const texts: string[] = [];
    // A note may refer to another one.
    for (let number = 0; number < this.#referred.length; number++) {
      texts.push(`[${number + 1}] ${this.blocks(this.#referred[number]!).trim()}`);
    }
    return texts;
  }

  #row(row: Element): string {
    const cells = descendants(row, 'tc').map((cell) =>
      this.blocks(cell)
        .trim()
        .replace(/\n{2,}/g, '\n'),
    );
    return cells.join('\t');
  }

  #paragraph(paragraph: Element): string {
    const outer = this.#boxes;
    this.#boxes = [];
    const text = this.#inline(paragraph);
    const whole = [text, ...this.#boxes].filter((part, place) => place === 0 || part !== '').join('\n\n');
    this.#boxes = outer;
    return whole;
  }

  #inline(element: Element): string {
    return childrenOf(element)
      .map((child) => this.#element(child))
      .join('');
  }

  #element(element: Element): string {
    const name = element.localName;
    if (omitted.has(name)) return '';
    if (name === 't') return element.textContent ?? '';
    if (name === 'footnoteReference' || name === 'endnoteReference') return this.#reference(element);
    if (name === 'sym') return symbolOf(element);
    if (name === 'AlternateContent') return this.#alternative(element);
    if (name === 'ruby') return this.#ruby(element);
    if (name === 'txbxContent') {
      this.#boxes.push(this.blocks(element));
      return '';
    }
    if (name === 'docPr') {
      const description = attributeOf(element, 'descr')?.trim();
      return description ? `[${description}]` : '';
    }
    return (characters[name] ?? '') + this.#inline(element);
  }

  /** Characters, and their reading in brackets. */
  #ruby(element: Element): string {
    const [base, reading] = ['rubyBase', 'rt'].map((name) => childOf(element, name));
    return `${base ? this.#inline(base) : ''}${reading ? `(${this.#inline(reading)})` : ''}`;
  }

  /** One of several representations of the same content: the first that has text. */
  #alternative(element: Element): string {
    const before = this.#boxes.length;
    for (const choice of childrenOf(element)) {
      const text = this.#inline(choice);
      if (text.trim() !== '' || this.#boxes.slice(before).some((box) => box !== '')) return text;
    }
    return '';
  }

  #reference(element: Element): string {
    const id = attributeOf(element, 'id');
    const kind = element.localName === 'footnoteReference' ? 'footnote' : 'endnote';
    const note = this.#notes.find((one) => one.localName === kind && attributeOf(one, 'id') === id);
    if (note === undefined) return '';
    if (!this.#referred.includes(note)) this.#referred.push(note);
    return `[${this.#referred.indexOf(note) + 1}]`;
  }
}

/** Paragraphs and rows of tables that `container` holds, also within controls and tracked insertions. */
function blocksIn(container: Element): readonly Element[] {
  return childrenOf(container).flatMap((child) => {
    const name = child.localName;
    if (name === 'p') return [child];
    if (name === 'tr') return childOf(childOf(child, 'trPr'), 'del') ? [] : [child];
    if (name === 'AlternateContent') {
      return (
        childrenOf(child)
          .map(blocksIn)
          .find((blocks) => blocks.length > 0) ?? []
      );
    }
    return omitted.has(name) ? [] : blocksIn(child);
  });
}

/** The elements of a name within `element`, but not within each other. */
function descendants(element: Element, name: string): readonly Element[] {
  return childrenOf(element).flatMap((child) =>
    child.localName === name ? [child] : omitted.has(child.localName) ? [] : descendants(child, name),
  );
}

function symbolOf(element: Element): string {
  const code = (attributeOf(element, 'char') ?? '').toUpperCase();
  const known = symbols[code] ?? symbols[`F0${code.slice(-2)}`];
  const point = Number.parseInt(code, 16);
  if (known !== undefined) return known;
  return point > 0 && point < 0xe000 ? String.fromCodePoint(point) : '\uFFFD';
}
