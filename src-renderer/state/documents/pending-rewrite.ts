import type { CustomAction, Rewrite, PendingRewrite } from '../../../src-main/contract/document.ts';
import { builtInActions, instructed } from './actions.ts';
import type { RewriteAsked } from './rewrite.svelte.ts';

/** Where the passage of a rewrite stands in `text`, with what stood before it; null where it isn't there any more. */
export function placeIn(
  text: string,
  { before, rewrite: { selection } }: PendingRewrite,
): { readonly from: number; readonly to: number } | null {
  const at = text.indexOf(before + selection);
  if (at === -1) return null;
  const from = at + before.length;
  return { from, to: from + selection.length };
}

/** What was asked for: the built-in action, or one of a person's `own`, that asks the same. */
export function askedFor({ instruction, mode }: Rewrite, own: readonly CustomAction[]): RewriteAsked {
  const builtIn = builtInActions.find((action) => action.instruction === instruction && action.mode === mode);
  if (builtIn !== undefined) return { action: builtIn, name: '' };
  const kept = own.find((action) => instructed(action).instruction === instruction);
  return { action: instructed({ instruction }), name: kept?.name ?? [...instruction].slice(0, 40).join('') };
}
