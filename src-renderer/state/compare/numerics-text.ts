import type { Numerics } from '../../../src-main/report/numerics.ts';
import type { Language } from '../shell/language.svelte.ts';

/** What the texts of a comparison depend on besides its settings, as a sentence. */
export function numericsText(language: Language, numerics: Numerics): string {
  switch (numerics.kind) {
    case 'exact':
      return language.text('numerics-exact');
    case 'processor':
      return language.text('numerics-processor');
    case 'mixed': {
      const list = new Intl.ListFormat(language.locale, { type: 'conjunction' });
      const named = (columns: typeof numerics.exact) => list.format(columns.map(({ name }) => name));
      return language.text('numerics-mixed', {
        exact: named(numerics.exact),
        standard: named(numerics.standard),
      });
    }
  }
}
