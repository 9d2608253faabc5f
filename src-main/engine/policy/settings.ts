import type { PolicyNumber } from '../../contract/strategy/policy-settings.ts';
import { neutralPolicy } from '../../contract/strategy/policy-settings.ts';
import type { TokenId } from '../model.ts';
import type { Word } from './word.ts';
import type { LogitBias } from './words.ts';

/**
 * The settings of every step of a policy: the numbers of the contract, with words resolved to tokens. A step is off at the
 * values in `policyOff`; a temperature of 0 is greedy.
 */
export interface PolicySettings extends Readonly<Record<PolicyNumber, number>> {
  readonly logitBiases: readonly LogitBias[];
  readonly bannedWords: readonly Word[];
  readonly forcedWords: readonly Word[];
  readonly dryBreakers: ReadonlySet<TokenId>;
}

/** What a policy needs to know about its run. */
export interface PolicyRun {
  /** Tokens of the prompt: those after them in a context are the answer. */
  readonly promptLength: number;
  readonly endTokens: ReadonlySet<TokenId>;
  /** 0 to 4294967295, the seed that tokens are chosen with. */
  readonly seed: number;
}

/** The values that leave the model's distribution unchanged, and defaults of the settings that refine a step. */
export const policyOff: PolicySettings = {
  ...neutralPolicy,
  logitBiases: [],
  bannedWords: [],
  forcedWords: [],
  dryBreakers: new Set(),
};
