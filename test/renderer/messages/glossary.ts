/** A term of the window in every language, and variants of it that messages must not use. */
export interface Term {
  readonly en: string;
  readonly 'zh-CN': string;
  readonly not?: { readonly en?: RegExp; readonly 'zh-CN'?: RegExp };
}

/** One word for one thing: what the window calls the things of the field. */
export const glossary: readonly Term[] = [
  { en: 'prompt', 'zh-CN': '提示词', not: { 'zh-CN': /提示(?!词)/ } },
  { en: 'system prompt', 'zh-CN': '系统提示词' },
  { en: 'token', 'zh-CN': '词元', not: { 'zh-CN': /令牌|标记|token/i } },
  { en: 'context', 'zh-CN': '上下文' },
  { en: 'model', 'zh-CN': '模型' },
  { en: 'answer', 'zh-CN': '回答', not: { 'zh-CN': /答复|回复/ } },
  { en: 'generate, write', 'zh-CN': '生成', not: { 'zh-CN': /书写|撰写/ } },
  { en: 'strategy', 'zh-CN': '策略' },
  { en: 'greedy', 'zh-CN': '贪心', not: { 'zh-CN': /贪婪/ } },
  { en: 'sampling', 'zh-CN': '采样', not: { 'zh-CN': /抽样/, en: /\bdrawn\b/i } },
  { en: 'beam search', 'zh-CN': '束搜索', not: { 'zh-CN': /集束/ } },
  { en: 'candidate set', 'zh-CN': '候选集' },
  { en: 'hypothesis', 'zh-CN': '候选序列', not: { 'zh-CN': /假设/ } },
  {
    en: 'speculative decoding',
    'zh-CN': '推测解码',
    not: { 'zh-CN': /投机|预先猜测|猜/, en: /lookahead|come true|guess(?:ed|ing) ahead/i },
  },
  { en: 'draft', 'zh-CN': '草稿', not: { 'zh-CN': /起草/ } },
  { en: 'draft model', 'zh-CN': '草稿模型' },
  { en: 'adapter', 'zh-CN': '适配器' },
  { en: 'draft length', 'zh-CN': '草稿长度' },
  { en: 'accepted', 'zh-CN': '接受' },
  { en: 'acceptance rate', 'zh-CN': '接受率' },
  { en: 'break-even', 'zh-CN': '保本接受率', not: { en: /\bpays from\b/i } },
  { en: 'speed-up', 'zh-CN': '加速比', not: { en: /speedup/i } },
  { en: 'forward pass', 'zh-CN': '前向计算', not: { en: /\bforwards\b/i } },
  { en: 'probability', 'zh-CN': '概率', not: { 'zh-CN': /机率|几率/ } },
  { en: 'log-probability', 'zh-CN': '对数概率', not: { en: /log ?probability|logprob/i } },
  { en: 'perplexity', 'zh-CN': '困惑度' },
  { en: 'seed', 'zh-CN': '种子' },
  { en: 'temperature', 'zh-CN': '温度' },
  { en: 'penalty', 'zh-CN': '惩罚' },
  { en: 'comparison, compare', 'zh-CN': '对比', not: { 'zh-CN': /比较(?!总和|平均|四份)/ } },
  { en: 'run', 'zh-CN': '运行' },
  { en: 'repeat', 'zh-CN': '重复' },
  { en: 'sweep', 'zh-CN': '参数扫描' },
  { en: 'blind vote', 'zh-CN': '盲评', not: { 'zh-CN': /盲选/ } },
  { en: 'leaderboard', 'zh-CN': '排行榜' },
  { en: 'win rate', 'zh-CN': '胜率', not: { 'zh-CN': /得票率/ } },
  { en: 'conversation', 'zh-CN': '对话', not: { 'zh-CN': /会话/ } },
  { en: 'branch', 'zh-CN': '分支' },
  { en: 'version', 'zh-CN': '版本' },
  { en: 'document', 'zh-CN': '文档' },
  { en: 'rewrite', 'zh-CN': '改写' },
  { en: 'custom action', 'zh-CN': '自定义操作', not: { en: /\bown (?:action|strategy|preset)/i } },
  { en: 'preset', 'zh-CN': '预设' },
  { en: 'style', 'zh-CN': '风格' },
  { en: 'token lens', 'zh-CN': '词元透镜' },
  { en: 'alternatives', 'zh-CN': '备选' },
  { en: 'engine', 'zh-CN': '引擎' },
  { en: 'save', 'zh-CN': '保存' },
  { en: 'cancel', 'zh-CN': '取消', not: { en: /^Leave$/ } },
  { en: 'computer, machine', 'zh-CN': '电脑', not: { 'zh-CN': /机器|计算机/ } },
];

/** What no message of a language has, whatever it is about. */
export const style = {
  en: [
    /\bgo(?:es)? on\b/i,
    /\bso (?:often|many|much)\b/i,
    /\bis to be\b|\bto be done\b/i,
    /\banew\b|\bbehind\b|\blikeliest one\b/i,
    /\bNothing is called\b|\bLook at:/,
    /\d %|\} %/,
    / …|\.\.\./,
    /['"]/,
  ],
  'zh-CN': [
    /您/,
    /\d %|\} %/,
    /……|\.\.\./,
    / …/,
    // Chinese text has full-width punctuation.
    /\p{Script=Han}[,;:?!()]|[,;:?!()]\p{Script=Han}/u,
  ],
} as const;
