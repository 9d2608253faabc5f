/**
 * `npm run package`: packages the app, unpacked, for this platform into release/, with the Electron that set-up
 * found. `--installers` builds the installers of electron-builder.yml; electron-builder downloads further tools then.
 * `--test-build` packages into release/test/ an app that a debugger can attach to, as Playwright does, which is never
 * made into installers.
 */
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { readFuses, unshippable } from './package/fuses.mjs';
import { packagedBinaries } from './package/packaged-binaries.mjs';
import { run } from './set-up/command.mjs';
import { cache, project } from './set-up/paths.mjs';
import { StepError, runMain, step } from './set-up/step.mjs';

/** First version of Electron with the fuse grantFileProtocolExtraPrivileges. */
const firstWithFileFuse = 29;

await runMain(async () => {
  const electron = JSON.parse(fs.readFileSync(path.join(cache, 'electron/path.json'), 'utf8'));
  const installers = process.argv.includes('--installers');
  const testBuild = process.argv.includes('--test-build');
  if (installers && testBuild) {
    const cause = 'a test build accepts debuggers';
    throw new StepError('Packaging installers', cause, 'leave out --test-build.');
  }
  if (installers && electron.kind !== 'official') {
    const cause = `this is the fallback Electron (${electron.version}), not an official release`;
    const remedy =
      'delete .cache/electron and run the command where the official Electron can be downloaded.';
    throw new StepError('Packaging installers', cause, remedy);
  }
  const output = testBuild ? 'release/test' : 'release';
  const remedy = 'fix the error above; installers also need access to the release server.';
  await step(`Packaging with Electron ${electron.version}`, remedy, async () => {
    const program = path.join(project, 'node_modules/electron-builder/cli.js');
    const args = ['--publish', 'never', ...(installers ? [] : ['--dir'])];
    const config = writeConfig(electron, output, testBuild);
    await run(process.execPath, [program, ...args, '--config', config], { cwd: project });
    replaceSqlite(output);
  });
  if (testBuild) return;
  for (const binary of packagedBinaries(path.join(project, output))) {
    const cause = unshippable(readFuses(binary));
    if (cause === undefined) continue;
    fs.rmSync(path.join(project, output), { recursive: true });
    throw new StepError('Packaging', `${cause} in ${binary}`, 'check electronFuses in electron-builder.yml.');
  }
});

/** Writes what depends on the Electron at hand, and on the kind of build, beside the settings of all builds. */
function writeConfig(electron, output, testBuild) {
  const file = path.join(cache, 'electron-builder.json');
  const hasFileFuse = Number(electron.version.split('.')[0]) >= firstWithFileFuse;
  const config = {
    extends: path.join(project, 'electron-builder.yml'),
    electronVersion: electron.version,
    electronDist: path.dirname(electron.executable),
    directories: { output },
    electronFuses: {
      ...(hasFileFuse && { grantFileProtocolExtraPrivileges: false }),
      ...(testBuild && { enableNodeCliInspectArguments: true }),
    },
    // In the package.json inside the app.
    ...(testBuild && { extraMetadata: { testBuild: true } }),
  };
  fs.writeFileSync(file, `${JSON.stringify(config, null, 2)}\n`);
  return file;
}

/** For an Electron too old for better-sqlite3's prebuilt binary: packages the one built by set-up. */
function replaceSqlite(output) {
  const binding = process.env.FOREDRAFT_SQLITE_BINDING;
  if (!binding) return;
  const packed =
    'linux-unpacked/resources/app.asar.unpacked/node_modules/better-sqlite3/prebuilds/linux-x64.node';
  fs.copyFileSync(binding, path.join(project, output, packed));
}
