import path from 'node:path';
import { ForedraftError } from '../contract/error.ts';
import type { Kernels, ModelCard, WidthRule } from '../contract/model-card.ts';
import type { LanguageModel, RowAgreement, SequenceWithHiddenStates, TokenId } from '../engine/model.ts';
import type { Vocabulary } from '../engine/vocabulary.ts';
import { chooseKernels } from './kernels.ts';
import { type ModelManifest, parametersOf } from './manifest.ts';
import { requireMemory } from './memory.ts';
import { loadGraph } from './model-graph.ts';
import { requireProvider } from './providers.ts';
import { readManifest } from './read-manifest.ts';
import { SessionSequence } from './session-sequence.ts';
import type { Tokenizer } from './tokenizer.ts';
import { loadTokenizer, vocabularyOf } from './tokenizer.ts';
import { measureTreeDifference } from './tree-probe.ts';
import { requireNumbers } from './valid-logits.ts';
import type { VerificationRecord } from './verification-record.ts';
import { verifyAgain, verifyFiles } from './verify-files.ts';
import { probeWidths } from './width-probe.ts';

/** A graph in memory with its tokenizer and the results of probing it. */
export interface OpenModel {
  readonly card: ModelCard;
  readonly manifest: ModelManifest;
  readonly tokenizer: Tokenizer;
  readonly vocabulary: Vocabulary;
  readonly model: LanguageModel;
  /** Checks all files again, as `verifyAgain`. */
  verify(pause: () => Promise<void>): Promise<void>;
  /** Frees the graph; its sequences must be closed. */
  release(): void;
}

/**
 * Opens the model in `directory`, with the kernels that `chooseKernels` finds for it, once its files are verified.
 * @throws ForedraftError `model-missing`, `model-file-invalid`, `model-load-failed`, `provider-unavailable`,
 * `settings-invalid`
 */
export async function openModel(
  directory: string,
  providerName: string,
  record: VerificationRecord,
): Promise<OpenModel> {
  const provider = requireProvider(providerName);
  const manifest = readManifest(directory);
  await verifyFiles(directory, manifest, record);
  const tokenizer = loadTokenizer(path.join(directory, 'tokenizer.json'));
  if (tokenizer.vocabularySize > manifest.vocabularySize) {
    throw new ForedraftError(
      'model-file-invalid',
      `${directory} has a tokenizer of ${tokenizer.vocabularySize} tokens for a model of ${manifest.vocabularySize}: convert the model again.`,
      { directory },
    );
  }
  const kernels = chooseKernels(manifest, provider);
  requireMemory(directory, manifest.name);
  const graph = await loadGraph(directory, manifest, kernels);
  const open = (rule: WidthRule) => new SessionSequence(graph, manifest, rule);
  try {
    const widthRule = await widthRuleOf(kernels, open, manifest.vocabularySize);
    const { id, name, architecture, contextLength, vocabularySize } = manifest;
    const precision = precisionOf(manifest, kernels);
    const parameters = parametersOf(manifest);
    const facts = { id, name, architecture, precision, contextLength, vocabularySize, parameters };
    const rowAgreement = agreementOf(widthRule);
    const treeDifference =
      rowAgreement === 'any' ? 0 : await treeDifferenceOf(open, widthRule, vocabularySize);
    const card: ModelCard = { ...facts, provider, kernels, widthRule, treeDifference };
    const model: LanguageModel = {
      vocabularySize,
      contextLength,
      endTokens: new Set(manifest.endTokens as TokenId[]),
      rowAgreement,
      open: () => new SessionSequence(graph, manifest, widthRule, (rows) => requireNumbers(rows, card)),
    };
    const vocabulary = vocabularyOf(tokenizer);
    return {
      ...{ card, manifest, tokenizer, vocabulary, model },
      verify: (pause) => verifyAgain(directory, manifest, record, pause),
      release: () => graph.session.release(),
    };
  } catch (error) {
    graph.session.release();
    throw loadError(directory, error);
  }
}

/** What the graph in use holds the weights as; in the operators' graph several, here the most frequent first. */
function precisionOf({ precision, operators }: ModelManifest, kernels: Kernels): string {
  if (operators === null || kernels.kind === 'standard') return precision;
  const byCount = Object.entries(operators.weights).sort(([, one], [, other]) => other - one);
  return byCount.map(([type]) => type).join(', ');
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
