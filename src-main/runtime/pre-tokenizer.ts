/** GPT-2's word pattern for Oniguruma, where `\s` is Unicode's White_Space. */
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
 * The library's ByteLevel step splits words by JavaScript's `\s`, which includes U+FEFF and lacks U+0085, and its
 * Digits step knows 0 to 9 only, but models are trained with Unicode's spaces and numbers. Both are replaced by
 * Split steps, which take any pattern.
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
  // A prefix space has to be added before words are split: such a step stays unchanged.
  if (preTokenizer['add_prefix_space'] === true) return preTokenizer;
  return { type: 'Sequence', pretokenizers: [splitAt(wordPattern), { ...preTokenizer, use_regex: false }] };
}
