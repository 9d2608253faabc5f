import type { RescoredEvent, RescoredToken } from '../contract/generation.ts';
import { policyAlternatives, topAlternatives } from './alternatives.ts';
import type { Distribution } from './distribution.ts';
import { logSumExp, probabilityOf } from './distribution.ts';
import { readLinearly } from './linear-read.ts';
import type { Logits, RowAgreement, Sequence, TokenId } from './model.ts';
import type { Policy } from './policy/policy.ts';
import type { Vocabulary } from './vocabulary.ts';

export interface Rescoring {
  readonly sequence: Sequence;
  readonly rowAgreement: RowAgreement;
  readonly prompt: readonly TokenId[];
  /** The whole answer, prefix included. */
  readonly answer: readonly TokenId[];
  /** The positions of the answer to rescore: from `first` up to but not including `end`. */
  readonly first: number;
  readonly end: number;
  /** What the tokens from `policyFrom` on were chosen by, at the beginning of the answer; undefined: no policy. */
  readonly policy: Policy | undefined;
  readonly policyFrom: number;
  readonly alternatives: number;
  readonly vocabulary: Vocabulary;
  /** Once `aborted`, the rest keeps its figures. */
  readonly signal: { readonly aborted: boolean };
}

/** Tokens of one event: what was read is recorded while the rest is being read. */
const tokensAtOnce = 32;

/** Computes the figures of an answer's tokens by a linear read of its text, as if it had been decoded token by token. */
export async function* rescore(rescoring: Rescoring): AsyncGenerator<RescoredEvent, void> {
  const { prompt, answer, first, end, policy, policyFrom, signal } = rescoring;
  const text = [...prompt, ...answer];
  const places = { first: prompt.length + first, end: prompt.length + end };
  for (const token of answer.slice(0, Math.max(first, policyFrom))) policy?.advance(token);
  let position = first;
  let tokens: RescoredToken[] = [];
  for await (const { place, logits } of readLinearly({ ...rescoring, ...places, text })) {
    const byPolicy = place - prompt.length >= policyFrom;
    const distribution = byPolicy ? policy?.apply(logits, text.slice(0, place)) : undefined;
    tokens.push(rescored(text[place]!, logits, distribution, rescoring));
    if (byPolicy) policy?.advance(text[place]!);
    if (tokens.length < tokensAtOnce) continue;
    yield { type: 'rescored', position, tokens };
    position += tokens.length;
    tokens = [];
    if (signal.aborted) return;
  }
  if (tokens.length > 0) yield { type: 'rescored', position, tokens };
}

function rescored(
  token: TokenId,
  logits: Logits,
  distribution: Distribution | undefined,
  { alternatives, vocabulary }: Rescoring,
): RescoredToken {
  const normaliser = logSumExp(logits);
  const probability = distribution ? probabilityOf(distribution, token) : 0;
  return {
    logProbability: logits[token]! - normaliser,
    // A token that the policy excludes only now keeps the figure it was chosen by.
    ...(probability > 0 ? { policyLogProbability: Math.log(probability) } : {}),
    ...(alternatives > 0
      ? { alternatives: topAlternatives(logits, normaliser, alternatives, vocabulary) }
      : {}),
    ...(alternatives > 0 && distribution
      ? { policyAlternatives: policyAlternatives(distribution, alternatives, vocabulary) }
      : {}),
  };
}
