import type { Api } from '../../../src-main/contract/api.ts';
import type { Message } from '../../../src-main/contract/conversation.ts';
import { TokenLens } from './token-lens.svelte.ts';

/** Which answer is seen through the token lens: one at a time, wherever the page is scrolled to. */
export class OpenLens {
  current = $state.raw<TokenLens | null>(null);
  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
  }

  /** The lens on an answer, if it is open. */
  on(messageId: string): TokenLens | undefined {
    return this.current?.messageId === messageId ? this.current : undefined;
  }

  open(message: Message): TokenLens {
    this.close();
    const lens = new TokenLens(this.#api, message);
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
