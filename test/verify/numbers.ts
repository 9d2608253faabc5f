/** Checks that log-probabilities are those of a linear read, whichever strategy wrote a text: see `usage`. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { reportOf } from '../../src-main/contract/error.ts';
import { openRecording } from '../runs/recording-stores.ts';
import { loadDefaultModel } from '../runtime/default-model.ts';
import { checkNumbers, numberStrategies } from './exact-numbers.ts';
import { verifyPrompts } from './prompts.ts';

const usage = `Compares the log-probabilities of ${Object.keys(numberStrategies).length} strategies in the database, the lens and exports with those of
a linear read, bit for bit, on the default model.

npm run verify:numbers -- [options]

  --prompts N        so many of the ${verifyPrompts.length} prompts, spread over all kinds; default 50
  --tokens N         longest answer, default 48
  --part I/N         the Ith of N parts of the prompts, to share the work out between runs; default 1/1
  --help             print this

FOREDRAFT_KERNELS=standard checks ONNX Runtime's kernels. Ends with status 1 where a number differs.
`;

async function verify(prompts: number, maxTokens: number, [part, parts]: readonly [number, number]) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'foredraft-numbers-'));
  const stores = openRecording(path.join(folder, 'numbers.db'));
  const model = await loadDefaultModel();
  const total = { prompts: 0, texts: 0, tokens: 0, equalTexts: 0, faults: 0 };
  console.log(`${JSON.stringify(model.card.kernels)}, ${JSON.stringify(model.card.widthRule)}`);
  try {
    for (let number = part - 1; number < prompts; number += parts) {
      const place = Math.floor((number * verifyPrompts.length) / prompts);
      const { kind, user } = verifyPrompts[place]!;
      const { faults, texts, tokens, equalTexts } = await checkNumbers(model, stores, user, maxTokens);
      total.prompts++;
      total.texts += texts;
      total.tokens += tokens;
      total.equalTexts += equalTexts;
      total.faults += faults.length;
      console.log(`prompt ${place} (${kind}): ${texts} texts, ${equalTexts} of them equal to another`);
      for (const fault of faults) console.log(`  ${fault}`);
    }
  } finally {
    model.close();
    stores.close();
    fs.rmSync(folder, { recursive: true });
  }
  console.table(total);
  return total.faults === 0;
}

try {
  const { values } = parseArgs({
    options: {
      prompts: { type: 'string', default: '50' },
      tokens: { type: 'string', default: '48' },
      part: { type: 'string', default: '1/1' },
      help: { type: 'boolean', default: false },
    },
  });
  const [part = 1, parts = 1] = values.part.split('/').map(Number);
  if (values.help) process.stdout.write(usage);
  else if (!(await verify(Number(values.prompts), Number(values.tokens), [part, parts])))
    process.exitCode = 1;
} catch (error) {
  process.stderr.write(`${reportOf(error, 'runtime-failed').message}\n`);
  process.exitCode = 1;
}
