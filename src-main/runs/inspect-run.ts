import { ForedraftError } from '../contract/error.ts';
import { withAdapter } from '../contract/generation.ts';
import type { InspectedToken, InspectionRequest } from '../contract/inspection.ts';
import { modelWithAdapter } from '../contract/model-card.ts';
import type { Run } from '../contract/run.ts';
import type { HostClient } from '../host/client.ts';
import type { EngineLock } from './engine-lock.ts';
import { readyModel } from './engine-lock.ts';

/** How many alternatives of each token are listed. */
const alternatives = 10;

/**
 * Recomputes the distributions at tokens of a run, with the model and the adapter that generated it.
 * @throws ForedraftError `engine-busy`, `engine-unavailable`, `model-missing` if that model isn't loaded or has no such
 * adapter, and as `HostCalls.inspect`
 */
export async function inspectRun(
  engine: Pick<HostClient, 'status' | 'call'>,
  lock: EngineLock,
  { modelId, adapter }: Pick<Run, 'modelId' | 'adapter'>,
  request: Omit<InspectionRequest, 'alternatives' | 'adapter'>,
): Promise<readonly InspectedToken[]> {
  const model = readyModel(engine.status);
  if (model.id !== modelId) {
    throw new ForedraftError(
      'model-missing',
      `This text was written by ${modelId} and ${model.id} is loaded: load ${modelId} to look at its alternatives.`,
      { written: modelId, loaded: model.id },
    );
  }
  if (adapter !== null && model.adapter !== adapter) {
    throw new ForedraftError(
      'model-missing',
      `This text was written by ${modelWithAdapter(modelId, adapter)} and ${modelWithAdapter(model.id, model.adapter)} is loaded: convert the model with that adapter to look at its alternatives.`,
      { written: modelId, adapter, loaded: model.id },
    );
  }
  const release = lock.acquire('inspecting a text');
  try {
    return await engine.call('inspect', { ...request, alternatives, ...withAdapter(adapter) });
  } finally {
    release();
  }
}
