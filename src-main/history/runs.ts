import * as v from 'valibot';
import type { ErrorReport } from '../contract/error.ts';
import type { EndReason, Statistics } from '../contract/generation.ts';
import type { Run } from '../contract/history.ts';
import { strategySchema } from '../contract/strategy.ts';
import type { Connection } from './database.ts';
import { numbersFromJson, numbersToJson } from './numbers-json.ts';

interface Row {
  readonly id: string;
  readonly message_id: string;
  readonly model_id: string;
  readonly provider: string;
  readonly strategy: string;
  readonly end_reason: EndReason | null;
  readonly statistics: string | null;
  readonly error: string | null;
}

function runOf(row: Row): Run {
  return {
    id: row.id,
    modelId: row.model_id,
    provider: row.provider,
    strategy: v.parse(strategySchema, JSON.parse(row.strategy)),
    endReason: row.end_reason,
    statistics: row.statistics === null ? null : numbersFromJson<Statistics>(row.statistics),
    error: row.error === null ? null : (JSON.parse(row.error) as ErrorReport),
  };
}

/** The statements of table `runs`. */
export class RunTable {
  readonly #insert;
  readonly #ofMessage;
  readonly #inConversation;
  readonly #end;
  readonly #fail;

  constructor(connection: Connection) {
    const columns = 'id, message_id, model_id, provider, strategy, end_reason, statistics, error';
    this.#insert = connection.prepare<[string, string, string, string, string]>(
      'INSERT INTO runs (id, message_id, model_id, provider, strategy) VALUES (?, ?, ?, ?, ?)',
    );
    this.#ofMessage = connection.prepare<[string], Row>(`SELECT ${columns} FROM runs WHERE message_id = ?`);
    this.#inConversation = connection.prepare<[string], Row>(
      `SELECT ${columns} FROM runs
       WHERE message_id IN (SELECT id FROM messages WHERE conversation_id = ?)`,
    );
    this.#end = connection.prepare<[string, string, string]>(
      'UPDATE runs SET end_reason = ?, statistics = ? WHERE id = ?',
    );
    this.#fail = connection.prepare<[string, string]>('UPDATE runs SET error = ? WHERE id = ?');
  }

  insert(messageId: string, run: Run): void {
    this.#insert.run(run.id, messageId, run.modelId, run.provider, JSON.stringify(run.strategy));
  }

  ofMessage(messageId: string): Run | undefined {
    const row = this.#ofMessage.get(messageId);
    return row && runOf(row);
  }

  /** By the messages' identifiers. */
  inConversation(conversationId: string): Map<string, Run> {
    return new Map(this.#inConversation.all(conversationId).map((row) => [row.message_id, runOf(row)]));
  }

  end(id: string, reason: EndReason, statistics: Statistics): void {
    this.#end.run(reason, numbersToJson(statistics), id);
  }

  fail(id: string, error: ErrorReport): void {
    this.#fail.run(JSON.stringify(error), id);
  }
}
