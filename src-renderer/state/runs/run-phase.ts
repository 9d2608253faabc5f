import { isSearchStep } from '../../../src-main/contract/generation.ts';
import type { LiveRun } from './live-run.svelte.ts';

/** What a running run is doing, as far as the window knows. */
export type RunPhase =
  /** Nothing has arrived: the host is about to read the prompt. */
  | { readonly kind: 'preparing' }
  | { readonly kind: 'reading'; readonly done: number; readonly total: number }
  /** The prompt is read, and nothing generated yet. */
  | { readonly kind: 'starting' }
  /** Texts are compared; some of the text may be settled. */
  | { readonly kind: 'searching'; readonly steps: number; readonly tokens: number }
  | { readonly kind: 'writing'; readonly tokens: number }
  /** The text is finished, and read again for its exact figures. */
  | { readonly kind: 'rescoring'; readonly done: number; readonly total: number };

export type RunSoFar = Pick<
  LiveRun,
  'text' | 'preview' | 'promptDone' | 'promptTotal' | 'rescored' | 'tokens' | 'stats' | 'snapshot'
>;

/** The phase of a run; of one that the window hasn't heard of if undefined. */
export function runPhase(run: RunSoFar | undefined): RunPhase {
  if (run === undefined) return { kind: 'preparing' };
  const { text, preview, promptDone: done, promptTotal: total, stats, snapshot } = run;
  const tokens = stats.outputTokens;
  // The stats are refreshed less often than the tokens.
  const length = (run.tokens.at(-1)?.position ?? 0) + 1;
  if (run.rescored > 0)
    return { kind: 'rescoring', done: run.rescored, total: Math.max(run.rescored, length) };
  // A search reports its first step before anything else.
  const first = snapshot.trace[0];
  if (first !== undefined && isSearchStep(first)) return { kind: 'searching', steps: stats.forwards, tokens };
  if (preview !== '') return { kind: 'searching', steps: 0, tokens };
  if (text !== '' || tokens > 0) return { kind: 'writing', tokens };
  if (total === 0) return { kind: 'preparing' };
  return done < total ? { kind: 'reading', done, total } : { kind: 'starting' };
}
