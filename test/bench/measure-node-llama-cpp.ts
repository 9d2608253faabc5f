/** Prints a Measurement of node-llama-cpp, with the prebuilt binaries from npm, on the given GGUF file. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  cacheSlots,
  contexts,
  decodedTokens,
  mean,
  peakMemory,
  promptTokens,
  prompts,
  threads,
} from './measurement.ts';

interface PeerSequence {
  clearHistory(): Promise<void>;
  evaluate(tokens: readonly number[], options: object): AsyncIterableIterator<number>;
}
interface Peer {
  getLlama(options: object): Promise<{
    loadModel(options: object): Promise<{
      createContext(options: object): Promise<{ getSequence(): PeerSequence }>;
    }>;
  }>;
}

const [folder = '', file = ''] = process.argv.slice(2);
const entry = pathToFileURL(path.join(folder, 'node_modules/node-llama-cpp/dist/index.js')).href;
const peer = (await import(entry)) as Peer;
const llama = await peer.getLlama({ gpu: false, build: 'never', maxThreads: threads, logLevel: 'error' });
const model = await llama.loadModel({ modelPath: file });
const context = await model.createContext({ contextSize: cacheSlots, threads });
const sequence = context.getSequence();
const tokens = promptTokens(contexts.at(-1)!);
const options = { temperature: 0, yieldEogToken: true };

/** Time to the first token, and times of the following ones. */
async function run(prompt: readonly number[], count: number): Promise<{ first: number; others: number[] }> {
  await sequence.clearHistory();
  const others: number[] = [];
  let first = 0;
  let last = performance.now();
  let seen = 0;
  for await (const _ of sequence.evaluate(prompt, options)) {
    const now = performance.now();
    if (seen === 0) first = now - last;
    else others.push(now - last);
    last = now;
    if (++seen > count) break;
  }
  return { first, others };
}

await run(tokens.slice(0, 64), 4);
const prefillRate: Record<number, number> = {};
for (const length of prompts)
  prefillRate[length] = (1000 * length) / (await run(tokens.slice(0, length), 0)).first;
const tokenMs: Record<number, number> = {};
for (const length of contexts)
  tokenMs[length] = mean((await run(tokens.slice(0, length), decodedTokens)).others);
console.log(JSON.stringify({ tokenMs, prefillRate, peakMemory: peakMemory() }));
process.exit(0);
