import { performance } from 'node:perf_hooks';
import type { Strategy } from '../../src-main/contract/strategy.ts';
import type { GenerationInput } from '../../src-main/engine/generate.ts';
import { generate } from '../../src-main/engine/generate.ts';
import { median } from './measurement.ts';

/** Milliseconds of an answer until it was finished, and of the linear read of its text afterwards. */
interface Times {
  readonly answer: number;
  readonly read: number;
}

async function timesOf(input: GenerationInput): Promise<Times> {
  const start = performance.now();
  let finished = start;
  let rescored = false;
  for await (const { type } of generate(input)) {
    rescored ||= type === 'rescored';
    if (!rescored) finished = performance.now();
  }
  return { answer: finished - start, read: rescored ? performance.now() - finished : 0 };
}

/**
 * What reading a finished text again costs, as on kernels where trees differ from texts in a row: medians over `rounds`,
 * in which the strategies alternate after a warm-up round.
 */
export async function rescoringCosts(
  strategies: Readonly<Record<string, Strategy>>,
  input: Omit<GenerationInput, 'strategy'>,
  rounds: number,
): Promise<Record<string, Record<string, string>>> {
  const model = { ...input.model, rowAgreement: 'linear' } as const;
  const found = new Map<string, Times[]>();
  for (let round = 0; round <= rounds; round++) {
    for (const [name, strategy] of Object.entries(strategies)) {
      const times = await timesOf({ ...input, model, strategy });
      if (round > 0) found.set(name, [...(found.get(name) ?? []), times]);
    }
  }
  const table: Record<string, Record<string, string>> = {};
  for (const [name, times] of found) {
    const [answer, read] = [median(times.map((one) => one.answer)), median(times.map((one) => one.read))];
    table[name] = {
      'answer, ms': answer.toFixed(0),
      'read, ms': read.toFixed(0),
      'read of answer': `${((100 * read) / answer).toFixed(1)} %`,
    };
  }
  return table;
}
