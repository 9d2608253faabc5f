import type { ActionLanguage } from './action-figures.ts';

/** What a text is written in. */
interface Writing {
  /** Chinese characters. */
  readonly characters: number;
  /** Words of Latin letters. */
  readonly words: number;
}

const countOf = (pattern: RegExp, text: string): number => text.match(pattern)?.length ?? 0;

export function writingOf(text: string): Writing {
  return {
    characters: countOf(/\p{Script=Han}/gu, text),
    words: countOf(/[\p{Script=Latin}\p{M}'’]+/gu, text),
  };
}

/**
 * The language of a passage as far as its script tells: Chinese if Chinese characters outnumber words of Latin letters,
 * English for Latin letters otherwise. Null for other scripts, and for text without letters.
 */
export function passageLanguage(text: string): ActionLanguage | null {
  const { characters, words } = writingOf(text);
  // Japanese and Korean mix Chinese characters with letters of their own.
  const others = countOf(/[^\P{L}\p{Script=Latin}\p{Script=Han}]/gu, text);
  if (
    others > Math.max(characters, words) ||
    characters + words === 0 ||
    /[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)
  )
    return null;
  return characters > words ? 'zh' : 'en';
}
