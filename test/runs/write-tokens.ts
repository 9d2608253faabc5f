/** A process that writes an answer as fast as it is told to, reports each token, and waits to be killed. */
import fs from 'node:fs';
import process from 'node:process';
import { openHistory } from '../../src-main/conversations/history.ts';
import { sampleRun, tokenEvent } from '../conversations/samples.ts';

const [file = '', everyMs = '', saveEveryMs = ''] = process.argv.slice(2);

// The same reading of the clock stamps a token and tells the writer its age: no delay can come between them.
let time = 0;
const writer = {
  clock: () => time,
  saveEveryTokens: 1_000_000,
  ...(saveEveryMs && { saveEveryMs: Number(saveEveryMs) }),
};
const history = openHistory(file, { writer });
const conversationId = history.createConversation('').id;
const answer = history.startAnswerTo({ conversationId, parentId: null, content: 'Why?' }, sampleRun).writer;

let position = 0;
setInterval(() => {
  time = performance.now();
  const text = `${position}@${time} `;
  answer.add(tokenEvent(position, text));
  position += 1;
  // Written at once and unbuffered: what the other side has read has been added.
  fs.writeSync(1, text);
}, Number(everyMs));
