/**
 * This engine's side of `npm run bench:peers`: answers the requests of contestant.ts.
 *
 *   node foredraft.ts FOLDER
 */
import fs from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';
import { prefillChunk } from '../../../src-main/engine/prefill.ts';
import type { TokenId } from '../../../src-main/engine/model.ts';
import { loadModel } from '../../../src-main/runtime/load.ts';
import { cacheSlots, promptTokens } from '../measurement.ts';

const [folder = ''] = process.argv.slice(2);
const { model, card } = await loadModel(folder, 'cpu');
const sequence = model.open();
const tokens = promptTokens(cacheSlots) as TokenId[];

/** Makes the context `target` tokens long, in the forwards that prefill makes; returns the milliseconds of reading. */
async function read(target: number): Promise<number[]> {
  sequence.rollback(Math.max(0, sequence.tokens.length - target));
  const start = performance.now();
  while (sequence.tokens.length < target) {
    const from = sequence.tokens.length;
    const to = Math.min(target, from + prefillChunk);
    await sequence.forward(tokens.slice(from, to), to === target ? 1 : 0);
  }
  return [performance.now() - start];
}

/** Milliseconds of each of `count` forwards of `rows` rows with logits, all at the present context. */
async function forwards(rows: number, count: number): Promise<number[]> {
  const from = sequence.tokens.length;
  const read = tokens.slice(from, from + rows);
  const times: number[] = [];
  for (let done = 0; done < count; done++) {
    const start = performance.now();
    await sequence.forward(read, rows);
    times.push(performance.now() - start);
    sequence.rollback(rows);
  }
  return times;
}

const onnxRuntime = path.join(import.meta.dirname, '../../../node_modules/onnxruntime-node/package.json');
const { version } = JSON.parse(fs.readFileSync(onnxRuntime, 'utf8')) as { version: string };
const properties = { precision: card.precision, kernels: card.kernels, widthRule: card.widthRule };
console.log(
  JSON.stringify(`ONNX Runtime ${version}, Node ${process.versions.node}, ${JSON.stringify(properties)}`),
);

for await (const line of readline.createInterface({ input: process.stdin })) {
  const [request, first, second] = line.split(' ');
  const answer =
    request === 'read' ? await read(Number(first)) : await forwards(Number(first), Number(second));
  console.log(JSON.stringify(answer));
}
process.exit(0);
