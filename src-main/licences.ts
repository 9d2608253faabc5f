import fs from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import { ForedraftError } from './contract/error.ts';
import type { LicensedPart } from './contract/licence.ts';

const partsSchema = v.pipe(
  v.array(v.object({ name: v.string(), version: v.string(), licence: v.string(), text: v.string() })),
  v.minLength(1),
);

/** The licences of the program and its parts, as the build wrote them (scripts/licences). */
export class Licences {
  readonly #file: string;

  constructor(folder: string) {
    this.#file = path.join(folder, 'licences.json');
  }

  /** The program first. @throws ForedraftError `file-failed` */
  async list(): Promise<readonly [program: LicensedPart, ...parts: LicensedPart[]]> {
    const [program, ...parts] = (await this.#read()).map(({ name, version, licence }) => ({
      name,
      version,
      licence,
    }));
    return [program!, ...parts];
  }

  /** @throws ForedraftError `not-found`, `file-failed` */
  async textOf(name: string, version: string): Promise<string> {
    const part = (await this.#read()).find((other) => other.name === name && other.version === version);
    if (part) return part.text;
    throw new ForedraftError('not-found', `There is no part ${name} ${version}: choose one of the list.`);
  }

  /** Read when asked for: half a megabyte that is seldom looked at. */
  async #read(): Promise<v.InferOutput<typeof partsSchema>> {
    try {
      return v.parse(partsSchema, JSON.parse(await fs.readFile(this.#file, 'utf8')));
    } catch (error) {
      const cause = error instanceof Error ? error.message : String(error);
      throw new ForedraftError(
        'file-failed',
        `The licences in ${this.#file} can't be read (${cause}): install Foredraft again.`,
        { file: this.#file },
      );
    }
  }
}
