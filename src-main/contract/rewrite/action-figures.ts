import * as v from 'valibot';

/** Actions that have evaluation sets: the built-in ones, and custom ones by a common instruction. */
export const measuredActions = [
  'rewrite',
  'grammar',
  'shorten',
  'expand',
  'simplify',
  'formal',
  'friendly',
  'confident',
  'neutral',
  'summarise',
  'past',
  'present',
  'third',
] as const;
export type MeasuredAction = (typeof measuredActions)[number];

/** The languages of the passages. */
export const actionLanguages = ['en', 'zh'] as const;
export type ActionLanguage = (typeof actionLanguages)[number];

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const figureSchema = v.pipe(
  v.object({
    action: v.picklist(measuredActions),
    language: v.picklist(actionLanguages),
    /** SHA-256 of the adapter that wrote the texts, as in the model's manifest; null for none. */
    adapter: v.nullable(v.string()),
    passages: v.pipe(count, v.minValue(1)),
    /** Texts that improve the passage as asked, by the written checks, and spoil nothing. */
    usable: count,
    /** Texts that are a reference to the letter; null if the set has no references. */
    exact: v.nullable(count),
    /** Texts offered without being withheld that changed a fact, lost or invented content, or comment on it. */
    harmful: count,
  }),
  v.check(
    ({ passages, usable, exact, harmful }) => usable + harmful <= passages && (exact ?? 0) <= passages,
    'More texts than passages.',
  ),
);

/** How well a model did an action on its evaluation set. */
export type ActionFigure = Readonly<v.InferOutput<typeof figureSchema>>;

/** `actions.json` in a model's folder, which `npm run actions` writes. */
export const actionFiguresSchema = v.object({
  version: v.literal(1),
  figures: v.pipe(v.array(figureSchema), v.maxLength(1000)),
});

const share = { usable: 0.7, harmful: 0.05 } as const;

/** Whether a figure is good enough to recommend the action. */
export function isGood({ passages, usable, exact, harmful }: ActionFigure): boolean {
  return Math.max(usable, exact ?? 0) >= share.usable * passages && harmful <= share.harmful * passages;
}
