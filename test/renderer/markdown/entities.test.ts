import { expect, test } from 'vitest';
import { decodeEntities } from '../../../src-renderer/components/markdown/entities.ts';

test.each([
  ['Fish &amp; chips', 'Fish & chips'],
  ['&lt;b&gt; &#39;x&#x27; &quot;', "<b> 'x' \""],
  ['R&D; &unknown; &#0; &#x110000;', 'R&D; &unknown; &#0; &#x110000;'],
  ['AT&T', 'AT&T'],
  ['&constructor; &toString;', '&constructor; &toString;'],
])('%s decodes to %s', (written, read) => {
  expect(decodeEntities(written)).toBe(read);
});
