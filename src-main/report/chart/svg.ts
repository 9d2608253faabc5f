import type { Mark, Picture } from './chart.ts';

/** Colours of both themes as CSS, shared by the window and by exported files. */
export const pictureStyle = `
.mark { fill: none; stroke: none; }
text.mark { fill: var(--picture-ink); font: 11px system-ui, sans-serif; }
text.quiet, text.axis, text.dropped { fill: var(--picture-quiet); }
text.chosen, text.best { font-weight: 700; }
path.axis { stroke: var(--picture-edge); }
path.grid { stroke: var(--picture-line); }
path.live { stroke: var(--picture-edge); stroke-width: 1.5; }
path.dropped { stroke: var(--picture-line); stroke-dasharray: 2 2; }
path.ended { stroke: var(--picture-good); stroke-width: 1.5; }
path.chosen { stroke: var(--picture-accent); stroke-width: 3; }
path.spread { stroke: var(--picture-ink); stroke-width: 1.5; }
rect.bar, rect.verify { fill: var(--picture-soft); stroke: var(--picture-accent); }
rect.best { fill: var(--picture-accent); }
rect.draft { fill: var(--picture-warn); }
rect.accepted { fill: var(--picture-soft); stroke: var(--picture-good); }
rect.guess { fill: var(--picture-ground); stroke: var(--picture-line); stroke-dasharray: 3 2; }
rect.corrected { fill: var(--picture-ground); stroke: var(--picture-bad); stroke-width: 1.5; }
rect.bonus { fill: var(--picture-ground); stroke: var(--picture-accent); stroke-width: 1.5; }
rect.live { fill: var(--picture-ground); stroke: var(--picture-edge); }
rect.dropped { fill: var(--picture-ground); stroke: var(--picture-line); stroke-dasharray: 3 2; }
rect.ended { fill: var(--picture-ground); stroke: var(--picture-good); stroke-width: 1.5; }
rect.chosen { fill: var(--picture-soft); stroke: var(--picture-accent); stroke-width: 2; }
circle.live { fill: var(--picture-ground); stroke: var(--picture-edge); }
circle.dropped { fill: var(--picture-ground); stroke: var(--picture-line); }
circle.ended { fill: var(--picture-good); }
circle.chosen { fill: var(--picture-accent); }
path.series-0 { stroke: var(--picture-accent); stroke-width: 2; } circle.series-0 { fill: var(--picture-accent); }
path.series-1 { stroke: var(--picture-warn); stroke-width: 2; stroke-dasharray: 6 3; } circle.series-1 { fill: var(--picture-warn); }
path.series-2 { stroke: var(--picture-good); stroke-width: 2; stroke-dasharray: 2 3; } circle.series-2 { fill: var(--picture-good); }
path.series-3 { stroke: var(--picture-bad); stroke-width: 2; stroke-dasharray: 8 3 2 3; } circle.series-3 { fill: var(--picture-bad); }
path.series-4 { stroke: var(--picture-ink); stroke-width: 2; } circle.series-4 { fill: var(--picture-ink); }
path.series-5 { stroke: var(--picture-quiet); stroke-width: 2; stroke-dasharray: 6 3; } circle.series-5 { fill: var(--picture-quiet); }
path.series-6 { stroke: var(--picture-accent); stroke-width: 1; stroke-dasharray: 2 3; } circle.series-6 { stroke: var(--picture-accent); }
path.series-7 { stroke: var(--picture-warn); stroke-width: 1; } circle.series-7 { stroke: var(--picture-warn); }
`;

const light = `--picture-ground:#fff;--picture-ink:#1d1f23;--picture-quiet:#63666e;--picture-line:#e1ddd4;--picture-edge:#8b8880;--picture-accent:#1f5f8b;--picture-soft:#dcebf5;--picture-good:#23744a;--picture-warn:#8a5209;--picture-bad:#b3372f;`;
const dark = `--picture-ground:#15171b;--picture-ink:#e9e7e1;--picture-quiet:#9a9ea6;--picture-line:#30353d;--picture-edge:#6d727c;--picture-accent:#7db8e3;--picture-soft:#1f3444;--picture-good:#74cf9b;--picture-warn:#e2ac5c;--picture-bad:#ef8f86;`;

/** A picture as a file of its own, which follows the reader's light or dark theme. */
export function svgOf({ title, description, width, height, marks }: Picture): string {
  const style = `:root{${light}}@media (prefers-color-scheme: dark){:root{${dark}}}${pictureStyle}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${round(width)} ${round(height)}" width="${round(width)}" height="${round(height)}" role="img">`,
    `<title>${escaped(title)}</title><desc>${escaped(description)}</desc><style>${style}</style>`,
    `<rect width="100%" height="100%" fill="var(--picture-ground)"/>`,
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

/** Without what XML can't hold, and with what it reads otherwise written out. */
function escaped(text: string): string {
  return (
    text
      // eslint-disable-next-line no-control-regex -- these are what must go
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '�')
      .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '�')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
  );
}
