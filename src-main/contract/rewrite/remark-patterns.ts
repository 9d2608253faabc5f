/** What a model was asked to write, in remarks about it. */
const product =
  '(?:texts?|versions?|sentences?|paragraphs?|passages?|translations?|summary|rewrites?|rewriting|revisions?|corrections?)';
const anyProduct = `(?:${product}|drafts?|e-?mails?|letters?|messages?|notes?|posts?|lists?|code|tables?)`;
const made =
  '(?:correct|corrected|rewritten|reworded|revised|improved|edited|shortened|shorter|simplified|simpler|expanded|longer|formal|friendly|friendlier|confident|neutral|translated|final|updated|polished|proofread|summari[sz]ed|fixed|requested|concise)';
const ready =
  "(?:sure(?: thing)?|certainly|of course|absolutely|okay|ok|no problem|gladly|got it|understood|(?:i['’]d be|i am|i['’]m) (?:happy|glad) to help(?: you)?(?: with that)?|i can help(?: you)?(?: with that)?)";
const zhReady = '(?:好的?|当然(?:可以)?|没问题|可以的?|明白了?|收到)';
const zhMade = '(?:修改|改写|修正|润色|翻译|校正|更正|优化|缩写|缩短|精简|扩写|扩展|简化|改正|总结|重写)';
const zhProduct = '(?:文本|文字|文章|版本|内容|句子|段落|结果|译文|翻译|总结|摘要|中文|英文)';

