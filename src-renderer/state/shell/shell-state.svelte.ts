import type { Api } from '../../../src-main/contract/api.ts';
import type { ScreenId } from '../../../src-main/contract/screens.ts';
import { ask } from './ask.ts';
import { Engine } from './engine.svelte.ts';
import { Language } from './language.svelte.ts';
import { Licences } from './licences.svelte.ts';
import { Notices } from './notices.svelte.ts';
import { Preferences } from './preferences.svelte.ts';

/** What every screen shares: which one is shown, the engine, preferences, language and notices. */
export class ShellState {
  readonly notices = new Notices();
  readonly engine: Engine;
  readonly preferences: Preferences;
  readonly language: Language;
  readonly licences: Licences;
  screen = $state.raw<ScreenId>('write');
  readonly #api: Api;

  /** @param systemLanguage BCP 47 tag; used while the language setting is `system` */
  constructor(api: Api, systemLanguage = globalThis.navigator?.language ?? 'en') {
    this.#api = api;
    this.engine = new Engine(api, this.notices);
    this.licences = new Licences(api, this.notices);
    this.preferences = new Preferences(api, this.notices);
    this.language = new Language(() => this.preferences.value.language, systemLanguage);
  }

  /** Subscribes to main; the returned function unsubscribes. */
  listen(): () => void {
    return this.engine.listen();
  }

  async load(): Promise<void> {
    await Promise.all([
      this.notices.guard(() => this.preferences.load()),
      this.notices.guard(() => this.engine.load()),
    ]);
  }

  /** Writes `text` to the clipboard; returns whether that succeeded. */
  async copy(text: string): Promise<boolean> {
    return this.notices.guard(async () => {
      await ask(this.#api, 'clipboard-write', { text });
    });
  }
}
