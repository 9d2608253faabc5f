/** How GPT-2 cuts a text into words, as an Oniguruma pattern: `\s` is Unicode's White_Space there. */
const wordPattern = String.raw`'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`;

interface PreTokenizer {
  readonly type: string;
  readonly [setting: string]: unknown;
}

function isPreTokenizer(value: unknown): value is PreTokenizer {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

function splitAt(pattern: string): PreTokenizer {
  return { type: 'Split', pattern: { Regex: pattern }, behavior: 'Isolated', invert: false };
}

/**
 * The library's ByteLevel step cuts words with JavaScript's `\s`, which has U+FEFF and lacks U+0085, and its
 * Digits step knows 0 to 9 only; the models were trained with Unicode's spaces and numbers. The library's
 * Split step takes any pattern, so texts are cut there.
 */
export function withUnicodeClasses(preTokenizer: unknown): unknown {
  if (!isPreTokenizer(preTokenizer)) return preTokenizer;
  if (preTokenizer.type === 'Sequence' && Array.isArray(preTokenizer['pretokenizers'])) {
    return { ...preTokenizer, pretokenizers: preTokenizer['pretokenizers'].map(withUnicodeClasses) };
  }
  if (preTokenizer.type === 'Digits') {
    return splitAt(preTokenizer['individual_digits'] === true ? String.raw`\p{N}` : String.raw`\p{N}+`);
  }
  if (preTokenizer.type !== 'ByteLevel' || preTokenizer['use_regex'] === false) return preTokenizer;
  // A space put in front must be there before words are cut: such a step is left as it is.
  if (preTokenizer['add_prefix_space'] === true) return preTokenizer;
  return { type: 'Sequence', pretokenizers: [splitAt(wordPattern), { ...preTokenizer, use_regex: false }] };
}
