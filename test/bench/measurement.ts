/** Figures of one engine, measured in a separate process so that peak memory is comparable. */
export interface Measurement {
  /** Mean milliseconds per decoded token, by context length. */
  readonly tokenMs: Readonly<Record<(typeof contexts)[number], number>>;
  /** Prompt tokens per second, by prompt length. */
  readonly prefillRate: Readonly<Record<(typeof prompts)[number], number>>;
  /** Megabytes. */
  readonly peakMemory: number;
}

export const contexts = [256, 1024, 4000] as const;
export const prompts = [512, 2048] as const;
/** Tokens decoded per measurement. */
export const decodedTokens = 96;
/** Configuration of both engines. */
export const threads = 2;
export const cacheSlots = 4352;

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? NaN) + (sorted[Math.floor(middle)] ?? NaN)) / 2;
}

/** `count` pseudorandom token ids of the default model, the same for both engines. */
export function promptTokens(count: number): number[] {
  let state = 1;
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return 17 + ((state >>> 8) % 49000);
  });
}

export function peakMemory(): number {
  return process.resourceUsage().maxRSS / 1024;
}
