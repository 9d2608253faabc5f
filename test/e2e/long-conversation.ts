import path from 'node:path';
import { openDatabase } from '../../src-main/database/database.ts';
import { openHistory } from '../../src-main/conversations/history.ts';
import { MessageTree } from '../../src-main/conversations/message-tree.ts';
import { Tables } from '../../src-main/conversations/tables.ts';
import { sampleRun, sampleStatistics } from '../conversations/samples.ts';

const paragraph =
  'The keeper climbed the stairs at dusk, lit the lamp, and wrote down what the sea had brought that day.';

/**
 * Writes a linear conversation of `messages` alternating questions and answers, of one to eight paragraphs each, into
 * the data folder `data`; returns its id.
 */
export function writeLongConversation(data: string, messages: number): string {
  const file = path.join(data, 'history.sqlite');
  const history = openHistory(file);
  const { id } = history.createConversation('');
  history.close();
  const database = openDatabase(file);
  const tables = new Tables(database.connection);
  const tree = new MessageTree(tables, Date.now);
  database.write('write a long conversation', () => {
    let parentId: string | null = null;
    for (let turn = 1; turn <= messages / 2; turn++) {
      const content = `Question ${turn}: what happened on day ${turn}?`;
      const question = tree.addQuestion({ conversationId: id, parentId, content });
      const answer = tree.addAnswer(id, question.id, sampleRun);
      const paragraphs = Array.from({ length: 1 + (turn % 8) }, () => paragraph);
      tables.messages.write(answer.id, `**Day ${turn}.** ${paragraphs.join('\n\n')}`, 'done');
      tables.runs.end(answer.run!.id, { endReason: 'end-token', statistics: sampleStatistics, error: null });
      parentId = answer.id;
    }
  });
  database.close();
  return id;
}
