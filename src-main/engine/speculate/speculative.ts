import type { Acceptance } from './acceptance.ts';
import type { Policy } from '../distribution.ts';
import { probabilityOf } from '../distribution.ts';
import type { DraftLength } from './draft-length.ts';
import type { Logits, Sequence, TokenId } from '../model.ts';
import { align } from '../model.ts';
import type { Proposal, Proposer } from './proposer.ts';
import type { Round } from './round.ts';
import type { Step } from '../stepwise.ts';

export interface SpeculativeSettings {
  readonly policy: Policy;
  readonly acceptance: Acceptance;
  readonly proposer: Proposer;
  readonly draftLength: DraftLength;
  /** Nothing is accepted behind one of these. */
  readonly endTokens: ReadonlySet<TokenId>;
  /** Nothing is proposed that would not fit into the context, or that would not be asked for. */
  readonly contextLength: number;
  readonly maxTokens: number;
  /** How many tokens at the end of the prompt are part of the answer; default 0. */
  readonly answerPrefix?: number;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
}

/** `accepted`: as proposed; `recovered`: in its place; `bonus`: behind a whole proposal; `model`: without one. */
export type Origin = 'accepted' | 'recovered' | 'bonus' | 'model';

export interface SpeculativeStep extends Step {
  readonly origin: Origin;
  /** With the first token of each round. */
  readonly round?: Round;
}

/**
 * Decodes in rounds: cheap guesses are drafted, then verified by one forward that gives the logits behind
 * each of them; every round adds one token at least (Leviathan et al. 2023). Without end, like `stepwise`.
 * The policy is asked once for every token of the text, in order, with the text in front of it.
 */
export async function* speculative(
  sequence: Sequence,
  prompt: readonly TokenId[],
  settings: SpeculativeSettings,
): AsyncGenerator<SpeculativeStep, never> {
  const { proposer, draftLength, now } = settings;
  const context = [...prompt];
  let pending = align(sequence, context);
  for (;;) {
    const most = Math.min(
      settings.contextLength - context.length,
      settings.maxTokens - (context.length - prompt.length) - 1,
    );
    const start = now();
    const proposal =
      most > 0
        ? await proposer.propose(context, (source, support) =>
            Math.min(most, draftLength.length(source, support)),
          )
        : undefined;
    const drafted = now();
    const proposed = proposal?.tokens ?? [];
    const tokens = [...pending, ...proposed];
    const rows = await sequence.forward(tokens, proposed.length + 1);
    const verifyMs = now() - drafted;
    const steps = verify(rows, proposal, context, prompt.length - (settings.answerPrefix ?? 0), settings);
    // Before anything is handed out: what was rejected leaves the cache.
    pending = align(sequence, context);
    const accepted = steps.filter(({ origin }) => origin === 'accepted').length;
    if (proposal) proposer.accepted?.(accepted);
    const round: Round = {
      source: proposal?.source,
      support: proposal?.support ?? 0,
      proposed,
      accepted,
      width: tokens.length,
      draftMs: drafted - start,
      verifyMs,
    };
    draftLength.observe(round);
    for (const [index, step] of steps.entries()) yield index === 0 ? { ...step, round } : step;
  }
}

/** Chooses token after token, as long as the proposal agrees, and appends them to `context`. */
function verify(
  rows: readonly Logits[],
  proposal: Proposal | undefined,
  context: TokenId[],
  answerStart: number,
  { policy, acceptance, endTokens }: SpeculativeSettings,
): SpeculativeStep[] {
  const steps: SpeculativeStep[] = [];
  for (const [row, logits] of rows.entries()) {
    const proposed = proposal?.tokens[row];
    const distribution = policy(logits, context);
    const position = context.length - answerStart;
    const token = acceptance(distribution, position, proposed, proposal?.distributions?.[row]);
    const origin = proposal ? originOf(token, proposed) : 'model';
    const policyProbability = probabilityOf(distribution, token);
    steps.push({ token, logits, policyProbability, distribution, origin });
    context.push(token);
    if (token !== proposed || endTokens.has(token)) break;
  }
  return steps;
}

function originOf(token: TokenId, proposed: TokenId | undefined): Origin {
  if (proposed === undefined) return 'bonus';
  return token === proposed ? 'accepted' : 'recovered';
}
