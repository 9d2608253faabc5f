import type { ForwardCosts } from '../contract/forward-costs.ts';
import type { HostClient } from '../host/client.ts';
import type { EngineLock } from './engine-lock.ts';

/**
 * Measures what forward passes cost, with exclusive use of the engine.
 * @param draftModel id of an installed model whose drafting is measured, too, or null
 * @throws ForedraftError `engine-busy`, and as `HostCalls.measure`
 */
export async function measureCosts(
  engine: Pick<HostClient, 'call'>,
  lock: EngineLock,
  draftModel: string | null,
): Promise<ForwardCosts> {
  const release = lock.acquire('measuring this machine');
  try {
    return await engine.call('measure', draftModel);
  } finally {
    release();
  }
}
