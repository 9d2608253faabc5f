/**
 * `npm run bench:accuracy [-- FOLDER ...]`: what quantised weights and activations change. The models read the answers
 * that the float32 model gives (test/reference/greedy.json), and their distribution at each position is compared with
 * the float32 model's. Default: the default model, with the project's operators and with ONNX Runtime's.
 */
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { argmax, logSumExp } from '../../src-main/engine/distribution.ts';
import type { Logits, TokenId } from '../../src-main/engine/model.ts';
import { loadModel } from '../../src-main/runtime/load.ts';
import { mean } from './measurement.ts';
import { defaultModel } from './places.ts';

interface Answer {
  readonly promptIds: readonly TokenId[];
  readonly ids: readonly TokenId[];
}

const fixture = path.join(import.meta.dirname, '../reference/greedy.json');
const { answers } = JSON.parse(fs.readFileSync(fixture, 'utf8')) as { answers: readonly Answer[] };

/** Calls `visit` with the model's logits before each token of each answer, and that token. */
async function eachPosition(
  folder: string,
  visit: (logits: Logits, token: TokenId) => void,
): Promise<string> {
  const loaded = await loadModel(folder, 'cpu');
  const sequence = loaded.model.open();
  for (const { promptIds, ids } of answers) {
    sequence.rollback(sequence.tokens.length);
    const rows = await sequence.forward([...promptIds, ...ids.slice(0, -1)], ids.length);
    rows.forEach((logits, index) => visit(logits, ids[index]!));
  }
  sequence.close();
  loaded.close();
  const { kernels } = loaded.card;
  return kernels.kind === 'operators' ? kernels.instructionSet : 'ONNX Runtime';
}

/** Kullback-Leibler divergence of `other` from `reference`, in nats. */
function divergence(reference: Logits, other: Logits): number {
  const [total, otherTotal] = [logSumExp(reference), logSumExp(other)];
  let sum = 0;
  for (let token = 0; token < reference.length; token++) {
    const logProbability = reference[token]! - total;
    sum += Math.exp(logProbability) * (logProbability - (other[token]! - otherTotal));
  }
  return sum;
}

const reference = `${defaultModel}-float32`;
if (!fs.existsSync(reference)) {
  console.error('There is no float32 model: run npm test -- unit once, which converts it.');
  process.exit(1);
}
const references: Logits[] = [];
const referenceLosses: number[] = [];
await eachPosition(reference, (logits, token) => {
  references.push(logits.slice());
  referenceLosses.push(logSumExp(logits) - logits[token]!);
});

const { positionals } = parseArgs({ allowPositionals: true });
const rows: Record<string, Record<string, string>> = {};
for (const folder of positionals.length > 0 ? positionals : [defaultModel]) {
  for (const forced of ['', 'standard']) {
    process.env['FOREDRAFT_KERNELS'] = forced;
    const divergences: number[] = [];
    const losses: number[] = [];
    let agreed = 0;
    const kernels = await eachPosition(folder, (logits, token) => {
      const expected = references[divergences.length]!;
      divergences.push(divergence(expected, logits));
      losses.push(logSumExp(logits) - logits[token]!);
      if (argmax(expected) === argmax(logits)) agreed++;
    });
    rows[`${path.basename(folder)}, ${kernels}`] = {
      'same most likely token': `${((100 * agreed) / references.length).toFixed(2)} %`,
      'mean divergence': mean(divergences).toFixed(5),
      'largest divergence': Math.max(...divergences).toFixed(3),
      'loss on the text': `${mean(losses).toFixed(4)} (${mean(referenceLosses).toFixed(4)} in float32)`,
    };
  }
}
console.log(`${references.length} positions of ${answers.length} answers`);
console.table(rows);
