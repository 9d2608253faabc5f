import type { AskedTime } from '../contract/chat.ts';
import type { RewritePassage } from '../contract/document.ts';
import type { PrefillRequest } from '../contract/generation.ts';

/**
 * The prompt of a rewrite. The instruction precedes the text in one message: small models follow it there, and comment
 * on the text if it is a system prompt. A text to continue is the answer's prefix.
 * @param time when it was asked
 */
export function rewritePrompt(passage: RewritePassage, time: AskedTime): PrefillRequest {
  const { instruction, mode, selection, before } = passage;
  if (mode === 'replace') return asked(`${instruction}\n\n${selection.trim()}`, time);
  const text = `${before}${selection}`.trimEnd();
  return { ...asked(instruction === '' ? 'Write a text.' : instruction, time), answerPrefix: { text } };
}

/** Texts that the answer is likely to repeat, the most likely last. */
export function referencesOf({ selection, before, after }: RewritePassage): readonly string[] {
  return [`${before}${selection}${after}`, selection].filter((text) => text.trim() !== '');
}

function asked(content: string, time: AskedTime): PrefillRequest {
  return { prompt: { messages: [{ role: 'user', content }], ...time } };
}
