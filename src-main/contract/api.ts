import * as v from 'valibot';
import type { Comparison, ComparisonSummary, LeaderboardRow, Vote } from './comparison.ts';
import { descriptionSchema, newComparisonSchema, newVoteSchema, voteFilterSchema } from './comparison.ts';
import type { ComposerRequestResults } from './composer.ts';
import { composerRequestSchemas } from './composer.ts';
import type { DocumentPushEvents, DocumentRequestResults } from './document-requests.ts';
import { documentRequestSchemas } from './document-requests.ts';
import type { EngineStatus } from './engine-status.ts';
import type { ForwardCosts } from './forward-costs.ts';
import type { ErrorReport } from './error.ts';
import type { Conversation, ConversationSummary, Draft, Message } from './conversation.ts';
import type { InspectedToken } from './inspection.ts';
import { maximumInspectedTokens } from './inspection.ts';
import type { MenuCommand } from './menu-commands.ts';
import type { RunEvents, RunToken } from './run.ts';
import type { Settings } from './settings.ts';
import { settingsSchema } from './settings.ts';
import { strategySchema } from './strategy.ts';
import { maximumAnswerTokens } from './generation.ts';

/** Longest text that one message or system prompt may have, in UTF-16 units. */
export const maximumTextLength = 1_000_000;

const id = v.pipe(v.string(), v.uuid());
const text = v.pipe(v.string(), v.maxLength(maximumTextLength));
/** Answers may be continued, and so get longer than one that is asked for. */
const tokenPlace = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000_000));
const chart = v.pipe(v.string(), v.maxLength(8_000_000));
const maxTokens = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(maximumAnswerTokens));

/** What a comparison can be taken away as. */
export const exportFormats = ['markdown', 'html', 'csv', 'json'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** The argument of each request from the renderer, as it is checked in main. */
export const requestSchemas = {
  ...composerRequestSchemas,
  ...documentRequestSchemas,
  'conversations-list': v.undefined(),
  'conversation-open': v.strictObject({ id }),
  'conversation-create': v.strictObject({ systemPrompt: text }),
  /** Keeps a conversation that begins with a question and an answer from elsewhere. */
  'conversation-begin': v.strictObject({ systemPrompt: text, question: text, answer: text }),
  'conversation-rename': v.strictObject({ id, title: v.pipe(v.string(), v.maxLength(200)) }),
  'conversation-set-system-prompt': v.strictObject({ id, systemPrompt: text }),
  'conversation-star': v.strictObject({ id, starred: v.boolean() }),
  /** Puts a conversation away, or takes it back. */
  'conversation-archive': v.strictObject({ id, archived: v.boolean() }),
  /** Marks it as deleted, and stops the answer that is being written in it; it can be restored for a while. */
  'conversation-delete': v.strictObject({ id }),
  'conversation-restore': v.strictObject({ id }),
  /** Removes all deleted conversations for good. */
  'conversations-empty': v.undefined(),
  /** Remembers that each of these messages is shown instead of its siblings, until one is added to them. */
  'conversation-show': v.strictObject({ id, messageIds: v.pipe(v.array(id), v.minLength(1)) }),
  'drafts-list': v.undefined(),
  /** Keeps what is being typed; '' once there is nothing more. */
  'draft-write': v.strictObject({
    conversationId: v.nullable(id),
    messageId: v.nullable(id),
    text,
    branch: v.nullable(v.strictObject({ parentId: v.nullable(id) })),
  }),
  /** Keeps another text of an answer as a new answer beside it. */
  'message-edit': v.strictObject({ conversationId: id, messageId: id, content: text }),
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
  /**
   * Starts another answer beside the answer `messageId`, that begins with the first `keepTokens` of its tokens (null:
   * with all of it, but for an end token) and then, unless it is null, with `token`.
   */
  'answer-continue': v.strictObject({
    conversationId: id,
    messageId: id,
    keepTokens: v.nullable(tokenPlace),
    token: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0))),
    strategy: strategySchema,
    maxTokens,
  }),
  'answer-stop': v.strictObject({ messageId: id }),
  /** The tokens of an answer as they were kept. */
  'answer-tokens': v.strictObject({ conversationId: id, messageId: id }),
  /** What the model thought at `count` places of an answer, from `first` on. */
  'answer-inspect': v.strictObject({
    conversationId: id,
    messageId: id,
    first: tokenPlace,
    count: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(maximumInspectedTokens)),
    withPolicy: v.optional(v.boolean()),
  }),
  /** Answers that are being written now, so that a reloaded window can attach to them. */
  'answers-running': v.undefined(),
  'engine-status': v.undefined(),
  'engine-restart': v.undefined(),
  /** What forwards cost on this machine, and a draft model where one is named; takes about a second. */
  'engine-measure': v.strictObject({ draftModel: v.nullable(v.string()) }),
  'settings-read': v.undefined(),
  'settings-write': settingsSchema,
  'clipboard-write': v.strictObject({ text }),
  'comparisons-list': v.undefined(),
  'comparison-open': v.strictObject({ id }),
  /** Keeps a new comparison and begins to run it. */
  'comparison-start': newComparisonSchema,
  /** Runs what is waiting, interrupted, stopped or failed. */
  'comparison-resume': v.strictObject({ id }),
  /** A new comparison with the same prompt, columns and seeds. */
  'comparison-rerun': v.strictObject({ id }),
  'comparison-add-columns': v.strictObject({ id, columns: newComparisonSchema.entries.columns }),
  /** Stops one column, or all where `columnId` is null. */
  'comparison-stop': v.strictObject({ id, columnId: v.nullable(id) }),
  'comparison-describe': v.strictObject({ id, description: descriptionSchema }),
  'comparison-delete': v.strictObject({ id }),
  /** What is being run now, so that a window that comes back can show it. */
  'comparison-running': v.undefined(),
  'vote-add': newVoteSchema,
  /** The votes on one comparison. */
  'votes-list': v.strictObject({ id }),
  /** Over the votes on all comparisons that fit the filter. */
  leaderboard: voteFilterSchema,
  /** Asks where to, then writes it. */
  'comparison-export': v.strictObject({
    id,
    format: v.picklist(exportFormats),
  }),
  /** Asks where to, then writes one chart. */
  'chart-save': v.strictObject({ name: v.pipe(v.string(), v.maxLength(200)), svg: chart }),
  /** The chart as a PNG in a data URL. */
  'clipboard-write-chart': v.strictObject({
    png: v.pipe(v.string(), v.startsWith('data:image/png;base64,'), v.maxLength(32_000_000)),
  }),
  /** Asks for a JSON file that was exported, and keeps what it holds as a new comparison. */
  'comparison-import': v.undefined(),
} as const;

