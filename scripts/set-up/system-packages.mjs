import fs from 'node:fs';
import { run } from './command.mjs';
import { StepError, step } from './step.mjs';

/** Whether the shell finds the program `name`. */
export function isProgram(name) {
  return run('sh', ['-c', `command -v ${name}`]).then(
    () => true,
    () => false,
  );
}

/**
 * Installs Debian packages as root on a Debian-like system; elsewhere it fails with what has to be done.
 * @param {string} what the things that are missing, in words
 * @param {string} purpose what they are needed for
 * @param {readonly string[]} packages
 */
export async function installSystemPackages(what, purpose, packages) {
  const name = `Installing ${what} for ${purpose}`;
  const missing = `this system lacks ${what}`;
  if (!fs.existsSync('/usr/bin/apt-get')) {
    const remedy = 'install that with the package manager of this system and run the command again.';
    throw new StepError(name, missing, remedy);
  }
  const install = ['install', '--yes', '--no-install-recommends', ...packages];
  const command = `apt-get ${install.join(' ')}`;
  if (process.getuid() !== 0) {
    throw new StepError(name, missing, `run this, then the command again:\n\n  sudo ${command}\n`);
  }
  await step(name, `run this, then the command again:\n\n  apt-get update && ${command}\n`, async () => {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    // The list of packages may be missing or out of date.
    await run('apt-get', install, { env }).catch(async () => {
      await run('apt-get', ['update'], { env });
      await run('apt-get', install, { env });
    });
  });
}
