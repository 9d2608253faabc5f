import type { Api } from '../../../src-main/contract/api.ts';
import { errorFrom } from '../../../src-main/contract/error.ts';
import type { RequestArgument, RequestName, RequestResult } from '../../../src-main/contract/requests.ts';

/**
 * Sends a request to main and returns its result.
 * @throws ForedraftError what main reports
 */
export async function ask<Name extends RequestName>(
  api: Api,
  name: Name,
  argument: RequestArgument<Name>,
): Promise<RequestResult<Name>> {
  const reply = await api.request(name, argument);
  if (reply.ok) return reply.value;
  throw errorFrom(reply.error);
}
