import type { RunToken } from '../contract/run.ts';
import { randomUUID } from 'node:crypto';
import type { ComparisonSummary } from '../contract/comparison.ts';
import type { DocumentSummary } from '../contract/document.ts';
import type { Conversation, ConversationSummary, Draft, Message } from '../contract/conversation.ts';
import type { Settings } from '../contract/settings.ts';
import type { AnswerState } from '../runs/answer-writer.ts';
import { AnswerWriter } from '../runs/answer-writer.ts';
import { writeAndNotify } from '../database/write-and-notify.ts';
import { ComparisonHistory } from '../comparisons/comparisons-history.ts';
import { ComposerHistory } from './composer-history.ts';
import { DocumentHistory } from '../documents/document-history.ts';
import type { DatabaseOptions, HistoryDatabase } from '../database/database.ts';
import { openDatabase } from '../database/database.ts';
import type { AnswerPlace, NewQuestion, NewRun } from './message-tree.ts';
import { MessageTree } from './message-tree.ts';
import { Shelf } from './conversation-lifecycle.ts';
import { RewriteHistory } from '../documents/rewrite-history.ts';
import { Tables } from './tables.ts';
import type { WriterOptions } from '../runs/timed-writer.ts';
import { defaultWriterOptions } from '../runs/timed-writer.ts';

export interface HistoryOptions extends DatabaseOptions {
  /** Milliseconds since 1970; default the system's clock. */
  readonly now?: () => number;
  /** Told the whole list, last changed first, after each change of it. */
  readonly onConversationsChanged?: (conversations: readonly ConversationSummary[]) => void;
  /** Likewise for the list of comparisons. */
  readonly onComparisonsChanged?: (comparisons: readonly ComparisonSummary[]) => void;
  /** Likewise for the list of documents. */
  readonly onDocumentsChanged?: (documents: readonly DocumentSummary[]) => void;
  readonly writer?: Partial<WriterOptions>;
}

/** What a conversation begins with that a person takes over from elsewhere. */
export interface BegunConversation {
  readonly systemPrompt: string;
  readonly question: string;
  readonly answer: string;
}

/**
 * Opens the history in `file`, made where it is missing. An answer or a run of a comparison that was
 * being written when the program ended is marked `interrupted`; what was deleted long ago is removed.
 * @throws ForedraftError `database-newer`, `database-failed` or `disk-full`
 */
