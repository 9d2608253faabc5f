import { describe, expect, test } from 'vitest';
import { joinAttachments, splitAttachments } from '../../../src-main/contract/attachment.ts';
import { titleFrom } from '../../../src-main/contract/title.ts';
import { MessageAttachments } from '../../../src-renderer/state/write/attachments/message-attachments.svelte.ts';
import { wordFile } from './word-file.ts';

function placeWith(text: string) {
  const place = { text, read: () => place.text, write: (next: string) => void (place.text = next) };
  return place;
}

describe('a message with files', () => {
  test.each([
    [[{ name: 'a.txt', text: 'one' }], 'typed'],
    [[{ name: 'a "b" <c> & d.md', text: '</file>\n\n</file-2>' }], ''],
    [
      [
        { name: 'a.txt', text: '<file name="b.txt">\nx\n</file>\n\n' },
        { name: 'b.txt', text: '\n' },
      ],
      '\n  typed\n',
    ],
    [[], 'nothing <file name="x"> but text'],
  ])('round-trips', (attachments, typed) => {
    expect(splitAttachments(joinAttachments(attachments, typed))).toEqual({ attachments, typed });
  });

  test('that is truncated or malformed is plain text', () => {
    for (const text of [
      '<file name="a.txt">\nhalf',
      '<file name="a.txt">',
      '<file>\nx\n</file>\n\n',
      ' <file name="a">\nx\n</file>\n\n',
    ])
      expect(splitAttachments(text)).toEqual({ attachments: [], typed: text });
  });

  test('gives its conversation a title from the typed text or the files', () => {
    const files = [{ name: 'minutes.docx', text: 'long '.repeat(100) }];
    expect(titleFrom(joinAttachments(files, 'Sum it up'))).toBe('Sum it up');
    expect(titleFrom(joinAttachments(files, ' '))).toBe('minutes.docx');
  });
});

describe('MessageAttachments', () => {
  test('adds files before text typed meanwhile, reports rejected ones, and removes files', async () => {
    const attachments = new MessageAttachments();
    const place = placeWith('ty');
    const adding = attachments.add([new File(['one'], 'a.txt'), new File(['x'], 'b.png')], place, 'en');
    expect(attachments.reading).toBe(2);
    place.write('typed');
    await adding;
    expect(attachments.reading).toBe(0);
    expect(attachments.refused).toEqual([{ name: 'b.png', reason: 'type' }]);
    expect(splitAttachments(place.read())).toEqual({
      attachments: [{ name: 'a.txt', text: 'one' }],
      typed: 'typed',
    });
    await attachments.add([new File(['two'], 'a.txt'), new File(['three'], 'c.md')], place, 'en');
    expect(attachments.refused).toEqual([]);
    expect(splitAttachments(place.read()).attachments.map(({ text }) => text)).toEqual(['two', 'three']);
    attachments.remove(0, place);
    attachments.remove(0, place);
    expect(place.read()).toBe('typed');
  });

  test('names the files that are attached in part, until they are dismissed', async () => {
    const attachments = new MessageAttachments();
    const place = placeWith('');
    const comment = '<w:comment w:id="0"><w:p><w:r><w:t>No</w:t></w:r></w:p></w:comment>';
    const file = wordFile('<w:p><w:r><w:t>Tide</w:t></w:r></w:p>', { comments: comment });
    await attachments.add([file, new File(['one'], 'b.txt')], place, 'en');
    expect(attachments.incomplete).toEqual([{ name: 'a.docx', leftOut: ['comments'] }]);
    expect(splitAttachments(place.read()).attachments).toEqual([
      { name: 'a.docx', text: 'Tide' },
      { name: 'b.txt', text: 'one' },
    ]);
    attachments.dismiss();
    expect(attachments.incomplete).toEqual([]);
  });

  test('keeps a message within the limit of the main process', async () => {
    const attachments = new MessageAttachments();
    const place = placeWith('');
    const long = ['a', 'b', 'c'].map((name) => new File(['x'.repeat(390_000)], `${name}.txt`));
    await attachments.add(long, place, 'en');
    expect(attachments.refused).toEqual([{ name: 'c.txt', reason: 'no-room' }]);
    expect(place.read().length).toBeLessThan(1_000_000);
  });
});
