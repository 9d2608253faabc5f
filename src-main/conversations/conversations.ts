import { randomUUID } from 'node:crypto';
import type { AnswerSettings } from '../contract/answer-settings.ts';
import { defaultAnswerSettings } from '../contract/answer-settings.ts';
import type { EarlierMessage } from '../contract/comparison.ts';
import type {
  Conversation,
  ConversationSummary,
  Message,
  NewConversation,
} from '../contract/conversation.ts';
import { deletedKeptDays } from '../contract/conversation.ts';
import type { SearchResult } from '../contract/generation.ts';
import type { MessageOwner, RunToken } from '../contract/run.ts';
import type { AppDatabase } from '../database/database.ts';
import type { RunStore } from '../runs/run-store.ts';
import type { OwnerHooks } from '../runs/runner.ts';
import type { AnswerPlace, NewAnswer, NewQuestion, NewRun } from './message-tree.ts';
import { MessageTree } from './message-tree.ts';
import { NewConversationRow } from './new-conversation-row.ts';

export interface ConversationsOptions {
  readonly database: AppDatabase;
  readonly runs: RunStore;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Today's number among the days on which the program was used; deleted conversations age by it. */
  readonly useDay: number;
  /** Receives the whole list, last changed first, after each change of it. */
  readonly onChanged?: ((conversations: readonly ConversationSummary[]) => void) | undefined;
}

/** A conversation that ends with a question and an answer from elsewhere. */
export interface ImportedConversation {
  readonly systemPrompt: string;
  /** The messages before the question; default none. */
  readonly earlier?: readonly EarlierMessage[];
  readonly question: string;
  readonly answer: string;
}

/** Every conversation and its messages. Failures are ForedraftErrors and change nothing. */
export class Conversations {
  /** How conversations take part in the runs of their answers. */
  readonly runHooks: OwnerHooks<MessageOwner>;
  readonly #database: AppDatabase;
  readonly #runs: RunStore;
  readonly #tree: MessageTree;
  readonly #new: NewConversationRow;
  readonly #now: () => number;
  readonly #useDay: number;
  readonly #notify: () => void;

  /** Purges conversations that were deleted `deletedKeptDays` days of use ago. */
  constructor({ database, runs, now, useDay, onChanged }: ConversationsOptions) {
    this.#database = database;
    this.#runs = runs;
    this.#now = now;
    this.#useDay = useDay;
    this.#tree = new MessageTree(database.connection, runs, now);
    this.#new = new NewConversationRow(database.connection);
    this.#notify = () => onChanged?.(this.list());
    this.runHooks = {
      saving: 'save the answer',
      touch: ({ conversationId }, time) => this.#tree.conversations.touch(conversationId, time),
      notify: this.#notify,
    };
    database.erase('open the conversations', () =>
      this.#tree.conversations.removeDeleted(useDay - deletedKeptDays),
    );
  }

  /** Last changed first, deleted ones included. */
  list(): readonly ConversationSummary[] {
    return this.#database.read('list the conversations', () => this.#tree.conversations.list());
  }

  /** A conversation without its messages. @throws ForedraftError `not-found` */
  get(id: string): ConversationSummary {
    return this.#database.read('read the conversation', () => this.#tree.conversation(id));
  }

