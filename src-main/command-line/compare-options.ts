import * as v from 'valibot';
import type { NewComparison } from '../contract/comparison.ts';
import { maximumColumns, maximumRepeats, newComparisonSchema } from '../contract/comparison.ts';
import { ForedraftError } from '../contract/error.ts';
import { defaultAnswerTokens, maximumAnswerTokens } from '../contract/generation.ts';
import { parseStrategy } from '../contract/strategy.ts';
import { invalidOption, parseOptions, readOptionFile } from './options.ts';

export const compareUsage = `Answers one prompt with several strategies and compares the results.

npm run -s compare -- --prompt TEXT --strategies FILE --out DIR [options]

  --prompt TEXT        the prompt
  --prompt-file FILE   a text file with the prompt instead
  --system TEXT        a system prompt before it
  --raw                use the prompt without the model's chat template
  --strategies FILE    JSON: a list of strategies, or of {"name": "...", "strategy": {...}};
                       1 to ${maximumColumns} of them
  --repeat N           run each N times with consecutive seeds, 1 to ${maximumRepeats}, default 1
  --seed N             the first seed, default 0
  --max-tokens N       1 to ${maximumAnswerTokens}, default ${defaultAnswerTokens}
  --adapter            run the model with its adapter, as rewrites in documents do
  --model DIR          a converted model's folder, default models/smollm2-135m-instruct
  --provider NAME      what runs the model, default cpu
  --out DIR            where comparison.json, .md, .csv and .html are written; created if missing
  --help               print this
`;

export interface CompareOptions {
  readonly help: boolean;
  readonly comparison: NewComparison;
  /** Whether the model runs with its adapter. */
  readonly adapter: boolean;
  /** undefined: the default model. */
  readonly modelDirectory: string | undefined;
  readonly provider: string;
  readonly out: string;
}

function columnsFrom(file: string): NewComparison['columns'] {
  let list: unknown;
  try {
    list = JSON.parse(readOptionFile(file, '--strategies'));
  } catch (error) {
    if (error instanceof ForedraftError) throw error;
    throw invalidOption(`${file} is not JSON: it needs a list of strategies.`);
  }
  if (!Array.isArray(list) || list.length === 0)
    throw invalidOption(`${file} needs a list of one strategy or more.`);
  return list.map((entry: unknown, index) => {
    const named = typeof entry === 'object' && entry !== null && 'strategy' in entry;
    try {
      const strategy = parseStrategy(named ? entry.strategy : entry);
      const name = named && 'name' in entry ? String(entry.name) : `${index + 1} ${strategy.kind}`;
      return { name, strategy };
    } catch (error) {
      const cause = error instanceof Error ? error.message : String(error);
      throw invalidOption(`Entry ${index + 1} of ${file}: ${cause}`);
    }
  });
}

function whole(name: string, value: string | undefined, standard: number): number {
  if (value === undefined) return standard;
  if (!/^\d+$/.test(value.trim())) throw invalidOption(`--${name} must be a whole number, not ${value}.`);
  return Number(value);
}

/** @throws ForedraftError naming the option, or the entry of the file, at fault */
export function parseCompareOptions(parameters: readonly string[]): CompareOptions {
  const values = parseOptions(parameters, {
    prompt: { type: 'string' },
    'prompt-file': { type: 'string' },
    system: { type: 'string' },
    raw: { type: 'boolean' },
    strategies: { type: 'string' },
    repeat: { type: 'string' },
    seed: { type: 'string' },
    'max-tokens': { type: 'string' },
    adapter: { type: 'boolean' },
    model: { type: 'string' },
    provider: { type: 'string' },
    out: { type: 'string' },
    help: { type: 'boolean' },
  });
  const { model: modelDirectory, provider = 'cpu', out = '.', adapter = false } = values;
  const shared = { modelDirectory, provider, out, adapter };
  if (values.help) return { help: true, comparison: empty, ...shared };
  if ((values.prompt === undefined) === (values['prompt-file'] === undefined)) {
    throw invalidOption('Give either --prompt TEXT or --prompt-file FILE (see --help).');
  }
  if (values.strategies === undefined) throw invalidOption('Give --strategies FILE (see --help).');
  if (values.out === undefined) throw invalidOption('Give --out DIR, a folder for the results (see --help).');
  const input = {
    prompt: values.prompt ?? readOptionFile(values['prompt-file'] ?? '', '--prompt-file'),
    raw: values.raw ?? false,
    systemPrompt: values.system ?? '',
    columns: columnsFrom(values.strategies),
    repeats: whole('repeat', values.repeat, 1),
    seed: whole('seed', values.seed, 0),
    maxTokens: whole('max-tokens', values['max-tokens'], defaultAnswerTokens),
  };
  const parsed = v.safeParse(newComparisonSchema, input);
  if (parsed.success) return { help: false, comparison: parsed.output, ...shared };
  const [issue] = parsed.issues;
  throw invalidOption(
    `${v.getDotPath(issue) ?? 'The comparison'} can't be used: ${issue.message} (see --help).`,
  );
}

const empty: NewComparison = {
  prompt: '',
  raw: true,
  systemPrompt: '',
  columns: [],
  repeats: 1,
  seed: 0,
  maxTokens: 1,
};
