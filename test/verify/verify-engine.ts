import type { Sequence } from '../../src-main/engine/model.ts';
import { StaleCacheSequence } from '../fakes/stale-cache-sequence.ts';
import { loadDefaultGraph, loadDefaultModel } from '../runtime/default-model.ts';
import type { VerifyEngine } from './comparisons.ts';
import { shortSighted } from './short-sighted-model.ts';
import type { VerifyOptions } from './verify-options.ts';

/** What is verified. */
export interface VerifiedModel {
  readonly control?: VerifyOptions['control'] | undefined;
  readonly adapter: boolean;
}

/** The default model; with `control` one of its rules is broken, so that texts must differ. */
export async function openVerifyEngine({
  control,
  adapter,
}: VerifiedModel): Promise<VerifyEngine & { close(): void }> {
  const loaded = await loadDefaultModel();
  const model = adapter ? await loaded.withAdapter() : loaded.model;
  const graph = control === 'no-width-rule' ? await loadDefaultGraph('standard') : undefined;
  const open = (): Sequence => graph?.open({ kind: 'exact' }) ?? model.open();
  const engine = {
    model,
    plain: open(),
    speculative: control === 'late-rollback' ? new StaleCacheSequence(open()) : open(),
    draft: shortSighted(model).open(),
  };
  return {
    ...engine,
    promptTokens: (user) => loaded.promptTokens({ messages: [{ role: 'user', content: user }] }),
    close: () => {
      for (const sequence of [engine.plain, engine.speculative, engine.draft]) sequence.close();
      graph?.release();
      loaded.close();
    },
  };
}
