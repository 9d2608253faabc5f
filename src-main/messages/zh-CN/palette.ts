import type { enPalette } from '../en/palette.ts';
import type { Translated } from '../message.ts';

export const zhCNPalette: Translated<typeof enPalette> = {
  'with-shortcut': '{label}（{keys}）',
  'command-palette': '命令',
  'command-query': '搜索命令',
  'command-none': '没有匹配的命令。',
  'command-open': '打开“{title}”',
  'shortcut-palette': '命令',
  'shortcut-sheet': '键盘快捷键',
};
