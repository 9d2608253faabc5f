import type { ComparisonRun } from '../../contract/comparison.ts';
import type { Mark, Chart } from './chart.ts';
import { shortened, visibleText } from './chart.ts';
import type { Drop, TreeNode } from './search-tree.ts';
import { searchTree } from './search-tree.ts';
import type { ChartWords } from './words.ts';
import { englishWords, filled } from './words.ts';

const stepWidth = 124;
const boxWidth = 108;
const rowHeight = 22;
const margin = 16;
const textLength = 9;
/** Drawing order where lines cross, bottom first. */
const fatesFromBelow = ['dropped', 'live', 'ended', 'chosen'] as const satisfies readonly TreeNode['fate'][];

export interface PlacedNode {
  readonly node: TreeNode;
  readonly x: number;
  readonly y: number;
}

/**
 * Places nodes: one step to the right for each step of the search, in the search's order. A hypothesis takes its
 * parent's row if that is free, so that long hypotheses run straight, else the nearest free row above or below, so
 * that a long search doesn't drift downwards.
 */
export function placedNodes(steps: readonly (readonly TreeNode[])[]): readonly PlacedNode[] {
  const rows = new Map<TreeNode, number>();
  const placed: PlacedNode[] = [];
  for (const [index, nodes] of steps.entries()) {
    const taken = new Set<number>();
    // Kept nodes choose their rows first.
    const ranked = [...nodes].sort(
      (one, other) => Number(one.fate === 'dropped') - Number(other.fate === 'dropped'),
    );
    for (const node of ranked) {
      const row = freeRow(taken, node.parent ? (rows.get(node.parent) ?? 0) : 0);
      taken.add(row);
      rows.set(node, row);
      placed.push({ node, x: margin + index * stepWidth, y: margin + row * rowHeight });
    }
  }
  return placed;
}

/** The free row nearest to `wanted`; ties go to the lower one on the screen. */
function freeRow(taken: ReadonlySet<number>, wanted: number): number {
  for (let distance = 0; ; distance++) {
    if (!taken.has(wanted + distance)) return wanted + distance;
    if (distance <= wanted && !taken.has(wanted - distance)) return wanted - distance;
  }
}

const reasonWord = {
  outscored: 'outscored',
  'passed-over': 'passedOver',
  outgrown: 'outgrown',
  over: 'searchOver',
} as const satisfies Record<Drop['reason'], keyof ChartWords>;

/** Why a node was dropped, in words; '' if it wasn't. */
function reasonOf({ drop }: TreeNode, words: ChartWords): string {
  if (!drop) return '';
  const reason = words[reasonWord[drop.reason]];
  return drop.least === null ? reason : filled(words.lowestKept, { reason, score: drop.least.toFixed(3) });
}

/** A node in one line: its text, its outcome with the reason, and its figures. */
function labelOf(node: TreeNode, words: ChartWords): string {
  const fate = words[node.fate];
  const reason = reasonOf(node, words);
  return filled(words.nodeLabel, {
    step: String(node.step + 1),
    token: visibleText(node.text),
    fate: reason === '' ? fate : filled(words.fateAndReason, { fate, reason }),
    sum: node.logProbabilitySum.toFixed(3),
    score: node.score.toFixed(3),
  });
}

/** The edges to the nodes of a step, one path per outcome: a long search has thousands of nodes. */
function edgesTo(places: readonly PlacedNode[], placeOf: ReadonlyMap<TreeNode, PlacedNode>): readonly Mark[] {
  const lines = new Map<TreeNode['fate'], string>();
  for (const { node, x, y } of places) {
    const from = node.parent && placeOf.get(node.parent);
    if (!from) continue;
    const [start, middle] = [from.x + boxWidth + 2, x - 8];
    const line = `M${start},${from.y}C${middle},${from.y} ${start},${y} ${x - 2},${y}`;
    lines.set(node.fate, (lines.get(node.fate) ?? '') + line);
  }
  return fatesFromBelow.flatMap((role) => {
    const d = lines.get(role);
    return d === undefined ? [] : [{ kind: 'path', role, d }];
  });
}

/** The box of a node with its text and its sum. */
function nodeMarks({ node, x, y }: PlacedNode, words: ChartWords): readonly Mark[] {
  const text = shortened(visibleText(node.text), textLength);
  const sum = node.logProbabilitySum.toFixed(1);
  const box = { x, y: y - rowHeight / 2 + 2, width: boxWidth, height: rowHeight - 4 };
  return [
    {
      kind: 'rect',
      role: node.fate,
      key: node.key,
      // Computed on access: few nodes of a long search are visible.
      get label() {
        return labelOf(node, words);
      },
      ...box,
    },
    { kind: 'text', role: node.fate, x: x + 6, y: y + 4, text },
    { kind: 'text', role: 'quiet', x: x + boxWidth - 5, y: y + 4, text: sum, anchor: 'end' },
  ];
}

/** A search as a tree, from left to right; the mark of a node has the node's key. */
export function beamTree(run: Pick<ComparisonRun, 'trace'>, words: ChartWords = englishWords): Chart {
  const steps = searchTree(run);
  const inRounds = run.trace.some(({ type }) => type === 'candidate-round');
  const placed = placedNodes(steps);
  const placeOf = new Map(placed.map((place) => [place.node, place]));
  // In the order of the steps, so that a growing search only appends marks.
  const marks: Mark[] = [];
  for (const nodes of steps) {
    const places = nodes.flatMap((node) => placeOf.get(node) ?? []);
    marks.push(...edgesTo(places, placeOf));
    for (const place of places) marks.push(...nodeMarks(place, words));
  }
  const width = 2 * margin + stepWidth * placed.reduce((most, { node }) => Math.max(most, node.step + 1), 1);
  const height = 2 * margin + placed.reduce((most, { y }) => Math.max(most, y), margin);
  return {
    id: 'tree',
    title: inRounds ? words.candidateRounds : words.searchTree,
    description: inRounds ? words.candidateRoundsText : words.searchTreeText,
    width,
    height,
    marks,
    /** Computed on access: the tree of a running search is drawn several times per second. */
    get table() {
      return tableOf(placed, words);
    },
  };
}

function tableOf(placed: readonly PlacedNode[], words: ChartWords): Chart['table'] {
  return {
    header: [words.step, words.text, words.outcome, words.reason, words.sum, words.score, words.parent],
    rows: placed.map(({ node }) => [
      String(node.step + 1),
      visibleText(node.text),
      words[node.fate],
      reasonOf(node, words),
      node.logProbabilitySum.toFixed(4),
      node.score.toFixed(4),
      node.parent ? visibleText(node.parent.text) : '',
    ]),
  };
}
