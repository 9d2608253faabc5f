/**
 * `npm run package`: packages the app, unpacked, for this platform into release/, with the Electron that set-up
 * found. `--installers` builds the installers of electron-builder.yml; electron-builder downloads further tools then.
 */
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { run } from './set-up/command.mjs';
import { cache, project } from './set-up/paths.mjs';
import { StepError, runMain, step } from './set-up/step.mjs';

await runMain(async () => {
  const electron = JSON.parse(fs.readFileSync(path.join(cache, 'electron/path.json'), 'utf8'));
  const installers = process.argv.includes('--installers');
  if (installers && electron.kind !== 'official') {
    const cause = `this is the fallback Electron (${electron.version}), not an official release`;
    const remedy =
      'delete .cache/electron and run the command where the official Electron can be downloaded.';
    throw new StepError('Packaging installers', cause, remedy);
  }
  const program = path.join(project, 'node_modules/electron-builder/cli.js');
  const options = [
    `--config.electronVersion=${electron.version}`,
    `--config.electronDist=${path.dirname(electron.executable)}`,
  ];
  const remedy = 'fix the error above; installers also need access to the release server.';
  await step(`Packaging with Electron ${electron.version}`, remedy, async () => {
    const args = [program, '--publish', 'never', ...(installers ? [] : ['--dir']), ...options];
    await run(process.execPath, args, { cwd: project });
    replaceSqlite();
  });
});

/** For an Electron too old for better-sqlite3's prebuilt binary: packages the one built by set-up. */
function replaceSqlite() {
  const binding = process.env.FOREDRAFT_SQLITE_BINDING;
  if (!binding) return;
  const packed =
    'linux-unpacked/resources/app.asar.unpacked/node_modules/better-sqlite3/prebuilds/linux-x64.node';
  fs.copyFileSync(binding, path.join(project, 'release', packed));
}
