export type Role = 'system' | 'user' | 'assistant';

export interface ChatMessage {
  readonly role: Role;
  readonly content: string;
}

/** When a prompt was asked. */
export interface AskedTime {
  /**
   * When it was asked, in milliseconds since 1970, UTC: the date of templates that write one, so that the prompt of a
   * stored answer stays the same. Default: when the model was loaded.
   */
  readonly askedAt?: number;
  /**
   * How many minutes local time was ahead of UTC then, so that the date stays the same in another time zone. Default:
   * as the machine's time zone has it.
   */
  readonly utcOffset?: number;
}

/** What a chat template is rendered with. */
export interface ChatPrompt extends AskedTime {
  readonly messages: readonly ChatMessage[];
}

/** When something that was made then was asked. */
export function askedWhen({
  createdAt,
  utcOffset,
}: {
  readonly createdAt: number;
  readonly utcOffset?: number;
}): AskedTime {
  return { askedAt: createdAt, ...(utcOffset !== undefined && { utcOffset }) };
}

/** The messages of a prompt: the system prompt unless it is blank, then `turns`. */
export function withSystemPrompt(
  systemPrompt: string,
  turns: readonly ChatMessage[],
): readonly ChatMessage[] {
  return systemPrompt.trim() === '' ? turns : [{ role: 'system', content: systemPrompt }, ...turns];
}
