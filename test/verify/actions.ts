/** Runs actions on their evaluation sets, as documents do, and scores the texts. */
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { parseOptions, invalidOption } from '../../src-main/command-line/options.ts';
import { reportOf } from '../../src-main/contract/error.ts';
import {
  actionLanguages,
  measuredActions,
  type ActionLanguage,
  type MeasuredAction,
} from '../../src-main/contract/rewrite/action-figures.ts';
import { guardedText } from '../../src-main/contract/rewrite/guard.ts';
import { parseStrategy } from '../../src-main/contract/strategy.ts';
import { defaultSettings } from '../../src-main/contract/settings.ts';
import { loadModel, type LoadedModel } from '../../src-main/runtime/load.ts';
import { readActionFigures, writeActionFigures } from '../../src-main/runtime/action-figures-file.ts';
import { readManifest } from '../../src-main/runtime/read-manifest.ts';
import { defaultStrategyOf } from '../../src-renderer/state/documents/action-strategies.ts';
import { defaultModelDirectory } from '../runtime/default-model.ts';
import {
  figureOf,
  merged,
  scoredText,
  setScore,
  type ScoredText,
  type SetScore,
} from './actions/action-report.ts';
import { casesOf, rewriteActionOf, type ActionCase } from './actions/sets.ts';
import { rewritten } from './rewrite-checks.ts';

const usage = `Runs actions on their evaluation sets (test/actions), as documents do, and scores the
texts with the changes that documents accept at once (contract/rewrite/guard.ts), and without that guard.

npm run actions -- [options]

  --model FOLDER       a converted model; default the bundled one
  --actions A,B        of ${measuredActions.join(', ')}; default all
  --languages A,B      of ${actionLanguages.join(', ')}; default both
  --without-adapter    the stock model, even where documents use its adapter
  --greedy             the most likely text for every action; default the strategies that actions have
  --limit N            the first N passages of each set; default all
  --out FILE           write every text, verdict and figure to FILE, as JSON
  --write              store the figures in the model's folder (actions.json), by which the menu recommends actions
  --help               print this
`;

interface Options {
  readonly model: string;
  readonly actions: readonly MeasuredAction[];
  readonly languages: readonly ActionLanguage[];
  readonly withAdapter: boolean;
  readonly greedy: boolean;
  readonly limit: number;
  readonly out: string | undefined;
  readonly write: boolean;
}

/** Null if help is asked for. @throws ForedraftError `settings-invalid` */
function optionsOf(parameters: readonly string[]): Options | null {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const values = parseOptions(parameters, {
    ...{ model: text, actions: text, languages: text, limit: text, out: text },
    ...{ 'without-adapter': flag, greedy: flag, write: flag, help: flag },
  });
  if (values.help) return null;
  const limit = Number(values.limit ?? Infinity);
  if (!(limit >= 1)) throw invalidOption(`--limit is ${values.limit}, but must be a number from 1 on.`);
  if (values.write && limit < Infinity)
    throw invalidOption('--write stores figures of whole sets: leave --limit out.');
  return {
    model: path.resolve(values.model ?? defaultModelDirectory),
    actions: chosen('actions', values.actions, measuredActions),
    languages: chosen('languages', values.languages, actionLanguages),
    withAdapter: !values['without-adapter'],
    greedy: values.greedy,
    limit,
    out: values.out,
    write: values.write,
  };
}

function chosen<Name extends string>(
  option: string,
  list: string | undefined,
  names: readonly Name[],
): readonly Name[] {
  const wanted = list?.split(',') ?? names;
  const unknown = wanted.find((name) => !names.some((known) => known === name));
  if (unknown !== undefined) throw invalidOption(`--${option}: ${unknown} is none of ${names.join(', ')}.`);
  return names.filter((name) => wanted.includes(name));
}

async function measure(options: Options): Promise<void> {
  const { actions, languages, limit, withAdapter } = options;
  const sets = languages.flatMap((language) =>
    actions.map((action) => casesOf(action, language).slice(0, limit)),
  );
  const total = sets.flat().length;
  const model = await loadModel(options.model, 'cpu');
  const scored: Measured[][] = [];
  try {
    for (const cases of sets.filter((set) => set.length > 0)) {
      const texts: Measured[] = [];
      for (const one of cases) {
        texts.push(await scoredBy(model, one, options));
        const done = scored.flat().length + texts.length;
        process.stderr.write(`\r${done} of ${total}: ${one.action}, ${one.language}     `);
      }
      scored.push(texts);
    }
  } finally {
    process.stderr.write('\n');
    model.close();
  }
  const scores = scored.map((set) => setScore(set.map(({ guarded }) => guarded)));
  const unguarded = scored.map((set) => setScore(set.map((text) => text.unguarded)));
  const rows = scores.map((score, index) => [
    `${score.action} ${score.language}`,
    row(score, unguarded[index]!),
  ]);
  console.table(Object.fromEntries(rows));
  const { adapter } = readManifest(options.model);
  const used = withAdapter && adapter !== null ? adapter.sha256 : null;
  const conditions = { model: model.card.name, adapter: used, greedy: options.greedy };
  const report = { ...conditions, scores, unguarded, texts: scored.flat() };
  if (options.out !== undefined) fs.writeFileSync(options.out, `${JSON.stringify(report, null, 1)}\n`);
  if (!options.write) return;
  const figures = scores.map((score) => figureOf(score, used));
  writeActionFigures(options.model, merged(readActionFigures(options.model).figures, figures));
}

interface Measured {
  /** The passage with the sure changes, which the document accepts at once. */
  readonly guarded: ScoredText;
  readonly unguarded: ScoredText;
}

async function scoredBy(
  model: LoadedModel,
  one: ActionCase,
  { greedy, withAdapter }: Options,
): Promise<Measured> {
  const action = rewriteActionOf(one.action);
  const strategy = greedy ? parseStrategy({ kind: 'auto' }) : defaultStrategyOf(action, defaultSettings);
  const { text, outcome, ms, events } = await rewritten(model, action, one.source, { strategy, withAdapter });
  const withheld = outcome === 'harmful';
  const sure = text.trim() === '' ? '' : guardedText(one.source, text, events, action.purpose).text;
  return {
    guarded: scoredText(one, { text: sure, withheld, ms }),
    unguarded: scoredText(one, { text, withheld, ms }),
  };
}

function row(score: SetScore, unguarded: SetScore) {
  const percent = (share: number | null) => (share === null ? '' : Number((100 * share).toFixed(1)));
  return {
    passages: score.passages,
    usable: score.usable,
    exact: score.exact ?? '',
    harmful: score.harmful,
    withheld: score.withheld,
    precision: percent(score.precision),
    recall: percent(score.recall),
    'F0.5': percent(score.f),
    'left alone': score.right === 0 ? '' : `${score.leftAlone}/${score.right}`,
    unchanged: score.unchanged,
    'unguarded: usable': unguarded.usable,
    'exact ': unguarded.exact ?? '',
    'harmful ': unguarded.harmful,
    'F0.5 ': percent(unguarded.f),
    'facts kept': score.factsKept,
    length: Number(score.lengthRatio.toFixed(2)),
    seconds: Number((score.medianMs / 1000).toFixed(2)),
  };
}

try {
  const options = optionsOf(process.argv.slice(2));
  if (options === null) process.stdout.write(usage);
  else await measure(options);
} catch (error) {
  process.stderr.write(`${reportOf(error, 'runtime-failed').message}\n`);
  process.exitCode = 1;
}
