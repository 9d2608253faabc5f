/** How GPT-2 cuts a text into words, as an Oniguruma pattern: `\s` is Unicode's White_Space there. */
const wordPattern = String.raw`'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`;

interface PreTokenizer {
  readonly type: string;
  readonly [setting: string]: unknown;
}

function isPreTokenizer(value: unknown): value is PreTokenizer {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/**
 * The library's ByteLevel step cuts words with JavaScript's `\s`, which has U+FEFF and lacks U+0085;
 * the models were trained on the opposite. Its Split step knows the difference, so words are cut there.
 */
export function withUnicodeSpaces(preTokenizer: unknown): unknown {
  if (!isPreTokenizer(preTokenizer)) return preTokenizer;
  if (preTokenizer.type === 'Sequence' && Array.isArray(preTokenizer['pretokenizers'])) {
    return { ...preTokenizer, pretokenizers: preTokenizer['pretokenizers'].map(withUnicodeSpaces) };
  }
  if (preTokenizer.type !== 'ByteLevel' || preTokenizer['use_regex'] === false) return preTokenizer;
  // A space put in front must be there before words are cut: such a step is left as it is.
  if (preTokenizer['add_prefix_space'] === true) return preTokenizer;
  const split = { type: 'Split', pattern: { Regex: wordPattern }, behavior: 'Isolated', invert: false };
  return { type: 'Sequence', pretokenizers: [split, { ...preTokenizer, use_regex: false }] };
}
