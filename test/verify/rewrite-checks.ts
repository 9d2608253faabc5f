import type { EndReason, GenerationEvent } from '../../src-main/contract/generation.ts';
import type { RewriteDoubt } from '../../src-main/contract/rewrite/assessment.ts';
import { adapterFor, lengthBoundOf } from '../../src-main/contract/rewrite/purpose.ts';
import { parseStrategy, type Strategy } from '../../src-main/contract/strategy.ts';
import { loopAtEnd } from '../../src-main/contract/text-loop.ts';
import { referencesOf, rewritePrompt } from '../../src-main/documents/rewrite-prompt.ts';
import type { LoadedModel } from '../../src-main/runtime/load.ts';
import type { RewriteAction } from '../../src-renderer/state/documents/actions.ts';
import { assessmentOf, bareTextOf } from '../../src-renderer/state/documents/rewritten-text.ts';

export interface Rewritten {
  readonly action: string;
  readonly passage: string;
  readonly answer: string;
  /** What the document is offered. */
  readonly text: string;
  readonly removed: readonly string[];
  readonly outcome: 'fine' | 'suspicious' | 'harmful' | 'unchanged' | 'empty';
  readonly doubts: readonly RewriteDoubt[];
  readonly endReason: EndReason;
  readonly tokens: number;
  readonly bound: number;
  readonly ms: number;
  /** The tokens of the answer. */
  readonly events: readonly TokenEvent[];
}

export type TokenEvent = Extract<GenerationEvent, { type: 'token' }>;

export interface RewriteConditions {
  /** Default greedy, sped up by what pays. */
  readonly strategy?: Strategy;
  /** Whether the model runs with its adapter where the document does; default yes. */
  readonly withAdapter?: boolean;
}

const maxTokens = 1024;

/** Rewrites `passage` as the document does. */
export async function rewritten(
  model: LoadedModel,
  action: RewriteAction & { readonly id: string },
  passage: string,
  { strategy = parseStrategy({ kind: 'auto' }), withAdapter = true }: RewriteConditions = {},
): Promise<Rewritten> {
  const { mode, purpose, instruction } = action;
  const request = { instruction, mode, purpose, selection: passage, before: '', after: '' };
  const lengthBound = lengthBoundOf(purpose, passage);
  const events: TokenEvent[] = [];
  let endReason: EndReason = 'stopped';
  let tokens = 0;
  let ms = 0;
  for await (const event of model.generate(
    {
      ...rewritePrompt(request, { askedAt: 0, utcOffset: 0 }),
      ...{ references: referencesOf(request), lengthBound, stopAtLoops: true, maxTokens },
      ...{ strategy, stopTexts: [], alternatives: 0 },
      ...(withAdapter && adapterFor(purpose, model.card) !== null && { adapter: true }),
    },
    new AbortController().signal,
  )) {
    if (event.type === 'token') events.push(event);
    if (event.type !== 'end') continue;
    endReason = event.reason;
    tokens = event.statistics.outputTokens;
    ms = Math.round(event.statistics.totalMs);
  }
  const answer = events.map((event) => event.text).join('');
  const offered = {
    runId: '',
    rewriteId: '',
    text: answer,
    status: 'done',
    endReason,
    statistics: null,
  } as const;
  const { text, removed } = bareTextOf(request, offered);
  const { quality, doubts } = assessmentOf(request, offered);
  const { ratio, extra } = lengthBound;
  const bound = Math.min(
    maxTokens,
    Math.ceil(model.tokenizer.encodeText(lengthBound.text).length * ratio) + extra,
  );
  const same = text.trim() === passage.trim();
  const outcome = text.trim() === '' ? 'empty' : same && quality !== 'harmful' ? 'unchanged' : quality;
  return {
    ...{ action: action.id, passage, answer, text, removed, outcome, doubts },
    ...{ endReason, tokens, bound, ms, events },
  };
}

/** Written without regard to the rule that removes remarks. */
const remarks =
  /^(?:sure|certainly|of course|here (?:is|are)|here['’]s|i['’]m sorry|i apologi|corrected|revised version|rewritten)\b|\bi hope this helps\b|\b(?:i|we) (?:have )?(?:changed|corrected|replaced) (?:the|["“'])|\b(?:the|this) (?:original|corrected|revised|rewritten) (?:text|version|sentence)\b|\bas an ai\b|^(?:好的|当然|以下是)|希望对您有帮助|修改后的文本/imu;

/** What is wrong with what the document would be offered without a warning. */
export function faultsOf({
  action,
  passage,
  text,
  outcome,
  tokens,
  bound,
  endReason,
}: Rewritten): readonly string[] {
  const faults: string[] = [];
  if (tokens > bound) faults.push(`${tokens} tokens, more than the bound of ${bound}`);
  if (outcome === 'harmful') return faults;
  // A continuation follows the passage, and may say anything.
  const remark = action === 'continue' ? null : remarks.exec(text);
  if (remark !== null && !remarks.test(passage)) faults.push(`a remark is left: ${remark[0]}`);
  const loops = loopAtEnd(text, passage) !== null || (endReason === 'loop' && action !== 'continue');
  if (loops) faults.push('it ends in a loop');
  const lines = text.split('\n').filter((line) => line.trim().length > 10);
  const most = Math.max(0, ...lines.map((line) => lines.filter((other) => other === line).length));
  if (most > 2 && !passage.includes('\n')) faults.push(`a line is repeated ${most} times`);
  return faults;
}
