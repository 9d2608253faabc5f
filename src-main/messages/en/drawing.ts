/** Panning, zooming and saving a chart. */
export const enDrawing = {
  'drawing-hint': 'Drag to pan; {zoom} or + − 0 to zoom',
  'drawing-wheel': 'wheel',
  'drawing-as-table': 'Show as table',
  'drawing-copy': 'Copy as PNG',
  'drawing-copied': 'Copied',
  'drawing-save': 'Save as SVG',
} as const;
