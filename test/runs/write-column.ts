/** A process that records a run of a comparison at a given rate, reports each token, and waits to be killed. */
import fs from 'node:fs';
import process from 'node:process';
import { openRecording } from './recording-stores.ts';
import { sampleRequest, searchStep } from '../comparisons/comparison-samples.ts';
import { tokenEvent } from '../conversations/samples.ts';

const [file = '', everyMs = '', saveEveryMs = ''] = process.argv.slice(2);

// One clock reading stamps the token and is passed to the recorder, so that no delay can fall between the two.
let time = 0;
const recorder = {
  clock: () => time,
  saveEveryTokens: 1_000_000,
  ...(saveEveryMs && { saveEveryMs: Number(saveEveryMs) }),
};
const stores = openRecording(file, { recorder });
const [done, running] = stores.comparisons.create(sampleRequest).runs;
if (!done || !running) throw new Error('A comparison of several columns has several runs.');
stores.record(done.id).interrupt();
const run = stores.record(running.id);

let position = 0;
setInterval(() => {
  time = performance.now();
  const text = `${position}@${time} `;
  run.add(searchStep(8, position));
  run.add(tokenEvent(position, text));
  position += 1;
  // Written synchronously and unbuffered: every token that the parent has read has been added.
  fs.writeSync(1, text);
}, Number(everyMs));
