import type { ChatMessage } from '../contract/chat.ts';
import type { ErrorReport } from '../contract/error.ts';
import type {
  PrefixToken,
  GenerationEvent,
  GenerationRequest,
  PrefillRequest,
} from '../contract/generation.ts';
import type { ForwardCosts } from '../contract/forward-costs.ts';
import type { InspectedToken, InspectionRequest } from '../contract/inspection.ts';
import type { ModelCard, ProviderStatus } from '../contract/model-card.ts';

/** From main to the engine host. `id` is chosen by main and never used twice. */
export type HostRequest =
  | {
      readonly type: 'load';
      readonly id: number;
      readonly directory: string;
      readonly provider: string;
      /** Ids and folders of the models that may draft for this one. */
      readonly installed: readonly (readonly [id: string, directory: string])[];
    }
  | { readonly type: 'unload'; readonly id: number }
  | { readonly type: 'generate'; readonly id: number; readonly request: GenerationRequest }
  | { readonly type: 'measure'; readonly id: number; readonly draftModel: string | null }
  | { readonly type: 'inspect'; readonly id: number; readonly request: InspectionRequest }
  | {
      readonly type: 'tokenize';
      readonly id: number;
      readonly answerPrefix: NonNullable<GenerationRequest['answerPrefix']>;
    }
  /** Answered at once, also while something else is being done. */
  | { readonly type: 'count'; readonly id: number; readonly messages: readonly ChatMessage[] }
  /** Reads a prompt that may be asked for next, while nothing else is done; has no reply. */
  | { readonly type: 'read'; readonly id: number; readonly prompt: PrefillRequest }
  /** Ends the generation `id`; it answers with its `end` event, reason `stopped`. */
  | { readonly type: 'cancel'; readonly id: number }
  | { readonly type: 'ping'; readonly id: number };

/** From the engine host to main. */
export type HostReply =
  /** The host is up and takes requests. */
  | { readonly type: 'hello' }
  | {
      readonly type: 'loaded';
      readonly id: number;
      readonly card: ModelCard;
      readonly providers: readonly ProviderStatus[];
    }
  | { readonly type: 'unloaded'; readonly id: number }
  /** Events of the generation `id`, in order; the last one of all is `end`. */
  | { readonly type: 'events'; readonly id: number; readonly events: readonly GenerationEvent[] }
  | { readonly type: 'measured'; readonly id: number; readonly costs: ForwardCosts }
  | { readonly type: 'inspected'; readonly id: number; readonly tokens: readonly InspectedToken[] }
  | { readonly type: 'tokenized'; readonly id: number; readonly tokens: readonly PrefixToken[] }
  | { readonly type: 'counted'; readonly id: number; readonly tokens: number }
  | { readonly type: 'failed'; readonly id: number; readonly error: ErrorReport }
  | { readonly type: 'pong'; readonly id: number };
