import type { ForwardCosts } from '../contract/forward-costs.ts';
import type { HostClient } from '../host/client.ts';
import type { EngineLock } from './engine-lock.ts';

/**
 * What forwards cost, measured while nobody else uses the engine.
 * @param draftModel an installed model that is to draft, or null
 * @throws ForedraftError `engine-busy`, and as `HostCalls.measure`
 */
export async function measureCosts(
  engine: Pick<HostClient, 'call'>,
  turn: EngineLock,
  draftModel: string | null,
): Promise<ForwardCosts> {
  const release = turn.take('measuring this machine');
  try {
    return await engine.call('measure', draftModel);
  } finally {
    release();
  }
}
