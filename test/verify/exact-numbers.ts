import type { Comparison } from '../../src-main/contract/comparison.ts';
import type { GenerationEvent } from '../../src-main/contract/generation.ts';
import type { RunToken } from '../../src-main/contract/run.ts';
import type { StrategyInput } from '../../src-main/contract/strategy.ts';
import { parseStrategy } from '../../src-main/contract/strategy.ts';
import { runRequest } from '../../src-main/comparisons/run-request.ts';
import { logSumExp } from '../../src-main/engine/distribution.ts';
import type { TokenId } from '../../src-main/engine/model.ts';
import { comparisonCsv } from '../../src-main/report/export/csv.ts';
import { comparisonJson, parseComparisonJson } from '../../src-main/report/export/json.ts';
import type { LoadedModel } from '../../src-main/runtime/load.ts';
import type { RecordingStores } from '../runs/recording-stores.ts';

/** Every kind of strategy; searches of every width up to 8. */
export const numberStrategies: Readonly<Record<string, StrategyInput>> = {
  greedy: { kind: 'greedy' },
  'beam 1': { kind: 'beam', width: 1, best: 1 },
  'beam 2': { kind: 'beam', width: 2 },
  'beam 3': { kind: 'beam', width: 3 },
  'beam 4': { kind: 'beam', width: 4 },
  'beam 5': { kind: 'beam', width: 5 },
  'beam 6': { kind: 'beam', width: 6 },
  'beam 7': { kind: 'beam', width: 7 },
  'beam 8': { kind: 'beam', width: 8 },
  'candidate set, greedy': { kind: 'candidate-set', policy: 'greedy' },
  'candidate set, beam': { kind: 'candidate-set', policy: 'beam' },
  'candidate set, sampling': { kind: 'candidate-set', policy: 'sampling', seed: 3 },
  contrastive: { kind: 'contrastive' },
  'contrastive of one candidate': { kind: 'contrastive', topK: 1 },
  'speculative 6': { kind: 'speculative', draftLength: 6 },
  'speculative adaptive': { kind: 'speculative', draftLength: 'adaptive' },
  auto: { kind: 'auto' },
};

export interface NumberCheck {
  /** What is wrong, in words; empty where all is right. */
  readonly faults: readonly string[];
  readonly texts: number;
  readonly tokens: number;
  /** Texts that another strategy wrote, too. */
  readonly equalTexts: number;
}

/**
 * Runs all strategies on a prompt, each recorded in the database, and compares the log-probabilities in the database with
 * those of equal texts, of an independent read of the text, of the lens and of exported files, bit for bit.
 * @param keepApproximate leaves out what corrects the figures of searches: a negative control
 */
export async function checkNumbers(
  model: LoadedModel,
  stores: RecordingStores,
  prompt: string,
  maxTokens: number,
  strategies: Readonly<Record<string, StrategyInput>> = numberStrategies,
  keepApproximate = false,
): Promise<NumberCheck> {
  const columns = Object.entries(strategies).map(([name, input]) => ({
    name,
    strategy: parseStrategy(input),
  }));
  const { id: modelId, provider } = model.card;
  const shared = { prompt, raw: false, systemPrompt: '', repeats: 1, seed: 5, maxTokens };
  const { id } = stores.comparisons.create({ ...shared, columns, modelId, provider });
  for (const run of stores.comparisons.open(id).runs) {
    const comparison = stores.comparisons.open(id);
    const column = comparison.columns.find((one) => one.id === run.columnId)!;
    const recorder = stores.record(run.id);
    const events = (signal: AbortSignal) => model.generate(runRequest(comparison, column, run), signal);
    await recorder.record(
      (signal) => batches(events(signal), keepApproximate),
      () => undefined,
    );
  }
  const comparison = stores.comparisons.open(id);
  const faults = [...faultsOfStore(comparison), ...faultsOfExports(comparison)];
  const texts = new Map<string, RunToken[]>();
  for (const run of comparison.runs) texts.set(idsOf(run.tokens).join(), [...run.tokens]);
  for (const tokens of texts.values()) faults.push(...(await faultsOfText(model, comparison, tokens)));
  return {
    faults,
    texts: comparison.runs.length,
    tokens: comparison.runs.reduce((sum, { tokens }) => sum + tokens.length, 0),
    equalTexts: comparison.runs.length - texts.size,
  };
}

async function* batches(events: AsyncIterable<GenerationEvent>, keepApproximate: boolean) {
  for await (const event of events) if (!keepApproximate || event.type !== 'rescored') yield [event];
}

