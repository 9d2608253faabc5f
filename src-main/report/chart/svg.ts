import type { Mark, Chart } from './chart.ts';

/** Colours of both themes as CSS, shared by the window and by exported files. */
export const chartStyle = `
.mark { fill: none; stroke: none; }
text.mark { fill: var(--chart-ink); font: 11px system-ui, sans-serif; }
text.quiet, text.axis, text.dropped { fill: var(--chart-quiet); }
text.chosen, text.best { font-weight: 700; }
path.axis { stroke: var(--chart-edge); }
path.grid { stroke: var(--chart-line); }
path.live { stroke: var(--chart-edge); stroke-width: 1.5; }
path.dropped { stroke: var(--chart-line); stroke-dasharray: 2 2; }
path.ended { stroke: var(--chart-good); stroke-width: 1.5; }
path.chosen { stroke: var(--chart-accent); stroke-width: 3; }
path.spread { stroke: var(--chart-ink); stroke-width: 1.5; }
rect.bar, rect.verify { fill: var(--chart-soft); stroke: var(--chart-accent); }
rect.best { fill: var(--chart-accent); }
rect.draft { fill: var(--chart-warn); }
rect.accepted { fill: var(--chart-soft); stroke: var(--chart-good); }
rect.rejected { fill: var(--chart-ground); stroke: var(--chart-line); stroke-dasharray: 3 2; }
rect.recovered { fill: var(--chart-ground); stroke: var(--chart-bad); stroke-width: 1.5; }
rect.bonus { fill: var(--chart-ground); stroke: var(--chart-accent); stroke-width: 1.5; }
rect.live { fill: var(--chart-ground); stroke: var(--chart-edge); }
rect.dropped { fill: var(--chart-ground); stroke: var(--chart-line); stroke-dasharray: 3 2; }
rect.ended { fill: var(--chart-ground); stroke: var(--chart-good); stroke-width: 1.5; }
rect.chosen { fill: var(--chart-soft); stroke: var(--chart-accent); stroke-width: 2; }
circle.live { fill: var(--chart-ground); stroke: var(--chart-edge); }
circle.dropped { fill: var(--chart-ground); stroke: var(--chart-line); }
circle.ended { fill: var(--chart-good); }
circle.chosen { fill: var(--chart-accent); }
path.series-0 { stroke: var(--chart-accent); stroke-width: 2; } circle.series-0 { fill: var(--chart-accent); }
path.series-1 { stroke: var(--chart-warn); stroke-width: 2; stroke-dasharray: 6 3; } circle.series-1 { fill: var(--chart-warn); }
path.series-2 { stroke: var(--chart-good); stroke-width: 2; stroke-dasharray: 2 3; } circle.series-2 { fill: var(--chart-good); }
path.series-3 { stroke: var(--chart-bad); stroke-width: 2; stroke-dasharray: 8 3 2 3; } circle.series-3 { fill: var(--chart-bad); }
path.series-4 { stroke: var(--chart-ink); stroke-width: 2; } circle.series-4 { fill: var(--chart-ink); }
path.series-5 { stroke: var(--chart-quiet); stroke-width: 2; stroke-dasharray: 6 3; } circle.series-5 { fill: var(--chart-quiet); }
path.series-6 { stroke: var(--chart-accent); stroke-width: 1; stroke-dasharray: 2 3; } circle.series-6 { stroke: var(--chart-accent); }
path.series-7 { stroke: var(--chart-warn); stroke-width: 1; } circle.series-7 { stroke: var(--chart-warn); }
`;

const light = `--chart-ground:#fff;--chart-ink:#1d1f23;--chart-quiet:#63666e;--chart-line:#e1ddd4;--chart-edge:#8b8880;--chart-accent:#1f5f8b;--chart-soft:#dcebf5;--chart-good:#23744a;--chart-warn:#8a5209;--chart-bad:#b3372f;`;
const dark = `--chart-ground:#15171b;--chart-ink:#e9e7e1;--chart-quiet:#9a9ea6;--chart-line:#30353d;--chart-edge:#6d727c;--chart-accent:#7db8e3;--chart-soft:#1f3444;--chart-good:#74cf9b;--chart-warn:#e2ac5c;--chart-bad:#ef8f86;`;

/** A chart as a standalone SVG file, which follows the viewer's light or dark theme. */
export function svgOf({ title, description, width, height, marks }: Chart): string {
  const style = `:root{${light}}@media (prefers-color-scheme: dark){:root{${dark}}}${chartStyle}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${round(width)} ${round(height)}" width="${round(width)}" height="${round(height)}" role="img">`,
    `<title>${escaped(title)}</title><desc>${escaped(description)}</desc><style>${style}</style>`,
    `<rect width="100%" height="100%" fill="var(--chart-ground)"/>`,
    ...marks.map(markSvg),
    '</svg>',
  ].join('\n');
}

function markSvg(mark: Mark): string {
  const title = mark.label === undefined ? '' : `<title>${escaped(mark.label)}</title>`;
  const role = `class="mark ${mark.role}"`;
  switch (mark.kind) {
    case 'rect':
      return `<rect ${role} x="${round(mark.x)}" y="${round(mark.y)}" width="${round(mark.width)}" height="${round(mark.height)}" rx="2">${title}</rect>`;
    case 'circle':
      return `<circle ${role} cx="${round(mark.x)}" cy="${round(mark.y)}" r="${round(mark.radius)}">${title}</circle>`;
    case 'path':
      return `<path ${role} d="${escaped(mark.d)}">${title}</path>`;
    case 'text':
      return `<text ${role} x="${round(mark.x)}" y="${round(mark.y)}" text-anchor="${mark.anchor ?? 'start'}">${escaped(mark.text)}${title}</text>`;
  }
}

const round = (value: number): number => Math.round(value * 100) / 100;

/** Escapes `text` for XML and replaces characters that XML doesn't allow. */
function escaped(text: string): string {
  return (
    text
      // eslint-disable-next-line no-control-regex -- these are replaced
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '�')
      .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '�')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
  );
}
