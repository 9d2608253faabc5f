import type { AnswerSettings } from './answer-settings.ts';
import type { Run, StartedStatus } from './run.ts';

/** Identifiers are UUIDs; times are milliseconds since 1970, UTC. */
export interface ConversationSummary {
  readonly id: string;
  /** '' until the first message names it. */
  readonly title: string;
  readonly systemPrompt: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly starred: boolean;
  /** Hidden from the list of conversations in use. */
  readonly archived: boolean;
  /** When it was deleted, to be purged after `deletedKeptDays`; null if it isn't deleted. */
  readonly deletedAt: number | null;
}

/** Days of use for which a deleted conversation or document can be restored. */
export const deletedKeptDays = 30;

/** A node of a conversation's tree. Siblings share a parent; nothing is ever overwritten. */
export interface Message {
  readonly id: string;
  readonly conversationId: string;
  /** null for a first message. */
  readonly parentId: string | null;
  readonly role: 'user' | 'assistant';
  /** The text of its run, or the user's text. */
  readonly content: string;
  /** The status of its run; `done` without a run. */
  readonly status: StartedStatus;
  readonly createdAt: number;
  /** Of a question: how many minutes local time was ahead of UTC then; absent where it isn't known. */
  readonly utcOffset?: number;
  /** The answer that this one edits or continues; null for any other message. */
  readonly sourceId: string | null;
  /** null for a message written by the user, including an edited answer. */
  readonly run: AnswerRun | null;
}

/** The run that wrote an answer; its text and status are the message's. */
export type AnswerRun = Omit<Run, 'owner' | 'text' | 'status'>;

/** An answer with the current text and status of its run. */
export function answerWith(answer: Message, run: Run): Message {
  const { text, status, id, modelId, provider, adapter, strategy } = run;
  if (status === 'waiting') return answer;
  const { endReason, statistics, error, startedAt, kernels } = run;
  const model = { modelId, provider, adapter, kernels };
  const answerRun = { id, ...model, strategy, endReason, statistics, error, startedAt };
  return { ...answer, content: text, status, run: answerRun };
}

/** A conversation with its whole tree, messages in order of creation. */
export interface Conversation extends ConversationSummary {
  readonly settings: AnswerSettings;
  readonly messages: readonly Message[];
  /** Identifiers of the messages shown in place of a newer sibling. */
  readonly shown: readonly string[];
}

/** What was set for a conversation that isn't stored yet; null where the user's default applies. */
export interface NewConversation {
  readonly systemPrompt: string | null;
  readonly settings: AnswerSettings | null;
}

/** Where a draft belongs: at the end of a conversation, or in place of one of its messages. */
export interface DraftPlace {
  /** null for a conversation that isn't stored yet. */
  readonly conversationId: string | null;
  /** The message that is being edited; null for the next message. */
  readonly messageId: string | null;
}

/** Text that was typed and not sent. */
export interface Draft extends DraftPlace {
  readonly text: string;
  /** The parent of the next message (null: a new first message); null: the last message shown. */
  readonly branch: { readonly parentId: string | null } | null;
}
