import type { ComparisonRun } from '../../contract/comparison.ts';
import { isSearchStep } from '../../contract/generation.ts';

/** The outcome of a hypothesis, known once the next step is. */
export type Fate = 'live' | 'ended' | 'dropped' | 'chosen';

/** A hypothesis at one step of a search. */
export interface TreeNode {
  /** `step-place`: unique in the tree. */
  readonly key: string;
  readonly step: number;
  readonly parent: TreeNode | undefined;
  /** The text that its step added. */
  readonly text: string;
  readonly logProbabilitySum: number;
  readonly score: number;
  fate: Fate;
  /** Absent unless dropped. */
  drop?: Drop;
}

/**
 * Why a hypothesis was dropped. `outscored`: less likely than every one kept in its step; `passed-over`: more likely
 * than the least likely one kept, but the policy sampled others or keeps groups apart; `outgrown`: none of its
 * continuations was kept in the next step; `over`: the search ended.
 */
export interface Drop {
  readonly reason: 'outscored' | 'passed-over' | 'outgrown' | 'over';
  /** Summed log-probability of the least likely hypothesis kept; null if none was. */
  readonly least: number | null;
}

/** The nodes of a search step by step, from its events; those of the best result are `chosen`, once it is known. */
export function searchTree({ trace }: Pick<ComparisonRun, 'trace'>): readonly (readonly TreeNode[])[] {
  const steps: TreeNode[][] = [];
  let kept: readonly TreeNode[] = [];
  for (const event of trace) {
    if (!isSearchStep(event)) continue;
    const step = steps.length;
    const nodes = event.nodes.map((node, place): TreeNode => {
      const { text, logProbabilitySum, score, fate, parent } = node;
      return { key: `${step}-${place}`, step, parent: kept[parent], text, logProbabilitySum, score, fate };
    });
    const parents = new Set(nodes.map(({ parent }) => parent));
    const before = kept;
    const keepsEnded = event.type === 'candidate-round';
    kept = nodes.filter(({ fate }) => fate === 'live' || (keepsEnded && fate === 'ended'));
    const least =
      kept.length > 0 ? Math.min(...kept.map(({ logProbabilitySum }) => logProbabilitySum)) : null;
    // A live node without children in this step was dropped by it.
    for (const node of before) {
      if (node.fate !== 'live' || parents.has(node)) continue;
      node.fate = 'dropped';
      node.drop = { reason: least === null ? 'over' : 'outgrown', least };
    }
    for (const node of nodes) {
      if (node.fate !== 'dropped') continue;
      const outscored = least === null || node.logProbabilitySum < least;
      node.drop = { reason: outscored ? 'outscored' : 'passed-over', least };
    }
    steps.push(nodes);
  }
  markChosen(steps, trace);
  return steps;
}

function markChosen(steps: readonly (readonly TreeNode[])[], trace: ComparisonRun['trace']): void {
  const results = trace.flatMap((event) => (event.type === 'hypotheses' ? [event] : [])).at(-1);
  const best = results?.hypotheses[0];
  if (!best) return;
  const all = steps.flat();
  const sum = (node: TreeNode) => Math.abs(node.logProbabilitySum - best.logProbabilitySum);
  const matching = all.filter((node) => node.fate !== 'dropped' && sum(node) < 1e-9);
  const leaf = matching.filter((node) => textOf(node) === best.text).at(-1) ?? matching.at(-1);
  for (let node = leaf; node; node = node.parent) node.fate = 'chosen';
}

/** A hypothesis and those that it continues, from the first step on. */
export function pathTo(node: TreeNode): readonly TreeNode[] {
  const nodes: TreeNode[] = [];
  for (let at: TreeNode | undefined = node; at; at = at.parent) nodes.push(at);
  return nodes.reverse();
}

/** The whole text of a hypothesis. */
export function textOf(node: TreeNode): string {
  return pathTo(node)
    .map(({ text }) => text)
    .join('');
}
