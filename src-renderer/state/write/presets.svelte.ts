import type { Api } from '../../../src-main/contract/api.ts';
import type { CustomPreset, NewPreset } from '../../../src-main/contract/preset.ts';
import { ask } from '../shell/ask.ts';
import type { Notices } from '../shell/notices.svelte.ts';

/** Custom system prompts; the built-in ones are in `built-in-presets.ts`. */
export class Presets {
  custom = $state.raw<readonly CustomPreset[]>([]);
  /** The preset deleted last, while it can be restored. */
  deleted = $state.raw<CustomPreset | null>(null);
  readonly #api: Api;
  readonly #notices: Notices;

  constructor(api: Api, notices: Notices) {
    this.#api = api;
    this.#notices = notices;
  }

  async load(): Promise<void> {
    await this.#notices.guard(async () => {
      this.custom = await ask(this.#api, 'presets-list', undefined);
    });
  }

  /** Saves a preset, a new one if `id` is null; returns whether that succeeded. */
  async save(id: string | null, preset: NewPreset): Promise<boolean> {
    return this.#notices.guard(async () => {
      this.custom = await ask(this.#api, 'preset-save', { id, preset });
      this.deleted = null;
    });
  }

  async remove(preset: CustomPreset): Promise<void> {
    await this.#notices.guard(async () => {
      this.custom = await ask(this.#api, 'preset-delete', { id: preset.id });
      this.deleted = preset;
    });
  }

  async restoreDeleted(): Promise<void> {
    if (this.deleted === null) return;
    const { id, name, systemPrompt } = this.deleted;
    await this.save(id, { name, systemPrompt });
  }
}
