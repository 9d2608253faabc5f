/** The UTC offset of a row as stored; absent if it isn't known. */
export type StoredOffset = { readonly utcOffset: number | null };

/** How many minutes local time is ahead of UTC at `time`, in milliseconds since 1970. */
export function utcOffsetAt(time: number): number {
  // -0 would be written as a real number.
  return -new Date(time).getTimezoneOffset() || 0;
}

/** A row's offset as a member that is absent if it isn't known. */
export function knownOffset({ utcOffset }: StoredOffset): { readonly utcOffset?: number } {
  return utcOffset === null ? {} : { utcOffset };
}
