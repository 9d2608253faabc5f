import { ForedraftError } from '../contract/error.ts';
import type { Kernels, WidthRule } from '../contract/model-card.ts';
import type { LanguageModel, RowAgreement, SequenceWithHiddenStates, TokenId } from '../engine/model.ts';
import type { ModelManifest } from './manifest.ts';
import { type GraphSet, loadGraph } from './model-graph.ts';
import { SessionSequence } from './session-sequence.ts';
import { measureTreeDifference } from './tree-probe.ts';
import { requireNumbers } from './valid-logits.ts';
import { probeWidths } from './width-probe.ts';

/** A model's folder, and what computes its graphs. */
export interface GraphPlace {
  readonly directory: string;
  readonly manifest: ModelManifest;
  readonly kernels: Kernels;
}

/** A graph in memory, with the widths that it was probed for. */
export interface OpenGraph {
  readonly model: LanguageModel;
  readonly widthRule: WidthRule;
  /** Measures `ModelCard.treeDifference`. */
  treeDifference(): Promise<number>;
  /** Frees the graph; its sequences must be closed. */
  release(): void;
}

/**
 * Opens the graph of a set that the kernels run. The set with the adapter is probed for itself.
 * @throws ForedraftError `model-load-failed`
 */
export async function openGraph(place: GraphPlace, set: GraphSet): Promise<OpenGraph> {
  const { directory, manifest, kernels } = place;
  const graph = await loadGraph(directory, manifest, kernels, set);
  const open = (rule: WidthRule) => new SessionSequence(graph, manifest, rule);
  try {
    const { contextLength, vocabularySize } = manifest;
    const widthRule = await widthRuleOf(kernels, open, vocabularySize);
    const rowAgreement = agreementOf(widthRule);
    const model: LanguageModel = {
      vocabularySize,
      contextLength,
      endTokens: new Set(manifest.endTokens as TokenId[]),
      rowAgreement,
      open: () => new SessionSequence(graph, manifest, widthRule, (rows) => requireNumbers(rows, manifest)),
    };
    return {
      model,
      widthRule,
      treeDifference: async () =>
        rowAgreement === 'any' ? 0 : treeDifferenceOf(open, widthRule, vocabularySize),
      release: () => graph.session.release(),
    };
  } catch (error) {
    graph.session.release();
    throw loadError(directory, error);
  }
}

/** How far outputs depend on batching; in every case, some forward is run. */
async function widthRuleOf(
  kernels: Kernels,
  open: (rule: WidthRule) => SequenceWithHiddenStates,
  vocabularySize: number,
): Promise<WidthRule> {
  if (kernels.kind === 'standard') return probeWidths(open, vocabularySize);
  const rule = { kind: 'exact' } as const;
  const sequence = open(rule);
  try {
    await sequence.forward([0 as TokenId]);
    return rule;
  } finally {
    sequence.close();
  }
}

function agreementOf({ kind }: WidthRule): RowAgreement {
  if (kind === 'exact') return 'any';
  return kind === 'rounding' ? 'split' : 'linear';
}

async function treeDifferenceOf(
  open: (rule: WidthRule) => SequenceWithHiddenStates,
  rule: WidthRule,
  vocabularySize: number,
): Promise<number> {
  const sequence = open(rule);
  try {
    return await measureTreeDifference(sequence, vocabularySize);
  } finally {
    sequence.close();
  }
}

/** What fails while a graph is opened and probed, such as a buffer too large, doesn't match the manifest. */
export function loadError(directory: string, error: unknown): ForedraftError {
  if (error instanceof ForedraftError && error.code !== 'runtime-failed') return error;
  const cause = error instanceof Error ? error.message : String(error);
  return new ForedraftError(
    'model-load-failed',
    `${directory} has a graph that doesn't fit its model.json (${cause}): convert the model again.`,
    { directory },
  );
}
