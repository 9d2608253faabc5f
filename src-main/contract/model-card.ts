import type { ActionFigure } from './rewrite/action-figures.ts';

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
 * Which kernels compute a model's forwards. `operators`: the project's own, whose results are the same bits on every
 * processor; `instructionSet` is the one in use, such as avx512. `standard`: ONNX Runtime's own, because
 * - `no-graph`: the model has no graph of the project's operators
 * - `library-missing`, `library-refused`: the operators' library is missing, or can't be loaded
 * - `processor`: the processor has none of the instruction sets that make the operators fast
 * - `forced`: the environment variable FOREDRAFT_KERNELS says so
 * - `provider`: the operators run on the CPU only
 */
export type Kernels =
  | { readonly kind: 'operators'; readonly instructionSet: string }
  | { readonly kind: 'standard'; readonly reason: StandardKernelsReason };

export const standardKernelsReasons = [
  'no-graph',
  'library-missing',
  'library-refused',
  'processor',
  'forced',
  'provider',
] as const;
export type StandardKernelsReason = (typeof standardKernelsReasons)[number];

/**
 * How far outputs depend on how tokens are batched.
 * `exact`: not at all, by construction: the project's operators compute each row alike.
 * The others hold for ONNX Runtime's kernels and are probed when the model is loaded:
 * `paired`: bit-identical for all widths of 2 or more, so a single token runs as width 2.
 * `fixed`: bit-identical only if every forward has this width.
 * `rounding`: never bit-identical; `difference` is the largest difference of a logit observed.
 */
export type WidthRule =
  | { readonly kind: 'exact' }
  | { readonly kind: 'paired' }
  | { readonly kind: 'fixed'; readonly width: number }
  | { readonly kind: 'rounding'; readonly difference: number };

/** A model by its id or name, with the adapter that it runs with, in English. */
export function modelWithAdapter(model: string, adapter: string | null): string {
  return adapter === null ? model : `${model} with ${adapter}`;
}

/** Properties of a loaded model. */
export interface ModelCard {
  readonly id: string;
  readonly name: string;
  readonly architecture: string;
  /** Number format of the weights in use: float32, 8-bit or 4-bit, or types of the file it was converted from, such as Q4_1, Q8_0. */
  readonly precision: string;
  readonly contextLength: number;
  readonly vocabularySize: number;
  /** Estimated from the model's shape. */
  readonly parameters: number;
  readonly provider: Provider;
  readonly kernels: Kernels;
  readonly widthRule: WidthRule;
  /**
   * How far the log-probability of a likely token may differ, in nats, between a tree of branches and a linear read: the
   * largest difference of a short sample, measured when the model is loaded; 0 under the rule `exact`.
   */
  readonly treeDifference: number;
  /** Name of the low-rank adapter that the model can run with (`GenerationRequest.adapter`); null if it has none. */
  readonly adapter: string | null;
  /** How well it does actions, as measured with the adapter that it has now; none if it wasn't. */
  readonly actions: readonly ActionFigure[];
  /** Why the figures in its folder are ignored, in English; null if they aren't. */
  readonly actionsFault: string | null;
}
