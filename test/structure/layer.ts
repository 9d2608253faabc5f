/** A layer: its files and what they may import. The first layer that matches a file applies. */
export interface Layer {
  readonly name: string;
  readonly files: RegExp;
  /** Layers that may be imported. */
  readonly layers: readonly string[];
  /** Packages and Node modules that may be imported. */
  readonly packages: RegExp;
}

/** Matches no package. */
export const nothing = /^$/;
