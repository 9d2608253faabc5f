/**
 * `npm run bench -- --gguf FILE`: compares this engine with node-llama-cpp on the same model file. The two alternate, each
 * in a separate process; figures are medians over the rounds.
 */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Measurement } from './measurement.ts';
import { contexts, median, prompts } from './measurement.ts';
import { benchFolder, defaultSource } from './places.ts';

interface ForedraftMeasurement extends Measurement {
  readonly byCapacity: { readonly 1024: number; readonly 4096: number };
}

const peerVersion = '3.22.1';

const { values } = parseArgs({
  options: { gguf: { type: 'string', default: defaultSource }, rounds: { type: 'string', default: '3' } },
});
if (!fs.existsSync(values.gguf)) {
  console.error(`${values.gguf} doesn't exist: run npm start once, or pass --gguf FILE.`);
  process.exit(1);
}

function installPeer(): void {
  if (fs.existsSync(path.join(benchFolder, 'node_modules/node-llama-cpp/package.json'))) return;
  console.log(`Installing node-llama-cpp ${peerVersion} into .cache/bench…`);
  fs.mkdirSync(benchFolder, { recursive: true });
  fs.writeFileSync(path.join(benchFolder, 'package.json'), '{"private":true}\n');
  const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', `node-llama-cpp@${peerVersion}`];
  execFileSync('npm', args, { cwd: benchFolder, stdio: 'inherit' });
}

function measure<M extends Measurement>(script: string, ...args: string[]): M {
  const file = path.join(import.meta.dirname, script);
  const output = execFileSync(process.execPath, [file, ...args], {
    encoding: 'utf8',
    env: { ...process.env, ORT_DISABLE_TELEMETRY: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(output.trim().split('\n').at(-1) ?? '') as M;
}

installPeer();
const ours: ForedraftMeasurement[] = [];
const theirs: Measurement[] = [];
for (let round = 1; round <= Number(values.rounds); round++) {
  console.log(`Round ${round} of ${values.rounds}…`);
  ours.push(measure<ForedraftMeasurement>('measure-foredraft.ts'));
  theirs.push(measure('measure-node-llama-cpp.ts', benchFolder, values.gguf));
}

const rows: Record<string, Record<string, string>> = {};
function row(name: string, of: (one: Measurement) => number, unit: string, higherIsBetter: boolean): void {
  const mine = median(ours.map(of));
  const peer = median(theirs.map(of));
  const ratio = higherIsBetter ? mine / peer : peer / mine;
  rows[name] = {
    foredraft: `${mine.toFixed(1)} ${unit}`,
    'node-llama-cpp': `${peer.toFixed(1)} ${unit}`,
    ratio: ratio.toFixed(2),
  };
}
for (const context of contexts) row(`one token at ${context}`, (one) => one.tokenMs[context], 'ms', false);
for (const length of prompts) row(`prefill of ${length}`, (one) => one.prefillRate[length], 'tokens/s', true);
row('peak memory', (one) => one.peakMemory, 'MB', false);
console.table(rows);
const capacities = ours.map(({ byCapacity }) => byCapacity[4096] / byCapacity[1024]);
console.log(`Cost of a token with 4096 cache slots relative to 1024: ${median(capacities).toFixed(3)}`);
