import type { ErrorReport } from '../contract/error.ts';
import type { GenerationEvent, GenerationRequest, PrefillRequest } from '../contract/generation.ts';
import type { CallArguments, HostCallName, ModelFiles } from './calls.ts';

/** From main to the engine host. `id` is chosen by main and never reused. */
export type HostMessage =
  | { readonly type: 'load'; readonly id: number; readonly model: ModelFiles }
  | { readonly type: 'unload'; readonly id: number }
  | CallMessage
  | { readonly type: 'generate'; readonly id: number; readonly request: GenerationRequest }
  /** Warms the cache while the host is idle; has no reply. */
  | { readonly type: 'prefill'; readonly request: PrefillRequest }
  /** Stops the generation `id`, which then ends with reason `stopped`. */
  | { readonly type: 'cancel'; readonly id: number }
  | { readonly type: 'ping' };

/** One of HostCalls. */
export type CallMessage = {
  readonly [Name in HostCallName]: {
    readonly type: 'call';
    readonly id: number;
    readonly name: Name;
    readonly args: CallArguments<Name>;
  };
}[HostCallName];

/** From the engine host to main. */
export type HostReply =
  /** The host is up and takes messages. */
  | { readonly type: 'hello' }
  /** The result of a load, an unload or a call; its type follows from the request. */
  | { readonly type: 'result'; readonly id: number; readonly value: unknown }
  /** Events of the generation `id`, in order; the very last one is `end`. */
  | { readonly type: 'events'; readonly id: number; readonly events: readonly GenerationEvent[] }
  | { readonly type: 'failed'; readonly id: number; readonly error: ErrorReport }
  /** The model's files turned out to be damaged, and it was unloaded. */
  | { readonly type: 'damaged'; readonly error: ErrorReport }
  | { readonly type: 'pong' };
