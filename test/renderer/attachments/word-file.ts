import { DOMParser } from '@xmldom/xmldom';

// The page's parser, which Node lacks.
Object.assign(globalThis, { DOMParser });

const namespaces = [
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"',
  'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"',
  'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"',
  'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"',
  'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"',
  'xmlns:v="urn:schemas-microsoft-com:vml"',
].join(' ');
const types = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** A Word file with this body, and with other parts by the type of their relation. */
export function wordFile(body: string, parts: Readonly<Record<string, string>> = {}): File {
  const names = Object.keys(parts);
  const relations = (all: readonly (readonly [string, string])[]) =>
    `<Relationships>${all
      .map(([type, target], id) => `<Relationship Id="r${id}" Type="${types}/${type}" Target="${target}"/>`)
      .join('')}</Relationships>`;
  const file = zipOf({
    '[Content_Types].xml': '<Types/>',
    '_rels/.rels': relations([['officeDocument', 'word/document.xml']]),
    'word/document.xml': `<w:document ${namespaces}><w:body>${body}</w:body></w:document>`,
    'word/_rels/document.xml.rels': relations(names.map((name) => [name.replace(/\d$/, ''), `${name}.xml`])),
    ...Object.fromEntries(
      names.map((name) => [`word/${name}.xml`, `<w:${name} ${namespaces}>${parts[name]}</w:${name}>`]),
    ),
  });
  return new File([Uint8Array.from(file)], 'a.docx');
}

/** An archive of files that are stored as they are, without checksums. */
function zipOf(files: Readonly<Record<string, string>>): Buffer {
  const local: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(files)) {
    const [title, bytes] = [Buffer.from(name), Buffer.from(content)];
    const header = Buffer.alloc(30);
    header.writeUInt32LE(0x04034b50, 0);
    header.writeUInt32LE(bytes.length, 18);
    header.writeUInt32LE(bytes.length, 22);
    header.writeUInt16LE(title.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt32LE(bytes.length, 20);
    entry.writeUInt32LE(bytes.length, 24);
    entry.writeUInt16LE(title.length, 28);
    entry.writeUInt32LE(offset, 42);
    local.push(header, title, bytes);
    directory.push(entry, title);
    offset += 30 + title.length + bytes.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(files).length, 8);
  end.writeUInt16LE(Object.keys(files).length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, ...directory, end]);
}
