import type { ErrorReport } from './error.ts';
import type { ModelCard, ProviderStatus } from './model-card.ts';

/** Id and display name of an installed model. */
export interface ModelName {
  readonly id: string;
  readonly name: string;
}

/** State of the engine host, as known to the main process. */
export type EngineStatus =
  | { readonly state: 'starting' }
  | { readonly state: 'loading'; readonly modelId: string }
  | {
      readonly state: 'ready';
      readonly model: ModelCard;
      readonly providers: readonly ProviderStatus[];
      /** All models on this machine, including the loaded one; the others may serve as draft models. */
      readonly installed: readonly ModelName[];
    }
  /** The host is down or has no model; `restartable`: whether restarting the engine may help. */
  | { readonly state: 'failed'; readonly error: ErrorReport; readonly restartable: boolean };
