export function readFuses(file: string): Record<string, boolean>;
export function unshippable(fuses: Readonly<Record<string, boolean>>): string | undefined;
