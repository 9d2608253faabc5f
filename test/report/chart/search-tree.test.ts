import type { TraceEvent } from '../../../src-main/contract/run.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SearchNode } from '../../../src-main/contract/generation.ts';
import { beamTree, placedNodes } from '../../../src-main/report/chart/beam-tree.ts';
import { searchTree, textOf } from '../../../src-main/report/chart/search-tree.ts';

const node = (parent: number, text: string, sum: number, fate: SearchNode['fate'] = 'live'): SearchNode => ({
  parent,
  text,
  logProbabilitySum: sum,
  score: sum,
  fate,
});
const step = (...nodes: readonly SearchNode[]): TraceEvent => ({ type: 'beam-step', nodes });
const round = (...nodes: readonly SearchNode[]): TraceEvent => ({ type: 'candidate-round', nodes });
const results = (text: string, sum: number): TraceEvent => ({
  type: 'hypotheses',
  hypotheses: [{ text, score: sum, logProbabilitySum: sum, tokens: [] }],
});

describe('the tree of a search', () => {
  const trace = [
    step(node(0, 'a', -1), node(0, 'b', -2)),
    step(node(0, 'c', -3), node(0, 'd', -4)),
    step(node(1, 'e', -5), node(1, 'f', -6, 'ended')),
    results('ade', -5),
  ];

  test('has every node of every event, with its parent', () => {
    const steps = searchTree({ trace });
    expect(steps.map((nodes) => nodes.map(textOf))).toEqual([
      ['a', 'b'],
      ['ac', 'ad'],
      ['ade', 'adf'],
    ]);
  });

  test('marks what was dropped, what ended and what the result is', () => {
    const fates = searchTree({ trace }).map((nodes) => nodes.map(({ fate }) => fate));
    expect(fates).toEqual([
      ['chosen', 'dropped'],
      ['dropped', 'chosen'],
      ['chosen', 'ended'],
    ]);
  });

  test('gives the reason why each was dropped', () => {
    const drops = searchTree({ trace }).map((nodes) => nodes.map(({ drop }) => drop));
    expect(drops).toEqual([
      [undefined, { reason: 'outgrown', least: -4 }],
      [{ reason: 'outgrown', least: -5 }, undefined],
      [undefined, undefined],
    ]);
    const rounds = [
      round(node(0, 'a', -3), node(0, 'b', -4), node(0, 'x', -9, 'dropped'), node(0, 'y', -2, 'dropped')),
      round(node(0, 'c', -5, 'ended')),
    ];
    expect(searchTree({ trace: rounds }).map((nodes) => nodes.map(({ drop }) => drop?.reason))).toEqual([
      [undefined, 'outgrown', 'outscored', 'passed-over'],
      [undefined],
    ]);
    const over = searchTree({ trace: [step(node(0, 'a', -1)), step(node(3, 'b', -2, 'ended'))] });
    expect(over[0]?.[0]?.drop).toEqual({ reason: 'over', least: null });
  });

  test('names each node in a sentence', () => {
    const { marks } = beamTree({ trace: [step(node(0, ',', -1.5)), step(node(0, ' {sum}', -2, 'ended'))] });
    const labels = marks.flatMap(({ label }) => label ?? []);
    expect(labels).toEqual([
      'Step 1: “,”, live, summed log-probability -1.500, score -1.500',
      'Step 2: “·{sum}”, finished, summed log-probability -2.000, score -2.000',
    ]);
    const dropped = beamTree({ trace }).marks.find(({ key }) => key === '0-1');
    expect(dropped?.label).toBe(
      'Step 1: “b”, dropped: none of its continuations was kept (lowest score kept -4.000), ' +
        'summed log-probability -2.000, score -2.000',
    );
  });

  test('of a candidate set continues ended hypotheses too', () => {
    const rounds = [
      round(node(0, 'a', -1, 'ended'), node(0, 'b', -2), node(0, 'x', -9, 'dropped')),
      round(node(0, '', -1, 'ended'), node(1, 'c', -3)),
    ];
    const last = searchTree({ trace: rounds }).at(-1) ?? [];
    expect(last.map(textOf)).toEqual(['a', 'bc']);
  });

  test('of a beam search continues only live hypotheses', () => {
    const steps = [step(node(0, 'a', -1, 'ended'), node(0, 'b', -2)), step(node(0, 'c', -3))];
    const last = searchTree({ trace: steps }).at(-1) ?? [];
    expect(last.map(textOf)).toEqual(['bc']);
  });

  test('of any events has one node per event node, each at a different position', () => {
    const fates = fc.constantFrom<SearchNode['fate']>('live', 'live', 'ended', 'dropped');
    const nodes = fc.array(fc.tuple(fc.nat(7), fc.string({ maxLength: 4 }), fates), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(fc.array(nodes, { maxLength: 12 }), fc.boolean(), (list, inRounds) => {
        const eventOf = inRounds ? round : step;
        const events = list.map((each) =>
          eventOf(...each.map(([parent, text, fate]) => node(parent, text, -1, fate))),
        );
        const steps = searchTree({ trace: events });
        expect(steps.map(({ length }) => length)).toEqual(list.map(({ length }) => length));
        for (const [index, each] of steps.entries()) {
          for (const { parent } of each) if (parent) expect(parent.step).toBe(index - 1);
        }
        const places = placedNodes(steps).map(({ x, y }) => `${x} ${y}`);
        expect(new Set(places).size).toBe(places.length);
      }),
    );
  });

  test('of width 8 and 200 steps is drawn with a mark for each node', () => {
    const events = Array.from({ length: 200 }, (_, index) =>
      step(
        ...Array.from({ length: 8 }, (_each, place) =>
          node((place * 3 + index) % 8, `t${place}`, -index - place),
        ),
      ),
    );
    const start = performance.now();
    const chart = beamTree({ trace: events });
    console.log(`laid out in ${(performance.now() - start).toFixed(1)} ms`);
    expect(chart.marks.filter(({ key }) => key !== undefined)).toHaveLength(1600);
    expect(chart.table.rows).toHaveLength(1600);
  });
});
