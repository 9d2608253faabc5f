import fs from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import { ForedraftError } from '../contract/error.ts';
import { readText } from '../contract/text-file.ts';

/** A converted model on this machine, with the id and name from its model.json. */
export interface InstalledModel {
  readonly id: string;
  readonly name: string;
  readonly directory: string;
}

export const defaultModelId = 'smollm2-135m-instruct';

const manifestSchema = v.object({
  id: v.string(),
  name: v.string(),
  files: v.optional(v.record(v.string(), v.string()), {}),
});
type Manifest = v.InferOutput<typeof manifestSchema>;

/**
 * Folders searched for models, in order: only `chosen` if it is given, otherwise the packaged models (if
 * any) and the models folder of the source tree.
 */
export function modelRoots(
  chosen: string | undefined,
  resources: string | undefined,
  application: string,
): readonly string[] {
  if (chosen !== undefined) return [path.resolve(chosen)];
  const development = path.join(application, 'models');
  return resources === undefined ? [development] : [path.join(resources, 'models'), development];
}

/**
 * The models in `roots`; a root may be a model folder itself. Of models with one id, the first counts, and a warning
 * names the others unless their files are the same.
 */
export async function findModels(roots: readonly string[]): Promise<readonly InstalledModel[]> {
  const found = new Map<string, { readonly manifest: Manifest; readonly directory: string }>();
  for (const root of roots) {
    for (const directory of [root, ...(await foldersIn(root))]) {
      const manifest = await readManifest(directory);
      if (manifest === undefined) continue;
      const first = found.get(manifest.id);
      if (first === undefined) found.set(manifest.id, { manifest, directory });
      else if (!sameFiles(first.manifest, manifest)) {
        process.emitWarning(
          `${first.directory} and ${directory} hold different models with the id ${manifest.id}, and only the first is used: convert one of them again with another --id.`,
        );
      }
    }
  }
  return [...found.values()].map(({ manifest: { id, name }, directory }) => ({ id, name, directory }));
}

/**
 * The model to load, with all installed models: the default one if it is installed, otherwise the first.
 * @throws ForedraftError `model-missing`, naming the folders searched
 */
export async function chooseInstalledModel(
  roots: readonly string[],
): Promise<InstalledModel & { readonly installed: readonly InstalledModel[] }> {
  const models = await findModels(roots);
  const model = models.find((candidate) => candidate.id === defaultModelId) ?? models[0];
  if (model) return { ...model, installed: models };
  throw new ForedraftError(
    'model-missing',
    `No model is installed in ${roots.join(' or ')}: copy a converted model folder there, then choose Restart engine.`,
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

/** Whether two manifests name files of the same content. */
function sameFiles(one: Manifest, other: Manifest): boolean {
  const names = Object.keys(one.files);
  return (
    names.length === Object.keys(other.files).length &&
    names.every((name) => one.files[name] === other.files[name])
  );
}

/** Returns undefined without a readable model.json: a partially written folder isn't a model. */
async function readManifest(directory: string): Promise<Manifest | undefined> {
  try {
    const read = readText(await fs.readFile(path.join(directory, 'model.json')));
    return 'text' in read ? v.parse(manifestSchema, JSON.parse(read.text)) : undefined;
  } catch {
    return undefined;
  }
}
