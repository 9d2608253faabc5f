/**
 * `npm run package`: the unpacked app for this system in release/, from the Electron at hand. With
 * `--installers` the installers of electron-builder.yml, for which electron-builder fetches tools of its own.
 */
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { run } from './set-up/command.mjs';
import { cache, project } from './set-up/places.mjs';
import { runMain, step } from './set-up/step.mjs';

await runMain(async () => {
  const electron = JSON.parse(fs.readFileSync(path.join(cache, 'electron/path.json'), 'utf8'));
  const installers = process.argv.includes('--installers');
  const program = path.join(project, 'node_modules/electron-builder/cli.js');
  const options = [
    `--config.electronVersion=${electron.version}`,
    `--config.electronDist=${path.dirname(electron.executable)}`,
  ];
  const remedy = 'mend what the message names; installers need the connection to the release server.';
  await step(`Packaging with Electron ${electron.version}`, remedy, async () => {
    const args = [program, '--publish', 'never', ...(installers ? [] : ['--dir']), ...options];
    await run(process.execPath, args, { cwd: project });
    addSqlite();
  });
});

/** An Electron that is older than the packaged SQLite runs with the one that was built for it. */
function addSqlite() {
  const binding = process.env.FOREDRAFT_SQLITE_BINDING;
  if (!binding) return;
  for (const folder of fs.readdirSync(path.join(project, 'release'))) {
    const resources = path.join(project, 'release', folder, 'resources');
    if (!fs.existsSync(resources)) continue;
    fs.mkdirSync(path.join(resources, 'sqlite'), { recursive: true });
    fs.copyFileSync(binding, path.join(resources, 'sqlite/better_sqlite3.node'));
  }
}
