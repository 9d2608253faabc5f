import type { TokenId } from '../model.ts';
import type { Vocabulary } from '../vocabulary.ts';

/** What ends a repetition for DRY unless a person says otherwise. */
export const defaultBreakers: readonly string[] = ['\n', ':', '"', '*'];

/** All tokens whose text contains one of `texts`. Reads the whole vocabulary: once a run, not once a token. */
export function tokensContaining(
  texts: readonly string[],
  vocabulary: Vocabulary,
  vocabularySize: number,
): ReadonlySet<TokenId> {
  const found = new Set<TokenId>();
  for (let id = 0; id < vocabularySize && texts.length > 0; id++) {
    const text = vocabulary.text(id as TokenId);
    if (texts.some((part) => text.includes(part))) found.add(id as TokenId);
  }
  return found;
}
