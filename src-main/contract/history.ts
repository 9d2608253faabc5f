import type { ErrorReport } from './error.ts';
import type { EndReason, Statistics, TokenOrigin } from './generation.ts';
import type { Strategy } from './strategy.ts';

/** Identifiers are UUIDs; times are milliseconds since 1970, UTC. */
export interface ConversationSummary {
  readonly id: string;
  /** '' until the first message names it. */
  readonly title: string;
  readonly systemPrompt: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly starred: boolean;
  /** Put away: kept, and not among those in use. */
  readonly archived: boolean;
  /** When it was deleted; it is gone for good `deletedKeptMs` later. null while it isn't. */
  readonly deletedAt: number | null;
}

/** How long a deleted conversation can be brought back: 30 days. */
export const deletedKeptMs = 30 * 24 * 60 * 60 * 1000;

/** `streaming`: being written now. `interrupted`: the program ended while it was being written. */
export type MessageStatus = 'streaming' | 'done' | 'stopped' | 'interrupted' | 'failed';

/** A node of a conversation's tree. Siblings share a parent; nothing is ever overwritten. */
export interface Message {
  readonly id: string;
  readonly conversationId: string;
  /** null for a first message. */
  readonly parentId: string | null;
  readonly role: 'user' | 'assistant';
  readonly content: string;
  readonly status: MessageStatus;
  readonly createdAt: number;
  /** The answer that this one was made from, by editing or continuing it; null for any other message. */
  readonly sourceId: string | null;
  /** null for a message that a person wrote, an edited answer included. */
  readonly run: Run | null;
}

/** How an answer came to be. */
export interface Run {
  readonly id: string;
  readonly modelId: string;
  readonly provider: string;
  readonly strategy: Strategy;
  /** null while it runs and after an interruption or a failure. */
  readonly endReason: EndReason | null;
  readonly statistics: Statistics | null;
  readonly error: ErrorReport | null;
}

/** One token of an answer as it is kept. */
export interface RunToken {
  readonly position: number;
  readonly id: number;
  readonly text: string;
  /** NaN where a person wrote or chose the token. */
  readonly logProbability: number;
  readonly policyLogProbability: number;
  /** Where speculation has it from; absent where nothing was guessed. */
  readonly origin?: TokenOrigin;
}

/** A conversation with its whole tree, messages in order of creation. */
export interface Conversation extends ConversationSummary {
  readonly messages: readonly Message[];
  /** Identifiers of messages that are shown instead of a newer sibling. */
  readonly shown: readonly string[];
}

/** Where something is being typed: at the end of a conversation, or in the place of one of its messages. */
export interface DraftPlace {
  /** null for a conversation that isn't kept yet. */
  readonly conversationId: string | null;
  /** The message that is being edited; null for the next message. */
  readonly messageId: string | null;
}

/** What was typed and not sent. */
export interface Draft extends DraftPlace {
  readonly text: string;
  /** What the next message is to follow (null: it begins the conversation anew); null: what is shown last. */
  readonly branch: { readonly parentId: string | null } | null;
}
