import * as v from 'valibot';

/** Names that version 2 replaced, in strategies. */
const settingNames: ReadonlyMap<string, string> = new Map([
  ['lookahead', 'draftLength'],
  ['penaltyRange', 'penaltyWindow'],
]);

/** The parts of a comparison that version 2 changed. */
const changedSchema = v.looseObject({
  columns: v.array(v.looseObject({ id: v.string(), strategy: v.looseObject({ kind: v.string() }) })),
  runs: v.array(
    v.looseObject({
      columnId: v.string(),
      tokens: v.array(v.looseObject({ origin: v.optional(v.unknown()) })),
      trace: v.array(v.looseObject({ type: v.string() })),
    }),
  ),
});

/**
 * Upgrades a comparison of format version 1 to version 2, which renamed two settings and the token origin `corrected`,
 * and gave steps of a search the type of their search. Anything unexpected stays, for the check of version 2 to report.
 */
export function upgradeVersion1(comparison: unknown): unknown {
  const parsed = v.safeParse(changedSchema, comparison);
  if (!parsed.success) return comparison;
  const { columns, runs, ...rest } = parsed.output;
  const kinds = new Map(columns.map(({ id, strategy }) => [id, strategy.kind]));
  const stepType = (columnId: string) =>
    kinds.get(columnId) === 'candidate-set' ? 'candidate-round' : 'beam-step';
  return {
    ...rest,
    columns: columns.map((column) => ({ ...column, strategy: renamed(column.strategy) })),
    runs: runs.map((run) => ({
      ...run,
      tokens: run.tokens.map((token) =>
        token.origin === 'corrected' ? { ...token, origin: 'recovered' } : token,
      ),
      trace: run.trace.map((event) =>
        event.type === 'beams' ? { ...event, type: stepType(run.columnId) } : event,
      ),
    })),
  };
}

/** A strategy or a policy within one, with the names of version 2. */
function renamed(settings: object): object {
  const members = Object.entries(settings).map(([name, value]: [string, unknown]) => [
    settingNames.get(name) ?? name,
    typeof value === 'object' && value !== null && !Array.isArray(value) ? renamed(value) : value,
  ]);
  return Object.fromEntries(members) as object;
}
