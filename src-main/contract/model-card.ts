export type Provider = 'cpu' | 'cuda' | 'directml' | 'coreml' | 'webgpu';
export const providers: readonly Provider[] = ['cuda', 'directml', 'coreml', 'webgpu', 'cpu'];

/**
 * Why a provider can or can't run here: `everywhere`, it always can; `other-platform`, it doesn't exist on
 * this system; `not-used-yet`, the runtime doesn't drive it in this version.
 */
export type ProviderReason = 'everywhere' | 'other-platform' | 'not-used-yet';

export interface ProviderStatus {
  readonly provider: Provider;
  readonly available: boolean;
  readonly reason: ProviderReason;
}

/**
 * How far outputs depend on how tokens were batched, as probed when the model was loaded.
 * `paired`: bit-identical for every width of 2 or more, so a lone token runs as width 2.
 * `fixed`: bit-identical only if every forward has this one width.
 * `rounding`: not even that; `difference` is the largest difference of a logit that was seen.
 */
export type WidthRule =
  | { readonly kind: 'paired' }
  | { readonly kind: 'fixed'; readonly width: number }
  | { readonly kind: 'rounding'; readonly difference: number };

/** What is known about a loaded model. */
export interface ModelCard {
  readonly id: string;
  readonly name: string;
  readonly architecture: string;
  readonly precision: string;
  readonly contextLength: number;
  readonly vocabularySize: number;
  readonly provider: Provider;
  readonly widthRule: WidthRule;
}
