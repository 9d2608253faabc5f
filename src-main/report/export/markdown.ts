import { adapterOf, type Comparison } from '../../contract/comparison.ts';
import { modelWithAdapter } from '../../contract/model-card.ts';
import { numericsSentence } from '../numerics.ts';
import type { Cell } from '../result-table.ts';
import { isApproximate, resultTable } from '../result-table.ts';
import { sameTextGroups } from '../same-text.ts';
import { roleNames, runLine } from './run-line.ts';

/** A comparison as a Markdown document: figures, identical texts, and all texts. */
export function comparisonMarkdown(comparison: Comparison): string {
  const {
    name,
    prompt,
    raw,
    systemPrompt,
    earlier = [],
    modelId,
    provider,
    seed,
    repeats,
    maxTokens,
    notes,
    tags,
  } = comparison;
  const numerics = numericsSentence(comparison);
  const facts = [
    `Model ${inline(modelWithAdapter(modelId, adapterOf(comparison)))} on ${provider}, ${repeats} × with seeds from ${seed}, up to ${maxTokens} tokens`,
    ...(numerics === '' ? [] : [inline(numerics)]),
    ...(tags.length > 0 ? [`Tags: ${tags.map(inline).join(', ')}`] : []),
  ];
  return [
    `# ${inline(name)}`,
    facts.map((fact) => `- ${fact}`).join('\n'),
    ...(notes.trim() === '' ? [] : [`## Notes`, fenced(notes)]),
    ...(systemPrompt.trim() === '' ? [] : ['## System prompt', fenced(systemPrompt)]),
    ...(earlier.length === 0 ? [] : ['## Earlier messages']),
    ...earlier.flatMap(({ role, content }) => [inline(roleNames[role]), fenced(content)]),
    `## Prompt${raw ? ' (raw)' : ''}`,
    fenced(prompt),
    '## Figures',
    figures(comparison),
    '## Identical texts',
    sameTexts(comparison),
    '## Texts',
    ...comparison.columns.flatMap(({ id, name: column, strategy }) => [
      `### ${inline(column)}`,
      fenced(JSON.stringify(strategy), 'json'),
      ...comparison.runs
        .filter(({ columnId }) => columnId === id)
        .flatMap((run) => [
          `${runLine(run, seed)}${run.error ? `: ${inline(run.error.message)}` : ''}`,
          fenced(run.text),
        ]),
    ]),
    '',
  ].join('\n\n');
}

function figures(comparison: Comparison): string {
  const table = resultTable(comparison);
  const header = ['Column', ...table.figures.map(({ label }) => label)];
  const rows = table.rows.map((row) => [
    `${inline(row.column.name)}${row.repeatsItself ? ' (repeats itself)' : ''}`,
    ...table.figures.map(
      ({ name, decimals }) =>
        `${isApproximate(row, name) ? '≈ ' : ''}${figureCell(row.cells[name], decimals)}`,
    ),
  ]);
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = header.map((_, index) => (index === 0 ? '---' : '---:'));
  return [header, rule, ...rows].map(line).join('\n');
}

function figureCell(cell: Cell | null, decimals: number): string {
  if (!cell) return '';
  const median = cell.median.toFixed(decimals);
  const spread =
    cell.minimum < cell.maximum
      ? ` (${cell.minimum.toFixed(decimals)} to ${cell.maximum.toFixed(decimals)})`
      : '';
  return `${cell.best ? `**${median}**` : median}${spread}`;
}

function sameTexts(comparison: Comparison): string {
  const nameOf = (id: string) => inline(comparison.columns.find((column) => column.id === id)?.name ?? id);
  const groups = sameTextGroups(comparison).filter(({ columnIds }) => columnIds.length > 1);
  if (groups.length === 0) return 'No two columns produced the same text.';
  return groups.map(({ columnIds }) => `- ${columnIds.map(nameOf).join(' = ')}`).join('\n');
}

/** `text` on one line, with markup escaped. */
function inline(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]<>#|~!&]/g, '\\$&');
}

/** `text` in a fence longer than any run of backticks in it. */
function fenced(text: string, kind = ''): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${kind}\n${text}\n${fence}`;
}
