import type { RewritePassage } from '../contract/document.ts';
import type { PrefillRequest } from '../contract/generation.ts';

/**
 * What the model reads of a rewrite. An instruction stands before the text, in the same message: small models
 * obey it there, and comment on the text where it is a system prompt. What is continued is the begun answer itself.
 */
export function rewritePrompt(passage: RewritePassage): PrefillRequest {
  const { instruction, mode, selection, before } = passage;
  if (mode === 'replace') return asked(`${instruction}\n\n${selection.trim()}`);
  const text = `${before}${selection}`.trimEnd();
  return { ...asked(instruction === '' ? 'Write a text.' : instruction), answerPrefix: { text } };
}

/** What the answer is likely to repeat, most likely last. */
export function referencesOf({ selection, before, after }: RewritePassage): readonly string[] {
  return [`${before}${selection}${after}`, selection].filter((text) => text.trim() !== '');
}

function asked(content: string): PrefillRequest {
  return { prompt: { messages: [{ role: 'user', content }] } };
}
