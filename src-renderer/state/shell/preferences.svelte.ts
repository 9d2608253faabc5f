import type { Api } from '../../../src-main/contract/api.ts';
import { defaultSettings, type Settings } from '../../../src-main/contract/settings.ts';
import { ask } from './ask.ts';
import type { Notices } from './notices.svelte.ts';

/** The preferences. A change applies at once; main stores it. */
export class Preferences {
  value = $state.raw<Settings>(defaultSettings);
  readonly #api: Api;
  readonly #notices: Notices;
  #changed = false;

  constructor(api: Api, notices: Notices) {
    this.#api = api;
    this.#notices = notices;
  }

  async load(): Promise<void> {
    const settings = await ask(this.#api, 'settings-read', undefined);
    if (!this.#changed) this.value = settings;
  }

  async change(part: Partial<Settings>): Promise<void> {
    this.#changed = true;
    this.value = { ...this.value, ...part };
    const written = this.value;
    await this.#notices.guard(async () => {
      await ask(this.#api, 'settings-write', written);
    });
  }
}
