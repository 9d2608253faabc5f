export type Role = 'system' | 'user' | 'assistant';

export interface ChatMessage {
  readonly role: Role;
  readonly content: string;
}

/** What a chat template is rendered with. */
export interface ChatPrompt {
  readonly messages: readonly ChatMessage[];
  /**
   * When it was asked, in milliseconds since 1970, UTC: the date of templates that write one, so that the prompt of a
   * stored answer stays the same. Default: when the model was loaded.
   */
  readonly askedAt?: number;
}
