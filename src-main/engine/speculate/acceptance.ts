import type { Distribution } from '../distribution.ts';
import type { TokenId } from '../model.ts';

/**
 * Chooses the token at a position of the answer, given what was proposed for it. The proposed token is
 * accepted if it is the one that is returned.
 * @param proposed undefined where nothing was proposed
 * @param draft what `proposed` was drawn from; undefined: it wasn't drawn, its probability was 1
 */
export type Acceptance = (
  distribution: Distribution,
  position: number,
  proposed?: TokenId,
  draft?: Distribution,
) => TokenId;