export function openHistory(file: string, options: HistoryOptions = {}): History {
  const database = openDatabase(file, options);
  try {
    return new History(database, options);
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Every conversation, comparison and setting there is. Failures are ForedraftErrors, and leave everything as it was. */
export class History {
  readonly comparisons: ComparisonHistory;
  readonly composer: ComposerHistory;
  readonly documents: DocumentHistory;
  readonly rewrites: RewriteHistory;
  readonly shelf: Shelf;
  readonly #database: HistoryDatabase;
  readonly #tables: Tables;
  readonly #tree: MessageTree;
  readonly #options: HistoryOptions;
  readonly #writerOptions: WriterOptions;
  readonly #now: () => number;

  constructor(database: HistoryDatabase, options: HistoryOptions) {
    this.#database = database;
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.#tables = database.read('read the history', () => new Tables(database.connection));
    this.#tree = new MessageTree(this.#tables, this.#now);
    this.shelf = new Shelf(this.#tables, this.#tree, this.#now, (doing, work) => this.#change(doing, work));
    this.#writerOptions = { ...defaultWriterOptions, ...options.writer };
    this.comparisons = new ComparisonHistory(database, this.#tables, {
      now: this.#now,
      writer: this.#writerOptions,
      onChanged: options.onComparisonsChanged,
    });
    this.composer = new ComposerHistory(database);
    this.documents = new DocumentHistory(database, { now: this.#now, onChanged: options.onDocumentsChanged });
    this.rewrites = new RewriteHistory(database, { now: this.#now, writer: this.#writerOptions });
    database.write('open the history', () => {
      this.#tables.messages.interruptStreaming();
      this.#tables.comparisonRuns.interruptStreaming();
      this.shelf.purge();
    });
  }

  /** Last changed first, deleted ones included. */
  listConversations(): readonly ConversationSummary[] {
    return this.#database.read('list the conversations', () => this.#tables.conversations.list());
  }

  /** A conversation without its messages. @throws ForedraftError `not-found` */
  conversation(id: string): ConversationSummary {
    return this.#database.read('read the conversation', () => this.#tree.conversation(id));
  }

  /** @throws ForedraftError `not-found` */
  openConversation(id: string): Conversation {
    return this.#database.read('open the conversation', () => ({
      ...this.#tree.conversation(id),
      messages: this.#tables.messages.inConversation(id),
      shown: this.#tables.shownMessages.inConversation(id),
    }));
  }

  createConversation(systemPrompt: string): ConversationSummary {
    return this.#change('keep a new conversation', () => this.#addConversation(systemPrompt));
  }

  /** Keeps a conversation with its first question and an answer from elsewhere: all of it, or nothing. */
  beginConversation(begun: BegunConversation): ConversationSummary {
    return this.#change('keep a new conversation', () => {
      const { id: conversationId } = this.#addConversation(begun.systemPrompt);
      const { id } = this.#tree.addQuestion({ conversationId, parentId: null, content: begun.question });
      this.#tree.addWritten(conversationId, id, begun.answer);
      return this.#tree.conversation(conversationId);
    });
  }

  /** @throws ForedraftError `not-found` */
  renameConversation(id: string, title: string): void {
    this.#change('rename the conversation', () => {
      this.#tree.conversation(id);
      this.#tables.conversations.rename(id, title);
    });
  }

  /** Applies to answers from now on. @throws ForedraftError `not-found` */
  setSystemPrompt(id: string, systemPrompt: string): void {
    this.#change('keep the system prompt', () => {
      this.#tree.conversation(id);
      this.#tables.conversations.setSystemPrompt(id, systemPrompt);
    });
  }

  /** From the first message to the message `id`, both included. @throws ForedraftError `not-found` */
  pathTo(conversationId: string, id: string): readonly Message[] {
    return this.#database.read('read the conversation', () => {
      this.#tree.message(conversationId, id);
      return this.#tables.messages.path(conversationId, id);
    });
  }

  /** Keeps a question and, below it, the answer that is about to be written: both or neither. */
  startAnswerTo(
    question: NewQuestion,
    run: NewRun,
  ): { readonly question: Message; readonly writer: AnswerWriter } {
    const { asked, answer } = this.#change('keep the message', () => {
      const asked = this.#tree.addQuestion(question);
      return { asked, answer: this.#tree.addAnswer(question.conversationId, asked.id, run) };
    });
    return { question: asked, writer: this.#writerOf(answer, []) };
  }

  /** Keeps another answer, about to be written, below a question that is there. */
  startAnotherAnswer(conversationId: string, questionId: string, run: NewRun): AnswerWriter {
    return this.#writerOf(
      this.#change('keep the answer', () => this.#tree.addAnswer(conversationId, questionId, run)),
      [],
    );
  }

  /** An answer that has ended. @throws ForedraftError `not-found`, `message-invalid` */
  endedAnswer(place: AnswerPlace): Message {
    return this.#database.read('read the answer', () => this.#tree.endedAnswer(place));
  }

  /**
   * Keeps, beside an answer, one that begins with `begun` and is about to be written.
   * @throws ForedraftError as `endedAnswer`
   */
  startContinuation(place: AnswerPlace, begun: readonly RunToken[], run: NewRun): AnswerWriter {
    return this.#writerOf(
      this.#change('keep the answer', () => this.#tree.addContinuation(place, begun, run)),
      begun,
    );
  }

  /** Keeps an answer with another text beside it. @throws ForedraftError as `endedAnswer` */
  editAnswer(place: AnswerPlace, content: string): Message {
    return this.#change('keep the answer', () => this.#tree.addEdited(place, content));
  }

  /** Remembers that each of these messages is shown instead of its siblings. @throws ForedraftError `not-found` */
  showMessages(conversationId: string, messageIds: readonly string[]): void {
    this.#database.write('keep what is shown', () => this.#tree.show(conversationId, messageIds));
  }

  /** The texts of the newest answers to a question, newest first. */
  answersTo(conversationId: string, questionId: string): readonly string[] {
    const { messages } = this.#tables;
    return this.#database.read('read the answers', () => messages.answersTo(conversationId, questionId));
  }

  /** What was typed and not sent. */
  listDrafts(): readonly Draft[] {
    return this.#database.read('read the drafts', () => this.#tables.drafts.list());
  }

  /**
   * Keeps what is typed in place of what was typed there before; an empty text leaves nothing there.
   * @throws ForedraftError `not-found` (conversation)
   */
  writeDraft(draft: Draft): void {
    this.#database.write('keep the draft', () => {
      if (draft.text === '' && draft.branch === null) this.#tables.drafts.remove(draft);
      else {
        if (draft.conversationId !== null) this.#tree.conversation(draft.conversationId);
        this.#tables.drafts.write(draft);
      }
    });
  }

  /** The tokens of the run `runId` that were saved, in order. */
  tokensOf(runId: string): readonly RunToken[] {
    return this.#database.read('read the tokens', () => this.#tables.runTokens.ofRun(runId));
  }

  readSettings(): Settings {
    return this.#database.read('read the settings', () => this.#tables.settings.read());
  }

  writeSettings(settings: Settings): void {
    this.#database.write('keep the settings', () => this.#tables.settings.write(settings));
  }

  close(): void {
    this.#database.close();
  }

  #addConversation(systemPrompt: string): ConversationSummary {
    const createdAt = this.#now();
    const place = { starred: false, archived: false, deletedAt: null };
    const id = randomUUID();
    this.#tables.conversations.insert({
      ...{ id, title: '', systemPrompt, createdAt, updatedAt: createdAt },
      ...place,
    });
    return this.#tree.conversation(id);
  }

  #writerOf(answer: Message, answerPrefix: readonly RunToken[]): AnswerWriter {
    const save = (state: AnswerState) => this.#saveAnswer(answer, state);
    return new AnswerWriter(answer, answerPrefix, save, this.#writerOptions);
  }

  #saveAnswer({ id, conversationId, run }: Message, { content, status, tokens, end }: AnswerState): void {
    const save = () => {
      // A conversation that was deleted meanwhile takes nothing more.
      if (run === null || !this.#tables.messages.write(id, content, status)) return;
      for (const token of tokens) this.#tables.runTokens.write(run.id, token);
      if (!end) return;
      this.#tables.runs.end(run.id, end);
      this.#tables.conversations.touch(conversationId, this.#now());
    };
    if (end) this.#change('keep the answer', save);
    else this.#database.write('keep the answer', save);
  }

  #change<T>(doing: string, work: () => T): T {
    const tell = () => this.#options.onConversationsChanged?.(this.listConversations());
    return writeAndNotify(this.#database, doing, work, tell);
  }
}
