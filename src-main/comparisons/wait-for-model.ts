import { setTimeout as delay } from 'node:timers/promises';
import { adapterOf, type Comparison } from '../contract/comparison.ts';
import type { EngineStatus } from '../contract/engine-status.ts';
import { ForedraftError } from '../contract/error.ts';
import { type ModelCard, modelWithAdapter } from '../contract/model-card.ts';
import type { Engine } from '../runs/engine-lock.ts';
import { readyModel } from '../runs/engine-lock.ts';

/** The model whose runs are comparable with the existing ones. */
export type RequiredModel = Pick<Comparison, 'modelId' | 'provider' | 'runs'>;

/** How long to wait for an engine that is down, in milliseconds. */
export interface WaitOptions {
  readonly pollMs: number;
  /** Restarting and loading a model takes seconds; the user may have to press Restart engine. */
  readonly timeoutMs: number;
}

export const defaultWaitOptions: WaitOptions = { pollMs: 100, timeoutMs: 120_000 };

/** @throws ForedraftError `engine-unavailable` unless the comparison's model is loaded */
export function requireModel(status: EngineStatus, required: RequiredModel): void {
  const loaded = readyModel(status);
  if (isModel(loaded, required)) return;
  const { modelId, provider } = required;
  const made = modelWithAdapter(modelId, adapterOf(required));
  const found = modelWithAdapter(loaded.id, loaded.id === modelId ? loaded.adapter : null);
  throw new ForedraftError(
    'engine-unavailable',
    `This comparison was made with ${made} on ${provider}, and ${found} on ${loaded.provider} is loaded: load ${made}, or run the comparison again as a new one.`,
    { modelId, provider, loadedId: loaded.id, loadedProvider: loaded.provider },
  );
}

/** Waits until a model is loaded. Returns whether it is the required one; false also on a timeout or an abort. */
export async function waitForModel(
  required: RequiredModel,
  engine: Engine,
  signal: AbortSignal,
  { pollMs, timeoutMs }: WaitOptions,
): Promise<boolean> {
  const polls = Math.ceil(timeoutMs / pollMs);
  for (let poll = 0; poll < polls && !signal.aborted; poll++) {
    const { status } = engine;
    if (status.state === 'ready') {
      return isModel(status.model, required);
    }
    await delay(pollMs, undefined, { signal }).catch(() => undefined);
  }
  return false;
}

function isModel({ id, provider, adapter }: ModelCard, required: RequiredModel): boolean {
  const needed = adapterOf(required);
  return id === required.modelId && provider === required.provider && (needed === null || needed === adapter);
}
