/** One change of the schema, from `version - 1` to `version`. */
export interface Migration {
  /** 1, 2, 3 ...; stored in the database as `user_version`. */
  readonly version: number;
  readonly sql: string;
}
