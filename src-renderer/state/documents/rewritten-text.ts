import type { NewRewrite, RewriteMode } from '../../../src-main/contract/document.ts';
import { guardedText } from '../../../src-main/contract/rewrite/guard.ts';
import { assessRewrite, type RewriteAssessment } from '../../../src-main/contract/rewrite/assessment.ts';
import { type BareText, bareText, mayBeOpening } from '../../../src-main/contract/rewrite/remarks.ts';
import { loopAtEnd } from '../../../src-main/contract/text-loop.ts';
import type { OfferedText } from './rewrite-texts.svelte.ts';

/**
 * The replacement of `selection` in a model's answer: without the remarks that models put around a text, and with the
 * blanks around the selection.
 * @param growing whether more of the answer is to come: what may become a preamble is held back
 * @param instruction as in `bareText`
 */
export function rewrittenText(
  selection: string,
  answer: string,
  mode: RewriteMode,
  growing = false,
  instruction = '',
): BareText {
  if (mode === 'continue') return continued(selection, answer.trimEnd());
  if (growing && !mayBeOpening(selection) && mayBeOpening(answer)) return { text: '', removed: [] };
  const { text, removed } = bareText(selection, answer, instruction);
  const [before] = /^\s*/u.exec(selection) ?? [''];
  const [after] = /\s*$/u.exec(selection.slice(before.length)) ?? [''];
  return { text: text === '' ? '' : before + text + after, removed };
}

function continued(selection: string, answer: string): BareText {
  const loop = loopAtEnd(answer, selection);
  if (loop === null) return { text: selection + answer, removed: [] };
  const text = selection + answer.slice(0, loop.second).trimEnd();
  return { text, removed: [answer.slice(loop.second).trim()] };
}

/** What `offered` says in place of its passage; '' for none. */
export function bareTextOf(
  { selection, mode, instruction }: Pick<NewRewrite, 'selection' | 'mode' | 'instruction'>,
  offered: OfferedText | undefined,
  growing = offered?.status === 'streaming',
): BareText {
  return offered
    ? rewrittenText(selection, offered.text, mode, growing, instruction)
    : { text: '', removed: [] };
}

/** What may be wrong with `offered`. A text that was stopped or failed is for the user alone to judge. */
export function assessmentOf(
  passage: Pick<NewRewrite, 'selection' | 'mode' | 'purpose' | 'instruction'>,
  offered: OfferedText | undefined,
): RewriteAssessment {
  const { selection, mode, purpose } = passage;
  if (offered?.status !== 'done') return { quality: 'fine', doubts: [] };
  const { text } = bareTextOf(passage, offered);
  if (text.trim() === '') return { quality: 'fine', doubts: [] };
  const written = mode === 'continue' ? text.slice(selection.length) : text;
  // Where the bound cut off a remark, the text itself is complete.
  const complete = offered.endReason === 'length' && !offered.text.trimEnd().endsWith(text.trim().slice(-20));
  const endReason = complete ? 'end-token' : offered.endReason;
  const assess = (of: string) => assessRewrite({ purpose, passage: selection, text: of, endReason });
  const assessment = assess(written);
  // Lost and invented facts of a correction are taken back one by one.
  const onlyFacts = assessment.doubts.every((doubt) => /^(?:names|numbers)-/u.test(doubt));
  if (purpose !== 'correct' || !onlyFacts || assessment.quality !== 'harmful') return assessment;
  return assess(guardedText(selection, written, [], purpose).text);
}
