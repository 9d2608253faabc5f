/** One step of the database's format, from `version - 1` to `version`. A step that was released never changes. */
export interface Migration {
  /** 1, 2, 3 ...; kept in the database as `user_version`. */
  readonly version: number;
  readonly sql: string;
}