  /** @throws ForedraftError `not-found` */
  open(id: string): Conversation {
    return this.#database.read('open the conversation', () => ({
      ...this.#tree.conversation(id),
      settings: this.#tree.conversations.settings(id),
      messages: this.#tree.messages.inConversation(id),
      shown: this.#tree.shown.inConversation(id),
    }));
  }

  /** What was set for the conversation that isn't stored yet. */
  readNew(): NewConversation {
    return this.#database.read('read the new conversation', () => this.#new.read());
  }

  writeNew(conversation: NewConversation): void {
    this.#database.write('save the new conversation', () => this.#new.write(conversation));
  }

  /** Creates a conversation, in place of the one that wasn't stored yet. */
  create(systemPrompt: string, settings: AnswerSettings = defaultAnswerSettings): ConversationSummary {
    return this.#change('save a new conversation', () => {
      this.#new.clear();
      return this.#add(systemPrompt, settings);
    });
  }

  /** @throws ForedraftError `message-invalid` if the messages aren't questions and answers in turn */
  import(
    { systemPrompt, earlier = [], question, answer }: ImportedConversation,
    settings: AnswerSettings = defaultAnswerSettings,
  ): ConversationSummary {
    return this.#change('save a new conversation', () => {
      const { id: conversationId } = this.#add(systemPrompt, settings);
      let parentId: string | null = null;
      for (const { role, content } of [...earlier, { role: 'user', content: question } as const]) {
        const message: Message =
          role === 'user'
            ? this.#tree.addQuestion({ conversationId, parentId, content })
            : this.#tree.addWritten(conversationId, parentId ?? '', content);
        parentId = message.id;
      }
      this.#tree.addWritten(conversationId, parentId ?? '', answer);
      return this.#tree.conversation(conversationId);
    });
  }

  /** @throws ForedraftError `not-found` */
  rename(id: string, title: string): void {
    this.#update('rename the conversation', id, () => this.#tree.conversations.rename(id, title));
  }

  /** Applies to future answers. @throws ForedraftError `not-found` */
  setSystemPrompt(id: string, systemPrompt: string): void {
    this.#update('save the system prompt', id, () =>
      this.#tree.conversations.setSystemPrompt(id, systemPrompt),
    );
  }

  /** Applies to future answers. @throws ForedraftError `not-found` */
  setSettings(id: string, settings: AnswerSettings): void {
    this.#database.write('save the settings of the conversation', () => {
      this.#tree.conversation(id);
      this.#tree.conversations.setSettings(id, settings);
    });
  }

  /** @throws ForedraftError `not-found` */
  star(id: string, starred: boolean): void {
    this.#update('star the conversation', id, () => this.#tree.conversations.star(id, starred));
  }

  /** @throws ForedraftError `not-found` */
  archive(id: string, archived: boolean): void {
    this.#update('archive the conversation', id, () => this.#tree.conversations.archive(id, archived));
  }

  /** Marks a conversation as deleted; `restore` undoes that for 30 days of use. @throws ForedraftError `not-found` */
  delete(id: string): void {
    this.#update('delete the conversation', id, () => {
      this.#tree.conversations.markDeleted(id, { at: this.#now(), useDay: this.#useDay });
    });
  }

  /** Does nothing to a conversation that isn't deleted. @throws ForedraftError `not-found` */
  restore(id: string): void {
    this.#change('restore the conversation', () => {
      this.#tree.anyConversation(id);
      this.#tree.conversations.markDeleted(id, null);
    });
  }

  /** Purges all deleted conversations with everything in them. */
  empty(): void {
    this.#database.erase(
      'remove the deleted conversations',
      () => this.#tree.conversations.removeDeleted(this.#useDay),
      this.#notify,
    );
  }

  /** Remembers to show each of these messages in place of its siblings. @throws ForedraftError `not-found` */
  show(conversationId: string, messageIds: readonly string[]): void {
    this.#database.write('save the shown branch', () => this.#tree.show(conversationId, messageIds));
  }

  /** From the first message to the message `id`, both included. @throws ForedraftError `not-found` */
  pathTo(conversationId: string, id: string): readonly Message[] {
    return this.#database.read('read the conversation', () => {
      this.#tree.message(conversationId, id);
      return this.#tree.messages.path(conversationId, id);
    });
  }

  /** Adds a question with its answer, about to be generated: both or neither. @throws as `MessageTree.addQuestion` */
  ask(question: NewQuestion, run: NewRun): NewAnswer & { readonly question: Message } {
    return this.#change('save the message', () => {
      const asked = this.#tree.addQuestion(question);
      return { question: asked, ...this.#tree.addAnswer(question.conversationId, asked.id, run) };
    });
  }

  /** Adds another answer to a question, about to be generated. @throws as `MessageTree.addAnswer` */
  answerAgain(conversationId: string, questionId: string, run: NewRun): NewAnswer {
    return this.#change('save the answer', () => this.#tree.addAnswer(conversationId, questionId, run));
  }

  /** Adds a sibling of an answer that starts with `answerPrefix`. @throws as `MessageTree.addContinuation` */
  continue(place: AnswerPlace, answerPrefix: readonly RunToken[], run: NewRun): NewAnswer {
    return this.#change('save the answer', () => this.#tree.addContinuation(place, answerPrefix, run));
  }

  /** Adds a sibling of an answer with another text. @throws as `endedAnswer` */
  edit(place: AnswerPlace, content: string): Message {
    return this.#change('save the answer', () => this.#tree.addEdited(place, content));
  }

  /** @throws ForedraftError `not-found`, `message-invalid` (not an answer, or one still being generated) */
  endedAnswer(place: AnswerPlace): Message {
    return this.#database.read('read the answer', () => this.#tree.endedAnswer(place));
  }

  /** The texts of the newest answers to a question, newest first. */
  answersTo(conversationId: string, questionId: string): readonly string[] {
    return this.#database.read('read the answers', () =>
      this.#tree.messages.answersTo(conversationId, questionId),
    );
  }

  /** The saved tokens of an answer, in order; empty if the user wrote it. */
  tokensOf({ run }: Pick<Message, 'run'>): readonly RunToken[] {
    return run === null ? [] : this.#database.read('read the tokens', () => this.#runs.tokens(run.id));
  }

  /** The results of the search that found an answer, best first; empty without one. */
  searchResultsOf({ run }: Pick<Message, 'run'>): readonly SearchResult[] {
    return run === null ? [] : this.#database.read('read the texts', () => this.#runs.searchResults(run.id));
  }

  #add(systemPrompt: string, settings: AnswerSettings): ConversationSummary {
    const createdAt = this.#now();
    const id = randomUUID();
    const conversation = {
      ...{ id, title: '', systemPrompt, createdAt, updatedAt: createdAt },
      ...{ starred: false, archived: false, deletedAt: null },
    };
    this.#tree.conversations.insert(conversation, settings);
    return this.#tree.conversation(id);
  }

  /** Changes a conversation that exists. */
  #update(action: string, id: string, work: () => void): void {
    this.#change(action, () => {
      this.#tree.conversation(id);
      work();
    });
  }

  #change<T>(action: string, work: () => T): T {
    return this.#database.write(action, work, this.#notify);
  }
}
