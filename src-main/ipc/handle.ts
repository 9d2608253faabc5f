import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import * as v from 'valibot';
import type { Reply } from '../contract/api.ts';
import { requestChannel } from '../contract/api.ts';
import { ForedraftError, reportOf } from '../contract/error.ts';
import type { Handler, Handlers, RequestName } from '../contract/requests.ts';
import { requests } from '../contract/requests.ts';
import { isWithinPayloadLimit } from './payload-size.ts';
import { quoted, requestFault } from './request-fault.ts';

type Sender = Pick<IpcMainInvokeEvent, 'sender' | 'senderFrame'>;

/** Answers the requests of trusted senders, and refuses all others. */
export function handleRequests(
  ipc: Pick<IpcMain, 'handle'>,
  handlers: Handlers,
  isTrusted: (sender: Sender) => boolean,
): void {
  ipc.handle(requestChannel, async (event, name: unknown, argument: unknown) =>
    isTrusted(event)
      ? answer(handlers, name, argument)
      : refusal(invalid('The request was refused: only the page of the app may send requests.')),
  );
}

/** Checks one request and answers it. Never throws: a failure is a reply, too. */
export async function answer(handlers: Handlers, name: unknown, argument: unknown): Promise<Reply<unknown>> {
  try {
    if (!isRequestName(name)) throw invalid(`There is no request ${quoted(name)}.`);
    return { ok: true, value: await handle(handlers, name, argument) };
  } catch (error) {
    return refusal(error);
  }
}

/** Names that every object inherits, such as `constructor`, are no requests. */
const isRequestName = (name: unknown): name is RequestName =>
  typeof name === 'string' && Object.hasOwn(requests, name);

async function handle<Name extends RequestName>(
  handlers: Handlers,
  name: Name,
  argument: unknown,
): Promise<unknown> {
  const handler: Handler<Name> = handlers[name];
  const result: unknown = handler(checked(name, argument));
  return (await result) ?? null;
}

function checked<Name extends RequestName>(name: Name, argument: unknown): Parameters<Handler<Name>>[0] {
  const { schema, maximumUnits } = requests[name];
  if (!isWithinPayloadLimit(argument, maximumUnits)) {
    throw invalid(
      `${name} carries more than ${maximumUnits.toLocaleString('en')} characters: shorten the text.`,
    );
  }
  const parsed = v.safeParse(schema, argument);
  if (parsed.success) return parsed.output as Parameters<Handler<Name>>[0];
  throw invalid(requestFault(name, parsed.issues[0]), { request: name });
}

const invalid = (message: string, details = {}) => new ForedraftError('message-invalid', message, details);
const refusal = (error: unknown) => ({ ok: false, error: reportOf(error, 'runtime-failed') }) as const;
