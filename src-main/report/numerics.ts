import type { Comparison, ComparisonColumn } from '../contract/comparison.ts';
import type { Kernels } from '../contract/model-card.ts';

/** Names of the instruction sets that the project's kernels are compiled for (native/platforms.ts). */
const instructionSets: Readonly<Record<string, string>> = {
  avx512: 'AVX-512 VNNI',
  'avx2-vnni': 'AVX2 VNNI',
  avx2: 'AVX2',
  'neon-dot': 'NEON dot product',
  neon: 'NEON',
  plain: 'plain C',
};

/** Whose kernels they are, with the instruction set of the project's: the same in every language. */
export function kernelsName(kernels: Kernels): string {
  if (kernels.kind === 'standard') return 'ONNX Runtime';
  return `Foredraft (${instructionSets[kernels.instructionSet] ?? kernels.instructionSet})`;
}

/** Whether the project's kernels computed a run, or compute the forwards of a model. Versions that didn't record the kernels had ONNX Runtime's only. */
export function isExact({ kernels }: { readonly kernels: Kernels | null }): boolean {
  return kernels?.kind === 'operators';
}

/**
 * What the texts of a comparison depend on besides its settings. `exact`: nothing, the project's kernels computed all
 * of them; `processor`: how the processor or the provider rounds, since ONNX Runtime's kernels computed them; `mixed`:
 * both kinds of kernels did, in these columns, whose texts may therefore differ.
 */
export type Numerics =
  | { readonly kind: 'exact' | 'processor' }
  | {
      readonly kind: 'mixed';
      readonly exact: readonly ComparisonColumn[];
      readonly standard: readonly ComparisonColumn[];
    };

/** null if nothing was computed yet. A column whose repeats had different kernels is in both lists. */
export function numericsOf({ columns, runs }: Pick<Comparison, 'columns' | 'runs'>): Numerics | null {
  const computed = runs.filter(({ tokens }) => tokens.length > 0);
  const columnsWhere = (exact: boolean) =>
    columns.filter(({ id }) => computed.some((run) => run.columnId === id && isExact(run) === exact));
  const [exact, standard] = [columnsWhere(true), columnsWhere(false)];
  if (exact.length > 0 && standard.length > 0) return { kind: 'mixed', exact, standard };
  if (exact.length > 0) return { kind: 'exact' };
  return standard.length > 0 ? { kind: 'processor' } : null;
}

/** `numericsOf` as an English sentence for exported files and the command line; '' if nothing was computed yet. */
export function numericsSentence(comparison: Pick<Comparison, 'columns' | 'runs'>): string {
  const numerics = numericsOf(comparison);
  switch (numerics?.kind) {
    case undefined:
      return '';
    case 'exact':
      return "Computed by Foredraft's kernels: every processor gives the same texts.";
    case 'processor':
      return "Computed by ONNX Runtime's kernels: another processor may round differently and give other texts.";
    case 'mixed': {
      const [exact, standard] = [numerics.exact, numerics.standard].map((columns) =>
        columns.map(({ name }) => name).join(', '),
      );
      return `Computed by different kernels, so texts may differ for that reason alone: ${exact} by Foredraft's; ${standard} by ONNX Runtime's.`;
    }
  }
}
