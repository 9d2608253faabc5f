import { describe, expect, test } from 'vitest';
import { joinAttachments, splitAttachments } from '../../../src-main/contract/attachment.ts';
import { titleFrom } from '../../../src-main/contract/title.ts';
import { Attaching } from '../../../src-renderer/state/write/attachments/attaching.svelte.ts';

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
  ])('is taken apart as it was put together', (attachments, typed) => {
    expect(splitAttachments(joinAttachments(attachments, typed))).toEqual({ attachments, typed });
  });

  test('that is cut off, or only looks like one, is text', () => {
    for (const text of [
      '<file name="a.txt">\nhalf',
      '<file name="a.txt">',
      '<file>\nx\n</file>\n\n',
      ' <file name="a">\nx\n</file>\n\n',
    ])
      expect(splitAttachments(text)).toEqual({ attachments: [], typed: text });
  });

  test('names its conversation by what was typed, or by the files', () => {
    const files = [{ name: 'minutes.docx', text: 'long '.repeat(100) }];
    expect(titleFrom(joinAttachments(files, 'Sum it up'))).toBe('Sum it up');
    expect(titleFrom(joinAttachments(files, ' '))).toBe('minutes.docx');
  });
});

describe('attaching', () => {
  test('puts files before what is typed meanwhile, tells which are refused, and takes them out again', async () => {
    const attaching = new Attaching();
    const place = placeWith('ty');
    const adding = attaching.add([new File(['one'], 'a.txt'), new File(['x'], 'b.png')], place, 'en');
    expect(attaching.reading).toBe(2);
    place.write('typed');
    await adding;
    expect(attaching.reading).toBe(0);
    expect(attaching.refused).toEqual([{ name: 'b.png', reason: 'type' }]);
    expect(splitAttachments(place.read())).toEqual({
      attachments: [{ name: 'a.txt', text: 'one' }],
      typed: 'typed',
    });
    await attaching.add([new File(['two'], 'a.txt'), new File(['three'], 'c.md')], place, 'en');
    expect(attaching.refused).toEqual([]);
    expect(splitAttachments(place.read()).attachments.map(({ text }) => text)).toEqual(['two', 'three']);
    attaching.remove(0, place);
    attaching.remove(0, place);
    expect(place.read()).toBe('typed');
  });

  test('keeps a message within what main takes', async () => {
    const attaching = new Attaching();
    const place = placeWith('');
    const long = ['a', 'b', 'c'].map((name) => new File(['x'.repeat(390_000)], `${name}.txt`));
    await attaching.add(long, place, 'en');
    expect(attaching.refused).toEqual([{ name: 'c.txt', reason: 'no-room' }]);
    expect(place.read().length).toBeLessThan(1_000_000);
  });
});
