/**
 * `npm run package`: the unpacked app for this system in release/, from the Electron at hand. With
 * `--installers` the installers of electron-builder.yml, for which electron-builder fetches tools of its own.
 */
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { run } from './set-up/command.mjs';
import { cache, project } from './set-up/places.mjs';
import { StepError, runMain, step } from './set-up/step.mjs';

await runMain(async () => {
  const electron = JSON.parse(fs.readFileSync(path.join(cache, 'electron/path.json'), 'utf8'));
  const installers = process.argv.includes('--installers');
  if (installers && electron.kind === 'rig') {
    const cause = `the Electron here (${electron.version}) is out of another program's package`;
    const remedy = 'delete .cache/electron and run it where the official Electron can be fetched.';
    throw new StepError('Packaging installers', cause, remedy);
  }
  const program = path.join(project, 'node_modules/electron-builder/cli.js');
  const options = [
    `--config.electronVersion=${electron.version}`,
    `--config.electronDist=${path.dirname(electron.executable)}`,
  ];
  const remedy = 'mend what the message names; installers need the connection to the release server.';
  await step(`Packaging with Electron ${electron.version}`, remedy, async () => {
    const args = [program, '--publish', 'never', ...(installers ? [] : ['--dir']), ...options];
    await run(process.execPath, args, { cwd: project });
    replaceSqlite();
  });
});

/** An Electron that is too old for better-sqlite3's own binary gets the one that was built for it in its place. */
function replaceSqlite() {
  const binding = process.env.FOREDRAFT_SQLITE_BINDING;
  if (!binding) return;
  const packed =
    'linux-unpacked/resources/app.asar.unpacked/node_modules/better-sqlite3/prebuilds/linux-x64.node';
  fs.copyFileSync(binding, path.join(project, 'release', packed));
}
