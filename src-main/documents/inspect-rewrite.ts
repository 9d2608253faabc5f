import type { RewritePassage } from '../contract/document.ts';
import { ForedraftError } from '../contract/error.ts';
import type { InspectedToken, InspectionRequest } from '../contract/inspection.ts';
import type { HostClient } from '../host/client.ts';
import type { EngineLock } from '../runs/engine-lock.ts';
import { readyModel } from '../runs/engine-lock.ts';
import { rewritePrompt } from './rewrite-prompt.ts';

/** A rewritten text as the window has it, and the range of its tokens to inspect. */
export interface RewriteInspection
  extends Pick<InspectionRequest, 'strategy' | 'tokens' | 'first' | 'count' | 'withPolicy'> {
  readonly passage: RewritePassage;
  /** The model that generated the text. */
  readonly modelId: string;
}

/** How many alternatives of each token are listed. */
const alternatives = 10;

/**
 * The model's distributions at tokens of a rewritten text.
 * @throws ForedraftError `engine-busy`, `engine-unavailable`, `model-missing` if another model is loaded, and as
 * `HostCalls.inspect`
 */
export async function inspectRewrite(
  engine: Pick<HostClient, 'status' | 'call'>,
  lock: EngineLock,
  { passage, modelId, ...request }: RewriteInspection,
): Promise<readonly InspectedToken[]> {
  const model = readyModel(engine.status);
  if (model.id !== modelId) {
    throw new ForedraftError(
      'model-missing',
      `This text was written by ${modelId} and ${model.id} is loaded: load ${modelId} to inspect its tokens.`,
      { written: modelId, loaded: model.id },
    );
  }
  const release = lock.acquire('inspecting a text');
  try {
    return await engine.call('inspect', { ...rewritePrompt(passage), ...request, alternatives });
  } finally {
    release();
  }
}
