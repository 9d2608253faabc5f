import type {
  Api,
  PushEvents,
  PushName,
  Reply,
  RequestArgument,
  RequestName,
  RequestResults,
} from '../../src-main/contract/api.ts';
import type { ErrorReport } from '../../src-main/contract/error.ts';

type Handlers = {
  [Name in RequestName]?: (
    argument: RequestArgument<Name>,
  ) => RequestResults[Name] | Promise<RequestResults[Name]>;
};

/** A main process of a few lines: replies by `handlers`, remembers what was asked, pushes on command. */
export class FakeApi implements Api {
  readonly asked: { readonly name: RequestName; readonly argument: unknown }[] = [];
  readonly handlers: Handlers;
  readonly refusals = new Map<RequestName, ErrorReport>();
  readonly #listeners = new Map<PushName, Set<(payload: never) => void>>();

  constructor(handlers: Handlers) {
    this.handlers = handlers;
  }

  async request<Name extends RequestName>(
    name: Name,
    argument: RequestArgument<Name>,
  ): Promise<Reply<RequestResults[Name]>> {
    this.asked.push({ name, argument });
    const error = this.refusals.get(name);
    if (error !== undefined) return { ok: false, error };
    const handler = this.handlers[name];
    if (handler === undefined) throw new Error(`the test expects no request ${name}`);
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
