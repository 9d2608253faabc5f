/**
 * `word`: letters of an alphabet, with inner apostrophes; `han`: one Chinese character; `number`: anything with a digit;
 * `address`: web and e-mail addresses, file names, paths, handles; `markup`: code, Markdown, HTML and symbols; `mark`:
 * punctuation.
 */
export type TokenKind =
  'word' | 'han' | 'number' | 'address' | 'markup' | 'emoji' | 'quote' | 'break' | 'mark';

export interface TextToken {
  readonly kind: TokenKind;
  readonly text: string;
  /** In the text, in UTF-16 units. */
  readonly from: number;
  readonly to: number;
  /** The blanks before it, within its line. */
  readonly blanks: string;
}

/**
 * What is one token, the first that matches; blanks between tokens match nothing. Lengths are limited where a search
 * could start anew at every character.
 */
const kinds: readonly (readonly [kind: TokenKind, pattern: string])[] = [
  ['break', String.raw`[^\S\n]{0,80}\n\s*`],
  ['markup', '```[\\s\\S]*?(?:```|$)|``[^\\n]+?``|`[^`\\n]+`'],
  ['markup', String.raw`\]\([^()\s]*\)|<\/?[a-zA-Z!][^<>\n]*>`],
  ['address', String.raw`(?:https?|ftp|file|mailto):[^\s<>"“”‘’)\]]*[^\s<>"“”‘’)\].,;:!?]`],
  ['address', String.raw`[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}|[@#][\p{L}\p{N}_]+`],
  ['address', String.raw`www\.[^\s<>"“”‘’)\]]*[^\s<>"“”‘’)\].,;:!?]`],
  [
    'address',
    String.raw`[\p{L}\p{N}_-]{1,63}(?:\.[\p{L}\p{N}_-]{1,63}){0,8}\.(?:com|org|net|io|dev|app|edu|gov|eu|uk|de|fr|cn|md|txt|csv|pdf|docx?|xlsx?|pptx?|png|jpe?g|gif|svg|zip|html?|css|json|ya?ml|tsx?|jsx?|py|sh|exe)\b(?:\/[^\s<>"“”‘’)\]]*[^\s<>"“”‘’)\].,;:!?])?`,
  ],
  [
    'address',
    String.raw`(?<![\p{L}\p{N}])[~.]{0,2}(?:\/[\p{L}\p{N}_.-]*[\p{L}\p{N}_-]){2,}\/?|\b[A-Za-z]:\\[^\s<>"]+`,
  ],
  ['markup', String.raw`\b[\p{L}\p{N}]{0,63}_[\p{L}\p{N}_]+\b|\b[\p{L}_]{1,63}\(\)`],
  [
    'number',
    String.raw`[\p{L}\p{M}]{0,40}\p{N}[\p{L}\p{N}]*(?:[.,:/’'-][\p{L}\p{M}]{0,40}\p{N}[\p{L}\p{N}]*)*`,
  ],
  [
    'emoji',
    String.raw`(?:\p{Extended_Pictographic}|\p{Regional_Indicator})[\u{1F3FB}-\u{1F3FF}\u200D\uFE0F\p{Extended_Pictographic}\p{Regional_Indicator}]*`,
  ],
  ['emoji', String.raw`(?<=^|\s)(?:[:;=]['’]?-?[()DPp|\\/]|<3)(?=$|\s|[.,!?])`],
  ['han', String.raw`\p{Script=Han}`],
  ['word', String.raw`\p{L}[\p{L}\p{M}]{0,63}(?:['’]\p{L}[\p{L}\p{M}]{0,63}){0,3}`],
  ['markup', String.raw`(?<=^[ \t]*)(?:#{1,6}|>+|[-*+•])(?=\s)`],
  ['markup', String.raw`[*_~|\[\]{}<>\\^=+#@$£€¥%&/°§©®™]+|-{3,}`],
  ['quote', String.raw`["“”„«»‘’'‚「」『』]`],
  ['mark', String.raw`\.{3}|-{2}|\S`],
];
const pattern = new RegExp(kinds.map(([, source]) => `(${source})`).join('|'), 'gmu');

/** `text` as tokens, without the blanks after the last. */
export function tokensOf(text: string): readonly TextToken[] {
  const tokens: TextToken[] = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    const group = kinds.findIndex((_, index) => match[index + 1] !== undefined);
    const from = match.index;
    const to = from + match[0].length;
    tokens.push({ kind: kinds[group]![0], text: match[0], from, to, blanks: text.slice(end, from) });
    end = to;
  }
  return tokens;
}

/** Whether a token is a word, of whatever script. */
export function isWord({ kind }: TextToken): boolean {
  return kind === 'word' || kind === 'han';
}

/** Whether no correction may touch a token. */
export function isProtected({ kind }: TextToken): boolean {
  return kind === 'number' || kind === 'address' || kind === 'markup' || kind === 'emoji';
}

/** Whether a sentence starts at the token at `index`; `maybe` within a quotation and after a colon. */
export function startsSentence(tokens: readonly TextToken[], index: number): boolean | 'maybe' {
  let quoted = false;
  for (let at = index - 1; at >= 0; at--) {
    const { kind, text } = tokens[at]!;
    if (kind === 'break' || /^(?:[.?!…。！？]|\.{3})$/u.test(text)) return true;
    if (kind === 'quote' || (kind === 'markup' && /^[*_~#>•+-]+$/u.test(text)) || text === '(') quoted = true;
    else if (kind === 'number' && /^\d{1,3}$/u.test(text)) continue;
    else if (text === ':' || text === '-' || text === ')' || text === '—') return 'maybe';
    else return quoted ? 'maybe' : false;
  }
  return true;
}
