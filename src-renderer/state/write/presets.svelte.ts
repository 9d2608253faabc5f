import type { Api } from '../../../src-main/contract/api.ts';
import type { NewPreset, CustomPreset } from '../../../src-main/contract/composer.ts';
import { ask } from '../shell/ask.ts';
import type { Notices } from '../shell/notices.svelte.ts';

/** A person's own system prompts; those that come with the program are in `built-in-presets.ts`. */
export class Presets {
  own = $state.raw<readonly CustomPreset[]>([]);
  /** The one that was deleted last, as long as it can be brought back. */
  deleted = $state.raw<CustomPreset | null>(null);
  readonly #api: Api;
  readonly #notices: Notices;

  constructor(api: Api, notices: Notices) {
    this.#api = api;
    this.#notices = notices;
  }

  async load(): Promise<void> {
    await this.#notices.guard(async () => {
      this.own = await ask(this.#api, 'presets-list', undefined);
    });
  }

  /** Keeps a preset, a new one where `id` is null. Tells whether it is kept. */
  async keep(id: string | null, preset: NewPreset): Promise<boolean> {
    return this.#notices.guard(async () => {
      this.own = await ask(this.#api, 'preset-save', { id, preset });
      this.deleted = null;
    });
  }

  async remove(preset: CustomPreset): Promise<void> {
    await this.#notices.guard(async () => {
      this.own = await ask(this.#api, 'preset-delete', { id: preset.id });
      this.deleted = preset;
    });
  }

  /** Brings back what was deleted last. */
  async restore(): Promise<void> {
    if (this.deleted === null) return;
    const { id, name, systemPrompt } = this.deleted;
    await this.keep(id, { name, systemPrompt });
  }
}
