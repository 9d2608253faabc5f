export function isConverted(folder: string, formatVersion: number, adapter: string | null): boolean;
