import fs from 'node:fs';
import path from 'node:path';
import { run } from './command.mjs';
import { cache } from './places.mjs';
import { step } from './step.mjs';

const version = '24.21.0';
/** Oldest Node that runs TypeScript as it is and that the tools take. */
const oldest = [22, 18];

function isNewEnough([major, minor]) {
  return major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
}

/**
 * The Node that runs everything: this one where it is new enough, else one that npm brings.
 * @returns {Promise<string>} its executable
 */
export async function ensureNode() {
  if (isNewEnough(process.versions.node.split('.').map(Number))) return process.execPath;
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const name = `node-${platform}-${process.arch}`;
  const folder = path.join(cache, 'node');
  const executable = path.join(folder, 'node_modules', name, 'bin', platform === 'win' ? 'node.exe' : 'node');
  if (fs.existsSync(executable)) return executable;
  const remedy = `install Node ${oldest.join('.')} or newer by yourself, or check the connection to the npm registry.`;
  return step(`Fetching Node ${version} (this one is ${process.versions.node})`, remedy, async () => {
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(folder, 'package.json'), '{ "private": true }\n');
    const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--save-exact'];
    await run('npm', ['install', ...options, `${name}@${version}`], { cwd: folder });
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
