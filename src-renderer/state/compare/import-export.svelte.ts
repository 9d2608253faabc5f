import type { Api } from '../../../src-main/contract/api.ts';
import type { Comparison, ExportFormat } from '../../../src-main/contract/comparison.ts';
import { ask } from '../shell/ask.ts';
import type { Notices } from '../shell/notices.svelte.ts';

/** Import and export of comparisons as files. */
export class ImportExport {
  /** Name of the file exported last; null once another comparison is shown. */
  exported = $state.raw<string | null>(null);
  readonly #api: Api;
  readonly #notices: Notices;

  constructor(api: Api, notices: Notices) {
    this.#api = api;
    this.#notices = notices;
  }

  /** Exports the comparison `id` to a file chosen in a dialog. */
  async export(id: string, format: ExportFormat): Promise<void> {
    this.exported = null;
    await this.#notices.guard(async () => {
      this.exported = await ask(this.#api, 'comparison-export', { id, format });
    });
  }

  /** Imports a comparison from a file chosen in a dialog; null if the dialog was cancelled or the import failed. */
  async import(): Promise<Comparison | null> {
    let imported: Comparison | null = null;
    await this.#notices.guard(async () => {
      imported = await ask(this.#api, 'comparison-import', undefined);
    });
    return imported;
  }
}
