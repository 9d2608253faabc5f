import path from 'node:path';
import process from 'node:process';
import type { Comparison } from '../contract/comparison.ts';
import { reportOf } from '../contract/error.ts';
import { defaultModelId, findModels } from '../library/installed-models.ts';
import { comparisonCsv } from '../report/export/csv.ts';
import { comparisonHtml } from '../report/export/html.ts';
import { comparisonJson } from '../report/export/json.ts';
import { comparisonMarkdown } from '../report/export/markdown.ts';
import { numericsSentence } from '../report/numerics.ts';
import { resultTable } from '../report/result-table.ts';
import { loadModel } from '../runtime/load.ts';
import { createOutputFolder, writeOutput } from './output-folder.ts';
import { compareUsage, parseCompareOptions } from './compare-options.ts';
import { runComparison } from './run-comparison.ts';

const models = path.join(import.meta.dirname, '../../models');

/** Writes every export but the JSON, which is written after each run. */
function writeExports(folder: string, comparison: Comparison): void {
  writeOutput(folder, 'comparison.csv', comparisonCsv(comparison));
  writeOutput(folder, 'comparison.md', comparisonMarkdown(comparison));
  writeOutput(folder, 'comparison.html', comparisonHtml(comparison));
}

function table(comparison: Comparison): string {
  const rows = resultTable(comparison).rows.map(({ column, cells, doneRuns, allRuns }) => [
    column.name,
    doneRuns < allRuns ? `${doneRuns} of ${allRuns}` : String(doneRuns),
    cells.tokensPerSecond?.median.toFixed(1) ?? '-',
    cells.forwards?.median.toFixed(0) ?? '-',
    cells.acceptance?.median.toFixed(2) ?? '-',
    cells.logProbabilitySum?.median.toFixed(2) ?? '-',
    cells.perplexity?.median.toFixed(2) ?? '-',
  ]);
  const header = ['column', 'runs', 'tokens/s', 'forwards', 'accepted', 'log-prob.', 'perplexity'];
  const widths = header.map((name, index) =>
    Math.max(name.length, ...rows.map((row) => row[index]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, index) => (index === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[index] ?? 0)))
      .join('  ');
  return [header, ...rows].map(line).join('\n');
}

async function main(): Promise<void> {
  const options = parseCompareOptions(process.argv.slice(2));
  if (options.help) {
    process.stdout.write(compareUsage);
    return;
  }
  createOutputFolder(options.out);
  const directory = options.modelDirectory ?? path.join(models, defaultModelId);
  const installed = await findModels([models, path.dirname(path.resolve(directory))]);
  const folders = new Map(installed.map((model) => [model.id, model.directory]));
  const model = await loadModel(directory, options.provider, folders);
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  const progress = (column: string, number: number, of: number) =>
    process.stderr.write(`run ${number} of ${of}: ${column}\n`);
  // Written after each run, so that finished runs survive a crash or a kill.
  const saveRuns = (soFar: Comparison) => writeOutput(options.out, 'comparison.json', comparisonJson(soFar));
  // Refused before anything is written, and opened before anything is timed.
  if (options.adapter) await model.withAdapter();
  const request = { ...options.comparison, adapter: options.adapter };
  const comparison = await runComparison(model, request, progress, saveRuns, stop.signal);
  model.close();
  writeExports(options.out, comparison);
  for (const { error, columnId } of comparison.runs) {
    const name = comparison.columns.find(({ id }) => id === columnId)?.name;
    if (error) process.stderr.write(`${name}: ${error.message}\n`);
  }
  const numerics = numericsSentence(comparison);
  process.stdout.write(`${table(comparison)}\n${numerics === '' ? '' : `\n${numerics}\n`}`);
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${reportOf(error, 'runtime-failed').message}\n`);
  process.exitCode = 1;
}
