import { adapterOf, type Comparison, type EarlierMessage } from '../../contract/comparison.ts';
import { modelWithAdapter } from '../../contract/model-card.ts';
import type { Chart } from '../chart/chart.ts';
import { allCharts } from '../chart/charts-of.ts';
import { svgOf } from '../chart/svg.ts';
import { numericsSentence } from '../numerics.ts';
import type { Cell } from '../result-table.ts';
import { isApproximate, resultTable } from '../result-table.ts';
import { sameTextGroups } from '../same-text.ts';
import { roleNames, runLine } from './run-line.ts';

const style = `
:root { color-scheme: light dark; --ink: #1d1f23; --quiet: #63666e; --line: #e1ddd4; --paper: #fbfaf7; --good: #23744a; }
@media (prefers-color-scheme: dark) { :root { --ink: #e9e7e1; --quiet: #9a9ea6; --line: #30353d; --paper: #15171b; --good: #74cf9b; } }
body { max-width: 1100px; margin: 2rem auto; padding: 0 1rem; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
pre { padding: .8rem; overflow-x: auto; border: 1px solid var(--line); border-radius: 8px; white-space: pre-wrap; overflow-wrap: anywhere; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: 13px; }
th, td { padding: .3rem .7rem; border-bottom: 1px solid var(--line); text-align: right; white-space: nowrap; }
th:first-child { text-align: left; }
small { color: var(--quiet); }
.best { color: var(--good); font-weight: 700; }
figure { margin: 1rem 0; }
img { display: block; }
summary { cursor: pointer; color: var(--quiet); font-size: 13px; }
`;

/** A comparison as one self-contained HTML file without scripts: figures, texts, and charts with their data. */
export function comparisonHtml(comparison: Comparison): string {
  const {
    name,
    prompt,
    systemPrompt,
    earlier = [],
    modelId,
    provider,
    seed,
    repeats,
    maxTokens,
    notes,
  } = comparison;
  const model = modelWithAdapter(modelId, adapterOf(comparison));
  const facts = `${model} on ${provider}, ${repeats} × with seeds from ${seed}, up to ${maxTokens} tokens`;
  const numerics = numericsSentence(comparison);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>${escaped(name)}</title>
<style>${style}</style>
</head>
<body>
<h1>${escaped(name)}</h1>
<p>${escaped(facts)}</p>
${numerics === '' ? '' : `<p>${escaped(numerics)}</p>\n`}${section('Notes', notes)}${section('System prompt', systemPrompt)}${earlierMessages(earlier)}${section('Prompt', prompt)}
<h2>Figures</h2>
${figures(comparison)}
<h2>Identical texts</h2>
${sameTexts(comparison)}
<h2>Charts</h2>
${allCharts(comparison).map(figureOf).join('\n')}
<h2>Texts</h2>
${comparison.columns.map((column) => columnTexts(column, comparison)).join('\n')}
</body>
</html>
`;
}

function section(title: string, text: string): string {
  return text.trim() === '' ? '' : `<h2>${title}</h2>\n<pre>${escaped(text)}</pre>\n`;
}

function earlierMessages(messages: readonly EarlierMessage[]): string {
  if (messages.length === 0) return '';
  const texts = messages.map(
    ({ role, content }) => `<p><small>${roleNames[role]}</small></p>\n<pre>${escaped(content)}</pre>\n`,
  );
  return `<h2>Earlier messages</h2>\n${texts.join('')}`;
}

/** The chart as an image, so that no script in it can run. */
function figureOf({ name, chart }: { readonly name: string; readonly chart: Chart }): string {
  const source = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(wellFormed(svgOf(chart)))}`;
  const alternative = escaped(`${name}. ${chart.description}`);
  return `<figure><figcaption>${escaped(name)}</figcaption><div class="scroll"><img alt="${alternative}" src="${source}"></div>
<details><summary>Data</summary>${numbersOf(chart)}</details></figure>`;
}

function numbersOf({ table: { header, rows } }: Chart): string {
  const heads = header.map((head) => `<th scope="col">${escaped(head)}</th>`).join('');
  const lines = rows.map((row) => `<tr>${row.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`);
  return `<div class="scroll"><table><thead><tr>${heads}</tr></thead><tbody>${lines.join('\n')}</tbody></table></div>`;
}

function figures(comparison: Comparison): string {
  const table = resultTable(comparison);
  const header = ['Column', ...table.figures.map(({ label }) => label)];
  const rows = table.rows.map((row) => {
    const numbers = table.figures.map(({ name, decimals }) =>
      figureCell(row.cells[name], decimals, isApproximate(row, name)),
    );
    const note = row.repeatsItself ? ' <small>repeats itself</small>' : '';
    return `<tr><th scope="row">${escaped(row.column.name)}${note}</th>${numbers.join('')}</tr>`;
  });
  const heads = header.map((text) => `<th scope="col">${text}</th>`).join('');
  return `<div class="scroll"><table><thead><tr>${heads}</tr></thead><tbody>${rows.join('\n')}</tbody></table></div>`;
}

function figureCell(cell: Cell | null, decimals: number, approximate: boolean): string {
  if (!cell) return '<td></td>';
  const spread =
    cell.minimum < cell.maximum
      ? ` <small>${cell.minimum.toFixed(decimals)} – ${cell.maximum.toFixed(decimals)}</small>`
      : '';
  return `<td${cell.best ? ' class="best"' : ''}>${approximate ? '≈ ' : ''}${cell.median.toFixed(decimals)}${spread}</td>`;
}

function sameTexts(comparison: Comparison): string {
  const nameOf = (id: string) => escaped(comparison.columns.find((column) => column.id === id)?.name ?? id);
  const groups = sameTextGroups(comparison).filter(({ columnIds }) => columnIds.length > 1);
  if (groups.length === 0) return '<p>No two columns produced the same text.</p>';
  return `<ul>${groups.map(({ columnIds }) => `<li>${columnIds.map(nameOf).join(' = ')}</li>`).join('')}</ul>`;
}

function columnTexts(column: Comparison['columns'][number], { runs, seed }: Comparison): string {
  const texts = runs
    .filter(({ columnId }) => columnId === column.id)
    .map((run) => {
      const fault = run.error ? `: ${run.error.message}` : '';
      return `<p><small>${escaped(`${runLine(run, seed)}${fault}`)}</small></p>\n<pre>${escaped(run.text)}</pre>`;
    });
  return `<h3>${escaped(column.name)}</h3>\n<p><small>${escaped(JSON.stringify(column.strategy))}</small></p>\n${texts.join('\n')}`;
}

function escaped(text: string): string {
  return wellFormed(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** Replaces lone surrogates, which encodeURIComponent rejects; a truncated text may end with one. */
function wellFormed(text: string): string {
  return text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '�');
}
