import * as v from 'valibot';
import { answerSettingsSchema } from '../answer-settings.ts';
import { earlierMessages } from '../comparison.ts';
import type { Conversation, ConversationSummary, Draft, Message, NewConversation } from '../conversation.ts';
import type { SearchResult } from '../generation.ts';
import type { InspectedToken } from '../inspection.ts';
import { maximumInspectedTokens } from '../inspection.ts';
import type { CustomPreset } from '../preset.ts';
import { newPresetSchema } from '../preset.ts';
import type { RunToken } from '../run.ts';
import { id, messageText, none, request, title } from './request.ts';

/** Continued answers can be longer than `maximumAnswerTokens`. */
const tokenPosition = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000_000));
const { strategy, maxTokens } = answerSettingsSchema.entries;
const generation = { strategy, maxTokens };

export const conversationRequests = {
  'conversations-list': request(none).returns<readonly ConversationSummary[]>(),
  'conversation-open': request(v.strictObject({ id })).returns<Conversation>(),
  'conversation-create': request(
    v.strictObject({ systemPrompt: messageText, settings: answerSettingsSchema }),
  ).returns<ConversationSummary>(),
  /** What was set for the conversation that isn't stored yet. */
  'new-conversation-read': request(none).returns<NewConversation>(),
  /** Saves that until the conversation is created. */
  'new-conversation-write': request(
    v.strictObject({ systemPrompt: v.nullable(messageText), settings: v.nullable(answerSettingsSchema) }),
  ).returns<null>(),
  /** Creates a conversation from a question and an answer written elsewhere, and the messages before them. */
  'conversation-begin': request(
    v.strictObject({
      systemPrompt: messageText,
      earlier: v.exactOptional(earlierMessages),
      question: messageText,
      answer: messageText,
    }),
    20_000_000,
  ).returns<ConversationSummary>(),
  'conversation-rename': request(v.strictObject({ id, title })).returns<null>(),
  'conversation-set-system-prompt': request(
    v.strictObject({ id, systemPrompt: messageText }),
  ).returns<null>(),
  /** Applies to future answers. */
  'conversation-set-settings': request(
    v.strictObject({ id, settings: answerSettingsSchema }),
  ).returns<null>(),
  'conversation-star': request(v.strictObject({ id, starred: v.boolean() })).returns<null>(),
  'conversation-archive': request(v.strictObject({ id, archived: v.boolean() })).returns<null>(),
  /** Marks a conversation as deleted and stops its running answer; `conversation-restore` undoes it for a while. */
  'conversation-delete': request(v.strictObject({ id })).returns<null>(),
  'conversation-restore': request(v.strictObject({ id })).returns<null>(),
  /** Permanently removes all deleted conversations. */
  'conversations-empty': request(none).returns<null>(),
  /** Selects each of these messages among its siblings, until a new sibling is added. */
  'conversation-show': request(
    v.strictObject({ id, messageIds: v.pipe(v.array(id), v.minLength(1)) }),
  ).returns<null>(),

  'drafts-list': request(none).returns<readonly Draft[]>(),
  /** Saves unsent text; '' removes the draft. */
  'draft-write': request(
    v.strictObject({
      conversationId: v.nullable(id),
      messageId: v.nullable(id),
      text: messageText,
      branch: v.nullable(v.strictObject({ parentId: v.nullable(id) })),
    }),
  ).returns<null>(),

  /** Adds an edited copy of an answer as its sibling. */
  'message-edit': request(
    v.strictObject({ conversationId: id, messageId: id, content: messageText }),
  ).returns<Message>(),
  /** Adds a user message below `parentId` and starts an answer to it. */
  'answer-send': request(
    v.strictObject({ conversationId: id, parentId: v.nullable(id), content: messageText, ...generation }),
  ).returns<{ readonly question: Message; readonly answer: Message }>(),
  /** Starts another answer to the user message `parentId`. */
  'answer-regenerate': request(v.strictObject({ conversationId: id, parentId: id, ...generation })).returns<{
    readonly answer: Message;
  }>(),
  /**
   * Starts a sibling of the answer `messageId` that continues a prefix of it: its first `keepTokens` tokens (null:
   * all but an end token), followed by `token` unless that is null.
   */
  'answer-continue': request(
    v.strictObject({
      conversationId: id,
      messageId: id,
      keepTokens: v.nullable(tokenPosition),
      token: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0))),
      ...generation,
    }),
  ).returns<{ readonly answer: Message }>(),
  'answer-stop': request(v.strictObject({ messageId: id })).returns<null>(),
  /** The recorded tokens of an answer. */
  'answer-tokens': request(v.strictObject({ conversationId: id, messageId: id })).returns<
    readonly RunToken[]
  >(),
  /** The results of the search that found an answer, best first; the first is the answer. Empty without a search. */
  'answer-search-results': request(v.strictObject({ conversationId: id, messageId: id })).returns<
    readonly SearchResult[]
  >(),
  /** Recomputes the distributions at `count` positions of an answer, from `first`. */
  'answer-inspect': request(
    v.strictObject({
      conversationId: id,
      messageId: id,
      first: tokenPosition,
      count: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(maximumInspectedTokens)),
      withPolicy: v.optional(v.boolean()),
    }),
  ).returns<readonly InspectedToken[]>(),
  /** Answers being generated, so that a reloaded window can attach to them. */
  'answers-running': request(none).returns<readonly Message[]>(),

  /** Messages sent in any conversation, newest first. */
  'questions-recent': request(none).returns<readonly string[]>(),
  'presets-list': request(none).returns<readonly CustomPreset[]>(),
  /** Saves a custom preset: a new one if `id` is null, a deleted one under its former id. */
  'preset-save': request(v.strictObject({ id: v.nullable(id), preset: newPresetSchema })).returns<
    readonly CustomPreset[]
  >(),
  'preset-delete': request(v.strictObject({ id })).returns<readonly CustomPreset[]>(),
  /** Counts the prompt tokens that sending `text` below `parentId` would take; null if they fill several contexts. */
  'prompt-count': request(
    v.strictObject({
      conversationId: v.nullable(id),
      parentId: v.nullable(id),
      /** The system prompt of a conversation that isn't saved yet; '' for a saved one. */
      systemPrompt: messageText,
      text: messageText,
    }),
  ).returns<number | null>(),
};
