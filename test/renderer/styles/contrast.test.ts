import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

const source = fs.readFileSync(
  path.join(import.meta.dirname, '../../../src-renderer/styles/tokens.css'),
  'utf8',
);

/** The colours that tokens.css gives a theme, by name. */
function coloursOf(theme: string, kind = 'normal'): Record<string, string> {
  const more = kind === 'more' ? `\\[data-contrast='more'\\]` : '';
  const block =
    new RegExp(`^:root\\[data-theme='${theme}'\\]${more} \\{([^}]*)\\}`, 'm').exec(source)?.[1] ?? '';
  const pairs = [...block.matchAll(/--([\w-]+): (#[\da-f]{6})/g)];
  return Object.fromEntries(pairs.map((pair) => [pair[1], pair[2]]));
}

/** Contrast of two colours #rrggbb as WCAG 2 defines it, 1 to 21. */
function contrast(one: string, other: string): number {
  const luminance = (colour: string) => {
    const parts = [1, 3, 5].map((start) => {
      const part = Number.parseInt(colour.slice(start, start + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    const [red = 0, green = 0, blue = 0] = parts;
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const grounds = ['paper', 'panel', 'raised'];
const pairs: readonly (readonly [string, readonly string[]])[] = [
  ['ink', [...grounds, 'accent-soft', 'bad-soft']],
  ['ink-2', [...grounds, 'accent-soft']],
  ['ink-3', [...grounds, 'accent-soft']],
  ['accent', [...grounds, 'accent-soft']],
  ['warn', grounds],
  ['bad', [...grounds, 'bad-soft']],
  ['paper', ['accent', 'accent-strong']],
];

const themes = [
  ['light', 'normal'],
  ['dark', 'normal'],
  ['light', 'more'],
  ['dark', 'more'],
] as const;

describe.each(['light', 'dark'])('the %s theme', (theme) => {
  const colours = coloursOf(theme);
  test.each(pairs)('%s is legible on %s', (ink, on) => {
    for (const ground of on) {
      const ratio = contrast(colours[ink] ?? '#000000', colours[ground] ?? '#000000');
      expect([ground, ratio >= 4.5]).toEqual([ground, true]);
    }
  });
  test('the edges of fields are visible', () => {
    for (const ground of grounds) {
      expect(contrast(colours['edge'] ?? '', colours[ground] ?? '')).toBeGreaterThanOrEqual(3);
    }
  });
});

/** `colour` over `ground`, of which it lets `share` through, 0 to 1. */
function mixed(colour: string, share: number, ground: string): string {
  const parts = [1, 3, 5].map((start) => {
    const part = (text: string) => Number.parseInt(text.slice(start, start + 2), 16);
    const value = Math.round(share * part(colour) + (1 - share) * part(ground));
    return value.toString(16).padStart(2, '0');
  });
  return `#${parts.join('')}`;
}

/** The grounds and underlines of the token lens: names of colours, and how much of the ground is one of them. */
const grades = [
  ...fs
    .readFileSync(path.join(import.meta.dirname, '../../../src-renderer/styles/token-grades.css'), 'utf8')
    .matchAll(
      /data-grade='(\w+)'\] \{\s*background: color-mix\(in srgb, var\(--([\w-]+)\) (\d+)%.*?\n\s*text-decoration: underline (\w+) var\(--([\w-]+)\)/gs,
    ),
].map(([, grade, ground, share, line, ink]) => ({ grade, ground, share: Number(share) / 100, line, ink }));

describe.each(themes)('the token lens in the %s theme with %s contrast', (theme, kind) => {
  const colours = { ...coloursOf(theme), ...(kind === 'more' ? coloursOf(theme, kind) : {}) };
  test('has legible words and visible, distinct underlines', () => {
    expect(grades.map(({ grade }) => grade)).toEqual(['1', '2', '3', '4', 'accepted', 'bonus', 'recovered']);
    const lines = grades.map(({ line }) => line);
    expect([new Set(lines.slice(0, 4)).size, new Set(lines.slice(4)).size]).toEqual([4, 3]);
    for (const { grade, ground, share, ink } of grades) {
      const paper = mixed(colours[ground ?? ''] ?? '', share, colours['raised'] ?? '');
      expect([grade, contrast(colours['ink'] ?? '', paper) >= 4.5]).toEqual([grade, true]);
      expect([grade, contrast(colours[ink ?? ''] ?? '', paper) >= 3]).toEqual([grade, true]);
    }
  });
});

test('the measure distinguishes legible from illegible', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
  expect(contrast('#878a92', '#f3f1ec')).toBeLessThan(4.5);
});
