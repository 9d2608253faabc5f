import type { ModelCard } from '../../../src-main/contract/model-card.ts';
import type { Run } from '../../../src-main/contract/run.ts';
import type { Language } from '../shell/language.svelte.ts';

/**
 * The model of a run, with the adapter that it ran with.
 * @param loaded the loaded model, whose name stands for its id; default none
 */
export function modelText(
  language: Language,
  { modelId, adapter }: Pick<Run, 'modelId' | 'adapter'>,
  loaded: Pick<ModelCard, 'id' | 'name'> | null = null,
): string {
  const model = loaded?.id === modelId ? loaded.name : modelId;
  return adapter === null ? model : language.text('model-with-adapter', { model, adapter });
}
