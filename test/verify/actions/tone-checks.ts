import type { ActionLanguage, MeasuredAction } from '../../../src-main/contract/rewrite/action-figures.ts';
import { unitsOf } from './word-edits.ts';

/** What a text mustn't have after an action, and what it must. */
interface Tone {
  readonly fault: string;
  readonly without?: RegExp;
  readonly having?: RegExp;
}

const tones: Readonly<Partial<Record<MeasuredAction, Readonly<Record<ActionLanguage, Tone>>>>> = {
  formal: {
    en: {
      fault: 'informal',
      without:
        /!|\b\w+n['’]t\b|\b(?:I|you|we|they|he|she|it|that|there|who|what|here)['’](?:m|re|ve|ll|d|s)\b|\b(?:gonna|wanna|gotta|guys|hey|nope|yeah|kinda|kids|asap|awesome|ages|loads|bunch|nicked|crazy|reckon|stuff|thx|pls|btw)\b/iu,
    },
    zh: { fault: 'informal', without: /[！～~]|[啊呀啦嘛呗哈哎嘿哦]|咱|咋|啥|搞定|哥们|超级|拜托/u },
  },
  neutral: {
    en: {
      fault: 'still heated',
      without:
        /!|\b(?:absolutely|utterly|insanely|ridiculous\w*|pathetic\w*|disgusting\w*|horrible|OMG|wow|stupid\w*|damned|greedy|heavenly|disgrace\w*|outrageous\w*|idiot\w*|nightmare|garbage|scandal\w*)\b/iu,
    },
    zh: {
      fault: 'still heated',
      without: /！|简直|气死|垃圾|离谱|可恶|恶心|太过分|绝了|烂透|无耻|愚蠢|逆天|棒极了/u,
    },
  },
  confident: {
    en: {
      fault: 'still hedged',
      without:
        /\b(?:think|maybe|perhaps|might|sort of|kind of|seems?|possibly|probably|not sure|wrong|guess|suppose|hopefully|could be|mistaken|certain|sorry|just feel|more or less)\b/iu,
    },
    zh: {
      fault: 'still hedged',
      without:
        /可能|也许|大概|好像|似乎|我觉得|我想|应该|不太确定|不确定|或许|说不定|恐怕|吧|不好意思|差不多|算是|我猜/u,
    },
  },
  friendly: {
    en: {
      fault: 'not friendly',
      having:
        /please|thank|sorry|afraid|!|we['’]d|you['’]re|friendly|glad|welcome|kindly|love|hope|just|could you|we['’]re|we can['’]t|don['’]t|happy|feel free|reminder|heads-up|let (?:us|me) know|appreciate|unfortunately/iu,
    },
    zh: {
      fault: 'not friendly',
      having: /请|谢|麻烦|抱歉|不好意思|希望|期待|哦|呢|欢迎|吧|～|！|啦|随时|高兴|祝|理解|辛苦/u,
    },
  },
};

/** Why a text doesn't sound as the action asks, or isn't simpler; null if nothing is found. */
export function toneFault(
  action: MeasuredAction,
  language: ActionLanguage,
  source: string,
  text: string,
): string | null {
  if (action === 'simplify') return isSimpler(source, text, language) ? null : 'no simpler';
  const tone = tones[action]?.[language];
  if (!tone) return null;
  const fails = tone.without?.test(text) === true || tone.having?.test(text) === false;
  return fails ? tone.fault : null;
}

/** Longest sentence that counts as short, in words; in Chinese, characters. */
const longestSentence = { en: 25, zh: 35 } as const;
const longWord = 8;

/** Whether the sentences are short, and shorter or of fewer long words than before. */
function isSimpler(source: string, text: string, language: ActionLanguage): boolean {
  const [before, after] = [longestOf(source), longestOf(text)];
  if (after > Math.max(longestSentence[language], 0.7 * before)) return false;
  return language === 'zh' || after < before || longWords(text) < longWords(source);
}

function longestOf(text: string): number {
  const sentences = text.split(/[.!?。！？\n]+/u);
  return Math.max(
    ...sentences.map((sentence) => unitsOf(sentence).filter((word) => /^[\p{L}\p{N}]/u.test(word)).length),
  );
}

function longWords(text: string): number {
  return unitsOf(text).filter((word) => /^\p{L}/u.test(word) && word.length >= longWord).length;
}
