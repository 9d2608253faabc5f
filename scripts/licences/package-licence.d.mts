export interface Licence {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly text: string;
  readonly kind: 'package' | 'framework' | 'library' | 'model';
  readonly purl?: string;
  readonly hash?: { readonly algorithm: string; readonly content: string };
}
export function packageLicence(
  folder: string,
  integrities?: ReadonlyMap<string, string | undefined>,
): Licence;
