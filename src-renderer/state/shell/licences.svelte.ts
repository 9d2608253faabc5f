import { SvelteMap } from 'svelte/reactivity';
import type { Api } from '../../../src-main/contract/api.ts';
import type { LicensedPart } from '../../../src-main/contract/licence.ts';
import { ask } from './ask.ts';
import type { Notices } from './notices.svelte.ts';

/** The licences of the program and its parts; texts are read when they are opened. */
export class Licences {
  program = $state.raw<LicensedPart | null>(null);
  parts = $state.raw<readonly LicensedPart[]>([]);
  /** Texts that were opened, by part. */
  readonly #texts = new SvelteMap<LicensedPart, string>();
  readonly #api: Api;
  readonly #notices: Notices;

  constructor(api: Api, notices: Notices) {
    this.#api = api;
    this.#notices = notices;
  }

  /** Undefined until `open` has read it. */
  textOf(part: LicensedPart): string | undefined {
    return this.#texts.get(part);
  }

  async load(): Promise<void> {
    if (this.program !== null) return;
    await this.#notices.guard(async () => {
      [this.program, ...this.parts] = await ask(this.#api, 'licences', undefined);
    });
  }

  async open(part: LicensedPart): Promise<void> {
    if (this.#texts.has(part)) return;
    await this.#notices.guard(async () => {
      const { name, version } = part;
      const text = await ask(this.#api, 'licence-text', { name, version });
      this.#texts.set(part, text);
    });
  }
}
