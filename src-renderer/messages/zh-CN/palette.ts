import type { enPalette } from '../en/palette.ts';

export const zhCNPalette: Readonly<Record<keyof typeof enPalette, string>> = {
  'command-palette': '命令',
  'command-query': '想做什么？',
  'command-none': '没有这样的命令。',
  'command-open': '打开“{title}”',
  'shortcut-palette': '命令',
  'shortcut-sheet': '这张列表',
};
