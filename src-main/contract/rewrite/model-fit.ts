import type { ModelCard } from '../model-card.ts';
import { type ActionFigure, type ActionLanguage, isGood } from './action-figures.ts';
import type { RewritePurpose } from './purpose.ts';

/** How well a model of some size does an action: `doubtful`: results need a close look; `beyond`: it can't. */
export type ModelFit = 'fit' | 'doubtful' | 'beyond';

/** How well the model at hand does an action: `good` and `poor` as measured, the others by its size. */
export type ActionFit =
  { readonly kind: 'good' | 'poor'; readonly figure: ActionFigure } | { readonly kind: ModelFit };

const million = 1e6;

/**
 * Parameters from which on models were seen to try an action at all, and to do it well, in rewrites of the same
 * passages by models of 135 M to 1.5 B. Not a measurement of the model at hand.
 */
const leastParameters: Readonly<Record<RewritePurpose, readonly [toTry: number, toDo: number]>> = {
  correct: [0, 1000 * million],
  reword: [0, 1000 * million],
  simplify: [0, 1000 * million],
  shorten: [0, 400 * million],
  expand: [0, 1000 * million],
  summarise: [0, 400 * million],
  'to-english': [300 * million, 1000 * million],
  'to-chinese': [300 * million, 1000 * million],
  continue: [0, 0],
  custom: [0, 1000 * million],
};

/** What is known of a model of `parameters`, before it does anything. */
export function modelFit(purpose: RewritePurpose, parameters: number): ModelFit {
  const [toTry, toDo] = leastParameters[purpose];
  if (parameters < toTry) return 'beyond';
  return parameters < toDo ? 'doubtful' : 'fit';
}

/**
 * What is known of a model and an action on a passage: what was measured of it, else what models of its size do.
 * @param id of the action; null for a custom one
 * @param language of the passage; null if it isn't known
 */
export function actionFit(
  { id, purpose }: { readonly id: string | null; readonly purpose: RewritePurpose },
  { parameters, actions }: Pick<ModelCard, 'parameters' | 'actions'>,
  language: ActionLanguage | null,
): ActionFit {
  const figure = actions.find((one) => one.action === id && one.language === language);
  if (figure) return { kind: isGood(figure) ? 'good' : 'poor', figure };
  return { kind: modelFit(purpose, parameters) };
}
