import fs from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import { ForedraftError } from '../contract/error.ts';

/** A converted model on this machine, as its model.json names it. */
export interface InstalledModel {
  readonly id: string;
  readonly name: string;
  readonly directory: string;
}

export const defaultModelId = 'smollm2-135m-instruct';

const namesSchema = v.object({ id: v.string(), name: v.string() });

/**
 * Where models are looked for, first place first: `FOREDRAFT_MODELS` alone where it is set, else what came
 * with the packaged program and the models folder beside its source.
 */
export function modelRoots(
  environment: Readonly<Record<string, string | undefined>>,
  resources: string | undefined,
  application: string,
): readonly string[] {
  const chosen = environment['FOREDRAFT_MODELS'];
  if (chosen !== undefined && chosen !== '') return [path.resolve(chosen)];
  const beside = path.join(application, 'models');
  return resources === undefined ? [beside] : [path.join(resources, 'models'), beside];
}

/** The models in `roots`: each root that is a model's folder, and each folder in it that is one. */
export async function findModels(roots: readonly string[]): Promise<readonly InstalledModel[]> {
  const found: InstalledModel[] = [];
  for (const root of roots) {
    for (const directory of [root, ...(await foldersIn(root))]) {
      const model = await readModel(directory);
      if (model && !found.some((other) => other.id === model.id)) found.push(model);
    }
  }
  return found;
}

/**
 * The model to load: the default one where it is installed, else the first one; with all there are.
 * @throws ForedraftError `model-missing`, naming the places that were searched
 */
export async function chooseInstalledModel(
  roots: readonly string[],
): Promise<InstalledModel & { readonly installed: readonly InstalledModel[] }> {
  const models = await findModels(roots);
  const model = models.find((candidate) => candidate.id === defaultModelId) ?? models[0];
  if (model) return { ...model, installed: models };
  throw new ForedraftError(
    'model-missing',
    `No model is installed in ${roots.join(' or ')}: put a converted model's folder there, then press Restart engine.`,
    { roots: roots.join(path.delimiter) },
  );
}

async function foldersIn(root: string): Promise<string[]> {
  try {
    const entries = await fs.readdir(root, { withFileTypes: true });
    const folders = entries.filter((entry) => entry.isDirectory() || entry.isSymbolicLink());
    return folders.map((entry) => path.join(root, entry.name)).sort();
  } catch {
    return [];
  }
}

/** undefined where `directory` holds no readable model.json: a half-made folder is not a model. */
async function readModel(directory: string): Promise<InstalledModel | undefined> {
  try {
    const names = v.parse(
      namesSchema,
      JSON.parse(await fs.readFile(path.join(directory, 'model.json'), 'utf8')),
    );
    return { id: names.id, name: names.name, directory };
  } catch {
    return undefined;
  }
}
