import type { ActionLanguage } from './action-figures.ts';

/**
 * The language of a passage as far as its script tells: Chinese if Chinese characters outnumber words of Latin letters,
 * English for Latin letters otherwise. Null for other scripts, and for text without letters.
 */
export function passageLanguage(text: string): ActionLanguage | null {
  const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0;
  const han = count(/\p{Script=Han}/gu);
  const latin = count(/[\p{Script=Latin}\p{M}'’]+/gu);
  // Japanese and Korean mix Chinese characters with letters of their own.
  const other = count(/[^\P{L}\p{Script=Latin}\p{Script=Han}]/gu);
  if (
    other > Math.max(han, latin) ||
    han + latin === 0 ||
    /[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)
  )
    return null;
  return han > latin ? 'zh' : 'en';
}
