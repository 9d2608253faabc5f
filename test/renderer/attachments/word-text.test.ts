import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readAttachment } from '../../../src-renderer/state/write/attachments/read-attachment.ts';
import { wordFile } from './word-file.ts';

const textOf = async (body: string, parts: Readonly<Record<string, string>> = {}) =>
  (await readAttachment(wordFile(body, parts), 'windows-1252')).text;
const t = (text: string) => `<w:r><w:t>${text}</w:t></w:r>`;
const p = (...runs: string[]) => `<w:p>${runs.join('')}</w:p>`;
const item = (text: string, list = 1, level = 0) =>
  `<w:p><w:pPr><w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="${list}"/></w:numPr></w:pPr>${t(text)}</w:p>`;
const table = (...rows: string[][]) =>
  `<w:tbl>${rows.map((cells) => `<w:tr>${cells.map((cell) => `<w:tc>${cell}</w:tc>`).join('')}</w:tr>`).join('')}</w:tbl>`;
const box = (text: string) => `<w:txbxContent>${p(t(text))}</w:txbxContent>`;

describe('a Word file keeps', () => {
  test.each([
    [
      'line breaks',
      p(t('Dear Ms Vale,'), '<w:r><w:br/></w:r>', t('Harbour Lane 7'), '<w:r><w:cr/></w:r>', t('Northwick')),
      'Dear Ms Vale,\nHarbour Lane 7\nNorthwick',
    ],
    ['page breaks', p(t('one'), '<w:r><w:br w:type="page"/></w:r>', t('two')), 'one\ntwo'],
    ['tabs', p(t('a'), '<w:r><w:tab/></w:r>', t('b'), '<w:r><w:ptab/></w:r>', t('c')), 'a\tb\tc'],
    [
      'hyphens',
      p(t('a'), '<w:r><w:noBreakHyphen/></w:r>', t('b'), '<w:r><w:softHyphen/></w:r>', t('c')),
      'a\u2011b\u00ADc',
    ],
    ['paragraphs', p(t('one')) + p() + p(t('two')), 'one\n\ntwo'],
    ['tables', table([p(t('a')), p(t('b'))], [p(t('c')), p(t('d'))]), 'a\tb\nc\td'],
    ['tables between paragraphs', p(t('x')) + table([p(t('a')), p(t('b'))]) + p(t('y')), 'x\n\na\tb\n\ny'],
    ['paragraphs in a cell', table([p(t('a')) + p(t('b')), p(t('c'))]), 'a\nb\tc'],
    ['tables in tables', table([table([p(t('a')), p(t('b'))]) + p(), p(t('c'))]), 'a\tb\tc'],
    ['inserted text', p(t('a'), `<w:ins>${t('b')}</w:ins>`, `<w:moveTo>${t('c')}</w:moveTo>`), 'abc'],
    ['links', p(t('see '), `<w:hyperlink>${t('this page')}</w:hyperlink>`), 'see this page'],
    [
      'results of fields',
      p(`<w:fldSimple>${t('7')}</w:fldSimple>`, '<w:r><w:instrText>PAGE</w:instrText></w:r>'),
      '7',
    ],
    [
      'controls',
      `<w:sdt><w:sdtPr><w:alias w:val="x"/></w:sdtPr><w:sdtContent>${p(t('a'))}</w:sdtContent></w:sdt>` +
        p(`<w:sdt><w:sdtContent>${t('b')}</w:sdtContent></w:sdt>`),
      'a\n\nb',
    ],
    [
      'custom XML and smart tags',
      `<w:customXml>${p(`<w:smartTag>${t('a')}</w:smartTag>`)}</w:customXml>`,
      'a',
    ],
    [
      'formulas',
      p('<m:oMath><m:r><m:t>E=mc</m:t></m:r><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:oMath>'),
      'E=mc2',
    ],
    [
      'readings of characters',
      p(
        '<w:r><w:ruby><w:rubyPr><w:rubyAlign w:val="center"/></w:rubyPr><w:rt><w:r><w:t>かんじ</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>漢字</w:t></w:r></w:rubyBase></w:ruby></w:r>',
      ),
      '漢字(かんじ)',
    ],
    [
      'symbols',
      p(
        '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>',
        '<w:r><w:sym w:font="Symbol" w:char="F0B7"/></w:r>',
        '<w:r><w:sym w:font="x" w:char="2713"/></w:r>',
      ),
      '✓•✓',
    ],
    [
      'text boxes, once',
      p(
        t('a'),
        `<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>${box('Box')}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>${box('Box')}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>`,
        t('b'),
      ),
      'ab\n\nBox',
    ],
    [
      'the fallback where it alone has text',
      p(
        `<w:r><mc:AlternateContent><mc:Choice><w:drawing/></mc:Choice><mc:Fallback><w:pict><v:textbox>${box('Box')}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>`,
      ),
      'Box',
    ],
    [
      'descriptions of pictures',
      p('<w:r><w:drawing><wp:docPr id="1" name="x" descr="A lighthouse"/></w:drawing></w:r>'),
      '[A lighthouse]',
    ],
    ['text in elements that are not known', `<w:future>${p(`<w:later>${t('a')}</w:later>`)}</w:future>`, 'a'],
    ['characters of XML', p(t('a &lt; b &amp; c &#955; <![CDATA[<d>]]>')), 'a < b & c λ <d>'],
  ])('%s', async (_what, body, text) => {
    expect(await textOf(body)).toBe(text);
  });

  test('neither deleted nor moved text, nor its breaks', async () => {
    const deleted = `<w:del>${'<w:r><w:delText>GONE</w:delText><w:br/></w:r>'}</w:del><w:moveFrom>${t('GONE')}</w:moveFrom>`;
    const joined = `<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>${t('one ')}</w:p>${p(t('paragraph'))}`;
    const row = `<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>${p(t('GONE'))}</w:tc></w:tr><w:tr><w:tc>${p(t('kept'))}</w:tc></w:tr></w:tbl>`;
    expect(await textOf(p(t('a'), deleted, t('b')) + joined + row)).toBe('ab\n\none paragraph\n\nkept');
  });

  test('footnotes and endnotes, numbered as they are referred to', async () => {
    const reference = (kind: string, id: number) => `<w:r><w:${kind}Reference w:id="${id}"/></w:r>`;
    const body = p(t('One'), reference('footnote', 3), t(', two'), reference('endnote', 2), t('.'));
    const note = (kind: string, id: number, ...content: string[]) =>
      `<w:${kind} w:id="${id}">${p(`<w:r><w:${kind}Ref/></w:r>`, ...content)}</w:${kind}>`;
    const text = await textOf(body, {
      footnotes:
        note('footnote', -1, '<w:r><w:separator/></w:r>') +
        note('footnote', 3, t('First'), '<w:r><w:br/></w:r>', t('note')),
      endnotes: note('endnote', 2, t('Second')),
    });
    expect(text).toBe('One[1], two[2].\n\n[1] First\nnote\n\n[2] Second');
  });

  test('headers and footers, once, unless they hold only a page number', async () => {
    const text = await textOf(p(t('Body')), {
      header1: p(t('Contract 12')),
      header2: p(t('Contract 12')),
      footer1: p(t('Confidential')),
      footer2: p(`<w:fldSimple>${t('3')}</w:fldSimple>`),
    });
    expect(text).toBe('Contract 12\n\nBody\n\nConfidential');
  });
});

