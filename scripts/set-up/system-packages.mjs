import fs from 'node:fs';
import { run } from './command.mjs';
import { StepError, step } from './step.mjs';

/** Whether the program `name` is on PATH. */
export function isProgram(name) {
  return run('sh', ['-c', `command -v ${name}`]).then(
    () => true,
    () => false,
  );
}

/**
 * Installs Debian packages if this is a Debian-based system and the user is root; otherwise fails with instructions.
 * @param {string} what the missing components, for messages
 * @param {string} purpose what needs them
 * @param {readonly string[]} packages
 */
export async function installSystemPackages(what, purpose, packages) {
  const name = `Installing ${what} for ${purpose}`;
  const missing = `${what} not found`;
  if (!fs.existsSync('/usr/bin/apt-get')) {
    const remedy = "install it with this system's package manager and run the command again.";
    throw new StepError(name, missing, remedy);
  }
  const install = ['install', '--yes', '--no-install-recommends', ...packages];
  const command = `apt-get ${install.join(' ')}`;
  if (process.getuid() !== 0) {
    throw new StepError(name, missing, `run this, then retry the command:\n\n  sudo ${command}\n`);
  }
  await step(name, `run this, then retry the command:\n\n  apt-get update && ${command}\n`, async () => {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    // The package lists may be missing or out of date.
    await run('apt-get', install, { env }).catch(async () => {
      await run('apt-get', ['update'], { env });
      await run('apt-get', install, { env });
    });
  });
}
