import type { Api } from '../../../src-main/contract/api.ts';
import type { RewritePassage } from '../../../src-main/contract/document.ts';
import type { RecordedRun } from '../../../src-main/contract/run.ts';
import type { LensSource } from '../runs/token-lens.svelte.ts';
import { ask } from '../shell/ask.ts';

/** The text of a rewrite's run, for a token lens. */
export function rewriteSource(
  api: Api,
  passage: RewritePassage,
  { id, owner, modelId, adapter, strategy, tokens }: RecordedRun,
): LensSource {
  if (owner.kind !== 'rewrite') throw new TypeError(`run ${id} is not of a rewrite`);
  const { rewriteId } = owner;
  const ids = tokens.map((token) => token.id);
  return {
    id,
    live: false,
    // Tokens after an answer prefix don't start at position 0.
    tokens: () => Promise.resolve(tokens.map((token, position) => ({ ...token, position }))),
    inspect: (part) =>
      ask(api, 'rewrite-inspect', {
        ...{ rewriteId, passage, modelId, adapter, strategy },
        ...{ tokens: ids, ...part },
      }),
  };
}