export type RequestName = keyof typeof requestSchemas;
export type RequestArgument<Name extends RequestName> = v.InferInput<(typeof requestSchemas)[Name]>;

export interface RequestResults extends ComposerRequestResults, DocumentRequestResults {
  'conversations-list': readonly ConversationSummary[];
  'conversation-open': Conversation;
  'conversation-create': ConversationSummary;
  'conversation-begin': ConversationSummary;
  'conversation-rename': null;
  'conversation-set-system-prompt': null;
  'conversation-star': null;
  'conversation-archive': null;
  'conversation-delete': null;
  'conversation-restore': null;
  'conversations-empty': null;
  'conversation-show': null;
  'drafts-list': readonly Draft[];
  'draft-write': null;
  'message-edit': Message;
  'answer-send': { readonly question: Message; readonly answer: Message };
  'answer-regenerate': { readonly answer: Message };
  'answer-continue': { readonly answer: Message };
  'answer-stop': null;
  'answer-tokens': readonly RunToken[];
  'answer-inspect': readonly InspectedToken[];
  'answers-running': readonly Message[];
  'engine-status': EngineStatus;
  'engine-restart': null;
  'engine-measure': ForwardCosts;
  'settings-read': Settings;
  'settings-write': null;
  'clipboard-write': null;
  'comparisons-list': readonly ComparisonSummary[];
  'comparison-open': Comparison;
  'comparison-start': Comparison;
  'comparison-resume': Comparison;
  'comparison-rerun': Comparison;
  'comparison-add-columns': Comparison;
  'comparison-stop': null;
  'comparison-describe': null;
  'comparison-delete': null;
  'comparison-running': RunningComparison | null;
  'vote-add': null;
  'votes-list': readonly Vote[];
  leaderboard: readonly LeaderboardRow[];
  /** The file's name, or null where the person thought better of it. */
  'comparison-export': string | null;
  /** The file's name, or null where the person thought better of it. */
  'chart-save': string | null;
  'clipboard-write-chart': null;
  'comparison-import': Comparison | null;
}

/** The one comparison that has the engine. */
export interface RunningComparison {
  readonly comparisonId: string;
  /** Runs that will follow the one that is being written, in order; other waiting ones were put off. */
  readonly queuedRunIds: readonly string[];
}

/** How a request is answered: an expected failure is a value, so that its code survives. */
export type Reply<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: ErrorReport };

/** What main sends to the renderer unasked. */
export interface PushEvents extends DocumentPushEvents, RunEvents {
  'engine-status': EngineStatus;
  /** Somebody chose this in the application menu. */
  'menu-command': MenuCommand;
  'conversations-changed': readonly ConversationSummary[];
  /** What is being run now, each time it changes; null when the engine is free again. */
  'comparison-running': RunningComparison | null;
  'comparisons-changed': readonly ComparisonSummary[];
}
export type PushName = keyof PushEvents;

/** Tells the window something, if there is a window. */
export type Push = <Name extends PushName>(name: Name, payload: PushEvents[Name]) => void;

/** `window.api`: all that the sandboxed renderer can do. */
export interface Api {
  request<Name extends RequestName>(
    name: Name,
    argument: RequestArgument<Name>,
  ): Promise<Reply<RequestResults[Name]>>;
  /** Calls `listener` on every event of that name until the returned function is called. */
  on<Name extends PushName>(name: Name, listener: (payload: PushEvents[Name]) => void): () => void;
}
