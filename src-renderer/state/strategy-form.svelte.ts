import { maximumAnswerTokens } from '../../src-main/contract/generation.ts';
import { parseStrategy, samplingRanges, type Strategy } from '../../src-main/contract/strategy.ts';

export const samplingFields = [
  'temperature',
  'topK',
  'topP',
  'minP',
  'repetitionPenalty',
  'seed',
] as const satisfies readonly (keyof typeof samplingRanges)[];
export type SamplingField = (typeof samplingFields)[number];
export type Field = SamplingField | 'maxTokens';

export interface Range {
  readonly minimum: number;
  readonly maximum: number;
  readonly step: number;
}
export const ranges: Readonly<Record<Field, Range>> = {
  ...samplingRanges,
  maxTokens: { minimum: 1, maximum: maximumAnswerTokens, step: 64 },
};
const wholeFields: ReadonlySet<Field> = new Set<Field>(['topK', 'seed', 'maxTokens']);

/** Why what stands in a field can't be used. */
export type Fault = 'empty' | 'not-a-number' | 'not-whole' | 'out-of-range';

/** What is wrong with `text` as the value of `field`; null if nothing is. */
export function faultOf(field: Field, text: string): Fault | null {
  const trimmed = text.trim();
  if (trimmed === '') return 'empty';
  if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(trimmed)) return 'not-a-number';
  const value = Number(trimmed);
  const { minimum, maximum } = ranges[field];
  if (value < minimum || value > maximum) return 'out-of-range';
  return wholeFields.has(field) && !Number.isInteger(value) ? 'not-whole' : null;
}

/** The strategy chooser's fields as they are typed, and what they amount to. */
export class StrategyForm {
  kind = $state.raw<Strategy['kind']>('greedy');
  readonly texts = $state<Record<Field, string>>({
    temperature: '',
    topK: '',
    topP: '',
    minP: '',
    repetitionPenalty: '',
    seed: '',
    maxTokens: '',
  });
  /** The strategy that the fields describe; null while one of them is at fault. */
  readonly strategy = $derived.by(() => this.#strategy());
  /** The longest answer, in tokens; null while its field is at fault. */
  readonly maxTokens = $derived.by(() =>
    faultOf('maxTokens', this.texts.maxTokens) === null ? Number(this.texts.maxTokens) : null,
  );

  constructor(strategy: Strategy, maxTokens: number) {
    const sampling = parseStrategy(strategy.kind === 'sampling' ? strategy : { kind: 'sampling' });
    if (sampling.kind === 'sampling') {
      for (const field of samplingFields) this.texts[field] = String(sampling[field]);
    }
    this.kind = strategy.kind;
    this.texts.maxTokens = String(maxTokens);
  }

  fault(field: Field): Fault | null {
    return faultOf(field, this.texts[field]);
  }

  /** Moves a field by one step, kept within its range; a field at fault becomes its nearest end. */
  nudge(field: Field, direction: 1 | -1): void {
    const { minimum, maximum, step } = ranges[field];
    const now = Number(this.texts[field]);
    const next = Number.isFinite(now) ? now + direction * step : minimum;
    const rounded = Math.round(next * 1e6) / 1e6;
    this.texts[field] = String(Math.min(maximum, Math.max(minimum, rounded)));
  }

  #strategy(): Strategy | null {
    if (this.kind === 'greedy') return { kind: 'greedy' };
    const input: Record<string, unknown> = { kind: 'sampling' };
    for (const field of samplingFields) {
      if (faultOf(field, this.texts[field]) !== null) return null;
      input[field] = Number(this.texts[field]);
    }
    return parseStrategy(input);
  }
}
