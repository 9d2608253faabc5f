import type { enDrawing } from '../en/drawing.ts';

export const zhCNDrawing: Readonly<Record<keyof typeof enDrawing, string>> = {
  'drawing-hint': '拖动移动，Ctrl 加滚轮或 + − 0 缩放',
  'drawing-as-table': '表格',
  'drawing-copy': '复制为 PNG',
  'drawing-copied': '已复制',
  'drawing-save': '存为 SVG',
};
