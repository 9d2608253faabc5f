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

/** The system libraries that Electron's executable asks for, and Xvfb where there is no display. */
export async function ensureSystemLibraries(executable) {
  if (process.platform !== 'linux') return;
  const content = `${executable} ${hasDisplay() ? 'display' : 'Xvfb'}`;
  if (isStamped('system-libraries', content)) return;
  const missing = await missingLibraries(executable);
  const lacksDisplay = !hasDisplay() && !(await isProgram('Xvfb'));
  if (missing.length > 0 || lacksDisplay) {
    const what = [...missing, ...(lacksDisplay ? ['Xvfb'] : [])].join(', ');
    const packages = [...(missing.length > 0 ? libraries : []), ...(lacksDisplay ? virtualDisplay : [])];
    await installSystemPackages(what, 'Electron', packages);
    const left = await missingLibraries(executable);
    if (left.length > 0) {
      const remedy = 'find the packages that have them, install these and run the command again.';
      throw new StepError('Looking for system libraries', `${left.join(', ')} are still missing`, remedy);
    }
  }
  stamp('system-libraries', content);
}

async function missingLibraries(executable) {
  const output = await run('ldd', [executable]);
  return [...output.matchAll(/^\s*(\S+) => not found/gm)].map(([, library]) => library);
}
