import type { LengthBound } from '../generation.ts';
import type { ModelCard } from '../model-card.ts';

/** What a rewrite is for: how long its text may be, and what it must share with the passage, follow from it. */
export const rewritePurposes = [
  'correct',
  'reword',
  'simplify',
  'shorten',
  'expand',
  'summarise',
  'to-english',
  'to-chinese',
  'continue',
  'custom',
] as const;
export type RewritePurpose = (typeof rewritePurposes)[number];

/** Those that a model's adapter was trained for; its stock weights do the others. */
const adapterPurposes: ReadonlySet<RewritePurpose> = new Set([
  ...(['correct', 'reword', 'simplify', 'shorten', 'expand', 'summarise', 'custom'] as const),
]);

/** Name of the adapter that a rewrite for `purpose` runs a model with; null for none. */
export function adapterFor(purpose: RewritePurpose, { adapter }: Pick<ModelCard, 'adapter'>): string | null {
  return adapterPurposes.has(purpose) ? adapter : null;
}

/**
 * The longest text by purpose, as a multiple of the passage's tokens. What small models put around a text needs some
 * tokens, too. Chinese takes several tokens a character where a vocabulary has few of its words.
 */
const longest: Readonly<Record<RewritePurpose, Omit<LengthBound, 'text'>>> = {
  correct: { ratio: 1.3, extra: 16 },
  reword: { ratio: 1.8, extra: 24 },
  simplify: { ratio: 2, extra: 24 },
  shorten: { ratio: 1, extra: 4 },
  expand: { ratio: 3, extra: 32 },
  summarise: { ratio: 0.6, extra: 24 },
  'to-english': { ratio: 2.5, extra: 16 },
  'to-chinese': { ratio: 4, extra: 16 },
  continue: { ratio: 0, extra: 256 },
  custom: { ratio: 3, extra: 64 },
};

/** How long the text of a rewrite of `selection` may be. */
export function lengthBoundOf(purpose: RewritePurpose, selection: string): LengthBound {
  return { text: selection.trim(), ...longest[purpose] };
}
