/** Whether two arrays are equal bit for bit; quicker and more readable in failure than a deep comparison. */
export function sameBits(one: ArrayBufferView, other: ArrayBufferView): boolean {
  return (
    one.byteLength === other.byteLength &&
    Buffer.compare(
      Buffer.from(one.buffer, one.byteOffset, one.byteLength),
      Buffer.from(other.buffer, other.byteOffset, other.byteLength),
    ) === 0
  );
}
