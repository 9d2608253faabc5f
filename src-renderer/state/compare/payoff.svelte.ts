import type { Api } from '../../../src-main/contract/api.ts';
import type { ErrorReport } from '../../../src-main/contract/error.ts';
import { reportOf } from '../../../src-main/contract/error.ts';
import type { ForwardCosts } from '../../../src-main/contract/forward-costs.ts';
import { bestPayoff, payoffsOf } from '../../../src-main/report/speculation-payoff.ts';
import { ask } from '../shell/ask.ts';

/** Whether speculation is worth it on this machine, computed from measured costs. */
export class PayoffMeasurement {
  readonly #api: Api;
  /** The id of the model that drafts; null: drafts cost nothing, as with prompt lookup. */
  draftModel = $state.raw<string | null>(null);
  costs = $state.raw<ForwardCosts | null>(null);
  measuring = $state.raw(false);
  error = $state.raw<ErrorReport | null>(null);
  /** Acceptance probability per draft token, 0 to 1: observed, or set by the user. */
  acceptance = $state.raw(0.6);
  readonly payoffs = $derived(this.costs === null ? [] : payoffsOf(this.costs, this.acceptance));
  readonly best = $derived(bestPayoff(this.payoffs));

  constructor(api: Api) {
    this.#api = api;
  }

  async measure(): Promise<void> {
    if (this.measuring) return;
    this.measuring = true;
    try {
      this.costs = await ask(this.#api, 'engine-measure', { draftModel: this.draftModel });
      this.error = null;
    } catch (error) {
      this.error = reportOf(error, 'runtime-failed');
    }
    this.measuring = false;
  }
}
