export type Provider = 'cpu' | 'cuda' | 'directml' | 'coreml' | 'webgpu';
export const providers: readonly Provider[] = ['cuda', 'directml', 'coreml', 'webgpu', 'cpu'];

/**
 * Why a provider is available or not: `everywhere`: available on all platforms; `other-platform`: not available on
 * this platform; `not-used-yet`: not supported by this version.
 */
export type ProviderReason = 'everywhere' | 'other-platform' | 'not-used-yet';

export interface ProviderStatus {
  readonly provider: Provider;
  readonly available: boolean;
  readonly reason: ProviderReason;
}

/**
 * How far outputs depend on how tokens are batched, as probed when the model is loaded.
 * `paired`: bit-identical for all widths of 2 or more, so a single token runs as width 2.
 * `fixed`: bit-identical only if every forward has this width.
 * `rounding`: never bit-identical; `difference` is the largest difference of a logit observed.
 */
export type WidthRule =
  | { readonly kind: 'paired' }
  | { readonly kind: 'fixed'; readonly width: number }
  | { readonly kind: 'rounding'; readonly difference: number };

/** Properties of a loaded model. */
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
