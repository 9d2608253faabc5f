import type { ComparisonSummary, RunningComparison } from './comparison.ts';
import type { ConversationSummary } from './conversation.ts';
import type { DocumentSummary } from './document.ts';
import type { EngineStatus } from './engine-status.ts';
import type { ErrorReport } from './error.ts';

import type { MenuCommand } from './menu-commands.ts';
import type { RequestArgument, RequestName, RequestResult } from './requests.ts';
import type { RunEvents } from './run.ts';

/** The two channels between the window and main: `request(name, argument)`, and `push(name, payload)` the other way. */
export const requestChannel = 'request';
export const pushChannel = 'push';

/** The reply to a request. A failure is a value, so that its code survives the bridge. */
export type Reply<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: ErrorReport };

/** Push events from main to the window, by name. */
export interface PushEvents extends RunEvents {
  'engine-status': EngineStatus;
  /** A command chosen in the application menu. */
  'menu-command': MenuCommand;
  'conversations-changed': readonly ConversationSummary[];
  /** The running comparison at every change; null when the engine is free again. */
  'comparison-running': RunningComparison | null;
  'comparisons-changed': readonly ComparisonSummary[];
  'documents-changed': readonly DocumentSummary[];
  /** The program is about to quit: the page saves everything and answers with `saved-all`. */
  'save-all': { readonly attempt: number };
}
export type PushName = keyof PushEvents;

/** Sends a push to the window, if there is one. */
export type Push = <Name extends PushName>(name: Name, payload: PushEvents[Name]) => void;

/** `window.api`: all that the sandboxed renderer can do. */
export interface Api {
  request<Name extends RequestName>(
    name: Name,
    argument: RequestArgument<Name>,
  ): Promise<Reply<RequestResult<Name>>>;
  /** Calls `listener` for every push of that name, until the returned function is called. */
  on<Name extends PushName>(name: Name, listener: (payload: PushEvents[Name]) => void): () => void;
}