describe('the numbers of lists', () => {
  const level = (number: number, format: string, text: string, start = 1) =>
    `<w:lvl w:ilvl="${number}"><w:start w:val="${start}"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/></w:lvl>`;
  const kinds = (...levels: string[]) =>
    `<w:abstractNum w:abstractNumId="7">${levels.join('')}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>`;

  test.each([
    ['decimal', '%1.', 1, '1. a\n2. b\n3. c'],
    ['decimal', '§ %1', 4, '§ 4 a\n§ 5 b\n§ 6 c'],
    ['lowerLetter', '%1)', 25, 'y) a\nz) b\naa) c'],
    ['upperLetter', '(%1)', 1, '(A) a\n(B) b\n(C) c'],
    ['lowerRoman', '%1.', 3, 'iii. a\niv. b\nv. c'],
    ['upperRoman', '%1', 1998, 'MCMXCVIII a\nMCMXCIX b\nMM c'],
    ['decimalZero', '%1', 9, '09 a\n10 b\n11 c'],
    ['bullet', '', 1, '- a\n- b\n- c'],
    ['unheardOf', '%1.', 1, '1. a\n2. b\n3. c'],
  ])('in the format %s with %j from %i', async (format, text, start, expected) => {
    const numbering = kinds(level(0, format, text, start));
    expect(await textOf(item('a') + item('b') + item('c'), { numbering })).toBe(expected);
  });

  test('of several levels', async () => {
    const numbering = kinds(
      level(0, 'decimal', '%1'),
      level(1, 'decimal', '%1.%2'),
      level(2, 'lowerLetter', '%3)'),
    );
    const body = [
      [0, 'a'],
      [1, 'b'],
      [1, 'c'],
      [2, 'd'],
      [0, 'e'],
      [1, 'f'],
    ] as const;
    const text = await textOf(body.map(([depth, content]) => item(content, 1, depth)).join(''), {
      numbering,
    });
    expect(text).toBe('1 a\n1.1 b\n1.2 c\na) d\n2 e\n2.1 f');
  });

  test('from a style, and continued after other paragraphs', async () => {
    const numbering = kinds(level(0, 'decimal', '%1.'));
    const styles = `<w:style w:styleId="Base"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style><w:style w:styleId="Own"><w:basedOn w:val="Base"/></w:style>`;
    const styled = (text: string) => `<w:p><w:pPr><w:pStyle w:val="Own"/></w:pPr>${t(text)}</w:p>`;
    const text = await textOf(styled('a') + p(t('between')) + styled('b'), { numbering, styles });
    expect(text).toBe('1. a\n\nbetween\n\n2. b');
  });

  test('restarted by a list of its own', async () => {
    const numbering = `${kinds(level(0, 'decimal', '%1.'))}<w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>`;
    expect(await textOf(item('a') + item('b') + item('c', 2), { numbering })).toBe('1. a\n2. b\n1. c');
  });

  test('are left out where the list is unknown, never the text', async () => {
    expect(await textOf(item('a', 9) + item('b', 9))).toBe('a\n\nb');
  });
});

