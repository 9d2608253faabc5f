import { run } from './command.mjs';
import { hasDisplay } from './display.mjs';
import { isStamped, stamp } from './stamp.mjs';
import { StepError } from './step.mjs';
import { installSystemPackages, isProgram } from './system-packages.mjs';

const libraries = [
  'libgtk-3-0',
  'libnss3',
  'libasound2',
  'libgbm1',
  'libxss1',
  'libatk-bridge2.0-0',
  'libdrm2',
];
const virtualDisplay = ['xvfb', 'xauth'];

/** Installs the system libraries that Electron needs and, without a display, Xvfb. */
export async function ensureSystemLibraries(executable) {
  if (process.platform !== 'linux') return;
  const content = `${executable} ${hasDisplay() ? 'display' : 'Xvfb'}`;
  if (isStamped('system-libraries', content)) return;
  const missing = await missingLibraries(executable);
  const needsXvfb = !hasDisplay() && !(await isProgram('Xvfb'));
  if (missing.length > 0 || needsXvfb) {
    const what = [...missing, ...(needsXvfb ? ['Xvfb'] : [])].join(', ');
    const packages = [...(missing.length > 0 ? libraries : []), ...(needsXvfb ? virtualDisplay : [])];
    await installSystemPackages(what, 'Electron', packages);
    const left = await missingLibraries(executable);
    if (left.length > 0) {
      const remedy = 'install the packages that provide them and run the command again.';
      throw new StepError('Looking for system libraries', `${left.join(', ')} are still missing`, remedy);
    }
  }
  stamp('system-libraries', content);
}

async function missingLibraries(executable) {
  const output = await run('ldd', [executable]);
  return [...output.matchAll(/^\s*(\S+) => not found/gm)].map(([, library]) => library);
}
