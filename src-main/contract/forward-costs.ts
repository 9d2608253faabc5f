/** What forwards cost on this machine: all that decides whether speculation pays. */
export interface ForwardCosts {
  readonly modelId: string;
  /** Tokens in front of each forward. */
  readonly contextTokens: number;
  /** Milliseconds of a forward of so many tokens, the median of some; widths ascending from 1. */
  readonly forwards: readonly { readonly width: number; readonly milliseconds: number }[];
  /** Of one token of the draft model, or null where none was asked for. */
  readonly draft: { readonly modelId: string; readonly milliseconds: number } | null;
}
