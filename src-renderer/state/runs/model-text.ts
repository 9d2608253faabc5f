import type { Run } from '../../../src-main/contract/run.ts';
import type { Language } from '../shell/language.svelte.ts';

/** The model of a run, with the adapter that it ran with. */
export function modelText(
  language: Language,
  { modelId: model, adapter }: Pick<Run, 'modelId' | 'adapter'>,
): string {
  return adapter === null ? model : language.text('model-with-adapter', { model, adapter });
}
