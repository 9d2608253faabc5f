import type { Api, RequestArgument, RequestName, RequestResults } from '../../../src-main/contract/api.ts';
import { errorFrom } from '../../../src-main/contract/error.ts';

/**
 * The value that main replies with.
 * @throws ForedraftError with the code and sentence of a refused request.
 */
export async function ask<Name extends RequestName>(
  api: Api,
  name: Name,
  argument: RequestArgument<Name>,
): Promise<RequestResults[Name]> {
  const reply = await api.request(name, argument);
  if (reply.ok) return reply.value;
  throw errorFrom(reply.error);
}
