import type { AskedTime } from '../contract/chat.ts';
import type { RewritePassage } from '../contract/document.ts';
import type { InspectedToken, InspectionRequest } from '../contract/inspection.ts';
import type { HostClient } from '../host/client.ts';
import type { EngineLock } from '../runs/engine-lock.ts';
import { inspectRun } from '../runs/inspect-run.ts';
import { rewritePrompt } from './rewrite-prompt.ts';

/** A rewritten text as the window has it, and the range of its tokens to inspect. */
export interface RewriteInspection extends Pick<
  InspectionRequest,
  'strategy' | 'tokens' | 'first' | 'count' | 'withPolicy'
> {
  readonly passage: RewritePassage;
  /** When the rewrite was created. */
  readonly time: AskedTime;
  /** The model that generated the text, and the adapter it ran with. */
  readonly modelId: string;
  readonly adapter: string | null;
}

/** Recomputes the distributions at tokens of a rewritten text. @throws ForedraftError as `inspectRun` */
export async function inspectRewrite(
  engine: Pick<HostClient, 'status' | 'call'>,
  lock: EngineLock,
  { passage, time, modelId, adapter, ...request }: RewriteInspection,
): Promise<readonly InspectedToken[]> {
  return inspectRun(engine, lock, { modelId, adapter }, { ...rewritePrompt(passage, time), ...request });
}
