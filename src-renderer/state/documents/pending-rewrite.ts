import type { CustomAction, PendingRewrite, Rewrite } from '../../../src-main/contract/document.ts';
import { builtInActions, instructed } from './actions.ts';
import type { RewriteRequest } from './document-rewrite.svelte.ts';
import { firstCharacters } from '../../../src-main/contract/graphemes.ts';

/** Where the passage of a rewrite is in `text`, found by the text before it; null if it is gone. */
export function placeIn(
  text: string,
  { before, rewrite: { selection } }: PendingRewrite,
): { readonly from: number; readonly to: number } | null {
  const at = text.indexOf(before + selection);
  if (at === -1) return null;
  const from = at + before.length;
  return { from, to: from + selection.length };
}

/** The request that led to a rewrite: a built-in action, or the custom one with the same instruction. */
export function requestOf(
  { instruction, mode }: Rewrite,
  customActions: readonly CustomAction[],
): RewriteRequest {
  const builtIn = builtInActions.find((action) => action.instruction === instruction && action.mode === mode);
  if (builtIn !== undefined) return { action: builtIn, name: '' };
  const custom = customActions.find((action) => instructed(action).instruction === instruction);
  return {
    action: instructed({ instruction, strategy: custom?.strategy ?? null }),
    name: custom?.name ?? firstCharacters(instruction, 40),
  };
}
