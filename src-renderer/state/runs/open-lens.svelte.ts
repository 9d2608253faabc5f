import type { Api } from '../../../src-main/contract/api.ts';
import type { Message } from '../../../src-main/contract/conversation.ts';
import { ask } from '../shell/ask.ts';
import { type LensSource, TokenLens } from './token-lens.svelte.ts';

/** The answer shown through the token lens: one at a time. */
export class OpenLens {
  current = $state.raw<TokenLens | null>(null);
  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
  }

  /** The lens on an answer, if it is open. */
  on(messageId: string): TokenLens | undefined {
    return this.current?.id === messageId ? this.current : undefined;
  }

  open(message: Message): TokenLens {
    this.close();
    const lens = new TokenLens(answerSource(this.#api, message));
    lens.takesKeyboard = true;
    this.current = lens;
    void lens.load();
    return lens;
  }

  close(): void {
    this.current?.close();
    this.current = null;
  }

  toggle(message: Message): void {
    if (this.on(message.id) === undefined) this.open(message);
    else this.close();
  }
}

/** An answer for a lens. */
export function answerSource(
  api: Api,
  { id: messageId, conversationId, status }: Pick<Message, 'id' | 'conversationId' | 'status'>,
): LensSource {
  return {
    id: messageId,
    live: status === 'streaming',
    tokens: () => ask(api, 'answer-tokens', { conversationId, messageId }),
    inspect: (part) => ask(api, 'answer-inspect', { conversationId, messageId, ...part }),
  };
}
