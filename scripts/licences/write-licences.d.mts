export function writeLicences(target: string, bundled: Iterable<string>, beside: readonly string[]): void;
