/**
 * Byte-level BPE writes a token's bytes as printable characters: a byte that is a printable Latin-1
 * character stands for itself, the other 68 are the characters from U+0100 on, in order of the bytes.
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

const byteOf = byteOfCharacter();

/** The bytes that a vocabulary entry stands for; one written in other characters is plain text. */
export function bytesOfEntry(entry: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of entry) {
    const byte = byteOf.get(character);
    if (byte === undefined) return new TextEncoder().encode(entry);
    bytes.push(byte);
  }
  return Uint8Array.from(bytes);
}
