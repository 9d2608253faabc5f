/**
 * Byte-level BPE writes a token's bytes as printable characters: bytes that are printable Latin-1 characters
 * stand for themselves, the other 68 are mapped to the characters from U+0100 on, in byte order.
 */
function byteOfCharacter(): ReadonlyMap<string, number> {
  const bytes = new Map<string, number>();
  let next = 0x100;
  for (let byte = 0; byte < 256; byte++) {
    const printable = (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xff && byte !== 0xad);
    bytes.set(String.fromCodePoint(printable ? byte : next++), byte);
  }
  return bytes;
}

/** The byte that a printable character stands for. */
export const byteOf = byteOfCharacter();
