import { maximumAnswerTokens } from '../../src-main/contract/generation.ts';
import { samplingRanges } from '../../src-main/contract/policy-settings.ts';
import type { SettingRange } from '../../src-main/contract/setting.ts';
import {
  type AutoStrategy,
  parseStrategy,
  type SpeculativeStrategy,
  type Strategy,
  type StrategyInput,
  strategyRanges,
} from '../../src-main/contract/strategy.ts';

/** The fields of each kind of strategy, in their order on the screen. */
export const fieldsOf = {
  greedy: [],
  sampling: ['temperature', 'topK', 'topP', 'minP', 'repetitionPenalty', 'seed'],
  beam: ['width', 'lengthPenalty', 'groups', 'diversityPenalty', 'noRepeatNgram'],
  'candidate-set': ['candidates', 'alternatives', 'tokensPerRound', 'candidateLengthPenalty'],
  contrastive: ['penalty', 'contrastiveTopK'],
} as const;
/** What is chosen first; speculation is not a kind of its own here but a way to do greedy or sampling. */
export type FormKind = keyof typeof fieldsOf;
type StrategyField = (typeof fieldsOf)[FormKind][number];
export type Field = StrategyField | 'maxTokens';

export const ranges: Readonly<Record<Field, SettingRange>> = {
  ...samplingRanges,
  width: strategyRanges.width,
  lengthPenalty: strategyRanges.lengthPenalty,
  groups: strategyRanges.groups,
  diversityPenalty: strategyRanges.diversityPenalty,
  noRepeatNgram: strategyRanges.noRepeatNgram,
  candidates: strategyRanges.candidates,
  alternatives: strategyRanges.alternatives,
  tokensPerRound: strategyRanges.tokensPerRound,
  candidateLengthPenalty: strategyRanges.lengthPenalty,
  penalty: strategyRanges.penalty,
  contrastiveTopK: strategyRanges.topK,
  maxTokens: { minimum: 1, maximum: maximumAnswerTokens, step: 64, whole: true },
};

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
  return ranges[field].whole === true && !Number.isInteger(value) ? 'not-whole' : null;
}

const fields = Object.keys(ranges) as Field[];

/** The setting of a strategy that a field stands for. */
function settingOf(field: StrategyField): string {
  if (field === 'contrastiveTopK') return 'topK';
  return field === 'candidateLengthPenalty' ? 'lengthPenalty' : field;
}

/** Whether several tokens are guessed and checked at once. */
function isAhead(strategy: Strategy): strategy is AutoStrategy | SpeculativeStrategy {
  return strategy.kind === 'auto' || strategy.kind === 'speculative';
}

/** What the fields show where the strategy says nothing else. */
function defaultTexts(): Record<Field, string> {
  const texts = Object.fromEntries(fields.map((field) => [field, ''])) as Record<Field, string>;
  for (const kind of Object.keys(fieldsOf) as FormKind[]) write(texts, parseStrategy({ kind }));
  return texts;
}

function write(texts: Record<Field, string>, strategy: Strategy): void {
  if (isAhead(strategy)) return write(texts, strategy.policy);
  const settings: Readonly<Record<string, unknown>> = { ...strategy };
  for (const field of fieldsOf[strategy.kind]) {
    const value = settings[settingOf(field)];
    if (typeof value === 'number') texts[field] = String(value);
  }
}

/** The strategy chooser's fields as they are typed, and what they amount to. */
export class StrategyForm {
  kind = $state.raw<FormKind>('greedy');
  /** Whether several tokens are guessed and checked at once; for greedy and sampling. */
  ahead = $state.raw(false);
  /** How that is done: as it was set, else by whatever pays. */
  readonly #guessing: StrategyInput;
  readonly texts = $state<Record<Field, string>>(defaultTexts());
  /** The strategy that the fields describe; null while one of them is at fault. */
  readonly strategy = $derived.by(() => this.#strategy());
  /** The longest answer, in tokens; null while its field is at fault. */
  readonly maxTokens = $derived.by(() =>
    faultOf('maxTokens', this.texts.maxTokens) === null ? Number(this.texts.maxTokens) : null,
  );

  constructor(strategy: Strategy, maxTokens: number) {
    write(this.texts, strategy);
    this.ahead = isAhead(strategy);
    this.#guessing = isAhead(strategy) ? strategy : { kind: 'auto' };
    this.kind = isAhead(strategy) ? strategy.policy.kind : strategy.kind;
    this.texts.maxTokens = String(maxTokens);
  }

  get canGuessAhead(): boolean {
    return this.kind === 'greedy' || this.kind === 'sampling';
  }

  /** What the fields together can't be, each of them being right; null if they can. */
  get conflict(): 'groups' | null {
    if (this.kind !== 'beam' || this.fault('width') !== null || this.fault('groups') !== null) return null;
    return Number(this.texts.width) % Number(this.texts.groups) === 0 ? null : 'groups';
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
    const input: Record<string, unknown> = { kind: this.kind };
    for (const field of fieldsOf[this.kind]) {
      if (faultOf(field, this.texts[field]) !== null) return null;
      input[settingOf(field)] = Number(this.texts[field]);
    }
    if (this.conflict !== null) return null;
    return parseStrategy(this.ahead && this.canGuessAhead ? { ...this.#guessing, policy: input } : input);
  }
}
