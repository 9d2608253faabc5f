import type { Logits, RowAgreement, Sequence, TokenId } from './model.ts';
import { align } from './model.ts';
import { prefill } from './prefill.ts';

export interface LinearRead {
  readonly sequence: Sequence;
  readonly rowAgreement: RowAgreement;
  /** Prompt and whole answer; the last token is only predicted. */
  readonly text: readonly TokenId[];
  /** The tokens of `text` to predict: from `first`, at least 1, up to but not including `end`. */
  readonly first: number;
  readonly end: number;
}

/** What a token of a text was chosen from. */
export interface Prediction {
  /** Index of the token in the text. */
  readonly place: number;
  /** The logits after the tokens before it; valid until the next prediction is requested. */
  readonly logits: Logits;
}

/** Rows of logits held at a time: 25 MB with a vocabulary of 200,000. */
const rowsAtOnce = 32;

/**
 * Reads a text linearly and yields what each of its tokens is chosen from when the text is decoded one token after
 * another: these numbers are the same for equal texts, whatever wrote them.
 */
export async function* readLinearly(read: LinearRead): AsyncGenerator<Prediction, void> {
  // Outputs that depend on the split are those of one split, from the first token on: cached ones may have another.
  if (read.rowAgreement === 'split') yield* readInOneSplit(read);
  else yield* readFromCache(read);
}

async function* readFromCache({ sequence, text, first, end }: LinearRead): AsyncGenerator<Prediction, void> {
  for (let from = first; from < end; from += rowsAtOnce) {
    const to = Math.min(end, from + rowsAtOnce);
    const before = text.slice(0, from);
    for await (const _ of prefill(sequence, before));
    const rows = await sequence.forward([...align(sequence, before), ...text.slice(from, to - 1)], to - from);
    for (const [row, logits] of rows.entries()) yield { place: from + row, logits };
  }
}

async function* readInOneSplit({ sequence, text, first, end }: LinearRead): AsyncGenerator<Prediction, void> {
  sequence.rollback(sequence.tokens.length);
  for (let from = 0; from + 1 < end; from += rowsAtOnce) {
    const part = text.slice(from, Math.min(text.length - 1, from + rowsAtOnce));
    const rows = await sequence.forward(part, part.length);
    for (const [row, logits] of rows.entries()) {
      const place = from + row + 1;
      if (place >= first && place < end) yield { place, logits };
    }
  }
}
