/** What is done with a chart. */
export const enDrawing = {
  'drawing-hint': 'Drag to move, Ctrl and wheel or + − 0 to zoom',
  'drawing-as-table': 'As a table',
  'drawing-copy': 'Copy as PNG',
  'drawing-copied': 'Copied',
  'drawing-save': 'Save as SVG',
} as const;
