import type { ErrorReport } from './error.ts';
import type { ModelCard, ProviderStatus } from './model-card.ts';

/** An installed model, as settings and people call it. */
export interface ModelName {
  readonly id: string;
  readonly name: string;
}

/** What the engine host is doing, as main knows it. */
export type EngineStatus =
  | { readonly state: 'starting' }
  | { readonly state: 'loading'; readonly modelId: string }
  | {
      readonly state: 'ready';
      readonly model: ModelCard;
      readonly providers: readonly ProviderStatus[];
      /** Every model on this machine, the loaded one included: the others may draft for it. */
      readonly installed: readonly ModelName[];
    }
  /** The host is down or has no model; `restartable` says whether Restart engine can help. */
  | { readonly state: 'failed'; readonly error: ErrorReport; readonly restartable: boolean };
