import * as v from 'valibot';
import type { EngineStatus } from './engine-status.ts';
import type { ErrorReport } from './error.ts';
import type { GenerationEvent } from './generation.ts';
import type { Conversation, ConversationSummary, Message } from './history.ts';
import type { Settings } from './settings.ts';
import { settingsSchema } from './settings.ts';
import { strategySchema } from './strategy.ts';
import { maximumAnswerTokens } from './generation.ts';

/** Longest text that one message or system prompt may have, in UTF-16 units. */
export const maximumTextLength = 1_000_000;

const id = v.pipe(v.string(), v.uuid());
const text = v.pipe(v.string(), v.maxLength(maximumTextLength));
const maxTokens = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(maximumAnswerTokens));

/** The argument of each request from the renderer, as it is checked in main. */
export const requestSchemas = {
  'conversations-list': v.undefined(),
  'conversation-open': v.strictObject({ id }),
  'conversation-create': v.strictObject({ systemPrompt: text }),
  'conversation-rename': v.strictObject({ id, title: v.pipe(v.string(), v.maxLength(200)) }),
  'conversation-set-system-prompt': v.strictObject({ id, systemPrompt: text }),
  'conversation-delete': v.strictObject({ id }),
  /** Adds a user message below `parentId` and starts an answer below it. */
  'answer-send': v.strictObject({
    conversationId: id,
    parentId: v.nullable(id),
    content: text,
    strategy: strategySchema,
    maxTokens,
  }),
  /** Starts another answer below the user message `parentId`. */
  'answer-regenerate': v.strictObject({
    conversationId: id,
    parentId: id,
    strategy: strategySchema,
    maxTokens,
  }),
  'answer-stop': v.strictObject({ messageId: id }),
  /** Answers that are being written now, so that a reloaded window can attach to them. */
  'answers-running': v.undefined(),
  'engine-status': v.undefined(),
  'engine-restart': v.undefined(),
  'settings-read': v.undefined(),
  'settings-write': settingsSchema,
  'clipboard-write': v.strictObject({ text }),
} as const;

export type RequestName = keyof typeof requestSchemas;
export type RequestArgument<Name extends RequestName> = v.InferInput<(typeof requestSchemas)[Name]>;

export interface RequestResults {
  'conversations-list': readonly ConversationSummary[];
  'conversation-open': Conversation;
  'conversation-create': ConversationSummary;
  'conversation-rename': null;
  'conversation-set-system-prompt': null;
  'conversation-delete': null;
  'answer-send': { readonly question: Message; readonly answer: Message };
  'answer-regenerate': { readonly answer: Message };
  'answer-stop': null;
  'answers-running': readonly Message[];
  'engine-status': EngineStatus;
  'engine-restart': null;
  'settings-read': Settings;
  'settings-write': null;
  'clipboard-write': null;
}

/** How a request is answered: an expected failure is a value, so that its code survives. */
export type Reply<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: ErrorReport };

/** What main tells the renderer without being asked. */
export interface PushEvents {
  /** A frame's worth of events of one answer, in order. `messageId` is the answer's message. */
  'answer-events': { readonly messageId: string; readonly events: readonly GenerationEvent[] };
  /** The answer as it was kept after it ended in any way; replaces what was streamed. */
  'answer-settled': { readonly message: Message };
  'engine-status': EngineStatus;
  'conversations-changed': readonly ConversationSummary[];
}
export type PushName = keyof PushEvents;

/** `window.api`: all that the sandboxed renderer can do. */
export interface Api {
  request<Name extends RequestName>(
    name: Name,
    argument: RequestArgument<Name>,
  ): Promise<Reply<RequestResults[Name]>>;
  /** Calls `listener` on every event of that name until the returned function is called. */
  on<Name extends PushName>(name: Name, listener: (payload: PushEvents[Name]) => void): () => void;
}
