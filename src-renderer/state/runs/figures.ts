import type { AnswerRun } from '../../../src-main/contract/conversation.ts';
import type { SamplingStrategy } from '../../../src-main/contract/strategy.ts';
import { kernelsName } from '../../../src-main/report/numerics.ts';
import type { Language } from '../shell/language.svelte.ts';
import { providerName } from '../shell/provider-name.ts';
import { modelText } from './model-text.ts';
import { statsAtEnd } from './run-stats.ts';

/** A name and a value, both in the window's language. */
export interface Figure {
  readonly name: string;
  readonly value: string;
  /** What the value means, if that isn't plain. */
  readonly hint?: string;
}

function settingsOf(language: Language, strategy: SamplingStrategy): Figure[] {
  const { temperature, topK, topP, minP, repetitionPenalty, seed } = strategy;
  const named = [
    [language.text('field-temperature'), temperature],
    [language.text('field-top-k'), topK],
    [language.text('field-top-p'), topP],
    [language.text('field-min-p'), minP],
    [language.text('field-repetition-penalty'), repetitionPenalty],
    // Without separators, so that it can be pasted into the form.
    [language.text('field-seed'), String(seed)],
  ] as const;
  return named.map(([name, value]) => ({
    name,
    value: typeof value === 'string' ? value : language.decimal(value),
  }));
}

/** The model, settings and statistics of an answer. */
export function figuresOf(language: Language, run: AnswerRun): Figure[] {
  const figures: Figure[] = [];
  const add = (name: string, value: string) => figures.push({ name, value });
  const seconds = (milliseconds: number) =>
    language.text('seconds', { seconds: language.number(milliseconds / 1000, 2) });
  const { strategy, statistics, kernels } = run;
  add(language.text('figure-model'), modelText(language, run));
  add(language.text('figure-provider'), providerName(run.provider));
  if (kernels !== null) add(language.text('figure-kernels'), kernelsName(kernels));
  add(language.text('figure-strategy'), language.text(`strategy-${strategy.kind}`));
  if (strategy.kind === 'sampling') figures.push(...settingsOf(language, strategy));
  if (statistics === null) return figures;
  add(language.text('figure-prompt-tokens'), language.number(statistics.promptTokens));
  add(language.text('figure-reused-tokens'), language.number(statistics.reusedTokens));
  add(language.text('figure-output-tokens'), language.number(statistics.outputTokens));
  add(language.text('figure-first-token'), seconds(statistics.firstTokenMs));
  add(language.text('figure-total-time'), seconds(statistics.totalMs));
  add(
    language.text('figure-speed'),
    language.text('speed', { speed: language.number(statsAtEnd(statistics).tokensPerSecond ?? 0, 1) }),
  );
  add(language.text('figure-forwards'), language.number(statistics.forwards));
  const exact: Figure[] = [
    {
      name: language.text('figure-log-probability'),
      value: language.number(statistics.logProbabilitySum, 2),
    },
    {
      name: language.text('figure-mean-log-probability'),
      value: language.number(statistics.logProbabilityMean, 3),
    },
    { name: language.text('figure-perplexity'), value: language.number(statistics.perplexity, 2) },
  ];
  if ((statistics.approximateTokens ?? 0) === 0) return [...figures, ...exact];
  const hint = language.text('approximate-hint');
  const approximate = exact.map(({ name, value }) => ({
    name,
    value: language.text('figure-approximate', { value }),
    hint,
  }));
  return [...figures, ...approximate];
}
