import { ensureDependencies } from './dependencies.mjs';
import { ensureElectron } from './electron.mjs';
import { ensureModel } from './model.mjs';
import { ensureNode, environmentOf } from './node.mjs';
import { ensureSqlite } from './sqlite.mjs';
import { ensureSystemLibraries } from './system-libraries.mjs';

/**
 * @typedef {object} Prepared
 * @property {string} node path of the Node executable to use
 * @property {NodeJS.ProcessEnv} env environment for all programs of this project
 */

/** Prepares Node and the dependencies, as needed by the tools. @returns {Promise<Prepared>} */
export async function prepareTools() {
  const node = await ensureNode();
  const env = environmentOf(node);
  await ensureDependencies(env);
  return { node, env };
}

/** Prepares the tools and the default model, as needed by the command line. @returns {Promise<Prepared>} */
export async function prepareModel() {
  const prepared = await prepareTools();
  await ensureModel(prepared.node, prepared.env);
  return prepared;
}

/**
 * Prepares everything needed to run the app.
 * @returns {Promise<Prepared & { electron: import('./electron.mjs').ElectronInstall }>}
 */
export async function prepareApp() {
  const { node, env } = await prepareTools();
  const electron = await ensureElectron(node, env);
  await ensureSystemLibraries(electron.executable);
  const binding = await ensureSqlite(electron);
  await ensureModel(node, env);
  return { node, electron, env: binding ? { ...env, FOREDRAFT_SQLITE_BINDING: binding } : env };
}
