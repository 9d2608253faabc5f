import { ForedraftError } from '../contract/error.ts';
import type { Sequence } from '../engine/model.ts';
import { CostModel } from '../engine/speculate/cost-model.ts';
import type { OpenGraph } from './open-graph.ts';
import type { OpenModel } from './open-model.ts';

/** A graph of a model that generates: with a cache of its own, which is reused across turns. */
export interface Target extends Pick<OpenGraph, 'model'> {
  readonly sequence: Sequence;
  readonly costModel: CostModel;
}

/** A model's stock graph, and its graph with the adapter, which is opened on first use and stays open. */
export class Targets {
  readonly stock: Target;
  readonly #open: OpenModel;
  #opening: Promise<Target> | undefined;
  /** Frees the graph with the adapter once it is open. */
  #closeAdapter: (() => void) | undefined;
  #closed = false;

  constructor(open: OpenModel) {
    this.#open = open;
    this.stock = targetOf(open);
  }

  /**
   * The graph that a request names. Opening continues in the background once `signal` is aborted, for the next request.
   * @returns undefined if `signal` was aborted first
   * @throws ForedraftError as `OpenModel.openAdapter`
   */
  async get(adapter: true | undefined, signal: AbortSignal): Promise<Target | undefined> {
    return adapter ? unlessAborted(this.withAdapter(), signal) : this.stock;
  }

  /** The graph with the adapter. @throws ForedraftError as `OpenModel.openAdapter` */
  withAdapter(): Promise<Target> {
    // Another request tries again what failed.
    this.#opening ??= this.#openAdapter().catch((error: unknown) => {
      this.#opening = undefined;
      throw error;
    });
    return this.#opening;
  }

  /**
   * Frees the graphs, one that is being opened as soon as it is; does nothing the second time. Must not overlap with a
   * generation.
   */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.stock.sequence.close();
    this.#open.release();
    this.#closeAdapter?.();
  }

  async #openAdapter(): Promise<Target> {
    const graph = await this.#open.openAdapter();
    if (this.#closed) {
      graph.release();
      throw new ForedraftError('run-interrupted', 'The model was closed while its adapter was being opened.');
    }
    const target = targetOf(graph);
    this.#closeAdapter = () => {
      target.sequence.close();
      graph.release();
    };
    return target;
  }
}

function targetOf({ model }: Pick<OpenGraph, 'model'>): Target {
  return { model, sequence: model.open(), costModel: new CostModel() };
}

/** What `work` returns or throws; undefined if `signal` is aborted first. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const onAbort = () => resolve(undefined);
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
