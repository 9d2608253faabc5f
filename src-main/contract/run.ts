import type { ErrorReport } from './error.ts';
import type {
  EndReason,
  GenerationEvent,
  RescoredEvent,
  SearchResult,
  Statistics,
  TokenEvent,
  TokenOrigin,
} from './generation.ts';
import type { Kernels } from './model-card.ts';
import type { Strategy } from './strategy.ts';

/** An answer of a conversation. */
export interface MessageOwner {
  readonly kind: 'message';
  readonly conversationId: string;
  readonly messageId: string;
}

/** A column of a comparison, run once. */
export interface ColumnOwner {
  readonly kind: 'column';
  readonly comparisonId: string;
  readonly columnId: string;
  /** 0-based; the run's seed is the comparison's seed plus this. */
  readonly repeat: number;
}

/** A text that a rewrite offers. */
export interface RewriteOwner {
  readonly kind: 'rewrite';
  readonly rewriteId: string;
  /** 0-based place of the run's first text among the texts of the rewrite. */
  readonly position: number;
}

/** What a run was made for. */
export type RunOwner = MessageOwner | ColumnOwner | RewriteOwner;

/**
 * `waiting`: queued or requeued; `streaming`: being generated; `stopped`: by the user; `interrupted`: by the end of
 * the program; `failed`: see `error`.
 */
export type RunStatus = 'waiting' | StartedStatus;
export type StartedStatus = 'streaming' | 'done' | 'stopped' | 'interrupted' | 'failed';

/** A recorded generation. Identifiers are UUIDs; times are milliseconds since 1970, UTC. */
export interface Run {
  readonly id: string;
  readonly owner: RunOwner;
  readonly modelId: string;
  readonly provider: string;
  /** Name of the adapter that the model runs with; null for none. */
  readonly adapter: string | null;
  readonly strategy: Strategy;
  readonly status: RunStatus;
  readonly text: string;
  /** null until the run ends, and after an interruption or a failure. */
  readonly endReason: EndReason | null;
  readonly statistics: Statistics | null;
  readonly error: ErrorReport | null;
  /** null until the run starts. */
  readonly startedAt: number | null;
  /** Which kernels compute it; null until the run starts, and for runs of versions that had ONNX Runtime's only. */
  readonly kernels: Kernels | null;
}

/** A token as recorded. */
export interface RunToken {
  /** 0-based position in the run's text. */
  readonly position: number;
  readonly id: number;
  readonly text: string;
  /** Natural logarithm under the model; NaN for a token written or chosen by the user. */
  readonly logProbability: number;
  /** After the policy; NaN likewise. */
  readonly policyLogProbability: number;
  /** Where speculation got it from; absent if nothing was proposed. */
  readonly origin?: TokenOrigin;
  /** Whether the log-probabilities may differ from those of a linear read; absent: they don't. */
  readonly approximate?: true;
}

/** An event recorded in addition to the tokens: a round of speculation, a step or the results of a search. */
export type TraceEvent = Exclude<GenerationEvent, { readonly type: (typeof untraced)[number] }>;
const untraced = ['token', 'rescored', 'preview', 'prompt-progress', 'end'] as const;

/** A run with everything recorded of it. */
export interface RecordedRun extends Run {
  /** In order of position. */
  readonly tokens: readonly RunToken[];
  /** In order of emission. */
  readonly trace: readonly TraceEvent[];
}

/** What a run has generated. */
export type RunOutput = Pick<RecordedRun, 'text' | 'tokens' | 'trace'>;

export interface RunEvents {
  /** About a frame's worth of events of a run, in order, after they were recorded. */
  'run-events': { readonly runId: string; readonly events: readonly GenerationEvent[] };
  /** A run that started, before its first event, or ended in any way; replaces what was streamed. */
  'run-changed': { readonly run: RecordedRun };
}

/** The part of a token event that is recorded. */
export function runTokenOf(event: TokenEvent): RunToken {
  const { position, id, text, logProbability, policyLogProbability, origin, approximate } = event;
  return {
    ...{ position, id, text, logProbability, policyLogProbability },
    ...(origin && { origin }),
    ...(approximate && { approximate }),
  };
}

/**
 * Gives the approximate ones among a run's last tokens, which are in order and without gaps, their new figures.
 * @returns those that it replaced in `tokens`
 */
export function applyRescored(tokens: RunToken[], event: RescoredEvent): readonly RunToken[] {
  const first = event.position - (tokens[0]?.position ?? 0);
  return event.tokens.flatMap(({ logProbability, policyLogProbability }, index) => {
    const token = tokens[first + index];
    if (!token?.approximate) return [];
    const { approximate: _, ...rest } = token;
    const policy = policyLogProbability === undefined ? {} : { policyLogProbability };
    return [(tokens[first + index] = { ...rest, logProbability, ...policy })];
  });
}

/** Whether an event belongs to a run's trace. */
export function isTraceEvent(event: GenerationEvent): event is TraceEvent {
  return !(untraced as readonly string[]).includes(event.type);
}

/** The results of a search in its trace, best first; empty without them. */
export function searchResultsIn(trace: readonly TraceEvent[]): readonly SearchResult[] {
  return trace.find((event) => event.type === 'hypotheses')?.hypotheses ?? [];
}
