import type { enDrawing } from '../en/drawing.ts';
import type { Translated } from '../message.ts';

export const zhCNDrawing: Translated<typeof enDrawing> = {
  'drawing-hint': '拖动平移；{zoom} 或 + − 0 缩放',
  'drawing-wheel': '滚轮',
  'drawing-as-table': '显示为表格',
  'drawing-copy': '复制为 PNG',
  'drawing-copied': '已复制',
  'drawing-save': '保存为 SVG',
};
