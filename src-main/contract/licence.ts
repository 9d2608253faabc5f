/** A part of the program, or the program itself. */
export interface LicensedPart {
  readonly name: string;
  readonly version: string;
  /** Its SPDX expression. */
  readonly licence: string;
}
