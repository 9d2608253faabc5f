import type { ComparisonRun } from '../../contract/comparison.ts';
import type { Mark, Picture } from './picture.ts';
import { shortened, visibleText } from './picture.ts';
import type { Fate, TreeNode } from './search-tree.ts';
import { searchTree } from './search-tree.ts';
import type { PictureWords } from './words.ts';
import { englishWords } from './words.ts';

const stepWidth = 92;
const rowHeight = 22;
const margin = 16;
const textLength = 9;

export interface PlacedNode {
  readonly node: TreeNode;
  readonly x: number;
  readonly y: number;
}

/**
 * Where each node stands: a step to the right for each step of the search, in the order that the search has them.
 * A hypothesis keeps its parent's row where that is free, so that what is followed long runs straight.
 */
export function placedNodes(steps: readonly (readonly TreeNode[])[]): readonly PlacedNode[] {
  const rows = new Map<TreeNode, number>();
  const placed: PlacedNode[] = [];
  for (const [index, nodes] of steps.entries()) {
    const taken = new Set<number>();
    // What is followed chooses first.
    const ranked = [...nodes].sort(
      (one, other) => Number(one.fate === 'dropped') - Number(other.fate === 'dropped'),
    );
    for (const node of ranked) {
      let row = node.parent ? (rows.get(node.parent) ?? 0) : 0;
      while (taken.has(row)) row++;
      taken.add(row);
      rows.set(node, row);
      placed.push({ node, x: margin + index * stepWidth, y: margin + row * rowHeight });
    }
  }
  return placed;
}

const fateWord: Readonly<Record<Fate, 'live' | 'ended' | 'dropped' | 'chosen'>> = {
  live: 'live',
  ended: 'ended',
  dropped: 'dropped',
  chosen: 'chosen',
};

/**
 * A search as a tree, from left to right; picked marks have the key of their node (see `TreeNode`).
 * @param keepsEnded as in `searchTree`
 */
export function beamTree(
  run: Pick<ComparisonRun, 'trace'>,
  keepsEnded: boolean,
  words: PictureWords = englishWords,
): Picture {
  const placed = placedNodes(searchTree(run, keepsEnded));
  const placeOf = new Map(placed.map((place) => [place.node, place]));
  const edges = placed.flatMap(({ node, x, y }): Mark[] => {
    const from = node.parent && placeOf.get(node.parent);
    if (!from) return [];
    const [start, middle] = [from.x + stepWidth - 14, x - 8];
    const d = `M${start},${from.y}C${middle},${from.y} ${start},${y} ${x - 2},${y}`;
    return [{ kind: 'path', role: node.fate, d }];
  });
  const nodes = placed.flatMap(({ node, x, y }): Mark[] => {
    const text = visibleText(node.text);
    const label = `${words.step} ${node.step + 1}: ${text}, ${words[fateWord[node.fate]]}, ${words.score} ${node.score.toFixed(3)}`;
    const box = { x, y: y - rowHeight / 2 + 2, width: stepWidth - 16, height: rowHeight - 4 };
    return [
      { kind: 'rect', role: node.fate, key: node.key, label, ...box },
      { kind: 'text', role: node.fate, x: x + 6, y: y + 4, text: shortened(text, textLength) },
    ];
  });
  const width = 2 * margin + stepWidth * placed.reduce((most, { node }) => Math.max(most, node.step + 1), 1);
  const height = 2 * margin + placed.reduce((most, { y }) => Math.max(most, y), margin);
  return {
    id: 'tree',
    title: keepsEnded ? words.rounds : words.tree,
    description: keepsEnded ? words.roundsText : words.treeText,
    width,
    height,
    marks: [...edges, ...nodes],
    table: {
      header: [words.step, words.text, words.fate, words.sum, words.score, words.parent],
      rows: placed.map(({ node }) => [
        String(node.step + 1),
        visibleText(node.text),
        words[fateWord[node.fate]],
        node.logProbabilitySum.toFixed(4),
        node.score.toFixed(4),
        node.parent ? visibleText(node.parent.text) : '',
      ]),
    },
  };
}