test('no text of any run is lost or reordered', async () => {
  const words = fc.array(fc.stringMatching(/^[a-zäß字]{1,6}$/), { minLength: 1, maxLength: 6 });
  const wrappers = fc.constantFrom(
    (text: string) => p(t(text)),
    (text: string) => p(`<w:ins>${t(text)}</w:ins>`),
    (text: string) => table([p(t(text))]),
    (text: string) => `<w:sdt><w:sdtContent>${p(t(text))}</w:sdtContent></w:sdt>`,
    (text: string) => p(`<w:r>${box(text)}</w:r>`),
    (text: string) => item(text),
  );
  await fc.assert(
    fc.asyncProperty(words, fc.array(wrappers, { minLength: 6, maxLength: 6 }), async (texts, wrap) => {
      const body = texts.map((text, place) => wrap[place]!(text)).join('');
      expect((await textOf(body)).split(/\s+/)).toEqual(texts);
    }),
    { numRuns: 200 },
  );
});

test('a file of Word itself is read as before', async () => {
  const bytes = fs.readFileSync(path.join(import.meta.dirname, 'files/minutes.docx'));
  const { text } = await readAttachment(new File([bytes], 'minutes.docx'), 'windows-1252');
  expect(text.length).toBeGreaterThan(100);
  expect(text).not.toMatch(/\n{3}|\uFFFD/);
});

describe('what a Word file has besides its text is named:', () => {
  const comment = (text: string) => `<w:comment w:id="0"><w:p>${t(text)}</w:p></w:comment>`;
  test.each<readonly [string, Readonly<Record<string, string>>, readonly string[] | undefined]>([
    ['nothing', {}, undefined],
    ['footnotes, which are read', { footnotes: '<w:footnote w:id="1"/>' }, undefined],
    ['comments', { comments: comment('Really?') }, ['comments']],
    ['a part for comments that has none', { comments: '' }, undefined],
    ['an empty comment', { comments: comment(' ') }, undefined],
    ['charts, once', { chart1: '', chart2: '' }, ['charts']],
    ['diagrams', { diagramData: '' }, ['diagrams']],
    ['an embedded web page', { aFChunk: '' }, ['embedded-files']],
    ['a part of a master document', { subDocument: '' }, ['embedded-files']],
    ['an embedded table', { package: '' }, ['embedded-files']],
    ['an old embedded object', { oleObject: '' }, ['embedded-files']],
    ['pictures, which have no text', { image: '', theme: '', styles: '' }, undefined],
    [
      'all of them',
      { comments: comment('No.'), chart: '', oleObject: '' },
      ['comments', 'charts', 'embedded-files'],
    ],
  ])('%s', async (_name, parts, leftOut) => {
    const read = await readAttachment(wordFile(p(t('Tide')), parts), 'windows-1252');
    expect(read.text).toBe('Tide');
    expect(read.leftOut).toEqual(leftOut);
  });
});
