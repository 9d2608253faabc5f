import { ensureDependencies } from './dependencies.mjs';
import { ensureElectron } from './electron.mjs';
import { ensureModel } from './model.mjs';
import { ensureNode, environmentOf } from './node.mjs';
import { ensureSqlite } from './sqlite.mjs';
import { ensureSystemLibraries } from './system-libraries.mjs';

/**
 * @typedef {object} Prepared
 * @property {string} node executable of the Node that runs everything
 * @property {NodeJS.ProcessEnv} env environment for every program of this project
 */

/** Node and the dependencies: enough for the tools. @returns {Promise<Prepared>} */
export async function prepareTools() {
  const node = await ensureNode();
  const env = environmentOf(node);
  await ensureDependencies(env);
  return { node, env };
}

/** Tools and the default model: enough for the command line. @returns {Promise<Prepared>} */
export async function prepareModel() {
  const prepared = await prepareTools();
  await ensureModel(prepared.node, prepared.env);
  return prepared;
}

/**
 * All that the app needs to run.
 * @returns {Promise<Prepared & { electron: import('./electron.mjs').ElectronPlace }>}
 */
export async function prepareApp() {
  const { node, env } = await prepareTools();
  const electron = await ensureElectron(node, env);
  await ensureSystemLibraries(electron.executable);
  const binding = await ensureSqlite(electron);
  await ensureModel(node, env);
  return { node, electron, env: binding ? { ...env, FOREDRAFT_SQLITE_BINDING: binding } : env };
}
