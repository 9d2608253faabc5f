import type { enPayoff } from '../en/payoff.ts';

export const zhCNPayoff: Readonly<Record<keyof typeof enPayoff, string>> = {
  'payoff-title': '划算吗？',
  'payoff-text':
    '猜中的词元省下的时间多于更宽的前向计算和起草的花费时，推测才划算。两者都取决于这台机器：测一测便知。',
  'payoff-measure': '测量这台机器',
  'payoff-measuring': '正在测量……',
  'payoff-proposer': '猜测来自',
  'payoff-lookup': '在提示中查找',
  'payoff-acceptance': '猜中的比例：{percent} %',
  'payoff-widths': '一次前向计算的时间，按读入的词元数',
  'payoff-width': '读入词元',
  'payoff-milliseconds': '毫秒',
  'payoff-draft-cost': '用 {model} 起草一个词元需 {milliseconds} 毫秒。',
  'payoff-draft-lengths': '每种猜测长度的前景',
  'payoff-draft-length': '一次猜几个',
  'payoff-break-even': '划算的起点',
  'payoff-percent': '{value} %',
  'payoff-never': '从不',
  'payoff-speed-up': '与逐个解码之比',
  'payoff-observed': '这次比较中，与逐个解码之比',
  'payoff-strategy': '策略',
  'payoff-accepted': '猜中',
  'payoff-predicted': '预计',
  'payoff-measured': '实测',
  'payoff-best':
    '划算：在这台机器上，一次猜 {draftLength} 个，猜中 {breakEven} % 起就划算；猜中 {percent} % 时预计达到逐个解码的 {speedUp} 倍，文字不变。',
  'payoff-best-always':
    '划算：在这台机器上，一次猜 {draftLength} 个不多花时间；猜中 {percent} % 时预计达到逐个解码的 {speedUp} 倍，文字不变。',
  'payoff-none': '猜中 {percent} % 时并不划算：在这台机器上逐个解码最快。',
  'payoff-default': '设为默认方式',
  'payoff-is-default': '现在这是默认方式。',
};
