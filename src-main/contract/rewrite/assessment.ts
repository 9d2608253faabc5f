import type { EndReason } from '../generation.ts';
import { loopAtEnd } from '../text-loop.ts';
import { writingOf } from './passage-language.ts';
import { namesMissingIn, numbersMissingIn } from './facts.ts';
import type { RewritePurpose } from './purpose.ts';
import { sharedWords } from './shared-words.ts';

/** What may be wrong with a rewritten text, the gravest first. */
export const rewriteDoubts = [
  'refusal',
  'comment',
  'loop',
  'cut',
  'placeholder',
  'language',
  'unrelated',
  'names-lost',
  'names-added',
  'numbers-lost',
  'numbers-added',
  'frame',
  'not-shorter',
  'not-longer',
] as const;
export type RewriteDoubt = (typeof rewriteDoubts)[number];

/** `harmful`: not to be applied without a second thought; `suspicious`: to be read closely. */
export type RewriteQuality = 'fine' | 'suspicious' | 'harmful';

export interface RewriteAssessment {
  readonly quality: RewriteQuality;
  /** Those of the gravest quality; none if it is fine. */
  readonly doubts: readonly RewriteDoubt[];
}

export interface AssessedRewrite {
  readonly purpose: RewritePurpose;
  readonly passage: string;
  /** Without remarks. */
  readonly text: string;
  readonly endReason: EndReason | null;
}

/** A share of words below which a text is harmful, and one below which it is suspicious. */
type Least = readonly [harmful: number, suspicious: number];

/** What a text must share with its passage: of the passage `kept`, of the text its `own`. */
interface Sharing {
  readonly kept: Least;
  readonly own: Least;
  /** Whether common words count; default no. */
  readonly every?: true;
}

const sharing: Readonly<Partial<Record<RewritePurpose, Sharing>>> = {
  correct: { kept: [0.7, 0.75], own: [0.7, 0.75], every: true },
  reword: { kept: [0.3, 0.45], own: [0.25, 0.4] },
  simplify: { kept: [0.1, 0.2], own: [0.15, 0.25] },
  shorten: { kept: [0.12, 0.25], own: [0.5, 0.7] },
  expand: { kept: [0.5, 0.7], own: [0.1, 0.2] },
  summarise: { kept: [0.05, 0.1], own: [0.35, 0.5] },
};

/** Purposes by what a lost, and what an invented, name or number makes of a text. */
const factsLost: Readonly<Partial<Record<RewritePurpose, RewriteQuality>>> = {
  correct: 'harmful',
  reword: 'harmful',
  simplify: 'suspicious',
  shorten: 'suspicious',
  expand: 'suspicious',
  'to-english': 'suspicious',
  'to-chinese': 'suspicious',
};
const factsAdded: Readonly<Partial<Record<RewritePurpose, RewriteQuality>>> = {
  correct: 'harmful',
  reword: 'harmful',
  simplify: 'harmful',
  shorten: 'harmful',
  summarise: 'harmful',
  expand: 'suspicious',
  'to-english': 'suspicious',
};