const idsOf = (tokens: readonly RunToken[]) => tokens.map(({ id }) => id as TokenId);
const numbersOf = (tokens: readonly RunToken[]) => tokens.map(({ logProbability }) => logProbability);
const same = (one: readonly number[], other: readonly number[]) =>
  one.length === other.length && one.every((value, index) => Object.is(value, other[index]));

/** Runs that failed or are approximate, equal texts with other numbers, and sums that aren't those of the tokens. */
function faultsOfStore({ columns, runs }: Comparison): string[] {
  const faults: string[] = [];
  const first = new Map<string, { readonly name: string; readonly numbers: readonly number[] }>();
  for (const { columnId, status, error, tokens, statistics } of runs) {
    const name = columns.find(({ id }) => id === columnId)!.name;
    const numbers = numbersOf(tokens);
    if (status !== 'done') faults.push(`${name}: ${status}, ${error?.message ?? ''}`);
    if (tokens.some(({ approximate }) => approximate)) faults.push(`${name}: approximate in the database`);
    const sum = numbers.reduce((total, value) => total + value, 0);
    if (statistics?.logProbabilitySum !== sum) faults.push(`${name}: another sum in the statistics`);
    const key = idsOf(tokens).join();
    const equal = first.get(key) ?? { name, numbers };
    first.set(key, equal);
    if (!same(equal.numbers, numbers)) faults.push(`${name}: other numbers than ${equal.name} for its text`);
  }
  return faults;
}

function faultsOfExports(comparison: Comparison): string[] {
  const faults: string[] = [];
  const read = parseComparisonJson(comparisonJson(comparison));
  const [header = [], ...rows] = csvRows(comparisonCsv(comparison));
  const place = header.indexOf('log_probability_sum');
  for (const [index, run] of comparison.runs.entries()) {
    const inJson = read.runs[index];
    if (!inJson || !same(numbersOf(inJson.tokens), numbersOf(run.tokens)))
      faults.push(`run ${index}: other numbers in JSON`);
    if (Number(rows[index]?.[place]) !== run.statistics?.logProbabilitySum)
      faults.push(`run ${index}: another sum in CSV`);
  }
  return faults;
}

/** The cells of RFC 4180. */
function csvRows(csv: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^,"\r\n]*))(,|\r\n)/g)) {
    rows.at(-1)!.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end !== ',') rows.push([]);
  }
  return rows.slice(0, -1);
}

/** Widths of the forwards of the independent read: none is that of the engine's own. */
const widths = [1, 5, 2, 11, 3, 1, 7];

/** Compares the recorded numbers of a text with those of an independent read and of the lens. */
async function faultsOfText(
  model: LoadedModel,
  comparison: Comparison,
  tokens: readonly RunToken[],
): Promise<string[]> {
  const strategy = parseStrategy({ kind: 'greedy' });
  const { prompt } = runRequest(comparison, { strategy }, { repeat: 0, adapter: null });
  const answer = idsOf(tokens);
  const name = tokens
    .map(({ text }) => text)
    .join('')
    .slice(0, 40);
  const faults: string[] = [];
  if (!same(await linearNumbers(model, model.promptTokens(prompt), answer), numbersOf(tokens)))
    faults.push(`"${name}": other numbers in a linear read`);
  const seen: number[] = [];
  for (let first = 0; first < answer.length; first += 20) {
    const part = { prompt, strategy, tokens: answer, alternatives: 3, first, count: 20, withPolicy: false };
    seen.push(...(await model.inspect(part)).map(({ logProbability }) => logProbability));
  }
  if (!same(seen, numbersOf(tokens))) faults.push(`"${name}": other numbers in the lens`);
  return faults;
}

/** The log-probability of each token of `answer`, from a sequence of its own. */
export async function linearNumbers(
  model: LoadedModel,
  prompt: readonly TokenId[],
  answer: readonly TokenId[],
): Promise<number[]> {
  const sequence = model.model.open();
  const numbers: number[] = [];
  try {
    await sequence.forward(prompt.slice(0, -1), 0);
    let pending = [prompt.at(-1)!, ...answer.slice(0, -1)];
    for (let step = 0; pending.length > 0; step++) {
      const part = pending.slice(0, widths[step % widths.length]);
      const rows = await sequence.forward(part, part.length);
      for (const logits of rows) numbers.push(logits[answer[numbers.length]!]! - logSumExp(logits));
      pending = pending.slice(rows.length);
    }
  } finally {
    sequence.close();
  }
  return numbers;
}
