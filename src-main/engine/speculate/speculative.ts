import type { TokenOrigin } from '../../contract/generation.ts';
import { choose } from '../choose.ts';
import type { Distribution } from '../distribution.ts';
import { probabilityOf } from '../distribution.ts';
import type { Logits, Sequence, TokenId } from '../model.ts';
import { align } from '../model.ts';
import type { Noise } from '../noise.ts';
import { seededNoise } from '../noise.ts';
import type { Policy } from '../policy/policy.ts';
import type { DecodedToken } from '../strategy/decoder.ts';
import type { DraftLength, Round } from './draft-length.ts';
import type { Proposal, Proposer } from './proposer.ts';

export interface SpeculativeSettings {
  readonly policy: Policy;
  readonly acceptance: Acceptance;
  readonly proposer: Proposer;
  readonly draftLength: DraftLength;
  /** Nothing is accepted after one of these. */
  readonly endTokens: ReadonlySet<TokenId>;
  /** Nothing is proposed beyond the context's end, nor beyond `maxTokens`. */
  readonly contextLength: number;
  readonly maxTokens: number;
  /** How many tokens at the end of the prompt belong to the answer; default 0. */
  readonly prefixLength?: number;
  /** Monotonic clock, ms. */
  readonly now: () => number;
}

/** A round and the tokens that it added to the text, at least one. */
export interface SpeculativeRound extends Round {
  readonly tokens: readonly DecodedToken[];
}

/**
 * Speculative decoding (Leviathan et al. 2023) proceeds in rounds: a proposer drafts tokens cheaply, and one forward
 * of the target gives the logits after each of them, by which they are verified. Every round adds at least one token.
 * Without end, like `stepwise`. The policy is applied once for every token of the text, in order, to the text before.
 */
export async function* speculative(
  sequence: Sequence,
  prompt: readonly TokenId[],
  settings: SpeculativeSettings,
): AsyncGenerator<SpeculativeRound, never> {
  const { policy, proposer, draftLength, prefixLength = 0, now } = settings;
  const answerStart = prompt.length - prefixLength;
  const context = [...prompt];
  for (const token of prompt.slice(answerStart)) policy.advance(token);
  let pending = align(sequence, context);
  for (;;) {
    const most = Math.min(
      settings.contextLength - context.length,
      settings.maxTokens - (context.length - prompt.length) - 1,
    );
    const start = now();
    const proposal =
      most > 0
        ? await proposer.propose(context, (source, matchLength) =>
            Math.min(most, draftLength.length(source, matchLength)),
          )
        : undefined;
    const drafted = now();
    const proposed = proposal?.tokens ?? [];
    const read = [...pending, ...proposed];
    const rows = await sequence.forward(read, proposed.length + 1);
    const verifyMs = now() - drafted;
    const tokens = verify(rows, proposal, context, answerStart, settings);
    // Rejected tokens leave the cache before the round is yielded.
    pending = align(sequence, context);
    const accepted = tokens.filter(({ origin }) => origin === 'accepted').length;
    if (proposal) proposer.accepted?.(accepted);
    const round: SpeculativeRound = {
      source: proposal?.source,
      matchLength: proposal?.matchLength ?? 0,
      proposed,
      accepted,
      width: read.length,
      draftMs: drafted - start,
      verifyMs,
      tokens,
    };
    draftLength.observe(round);
    yield round;
  }
}

/**
 * Chooses token after token, as long as the proposal agrees, and appends them to `context`.
 * @param rows the logits before the first proposed token and after each of them
 */
function verify(
  rows: readonly Logits[],
  proposal: Proposal | undefined,
  context: TokenId[],
  answerStart: number,
  { policy, acceptance, endTokens }: SpeculativeSettings,
): DecodedToken[] {
  const tokens: DecodedToken[] = [];
  for (const [row, logits] of rows.entries()) {
    const proposed = proposal?.tokens[row];
    const distribution = policy.apply(logits, context);
    const position = context.length - answerStart;
    const token = acceptance(distribution, position, proposed, proposal?.distributions?.[row]);
    const origin = proposal ? originOf(token, proposed) : 'model';
    const policyLogProbability = Math.log(probabilityOf(distribution, token));
    tokens.push({ type: 'decoded-token', token, logits, distribution, policyLogProbability, origin });
    policy.advance(token);
    context.push(token);
    if (token !== proposed || endTokens.has(token)) break;
  }
  return tokens;
}

/** As in vLLM: a rejected token is recovered by another draw, and a whole accepted proposal earns a bonus token. */
function originOf(token: TokenId, proposed: TokenId | undefined): TokenOrigin {
  if (proposed === undefined) return 'bonus';
  return token === proposed ? 'accepted' : 'recovered';
}

/**
 * Chooses the token at a position of the answer, given the proposed one, which is accepted if it is returned.
 * @param p the target's distribution
 * @param proposed undefined after the last proposed token
 * @param q what `proposed` was drawn from; undefined: it wasn't drawn, q is 1 for it
 */
export type Acceptance = (p: Distribution, position: number, proposed?: TokenId, q?: Distribution) => TokenId;

/**
 * Chooses the token that plain decoding would choose; a proposed one is accepted if it is the same. The text
 * doesn't depend on what was proposed (drafter-invariant decoding, Daliri et al. 2024).
 */
export function sameText(noise: Noise): Acceptance {
  return (p, position) => choose(p, position, noise);
}

/**
 * Accepts a proposed token x with probability min(1, p(x) / q(x)), and otherwise draws from max(0, p - q),
 * normalised (Leviathan et al. 2023, Chen et al. 2023). The text has the distribution of plain sampling, but isn't
 * the same text: it depends on what was proposed. Equal proposals and seeds give equal texts.
 * @param seed 0 to 4294967295
 */
export function rejection(seed: number): Acceptance {
  const testNoise = derivedNoise(seed, 0x27d4eb2f);
  const drawNoise = derivedNoise(seed, 0x165667b1);
  return (p, position, proposed, q) => {
    if (proposed === undefined) return choose(p, position, drawNoise);
    const qOfProposed = q ? probabilityOf(q, proposed) : 1;
    if (testNoise(position, proposed) * qOfProposed < probabilityOf(p, proposed)) return proposed;
    return choose(residual(p, proposed, q), position, drawNoise);
  };
}

/** The noise that a draft model draws with under `rejection` with the same seed. */
export function draftNoise(seed: number): Noise {
  return derivedNoise(seed, 0x5bd1e995);
}

/** Noise for one of several draws at a position, which must be independent of each other. */
function derivedNoise(seed: number, purpose: number): Noise {
  return seededNoise((Math.imul(seed, 0x01000193) ^ purpose) >>> 0);
}

/** max(0, p - q) scaled to sum to 1; p itself where rounding leaves nothing of it. */
function residual(p: Distribution, proposed: TokenId, q?: Distribution): Distribution {
  const { tokens, probabilities } = p;
  const qOf = new Map<number, number>();
  if (q) q.tokens.forEach((token, index) => qOf.set(token, q.probabilities[index]!));
  else qOf.set(proposed, 1);
  const differences = probabilities.map((probability, index) =>
    Math.max(0, probability - (qOf.get(tokens[index]!) ?? 0)),
  );
  const sum = differences.reduce((total, value) => total + value, 0);
  if (sum <= 0) return p;
  return { tokens, probabilities: differences.map((value) => value / sum) };
}
