/** Measured cost of forwards on this machine, which decides whether speculation pays off. */
export interface ForwardCosts {
  readonly modelId: string;
  /** Tokens in the cache before each forward. */
  readonly contextTokens: number;
  /** Median milliseconds of a forward by its width in tokens; widths ascend from 1. */
  readonly forwards: readonly { readonly width: number; readonly milliseconds: number }[];
  /** Cost of one token of the draft model; null if none was requested. */
  readonly draft: { readonly modelId: string; readonly milliseconds: number } | null;
}