/** What models write before a text: each matches from its start to where the text itself begins. */
export const openings: readonly RegExp[] = [
  // "I'm sorry for the confusion, but I can help you with that.", as a paragraph
  /^(?:i['’]m sorry|i am sorry|i apologi[sz]e|my apologies|sorry)\b[^\n]*\b(?:confusion|misunderstanding|help you|assist you)\b[^\n]*\n\s*\n/iu,
  // "Certainly! I'll correct the text. Here's the corrected version:", on a line of its own or before the text
  new RegExp(
    `^(?:${ready}[!.,]*\\s+)?(?:i(?:['’]ll| will| have|['’]ve) [^.:\\n]{3,120}[.:]\\s+)?(?:here(?:['’]s| is| are)|below (?:is|are)|(?:the )?following (?:is|are))\\s+(?:(?:the|a|an|your|my|one|some)\\s+)?(?:[\\w-]+,?\\s+(?:and\\s+)?){0,4}?(?:${product}|(?:${made}\\s+)+${anyProduct})(?:\\s[^:：\\n]{0,100})?[:：]\\**\\s*`,
    'iu',
  ),
  // "The corrected text is:", "The original text was corrected to:"
  new RegExp(
    `^(?:the|my|a)\\s+(?:original|${made})\\s+${anyProduct}(?:\\s[^:：\\n]{0,80})?[:：]\\**\\s*`,
    'iu',
  ),
  // "Corrected version:", "**Revised text:**", "## Rewritten text"
  new RegExp(
    `^(?:\\*\\*|#{1,6}\\s+)?(?:${made}\\s+)+${anyProduct}(?:\\s*\\**\\s*[:：]\\**\\s*|\\s*\\**\\s*\\n+)`,
    'iu',
  ),
  /^(?:\*\*|#{1,6}\s+)?(?:corrected|rewritten|revised|rewrite|(?:chinese |english )?translation|summary|correction|revision|shortened|simplified|in (?:simplified )?chinese|in english|in simple words|in other words)\s*\*{0,2}\s*[:：]\*{0,2}\s*/iu,
  // "Sure!", as a line of its own
  new RegExp(`^${ready}[!.,:]*[ \\t]*\\n+`, 'iu'),
  /^to (?:correct|rewrite|shorten|improve|simplify|translate|summari[sz]e) (?:this|the) (?:text|sentence|paragraph|passage)[^:\n]{0,80}:\s*/iu,
  // 好的，以下是修改后的文本：
  new RegExp(
    `^(?:${zhReady}[，,。！!]?\\s*)?(?:以下|下面|这里?)就?(?:是|为)[^\\n：:]{0,30}(?:${zhMade}|${zhProduct})[^\\n：:]{0,12}[：:]\\s*`,
    'u',
  ),
  new RegExp(
    `^(?:${zhReady}[，,。！!]?\\s*)?(?:${zhMade}(?:后|过)的?${zhProduct}?|${zhMade}${zhProduct}|译文|摘要)(?:如下|为|是)?[：:]\\s*`,
    'u',
  ),
  new RegExp(`^${zhReady}[！!，,。]?[ \\t]*\\n+`, 'u'),
  /^(?:很?抱歉|对不起|不好意思)[^\n]*(?:误解|困惑|帮您|帮你)[^\n]*\n\s*\n/u,
];

/** Nouns of remarks: in a passage that has one, what looks like a remark may be its own. */
export const remarkNouns =
  /\b(?:texts?|versions?|sentences?|paragraphs?|passages?|translat\w+|rewrit\w+|revis\w+|correct\w+|spelling|grammar\w*|wording|typos?|changes)\b|语法|错别字|拼写|文本|原文|译文|版本|翻译|改写|修改|说明/giu;

const aboutText = `(?:grammar|grammatical|spelling|punctuation|wording|words?|errors?|mistakes?|typos?|tone|meaning|phrases?|tense|verbs?|clarity|readability|${product})`;
const change =
  '(?:changed|corrected|replaced|fixed|made|removed|added|rewrote|rewritten|revised|shortened|simplified|kept|improved|adjusted|rephrased|translated|maintained|preserved)';

/** The starts of paragraphs that are about the text, which models write after it. */
export const closings: readonly RegExp[] = [
  new RegExp(
    `^[([*_]*(?:i|we|i['’]ve|i have)\\s+(?:have\\s+)?(?:also\\s+|only\\s+|just\\s+)?${change}\\b[^\\n]*\\b${aboutText}\\b`,
    'iu',
  ),
  /^[([*_]*(?:i|i['’]ve|i have)\s+(?:also\s+)?(?:changed|replaced|corrected)\s+(?:the\s+(?:word|phrase)\s+)?["“'‘`]/iu,
  new RegExp(`^[([*_]*(?:please\\s+)?note\\b[^\\n]*\\b(?:${aboutText}|i)\\b`, 'iu'),
  /^[([*_#\s]*(?:explanations?|changes(?: made)?|corrections(?: made)?|reasoning|key changes|main changes|summary of changes)\b[^\n:]{0,60}[:：]/iu,
  /^[([*_]*(?:here(?:['’]s| is| are)|these are|the following are)\s+(?:the|a|some|my|another)\s+(?:[\w-]+\s+){0,4}(?:changes|corrections|explanations?|breakdown|version)\b/iu,
  new RegExp(
    `^[([*_]*(?:the|this|in this|in the|my)\\s+(?:original|corrected|revised|rewritten|shortened|simplified|edited|improved)\\s+${product}\\b`,
    'iu',
  ),
  /^[([*_]*(?:in other words, )?(?:the|this) (?:original |rephrased |reworded |reworked )*(?:text|sentence|passage|paragraph) (?:has been|was|is now|now|conveys)\b[^\n]*\b(?:edited|corrected|rewritten|reworked|revised|rephrased|reworded|shortened|simplified|translated|concise|tone|message|clarity|readability)\b/iu,
  /^[([*_]*(?:this|in this)\s+(?:version|revision|rewrite|translation|correction|rewording)\b/iu,
  /^[([*_]*the\s+(?:main|key|following|only)?\s*(?:changes|corrections|edits)\s+(?:made|are|i|include)\b/iu,
  /^[([*_]*i hope (?:this|that|it)(?: (?:revised|corrected|version|text|translation))*\s+(?:helps?|is helpful|is useful|works|clarifies|meets)\b/iu,
  /^[([*_]*(?:please\s+)?(?:let me know|feel free)\b[^\n]*\b(?:anything else|further (?:changes|edits|adjustments|help|assistance)|(?:any )?(?:other|more) (?:changes|edits|adjustments|help)|me to (?:revise|change|adjust|make|rewrite))\b/iu,
  /^[([*_]*(?:is there anything else|would you like me to|do you want me to|if you(?:['’]d| would)? (?:like|need|want)[^\n]*\b(?:revisions?|edits?|another version|further changes|me to)\b)/iu,
  /^[([*_]*in (?:chinese|english|this (?:text|sentence|passage)),/iu,
  /^[([*_]*(?:literal translation|pinyin|translation|transliteration|alternative version|another (?:version|option))\s*[:：]/iu,
  /^[([*_]*(?:i['’]m|i am) (?:sorry|unable)\b[^\n]*\b(?:confusion|(?:assist|help)(?: you)? with that)\b/iu,
  /^[（(【*]*(?:注|注意|说明|备注|修改说明|解释|改动|修改之处|修改内容|翻译说明|主要修改)[：:]/u,
  /^[（(]?我(?:已经?|只)?(?:将|把|修改|更正|改正|修正|调整|替换|翻译|润色|保留)[^\n]*(?:语法|错别字|拼写|用词|词语|单词|句子|语气|标点|文本|原文|原意|改为|改成)/u,
  /^希望(?:这|以上|对您|对你|能|我的)[^\n]*(?:帮助|满意|有用|符合)/u,
  /^(?:如果|如|若)(?:您|你)?(?:有|需要|还)[^\n]*(?:修改|调整|翻译|改写|润色)/u,
  /^(?:这个|这一|该|此)(?:版本|译文|翻译|改写|修改)/u,
  /^(?:原文|修改后的?(?:文本|版本)|改写后的?(?:文本|版本))[：:，]/u,
];

/** Sentences about the text at the end of its last paragraph. */
export const closingSentences: readonly RegExp[] = [
  /(?<=[.!?"”)])\s+i hope (?:this|that|it) (?:helps|is helpful|is useful|works)\b[^.!?\n]*[.!?]*$/iu,
  /(?<=[.!?"”)])\s+(?:please\s+)?let me know if (?:you need|you want|you(?:['’]d| would) like|there)\b[^.!?\n]*\b(?:anything else|further changes|further help|further assistance|adjustments|me to)\b[^.!?\n]*[.!?]*$/iu,
  /(?<=[.!?"”])\s*\((?:note:|i (?:have )?(?:changed|corrected|replaced|fixed|removed|added|kept))[^()\n]*\)$/iu,
  /(?<=[。！？”])\s*希望(?:这|以上|对您|对你|能)[^。！\n]*(?:帮助|满意|有用)[^。！\n]*[。！]?$/u,
  /(?<=[。！？”])\s*[（(](?:注|注意|说明)[：:][^（）()\n]*[）)]$/u,
];
