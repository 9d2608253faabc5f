import type { ErrorReport } from './error.ts';
import type { EndReason, Statistics } from './generation.ts';
import type { Strategy } from './strategy.ts';

/** Identifiers are UUIDs; times are milliseconds since 1970, UTC. */
export interface ConversationSummary {
  readonly id: string;
  /** '' until the first message names it. */
  readonly title: string;
  readonly systemPrompt: string;
  readonly createdAt: number;
  readonly updatedAt: number;
}

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
  /** null for a message that a person wrote. */
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
  readonly logProbability: number;
  readonly policyLogProbability: number;
}

/** A conversation with its whole tree, messages in order of creation. */
export interface Conversation extends ConversationSummary {
  readonly messages: readonly Message[];
}
