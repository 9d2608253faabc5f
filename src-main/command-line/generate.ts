import path from 'node:path';
import process from 'node:process';
import type { GenerationEvent, SearchResult, Statistics } from '../contract/generation.ts';
import { reportOf } from '../contract/error.ts';
import { type ModelCard, modelWithAdapter } from '../contract/model-card.ts';
import { defaultModelId, findModels } from '../library/installed-models.ts';
import { kernelsName } from '../report/numerics.ts';
import { loadModel } from '../runtime/load.ts';
import { parseGenerateOptions, usage } from './generate-options.ts';

const models = path.join(import.meta.dirname, '../../models');
const defaultModel = path.join(models, defaultModelId);

function summary(statistics: Statistics): string {
  const { outputTokens, tokensPerSecond, firstTokenMs, forwards, logProbabilitySum } = statistics;
  return (
    `${outputTokens} tokens, ${tokensPerSecond.toFixed(1)} tokens/s, first after ${(firstTokenMs / 1000).toFixed(2)} s, ` +
    `${forwards} forwards, summed log-probability ${logProbabilitySum.toFixed(2)}`
  );
}

/** What the options make of a model: `adapter` is that in use. */
type UsedModel = Pick<ModelCard, 'id' | 'provider' | 'kernels' | 'adapter'>;

/** The last event says which model, adapter and kernels computed all of them. */
function jsonOf(event: GenerationEvent, { id, provider, kernels, adapter }: UsedModel): string {
  return JSON.stringify(event.type === 'end' ? { ...event, modelId: id, provider, adapter, kernels } : event);
}

/** The scores of a search, as it computed them: those of the text itself are in the summary. */
function printScores(results: readonly SearchResult[]): void {
  const [best] = results;
  if (best === undefined) return;
  const { score, logProbabilitySum } = best;
  process.stderr.write(
    `\n\nsearch score ${score.toFixed(3)}, sum in the search ${logProbabilitySum.toFixed(2)}`,
  );
}

function print(event: GenerationEvent, model: UsedModel, json: boolean): void {
  if (json) process.stdout.write(`${jsonOf(event, model)}\n`);
  else if (event.type === 'hypotheses') printScores(event.hypotheses);
  else if (event.type === 'token') process.stdout.write(event.text);
  else if (event.type === 'end') {
    process.stdout.write('\n');
    process.stderr.write(
      `\n${event.reason}: ${summary(event.statistics)}, ${modelWithAdapter(model.id, model.adapter)}, kernels of ${kernelsName(model.kernels)}\n`,
    );
  }
}

async function main(): Promise<void> {
  const options = parseGenerateOptions(process.argv.slice(2));
  if (options.help) {
    process.stdout.write(usage);
    return;
  }
  const directory = options.modelDirectory ?? defaultModel;
  const installed = await findModels([models, path.dirname(path.resolve(directory))]);
  const folders = new Map(installed.map((model) => [model.id, model.directory]));
  const model = await loadModel(directory, options.provider, folders);
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // The reader closed the pipe, as `head` does.
    if (error.code !== 'EPIPE') throw error;
    stop.abort();
  });
  const { card } = model;
  const used = { ...card, adapter: options.request.adapter ? card.adapter : null };
  for await (const event of model.generate(options.request, stop.signal)) print(event, used, options.json);
  model.close();
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${reportOf(error, 'runtime-failed').message}\n`);
  process.exitCode = 1;
}
