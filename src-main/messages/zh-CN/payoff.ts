import type { enPayoff } from '../en/payoff.ts';
import type { Translated } from '../message.ts';

export const zhCNPayoff: Translated<typeof enPayoff> = {
  'payoff-title': '推测解码值得开吗？',
  'payoff-text':
    '被接受的词元省下的时间多于生成草稿和加宽前向计算的开销时，推测解码才划算。两者都取决于这台电脑：测一测便知。',
  'payoff-measure': '测量这台电脑',
  'payoff-measuring': '正在测量…',
  'payoff-proposer': '草稿来源',
  'payoff-lookup': '提示词查找',
  'payoff-acceptance': '接受率：{percent}',
  'payoff-widths': '一次前向计算的耗时，按读入的词元数',
  'payoff-width': '读入词元',
  'payoff-milliseconds': '毫秒',
  'payoff-draft-cost': '用 {model} 生成一个草稿词元需 {milliseconds} 毫秒。',
  'payoff-draft-lengths': '各草稿长度的预期加速比',
  'payoff-draft-length': '草稿长度',
  'payoff-break-even': '保本接受率',
  'payoff-never': '从不',
  'payoff-speed-up': '加速比',
  'payoff-observed': '本次对比中相对普通解码的加速比',
  'payoff-strategy': '策略',
  'payoff-accepted': '接受率',
  'payoff-predicted': '预计',
  'payoff-measured': '实测',
  'payoff-best':
    '值得：草稿长度为 {draftLength} 时，接受率达到 {breakEven} 即可保本；接受率为 {percent} 时预计约为 {speedUp} 倍速度，文本不变。',
  'payoff-best-always':
    '值得：在这台电脑上，草稿长度为 {draftLength} 时没有额外开销；接受率为 {percent} 时预计约为 {speedUp} 倍速度，文本不变。',
  'payoff-none': '接受率为 {percent} 时不值得：在这台电脑上普通解码最快。',
  'payoff-default': '设为默认',
  'payoff-is-default': '当前为默认设置。',
};
