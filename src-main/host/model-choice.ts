/** Which model to load, on what, and which ones are at hand to draft for it. */
export interface ModelChoice {
  readonly id: string;
  readonly directory: string;
  readonly provider: string;
  readonly installed: readonly { readonly id: string; readonly name: string; readonly directory: string }[];
}
