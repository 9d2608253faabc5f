import type { Api, ExportFormat } from '../../../src-main/contract/api.ts';
import type { Comparison } from '../../../src-main/contract/comparison.ts';
import { ask } from '../shell/ask.ts';
import type { Notices } from '../shell/notices.svelte.ts';

/** Comparisons as files. */
export class ComparisonFiles {
  /** Name of the file that was written last, until something else is shown. */
  written = $state.raw<string | null>(null);
  readonly #api: Api;
  readonly #notices: Notices;

  constructor(api: Api, notices: Notices) {
    this.#api = api;
    this.#notices = notices;
  }

  /** Writes a comparison where a person says. */
  async export(id: string, format: ExportFormat): Promise<void> {
    this.written = null;
    await this.#notices.guard(async () => {
      this.written = await ask(this.#api, 'comparison-export', { id, format });
    });
  }

  /** The comparison from a file that a person chooses; null where nobody does, or that failed. */
  async import(): Promise<Comparison | null> {
    let imported: Comparison | null = null;
    await this.#notices.guard(async () => {
      imported = await ask(this.#api, 'comparison-import', undefined);
    });
    return imported;
  }
}
