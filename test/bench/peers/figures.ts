import { mean, median } from '../measurement.ts';
import type { Contestant, Memory, Timed } from './contestant.ts';

/** Times of one engine for one figure, by round. */
export interface Times {
  readonly engine: string;
  readonly rounds: readonly (readonly number[])[];
  /** Processor time of a forward, median over the rounds. */
  readonly processor: number;
}

export interface Figure {
  readonly name: string;
  readonly times: readonly Times[];
}

/** Measures each contestant once in each round; another one starts each time. */
export async function race(
  name: string,
  contestants: readonly Contestant[],
  rounds: number,
  measure: (contestant: Contestant) => Promise<Timed>,
): Promise<Figure> {
  const all = contestants.map(({ name }) => ({
    engine: name,
    rounds: [] as (readonly number[])[],
    processor: [] as number[],
  }));
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < contestants.length; turn++) {
      const index = (round + turn) % contestants.length;
      const { milliseconds, processor } = await measure(contestants[index]!);
      all[index]!.rounds.push(milliseconds);
      all[index]!.processor.push(processor);
    }
  }
  return { name, times: all.map(({ processor, ...rest }) => ({ ...rest, processor: median(processor) })) };
}

/** One time relative to another: median, lowest and highest of the rounds. */
function ratios(times: Times, reference: Times): readonly [number, number, number] {
  const all = times.rounds.map((round, index) => median(round) / median(reference.rounds[index]!));
  return [median(all), Math.min(...all), Math.max(...all)];
}

const medianOf = ({ rounds }: Times) => median(rounds.flat());

/** Difference of the quartiles. */
function spread(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? NaN;
  return at(0.75) - at(0.25);
}

/** Prints a table of all figures; the first contestant is compared with each of the others. */
export function showFigures(figures: readonly Figure[]): void {
  const rows = figures.flatMap(({ name, times }) => {
    const [ours, ...peers] = times;
    const fastest = [...peers].sort((one, other) => medianOf(one) - medianOf(other))[0];
    return times.map((engine) => {
      const all = engine.rounds.flat();
      const [ratio, lowest, highest] = ratios(ours!, engine);
      return {
        figure: name,
        engine: engine.engine,
        median: median(all).toFixed(2),
        minimum: Math.min(...all).toFixed(2),
        mean: mean(all).toFixed(2),
        'quartiles apart': spread(all).toFixed(2),
        processor: engine.processor.toFixed(2),
        'ours : it':
          engine === ours ? '' : `${ratio.toFixed(2)} (${lowest.toFixed(2)}-${highest.toFixed(2)})`,
        '': engine === fastest ? 'faster peer' : '',
      };
    });
  });
  console.table(rows);
}

/** Prints what each other figure costs as a multiple of the first, for each contestant. */
export function showMultiples(figures: readonly Figure[]): void {
  const [one, ...others] = figures;
  for (const [index, reference] of (one?.times ?? []).entries()) {
    const costs = others.map(({ name, times }) => {
      const [multiple] = ratios(times[index]!, reference);
      return `${name} ${multiple.toFixed(2)}`;
    });
    console.log(`Relative to ${one!.name}, ${reference.engine}: ${costs.join(', ')}`);
  }
}

/** Prints the memory of each contestant at each of several moments, by name. */
export function showMemory(moments: Readonly<Record<string, Readonly<Record<string, Memory>>>>): void {
  const rows = Object.entries(moments).flatMap(([when, all]) =>
    Object.entries(all).map(([engine, { anonymous, peak, dirty }]) => {
      const [inUse, most, written] = [anonymous, peak, dirty].map(Math.round);
      return { engine, when, anonymous: inUse, peak: most, dirty: written };
    }),
  );
  console.table(rows);
}
