import { setTimeout as delay } from 'node:timers/promises';
import type { Comparison } from '../contract/comparison.ts';
import type { EngineStatus } from '../contract/engine-status.ts';
import { ForedraftError } from '../contract/error.ts';
import type { Engine } from '../runs/engine-lock.ts';
import { readyModel } from '../runs/engine-lock.ts';

/** The model whose runs can be compared with those that are there. */
export type RequiredModel = Pick<Comparison, 'modelId' | 'provider'>;

/** How long an engine that is down is waited for, in milliseconds. */
export interface Patience {
  /** Between two looks at its status. */
  readonly lookEveryMs: number;
  /** Restarting and loading a model take seconds; a person may have to press Restart engine. */
  readonly waitMs: number;
}

export const defaultPatience: Patience = { lookEveryMs: 100, waitMs: 120_000 };

/** @throws ForedraftError `engine-unavailable` where no model is loaded or another one than the comparison's */
export function refuseOtherModel(status: EngineStatus, { modelId, provider }: RequiredModel): void {
  const loaded = readyModel(status);
  if (loaded.id === modelId && loaded.provider === provider) return;
  throw new ForedraftError(
    'engine-unavailable',
    `This comparison was made with ${modelId} on ${provider}, and ${loaded.id} on ${loaded.provider} is loaded: load ${modelId}, or run the comparison again as a new one.`,
    { modelId, provider, loadedId: loaded.id, loadedProvider: loaded.provider },
  );
}

/** Waits until the engine has the model loaded: false where patience or `signal` ended first, or it has another. */
export async function engineHas(
  required: RequiredModel,
  engine: Engine,
  signal: AbortSignal,
  { lookEveryMs, waitMs }: Patience,
): Promise<boolean> {
  const looks = Math.ceil(waitMs / lookEveryMs);
  for (let look = 0; look < looks && !signal.aborted; look++) {
    const { status } = engine;
    if (status.state === 'ready') {
      return status.model.id === required.modelId && status.model.provider === required.provider;
    }
    await delay(lookEveryMs, undefined, { signal }).catch(() => undefined);
  }
  return false;
}
