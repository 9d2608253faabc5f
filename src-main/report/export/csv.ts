import type { Comparison, ComparisonRun } from '../../contract/comparison.ts';
import { kernelsName } from '../numerics.ts';
import { searchChoice } from '../search-score.ts';
import type { Statistics } from '../../contract/generation.ts';
import { repeatsItself } from '../repeated-text.ts';

type Column = readonly [
  name: string,
  of: (run: ComparisonRun, comparison: Comparison) => string | number | null,
];

const figure = (name: string, of: (statistics: Statistics) => number | undefined): Column => [
  name,
  ({ statistics }) => (statistics ? (of(statistics) ?? null) : null),
];

const columns: readonly Column[] = [
  ['column', ({ columnId }, comparison) => columnOf(columnId, comparison)?.name ?? ''],
  [
    'strategy',
    ({ columnId }, comparison) => JSON.stringify(columnOf(columnId, comparison)?.strategy ?? null),
  ],
  ['repeat', ({ repeat }) => repeat],
  ['seed', ({ repeat }, { seed }) => seed + repeat],
  ['status', ({ status }) => status],
  ['end_reason', ({ endReason }) => endReason],
  figure('prompt_tokens', ({ promptTokens }) => promptTokens),
  figure('output_tokens', ({ outputTokens }) => outputTokens),
  figure('first_token_ms', ({ firstTokenMs }) => firstTokenMs),
  figure('total_ms', ({ totalMs }) => totalMs),
  figure('tokens_per_second', ({ tokensPerSecond }) => tokensPerSecond),
  figure('forwards', ({ forwards }) => forwards),
  figure('proposed_tokens', ({ proposedTokens }) => proposedTokens),
  figure('accepted_tokens', ({ acceptedTokens }) => acceptedTokens),
  ['approximate_tokens', ({ tokens }) => tokens.filter(({ approximate }) => approximate).length],
  ['search_score', ({ trace }) => searchChoice(trace)?.score ?? null],
  ['search_log_probability_sum', ({ trace }) => searchChoice(trace)?.logProbabilitySum ?? null],
  figure('log_probability_sum', ({ logProbabilitySum }) => logProbabilitySum),
  figure('log_probability_mean', ({ logProbabilityMean }) => logProbabilityMean),
  figure('perplexity', ({ perplexity }) => perplexity),
  figure('distinct_1', ({ distinct }) => distinct[0]),
  figure('distinct_2', ({ distinct }) => distinct[1]),
  figure('distinct_3', ({ distinct }) => distinct[2]),
  figure('repetition', ({ repetition }) => repetition),
  ['repeats_itself', ({ status, tokens }) => (status === 'done' ? String(repeatsItself(tokens)) : null)],
  ['adapter', ({ adapter }) => adapter],
  ['kernels', ({ kernels }) => (kernels ? kernelsName(kernels) : null)],
  ['error', ({ error }) => error?.message ?? null],
  ['text', ({ text }) => text],
];

function columnOf(id: string, comparison: Comparison) {
  return comparison.columns.find((column) => column.id === id);
}

/** One row per run, in RFC 4180 format. */
export function comparisonCsv(comparison: Comparison): string {
  const header = columns.map(([name]) => name);
  const lines = comparison.runs.map((run) => columns.map(([, of]) => cell(of(run, comparison))));
  return [header, ...lines].map((line) => `${line.join(',')}\r\n`).join('');
}

function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
  // Prevents formula injection: a spreadsheet treats a cell that starts with an apostrophe as text.
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
