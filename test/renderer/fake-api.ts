import type { Api, PushEvents, PushName, Reply } from '../../src-main/contract/api.ts';
import type { ErrorReport } from '../../src-main/contract/error.ts';
import type { RequestArgument, RequestName, RequestResult } from '../../src-main/contract/requests.ts';

/** Takes what the window sends, and returns what crosses to it. */
type FakeHandlers = {
  [Name in RequestName]?: (
    argument: RequestArgument<Name>,
  ) => RequestResult<Name> | Promise<RequestResult<Name>>;
};

/** A minimal main process: replies through `handlers`, records requests, pushes on command. */
export class FakeApi implements Api {
  readonly asked: { readonly name: RequestName; readonly argument: unknown }[] = [];
  readonly handlers: FakeHandlers;
  readonly refusals = new Map<RequestName, ErrorReport>();
  readonly #listeners = new Map<PushName, Set<(payload: never) => void>>();

  constructor(handlers: FakeHandlers) {
    this.handlers = handlers;
  }

  async request<Name extends RequestName>(
    name: Name,
    argument: RequestArgument<Name>,
  ): Promise<Reply<RequestResult<Name>>> {
    this.asked.push({ name, argument });
    const error = this.refusals.get(name);
    if (error !== undefined) return { ok: false, error };
    const handler = this.handlers[name];
    if (handler === undefined) throw new Error(`unexpected request ${name}`);
    return { ok: true, value: await handler(argument) };
  }

  on<Name extends PushName>(name: Name, listener: (payload: PushEvents[Name]) => void): () => void {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners);
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  push<Name extends PushName>(name: Name, payload: PushEvents[Name]): void {
    for (const listener of this.#listeners.get(name) ?? []) listener(payload as never);
  }

  countOf(name: RequestName): number {
    return this.asked.filter((request) => request.name === name).length;
  }

  get listening(): number {
    return [...this.#listeners.values()].reduce((sum, { size }) => sum + size, 0);
  }
}
