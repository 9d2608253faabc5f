import type { Strategy, StrategyKind } from '../../contract/strategy.ts';
import { decodeContrastive } from '../contrastive.ts';
import { decodeSearch } from '../search/decode-search.ts';
import { decodeAuto, decodeSpeculative } from '../speculate/decode-speculative.ts';
import { decodeStepwise } from '../stepwise.ts';
import type { Decoder } from './decoder.ts';

/** The decoder of every strategy. Nothing else in the engine distinguishes strategies by their kind. */
const decoders: { readonly [Kind in StrategyKind]: Decoder<Extract<Strategy, { kind: Kind }>> } = {
  auto: { decode: decodeAuto },
  greedy: { decode: decodeStepwise },
  sampling: { decode: decodeStepwise },
  beam: { decode: decodeSearch, endsByItself: true, usesBranches: true },
  'candidate-set': { decode: decodeSearch, endsByItself: true, usesBranches: true },
  speculative: { decode: decodeSpeculative },
  contrastive: { decode: decodeContrastive, readsPrompt: true, usesBranches: true },
};

export function decoderOf({ kind }: Strategy): Decoder {
  return decoders[kind];
}
