/** The model to load, its execution provider, and the installed models that may draft for it. */
export interface ModelChoice {
  readonly id: string;
  readonly directory: string;
  readonly provider: string;
  /** File that records which models' files were verified. */
  readonly record: string;
  readonly installed: readonly { readonly id: string; readonly name: string; readonly directory: string }[];
}
