import type { ChatMessage } from '../contract/chat.ts';
import type { ForwardCosts } from '../contract/forward-costs.ts';
import type {
  AnswerPrefix,
  GenerationEvent,
  GenerationRequest,
  PrefillRequest,
  PrefixToken,
} from '../contract/generation.ts';
import type { InspectedToken, InspectionRequest } from '../contract/inspection.ts';
import type { ModelCard, ProviderStatus } from '../contract/model-card.ts';

/**
 * Calls to the loaded model with one result each. The protocol, both of its ends and the test doubles derive from
 * this map: a new call is an entry here and a method of the model. Errors of the host itself come on top:
 * `engine-unavailable` without a loaded model, `engine-busy` while it generates.
 */
export interface HostCalls {
  /**
   * Measures what forward passes cost on this machine; takes about a second.
   * @param draftModel id of an installed model whose drafting is measured, too, or null
   * @throws ForedraftError whatever the draft model is refused with
   */
  measure(draftModel: string | null): ForwardCosts;
  /**
   * Recomputes the distributions at positions of a finished answer.
   * @throws ForedraftError `settings-invalid` for tokens outside the vocabulary, `prompt-too-long`
   */
  inspect(request: InspectionRequest): readonly InspectedToken[];
  /** Splits an answer prefix into tokens. @throws ForedraftError `settings-invalid` as `inspect` */
  tokenize(prefix: AnswerPrefix): readonly PrefixToken[];
  /**
   * Counts the tokens of a conversation up to where its answer starts, chat template included; null if they fill
   * several contexts, as they aren't all counted then.
   */
  countTokens(messages: readonly ChatMessage[]): number | null;
}

export type HostCallName = keyof HostCalls;
export type CallArguments<Name extends HostCallName> = Parameters<HostCalls[Name]>;
export type CallResult<Name extends HostCallName> = ReturnType<HostCalls[Name]>;

/** Calls that touch no session, and are answered while the model generates. */
export const concurrentCalls: ReadonlySet<HostCallName> = new Set<HostCallName>(['countTokens']);

/** An implementation of every call. */
export type CallHandlers = {
  [Name in HostCallName]: (...args: CallArguments<Name>) => CallResult<Name> | Promise<CallResult<Name>>;
};

/** A model in memory, as the host serves it. Only `concurrentCalls` overlap with anything else. */
export interface ServedModel extends CallHandlers {
  readonly card: ModelCard;
  readonly providers: readonly ProviderStatus[];
  /** The last event is `end`, with reason `stopped` after an abort of `signal`. */
  generate(request: GenerationRequest, signal: AbortSignal): AsyncIterable<GenerationEvent>;
  /** Computes a prompt into the KV cache until `signal` aborts; the part computed so far stays in the cache. */
  prefill(request: PrefillRequest, signal: AbortSignal): Promise<void>;
  /**
   * Checks the files of the model again; may overlap with everything, and with `close`.
   * @param pause awaited between short pieces of work; ends the check by throwing
   * @throws ForedraftError `model-file-invalid`
   */
  verify(pause: () => Promise<void>): Promise<void>;
  close(): void;
}

/** What to load. */
export interface ModelFiles {
  readonly directory: string;
  readonly provider: string;
  /** Directories of the models that may draft for it, by id. */
  readonly installed: ReadonlyMap<string, string>;
  /** File that records which models' files were verified. */
  readonly record: string;
}

/** What is known about a model once it is loaded. */
export type ModelInfo = Pick<ServedModel, 'card' | 'providers'>;
