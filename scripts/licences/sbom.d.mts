import type { Licence } from './package-licence.mjs';

interface Component {
  readonly type: string;
  readonly 'bom-ref': string;
  readonly name: string;
  readonly version: string;
  readonly licenses: readonly object[];
  readonly purl?: string;
  readonly hashes?: readonly { readonly alg: string; readonly content: string }[];
}
export interface Sbom {
  readonly bomFormat: 'CycloneDX';
  readonly specVersion: string;
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}
export function sbomOf(
  application: { readonly name: string; readonly version: string; readonly license: string },
  parts: readonly Licence[],
): Sbom;
