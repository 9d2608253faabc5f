import { ForedraftError } from '../../contract/error.ts';
import type { LanguageModel, TokenId } from '../model.ts';
import type { Vocabulary } from '../vocabulary.ts';

/** A model with its name and vocabulary. */
export interface NamedModel {
  readonly name: string;
  readonly model: LanguageModel;
  readonly vocabulary: Vocabulary;
}

/**
 * Checks that every token means the same to both models, so that one can draft for the other.
 * @throws ForedraftError `settings-invalid`, naming the first difference
 */
export function requireSameVocabulary(target: NamedModel, draft: NamedModel): void {
  const reason = difference(target, draft);
  if (reason === undefined) return;
  throw new ForedraftError(
    'settings-invalid',
    `${draft.name} can't draft for ${target.name}: ${reason}. Choose a draft model with the same tokenizer.`,
    { target: target.name, draft: draft.name },
  );
}

function difference(target: NamedModel, draft: NamedModel): string | undefined {
  const size = target.model.vocabularySize;
  if (draft.model.vocabularySize !== size) {
    return `it has ${draft.model.vocabularySize} tokens, not ${size}`;
  }
  for (let id = 0; id < size; id++) {
    const expected = target.vocabulary.text(id as TokenId);
    const found = draft.vocabulary.text(id as TokenId);
    if (found !== expected) {
      return `its token ${id} is ${JSON.stringify(found)}, not ${JSON.stringify(expected)}`;
    }
  }
  for (const token of target.model.endTokens) {
    if (!draft.model.endTokens.has(token)) return `token ${token} doesn't end its answers`;
  }
  return undefined;
}
