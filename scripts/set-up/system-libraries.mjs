import fs from 'node:fs';
import { run } from './command.mjs';
import { isStamped, stamp } from './stamp.mjs';
import { StepError, step } from './step.mjs';

const packages = [
  ...['libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1', 'libxss1', 'libatk-bridge2.0-0', 'libdrm2'],
  ...['xvfb', 'xauth'],
];

/**
 * The system libraries that Electron's executable asks for, and Xvfb where there is no display: installed
 * on Debian-like systems as root, named otherwise.
 */
export async function ensureSystemLibraries(executable) {
  if (process.platform !== 'linux' || isStamped('system-libraries', executable)) return;
  const missing = await missingLibraries(executable);
  const lacksDisplay = !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY && !(await isProgram('Xvfb'));
  if (missing.length > 0 || lacksDisplay) await install(missing, lacksDisplay);
  const left = await missingLibraries(executable);
  if (left.length > 0) {
    throw new StepError(
      'Installing the system libraries',
      `${left.join(', ')} are still missing`,
      'install them.',
    );
  }
  stamp('system-libraries', executable);
}

async function install(missing, lacksDisplay) {
  const names = missing.length > 0 ? packages : ['xvfb', 'xauth'];
  const command = `apt-get install --yes --no-install-recommends ${names.join(' ')}`;
  const what = [...missing, ...(lacksDisplay ? ['Xvfb'] : [])].join(', ');
  const name = 'Installing the system libraries that Electron needs';
  if (!fs.existsSync('/usr/bin/apt-get')) {
    throw new StepError(name, `${what} are missing`, 'install them with the package manager of this system.');
  }
  if (process.getuid() !== 0) {
    throw new StepError(
      name,
      `${what} are missing`,
      `run this, then the command again:\n\n  sudo ${command}\n`,
    );
  }
  await step(name, `run this, then the command again:\n\n  apt-get update && ${command}\n`, async () => {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const [program, ...args] = command.split(' ');
    try {
      await run(program, args, { env });
    } catch {
      // The list of packages may be missing or out of date.
      await run('apt-get', ['update'], { env });
      await run(program, args, { env });
    }
  });
}

async function missingLibraries(executable) {
  const output = await run('ldd', [executable]).catch(() => '');
  return [...output.matchAll(/^\s*(\S+) => not found/gm)].map(([, library]) => library);
}

async function isProgram(name) {
  return run('sh', ['-c', `command -v ${name}`]).then(
    () => true,
    () => false,
  );
}
