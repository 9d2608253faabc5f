import type { ComparisonRun } from '../../contract/comparison.ts';

/** How a hypothesis of a search came out, as is known once the next step has been told. */
export type Fate = 'live' | 'ended' | 'dropped' | 'chosen';

/** A hypothesis at one step, and where it comes from. */
export interface TreeNode {
  /** Of its step and its place in it. */
  readonly key: string;
  readonly step: number;
  readonly parent: TreeNode | undefined;
  /** What its step added. */
  readonly text: string;
  readonly logProbabilitySum: number;
  readonly score: number;
  fate: Fate;
  /** Why it was dropped; absent where it wasn't. */
  drop?: Drop;
}

/**
 * Why a hypothesis was dropped. `outscored`: it was less likely than the least likely one that was kept in its
 * step; `passed-over`: likelier than that, but the policy drew others or keeps them apart; `outgrown`: none of
 * its continuations was kept in the step behind; `over`: the search ended.
 */
export interface Drop {
  readonly reason: 'outscored' | 'passed-over' | 'outgrown' | 'over';
  /** Summed log-probability of the least likely one that was kept; null where none was. */
  readonly least: number | null;
}

/**
 * The nodes of a search step by step, from its events; `chosen` are those of the best result, once that is known.
 * @param keepsEnded whether what has ended goes on to be counted, as in a candidate set
 */
export function searchTree(
  { trace }: Pick<ComparisonRun, 'trace'>,
  keepsEnded: boolean,
): readonly (readonly TreeNode[])[] {
  const steps: TreeNode[][] = [];
  let kept: readonly TreeNode[] = [];
  for (const event of trace) {
    if (event.type !== 'beams') continue;
    const step = steps.length;
    const nodes = event.nodes.map((node, place): TreeNode => {
      const { text, logProbabilitySum, score, fate, parent } = node;
      return { key: `${step}-${place}`, step, parent: kept[parent], text, logProbabilitySum, score, fate };
    });
    const parents = new Set(nodes.map(({ parent }) => parent));
    const before = kept;
    kept = nodes.filter(({ fate }) => fate === 'live' || (keepsEnded && fate === 'ended'));
    const least =
      kept.length > 0 ? Math.min(...kept.map(({ logProbabilitySum }) => logProbabilitySum)) : null;
    // Whoever has no child in the step that followed was dropped by it.
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

/** The whole text of a hypothesis. */
export function textOf(node: TreeNode): string {
  const texts: string[] = [];
  for (let at: TreeNode | undefined = node; at; at = at.parent) texts.push(at.text);
  return texts.reverse().join('');
}
