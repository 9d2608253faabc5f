import type * as v from 'valibot';
import { applicationRequests } from './requests/application.ts';
import { comparisonRequests } from './requests/comparisons.ts';
import { conversationRequests } from './requests/conversations.ts';
import { documentRequests } from './requests/documents.ts';
import type { WindowRequest } from './requests/request.ts';

/** Every request that the window can send to main. Preload, main's checks, handlers and tests derive from it. */
export const requests = {
  ...applicationRequests,
  ...conversationRequests,
  ...comparisonRequests,
  ...documentRequests,
};

type Requests = typeof requests;
export type RequestName = keyof Requests;
/** What the window sends: members with a default may be left out. */
export type RequestArgument<Name extends RequestName> = v.InferInput<Requests[Name]['schema']>;
export type RequestResult<Name extends RequestName> =
  Requests[Name] extends WindowRequest<v.GenericSchema, infer Result> ? Result : never;

/** Answers one request; its argument is checked and has its defaults filled in. */
export type Handler<Name extends RequestName> = (
  argument: v.InferOutput<Requests[Name]['schema']>,
) => HandlerResult<RequestResult<Name>>;
/** A request without a result is answered with null, whatever its handler leaves out. */
type HandlerResult<Result> = [Result] extends [null] ? void | Promise<void> : Result | Promise<Result>;

/** A handler for each of these requests: all of them by default. */
export type Handlers<Name extends RequestName = RequestName> = {
  readonly [Each in Name]: Handler<Each>;
};