const refusal =
  /\b(?:i(?: can(?:no|['’])t| can not|(?: am|['’]m) (?:not able|unable) to) (?:assist|help|fulfil|provide|do that|rewrite|correct|translate|complete)|as an? (?:ai\b|artificial|(?:large )?language model)|i don['’]t have (?:access|the ability|enough))|作为(?:一个|一名)?(?:AI|人工智能|语言模型)|我(?:无法|不能)(?:提供|完成|帮助|协助)/iu;
/** Starts a refusal, or a rewrite that breaks bad news gently. */
const apology = /\bi(?:['’]m| am) (?:sorry|unable|afraid i)|(?:很?抱歉|对不起)[，,]?我?(?:无法|不能)/iu;
/** A text with at least this share of the passage's words restates the passage, so its apology is no refusal. */
const restatedShare = 0.6;
const comment =
  /\b(?:grammatical(?:ly)? (?:error|mistake|correct)|spelling (?:error|mistake)|the (?:original|corrected|revised|rewritten) (?:text|version|sentence|passage)|the (?:following )?text (?:has been|was) (?:edited|corrected|rewritten|reworked|revised|reworded|rephrased)|i (?:have )?(?:changed|corrected|replaced|rewritten) (?:the|["“']))|(?:修改|改写|翻译)后的(?:文本|版本|句子)|语法错误/iu;
/** An answer to the passage instead of another version of it. */
const reply =
  /^(?:sure|certainly|of course|absolutely|no problem)\b[,.!]|^(?:i['’]d be|i['’]m|i am) (?:happy|glad|here) to (?:help|assist)\b|^(?:当然(?:可以)?|没问题|好的)[，！。]/iu;
const placeholder =
  /\[[^\]\n]*\b(?:your|recipient|sender|name|date|company|position|address|title|insert|phone|email|number)\b[^\]\n]*\](?!\()|[[【（(](?:您的|你的|收件人|发件人|公司|某)?(?:姓名|名字|名称|日期|公司|职位|地址|电话)[\]】）)]/iu;
const frame = /^(?:dear|hello|hi|hey|subject:|尊敬的|亲爱的|你好|您好)(?![\p{Script=Latin}])/iu;

/** Copies of a sentence from which on a text repeats itself, if its passage doesn't. */
const repeatedSentences = 3;
/** Passages of fewer characters share words by chance only. */
const shortPassage = 12;

/**
 * Judges a rewritten text by what can be known without understanding it. It finds refusals, comments, loops, cut
 * texts, wrong languages, lost and invented names and numbers, and texts about something else; not a changed meaning.
 */
export function assessRewrite(rewrite: AssessedRewrite): RewriteAssessment {
  const found = doubtsOf(rewrite);
  const of = (wanted: RewriteQuality) =>
    rewriteDoubts.filter((doubt) => found.some((one) => one.doubt === doubt && one.quality === wanted));
  for (const quality of ['harmful', 'suspicious'] as const) {
    const doubts = of(quality);
    if (doubts.length > 0) return { quality, doubts };
  }
  return { quality: 'fine', doubts: [] };
}

interface Found {
  readonly doubt: RewriteDoubt;
  readonly quality: RewriteQuality;
}

function doubtsOf({ purpose, passage, text, endReason }: AssessedRewrite): readonly Found[] {
  const found: Found[] = [];
  const add = (doubt: RewriteDoubt, quality: RewriteQuality, holds: boolean) => {
    if (holds) found.push({ doubt, quality });
  };
  const onlyIn = (pattern: RegExp) => pattern.test(text) && !pattern.test(passage);
  const restates = () => sharedWords(passage, text, false).kept >= restatedShare;
  add('refusal', 'harmful', onlyIn(refusal) || (onlyIn(apology) && !restates()));
  const loops = repeats(text, passage) || loopAtEnd(text, passage) !== null;
  // A continuation replaces nothing, and stays one without the copies that were removed.
  add('loop', purpose === 'continue' && !loops ? 'suspicious' : 'harmful', loops || endReason === 'loop');
  add('placeholder', 'harmful', onlyIn(placeholder));
  if (purpose === 'continue') return found;

  add('comment', 'harmful', onlyIn(comment) || onlyIn(reply));
  add('cut', 'harmful', endReason === 'length' || endReason === 'context-full');
  add('frame', 'suspicious', purpose !== 'custom' && onlyIn(frame));
  if (purpose === 'custom') return found;

  add('language', 'harmful', !isInLanguage(purpose, passage, text));
  const long = [...passage].length >= shortPassage;
  const share = sharing[purpose];
  if (share !== undefined && long) {
    const { kept, own } = sharedWords(passage, text, share.every ?? false);
    const below = (at: 0 | 1) => kept < share.kept[at] || own < share.own[at];
    add('unrelated', below(0) ? 'harmful' : 'suspicious', below(1));
  }
  addFacts(purpose, passage, text, add);
  add(
    'not-shorter',
    'suspicious',
    (purpose === 'shorten' || purpose === 'summarise') && text.length >= passage.length,
  );
  add('not-longer', 'suspicious', purpose === 'expand' && text.length <= passage.length);
  return found;
}

function addFacts(
  purpose: RewritePurpose,
  passage: string,
  text: string,
  add: (doubt: RewriteDoubt, quality: RewriteQuality, holds: boolean) => void,
): void {
  const [lost, added] = [factsLost[purpose], factsAdded[purpose]];
  if (lost) add('numbers-lost', lost, numbersMissingIn(text, passage).length > 0);
  if (added) add('numbers-added', added, numbersMissingIn(passage, text).length > 0);
  // Names are written differently in the other script.
  if (purpose === 'to-chinese' || purpose === 'to-english') return;
  if (lost) add('names-lost', lost, namesMissingIn(text, passage).length > 0);
  if (added) add('names-added', added, namesMissingIn(passage, text).length > 0);
}

/** The share of Chinese characters among the letters of a text; a Latin word counts as one character and a half. */
function chineseShare(text: string): number {
  const { characters, words } = writingOf(text);
  return characters + words === 0 ? NaN : characters / (characters + 1.5 * words);
}

function isInLanguage(purpose: RewritePurpose, passage: string, text: string): boolean {
  const [before, after] = [chineseShare(passage), chineseShare(text)];
  if (Number.isNaN(after)) return Number.isNaN(before);
  if (purpose === 'to-chinese') return after > 0.5;
  if (purpose === 'to-english') return after < 0.2;
  return Number.isNaN(before) || Math.abs(before - after) < 0.4;
}

/** Whether a sentence or line is in `text` again and again, and less often in `passage`. */
function repeats(text: string, passage: string): boolean {
  const counts = countsOf(text);
  const before = countsOf(passage);
  return [...counts].some(
    ([sentence, count]) => count >= Math.max(repeatedSentences, 2 * (before.get(sentence) ?? 0)),
  );
}

function countsOf(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const part of text.split(/(?<=[.!?])\s+|(?<=[。！？])|\n+/u)) {
    const sentence = part
      .trim()
      .replace(/^\d+[.)、]\s*/u, '')
      .toLowerCase();
    if (sentence.length >= 12 || (/\p{Script=Han}/u.test(sentence) && sentence.length >= 6))
      counts.set(sentence, (counts.get(sentence) ?? 0) + 1);
  }
  return counts;
}
