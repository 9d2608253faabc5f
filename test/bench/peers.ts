/**
 * `npm run bench:peers`: this engine beside llama.cpp built for this processor, both reading the same GGUF file.
 *
 *   --model 135m|1.5b   only that model (default: both)
 *   --rounds N          rounds of each figure (default: 9)
 *   --quick             3 rounds and no long context, to see that everything runs
 *   --save              also writes the figures to test/bench/results
 *
 * Both engines stay loaded. In each round each of them runs the same forwards of the same tokens; the order changes
 * with the round. A ratio is the median over the rounds of the ratio of two medians within one round.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { intraOpThreads } from '../../src-main/runtime/onnx-environment.ts';
import { cacheSlots } from './measurement.ts';
import { Contestant } from './peers/contestant.ts';
import type { Figure } from './peers/figures.ts';
import { race, showFigures, showMemory, showMultiples } from './peers/figures.ts';
import { ensureLlamaCpp } from './peers/llama-cpp.ts';
import type { PeerModel } from './peers/models.ts';
import { peerModels } from './peers/models.ts';
import { project } from './places.ts';

const { values: options } = parseArgs({
  options: {
    model: { type: 'string' },
    rounds: { type: 'string' },
    quick: { type: 'boolean', default: false },
    save: { type: 'boolean', default: false },
  },
});
if (options.model !== undefined && !peerModels.some(({ name }) => name === options.model)) {
  console.error(
    `There is no model ${options.model}: choose one of ${peerModels.map(({ name }) => name).join(', ')}.`,
  );
  process.exit(1);
}
const threads = intraOpThreads(os.cpus().length);
const rounds = Number(options.rounds ?? (options.quick ? 3 : 9));
/** Forwards of one engine in one round. */
const burst = options.quick ? 4 : 12;
const promptLength = 512;
const manyRowsAt = 1024;
const rowCounts = [1, 2, 4, 8] as const;

async function measure(model: PeerModel): Promise<readonly Figure[]> {
  const llama = ensureLlamaCpp();
  const gguf = model.gguf();
  const folder = await model.converted();
  console.log(`\n${model.name}: ${path.relative(project, gguf)}`);
  const peer = (flashAttention: 'on' | 'off') =>
    Contestant.start(`llama.cpp, flash attention ${flashAttention}`, [
      llama.program,
      gguf,
      String(threads),
      String(cacheSlots),
      flashAttention,
    ]);
  const ours = path.join(import.meta.dirname, 'peers/foredraft.ts');
  const contestants = [
    await Contestant.start('foredraft', [process.execPath, ...process.execArgv, ours, folder], {
      ORT_DISABLE_TELEMETRY: '1',
    }),
    await peer('on'),
    await peer('off'),
  ];
  for (const { name, description } of contestants) console.log(`${name}: ${description}`);
  const memory = () => Object.fromEntries(contestants.map((one) => [one.name, one.memory()]));
  const loaded = memory();
  for (const contestant of contestants) await contestant.read(64);

  const figures = [
    await race(`prompt of ${promptLength}`, contestants, rounds, (one) => one.prefill(promptLength)),
  ];
  for (const context of options.quick ? [128, manyRowsAt] : model.contexts) {
    for (const contestant of contestants) await contestant.read(context);
    for (const rows of context === manyRowsAt ? rowCounts : [1]) {
      const name = `${rows} row${rows === 1 ? '' : 's'} at ${context}`;
      figures.push(await race(name, contestants, rounds, (one) => one.forwards(rows, burst)));
    }
  }
  const afterwards = memory();
  showFigures(figures);
  showMultiples(figures.filter(({ name }) => name.endsWith(` at ${manyRowsAt}`)));
  showMemory({ loaded, afterwards });
  for (const contestant of contestants) contestant.close();
  return figures;
}

/**
 * Puts this session ahead of whatever else runs, where that is permitted: two threads that wait for each other lose far
 * more than their share. Between sessions Linux goes by their groups' priority, not by the processes'.
 */
function raisePriority(): boolean {
  try {
    fs.writeFileSync('/proc/self/autogroup', '-20');
    return true;
  } catch {
    return false;
  }
}

const machine = {
  processor: os.cpus()[0]?.model,
  cores: os.cpus().length,
  threads,
  load: os.loadavg(),
  priority: raisePriority() ? 'raised' : 'normal',
};
console.log(JSON.stringify(machine));
console.log(`Milliseconds; ${rounds} rounds of ${burst} forwards; memory in megabytes.`);
const results: Record<string, readonly Figure[]> = {};
for (const model of peerModels) {
  if (options.model === undefined || options.model === model.name) results[model.name] = await measure(model);
}
if (options.save) {
  const folder = path.join(import.meta.dirname, 'results');
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(
    path.join(folder, `peers-${new Date().toISOString().slice(0, 10)}.json`),
    `${JSON.stringify({ machine, results })}\n`,
  );
}
