import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SearchStep } from '../../../src-main/contract/generation.ts';
import { beamTree } from '../../../src-main/report/chart/beam-tree.ts';
import { pathTo, searchTree } from '../../../src-main/report/chart/search-tree.ts';
import {
  arrowDirections,
  marksBetween,
  neighbourOf,
  panned,
  startView,
  trailThrough,
  within,
  zoomed,
} from '../../../src-renderer/state/compare/chart-view.ts';
import { searchStep } from '../../comparisons/comparison-samples.ts';

test('zooming leaves the point under the pointer in place', () => {
  const place = fc.integer({ min: 0, max: 800 });
  fc.assert(
    fc.property(place, place, fc.constantFrom(0.8, 1.25), (x, y, factor) => {
      const before = { x: 100, y: 50, scale: 1 };
      const after = zoomed(before, factor, x, y);
      expect(after.x + x * after.scale).toBeCloseTo(before.x + x * before.scale, 6);
      expect(after.y + y * after.scale).toBeCloseTo(before.y + y * before.scale, 6);
    }),
  );
});

test('zooming is limited in both directions', () => {
  let view = startView;
  for (let step = 0; step < 50; step++) view = zoomed(view, 2, 0, 0);
  expect(view.scale).toBe(8);
  for (let step = 0; step < 50; step++) view = zoomed(view, 0.5, 0, 0);
  expect(view.scale).toBe(0.25);
});

test('a chart can’t be moved out of view', () => {
  const chart = { width: 1000, height: 300 };
  expect(within(panned(startView, -50, -50), chart, 400, 200)).toEqual(startView);
  expect(within(panned(startView, 5000, 5000), chart, 400, 200)).toEqual({ x: 600, y: 100, scale: 1 });
  expect(within(panned(startView, 50, 50), chart, 4000, 2000)).toEqual(startView);
});

test('marks far from the visible area are not drawn, except the focused one', () => {
  const rect = (x: number, key?: string) =>
    ({ kind: 'rect', role: 'live', x, y: 0, width: 10, height: 10, ...(key && { key }) }) as const;
  const path = (x: number) => ({ kind: 'path', role: 'live', d: `M${x},3h5M0,0h1` }) as const;
  const marks = [rect(0, 'a'), rect(300), rect(651), rect(100), path(500), path(20), path(700)];
  const places = (kept?: string) => marksBetween(marks, 250, 650, kept).map(({ place }) => place);
  expect(places()).toEqual([1, 3, 4]);
  expect(places('a')).toEqual([0, 1, 3, 4]);
});

test('arrow keys move to the nearest mark in the next column, or to the next mark in the same column', () => {
  const mark = (key: string, x: number, y: number) =>
    ({ kind: 'rect', role: 'live', key, x, y, width: 10, height: 10 }) as const;
  const marks = [
    mark('a', 0, 0),
    mark('b', 0, 20),
    mark('c', 100, 20),
    mark('d', 100, 60),
    mark('e', 200, 0),
  ];
  const from = (key: string) =>
    (['left', 'right', 'up', 'down'] as const).map((direction) => neighbourOf(marks, key, direction));
  expect(from('a')).toEqual([undefined, 'c', undefined, 'b']);
  expect(from('d')).toEqual(['b', 'e', 'c', undefined]);
  expect(from('e')).toEqual(['c', undefined, undefined, undefined]);
  expect(from('none')).toEqual([undefined, undefined, undefined, undefined]);
});

test('arrow keys reach every hypothesis of a search', () => {
  const trace = Array.from({ length: 30 }, (_, step) => searchStep(4, step));
  const { marks } = beamTree({ trace });
  const keys = marks.flatMap(({ key }) => key ?? []);
  const reached = new Set(keys.slice(0, 1));
  for (const key of reached) {
    for (const direction of Object.values(arrowDirections)) {
      const next = neighbourOf(marks, key, direction);
      if (next !== undefined) reached.add(next);
    }
  }
  expect(keys).toHaveLength(30 * 8);
  expect([...reached].sort()).toEqual(keys.sort());
});

test('the trail to a hypothesis leads through all that it continues, and through nothing else', () => {
  const stepOf = (...texts: readonly (readonly [parent: number, text: string])[]): SearchStep => ({
    type: 'beam-step',
    nodes: texts.map(([parent, text]) => ({ parent, text, logProbabilitySum: -1, score: -1, fate: 'live' })),
  });
  const trace = [stepOf([0, 'a'], [0, 'b']), stepOf([1, 'c'], [0, 'd']), stepOf([0, 'e'], [1, 'f'])];
  const steps = searchTree({ trace });
  const { marks } = beamTree({ trace });
  for (const node of steps.flat()) {
    const keys = pathTo(node).map(({ key }) => key);
    expect(keys).toHaveLength(node.step + 1);
    const parts = trailThrough(marks, keys).match(/M[^M]+/g) ?? [];
    expect(parts).toHaveLength(node.step);
    parts.forEach((part, index) => {
      const [from, to] = [index, index + 1].map((place) => marks.find(({ key }) => key === keys[place]));
      if (from?.kind !== 'rect' || to?.kind !== 'rect') throw new Error('a hypothesis is no box');
      expect(part.startsWith(`M${from.x + from.width},${from.y + from.height / 2}C`)).toBe(true);
      expect(part.endsWith(` ${to.x},${to.y + to.height / 2}`)).toBe(true);
    });
  }
  expect(pathTo(steps[2]![0]!).map(({ text }) => text)).toEqual(['b', 'c', 'e']);
  expect(trailThrough(marks, [])).toBe('');
});
