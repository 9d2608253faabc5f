import path from 'node:path';
import { openStores } from '../../src-main/stores.ts';
import { MessageTree } from '../../src-main/conversations/message-tree.ts';
import { sampleRun, sampleStatistics } from '../conversations/samples.ts';

const paragraph =
  'The keeper climbed the stairs at dusk, lit the lamp, and wrote down what the sea had brought that day.';

/**
 * Writes a linear conversation of `messages` alternating questions and answers, of one to eight paragraphs each, into
 * the data folder `data`; returns its id.
 */
export function writeLongConversation(data: string, messages: number): string {
  const stores = openStores(path.join(data, 'history.sqlite'));
  const { conversations, runs, database } = stores;
  const { id } = conversations.create('');
  const tree = new MessageTree(database.connection, runs, Date.now);
  database.write('write a long conversation', () => {
    let parentId: string | null = null;
    for (let turn = 1; turn <= messages / 2; turn++) {
      const content = `Question ${turn}: what happened on day ${turn}?`;
      const question = tree.addQuestion({ conversationId: id, parentId, content });
      const { answer, run } = tree.addAnswer(id, question.id, sampleRun);
      const paragraphs = Array.from({ length: 1 + (turn % 8) }, () => paragraph);
      const text = `**Day ${turn}.** ${paragraphs.join('\n\n')}`;
      const end = {
        status: 'done',
        endReason: 'end-token',
        statistics: sampleStatistics,
        error: null,
      } as const;
      runs.write(run.id, { state: { ...end, text }, tokens: [], firstEvent: 0, trace: [] });
      parentId = answer.id;
    }
  });
  stores.close();
  return id;
}
