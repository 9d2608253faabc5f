import { ForedraftError } from '../contract/error.ts';
import type { InspectedToken, InspectionRequest } from '../contract/inspection.ts';
import type { HostClient } from '../host/client.ts';
import type { EngineLock } from './engine-lock.ts';
import { readyModel } from './engine-lock.ts';

/** How many alternatives of each token are listed. */
const alternatives = 10;

/**
 * Recomputes the distributions at tokens of a run by the model `modelId`.
 * @throws ForedraftError `engine-busy`, `engine-unavailable`, `model-missing` if that model isn't loaded, and as
 * `HostCalls.inspect`
 */
export async function inspectRun(
  engine: Pick<HostClient, 'status' | 'call'>,
  lock: EngineLock,
  modelId: string,
  request: Omit<InspectionRequest, 'alternatives'>,
): Promise<readonly InspectedToken[]> {
  const model = readyModel(engine.status);
  if (model.id !== modelId) {
    throw new ForedraftError(
      'model-missing',
      `This text was written by ${modelId} and ${model.id} is loaded: load ${modelId} to look at its alternatives.`,
      { written: modelId, loaded: model.id },
    );
  }
  const release = lock.acquire('inspecting a text');
  try {
    return await engine.call('inspect', { ...request, alternatives });
  } finally {
    release();
  }
}
