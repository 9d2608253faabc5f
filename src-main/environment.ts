type Variables = Readonly<Record<string, string | undefined>>;

/** What the environment may choose; undefined where it doesn't. */
export interface Environment {
  /** FOREDRAFT_DATA: the data folder. */
  readonly dataFolder: string | undefined;
  /** FOREDRAFT_MODELS: the only folder that is searched for models. */
  readonly modelFolder: string | undefined;
  /** FOREDRAFT_SQLITE_BINDING: the native addon that better-sqlite3 loads. */
  readonly sqliteBinding: string | undefined;
}

/**
 * The only place where main reads environment variables of the project; an empty one counts as unset.
 * @param packaged Whoever sets the variables of a packaged app must not make it load a library: those that name code
 * are for the source tree, where set-up sets them.
 */
export function environmentOf(variables: Variables, packaged: boolean): Environment {
  const chosen = (name: `FOREDRAFT_${string}`) => variables[name] || undefined;
  return {
    dataFolder: chosen('FOREDRAFT_DATA'),
    modelFolder: chosen('FOREDRAFT_MODELS'),
    sqliteBinding: packaged ? undefined : chosen('FOREDRAFT_SQLITE_BINDING'),
  };
}
