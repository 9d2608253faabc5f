import type {
  Comparison,
  EarlierMessage,
  NewColumn,
  NewComparison,
} from '../../../src-main/contract/comparison.ts';
import { maximumRepeats } from '../../../src-main/contract/comparison.ts';
import { maximumAnswerTokens } from '../../../src-main/contract/generation.ts';
import { maxSeed } from '../../../src-main/contract/strategy/setting.ts';
import { DraftColumns } from './columns.svelte.ts';

/** Whole numbers of a new comparison. */
export const draftRanges = {
  maxTokens: { minimum: 1, maximum: maximumAnswerTokens },
  repeats: { minimum: 1, maximum: maximumRepeats },
  seed: { minimum: 0, maximum: maxSeed - maximumRepeats },
} as const;
export type DraftNumber = keyof typeof draftRanges;

/** Why a comparison can't start yet; null if nothing is missing. */
export type Missing = 'prompt' | 'columns' | 'names' | 'numbers';

/** What a conversation asks the model. */
export type ConversationPrompt = Pick<NewComparison, 'prompt' | 'systemPrompt'> & {
  readonly earlier: readonly EarlierMessage[];
};

/** A new comparison being set up. */
export class ComparisonDraft {
  prompt = $state('');
  raw = $state(false);
  systemPrompt = $state('');
  /** The messages of a conversation before the prompt. */
  earlier = $state.raw<readonly EarlierMessage[]>([]);
  readonly numbers = $state<Record<DraftNumber, string>>({ maxTokens: '200', repeats: '1', seed: '0' });
  readonly columns = new DraftColumns();

  get missing(): Missing | null {
    if (this.prompt.trim() === '') return 'prompt';
    if (this.columns.list.length === 0) return 'columns';
    if (this.columns.valid === null) return 'names';
    const faulty = (Object.keys(draftRanges) as DraftNumber[]).some((name) => this.isFaulty(name));
    return faulty ? 'numbers' : null;
  }

  /** What would be run; null while something is missing. */
  get request(): NewComparison | null {
    const columns = this.columns.valid;
    if (this.missing !== null || columns === null) return null;
    return {
      prompt: this.prompt,
      raw: this.raw,
      systemPrompt: this.raw ? '' : this.systemPrompt,
      ...(this.raw || this.earlier.length === 0 ? {} : { earlier: [...this.earlier] }),
      columns,
      repeats: Number(this.numbers.repeats),
      seed: Number(this.numbers.seed),
      maxTokens: Number(this.numbers.maxTokens),
    };
  }

  isFaulty(name: DraftNumber): boolean {
    const { minimum, maximum } = draftRanges[name];
    const text = this.numbers[name].trim();
    return !/^\d+$/.test(text) || Number(text) < minimum || Number(text) > maximum;
  }

  /** Sets up the prompt of a conversation and `columns`. */
  takePrompt({ systemPrompt, earlier, prompt }: ConversationPrompt, columns: readonly NewColumn[]): void {
    Object.assign(this, { prompt, raw: false, systemPrompt, earlier });
    this.columns.replaceAll(columns);
  }

  /** Sets up `column` of `comparison` to continue after `text`, which it generated. */
  continueFrom(comparison: Comparison, text: string, { name, strategy }: NewColumn): void {
    this.take({ ...comparison, prompt: comparison.prompt + text });
    this.columns.replaceAll([{ name, strategy }]);
  }

  /** Copies the setup of `comparison`. */
  take({ prompt, raw, systemPrompt, earlier = [], columns, repeats, seed, maxTokens }: Comparison): void {
    Object.assign(this, { prompt, raw, systemPrompt, earlier });
    Object.assign(this.numbers, {
      maxTokens: String(maxTokens),
      repeats: String(repeats),
      seed: String(seed),
    });
    this.columns.replaceAll(columns);
  }
}
