import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import * as v from 'valibot';
import type { Reply, RequestName, RequestResults } from '../contract/api.ts';
import { requestSchemas } from '../contract/api.ts';
import type { ErrorReport } from '../contract/error.ts';
import { ForedraftError, reportOf } from '../contract/error.ts';
import { requestFault } from './request-fault.ts';
import { isWithinPayloadLimit, unitLimitOf } from './payload-size.ts';

/** A request's argument after its check, defaults filled in. */
export type CheckedArgument<Name extends RequestName> = v.InferOutput<(typeof requestSchemas)[Name]>;

/** What answers each request. */
export type Routes = {
  readonly [Name in RequestName]: (
    argument: CheckedArgument<Name>,
  ) => RequestResults[Name] | Promise<RequestResults[Name]>;
};

type Sender = Pick<IpcMainInvokeEvent, 'sender' | 'senderFrame'>;

/** Answers each request on the channel of its name; requests of a sender that isn't trusted are refused. */
export function handleRequests(
  ipc: Pick<IpcMain, 'handle'>,
  routes: Routes,
  isTrusted: (sender: Sender) => boolean,
): void {
  for (const name of Object.keys(requestSchemas) as RequestName[]) {
    ipc.handle(name, async (event, argument: unknown) => {
      if (!isTrusted(event)) return refuse(invalid(`${name} was asked for by a page that may not.`));
      return answer(name, routes, argument);
    });
  }
}

/** The reply to one request, whatever its argument is: never throws. */
export async function answer<Name extends RequestName>(
  name: Name,
  routes: Routes,
  argument: unknown,
): Promise<Reply<RequestResults[Name]>> {
  try {
    return { ok: true, value: await routes[name](parse(name, argument)) };
  } catch (error) {
    return refuse(reportOf(error, 'runtime-failed'));
  }
}

function parse<Name extends RequestName>(name: Name, argument: unknown): CheckedArgument<Name> {
  const unitLimit = unitLimitOf(name);
  if (!isWithinPayloadLimit(argument, unitLimit)) {
    const limit = unitLimit.toLocaleString('en');
    throw new ForedraftError(
      'message-invalid',
      `${name} carries more than ${limit} characters: shorten the text.`,
    );
  }
  const parsed = v.safeParse(requestSchemas[name], argument);
  if (parsed.success) return parsed.output as CheckedArgument<Name>;
  throw new ForedraftError('message-invalid', requestFault(name, parsed.issues[0]), { request: name });
}

const invalid = (message: string): ErrorReport => ({ code: 'message-invalid', message, details: {} });
const refuse = (error: ErrorReport) => ({ ok: false, error }) as const;
