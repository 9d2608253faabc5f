import { installSystemPackages, isProgram } from '../set-up/system-packages.mjs';

/** strace, with which a test watches the files and addresses that the app touches. */
export async function ensureTrace() {
  if (process.platform === 'linux' && !(await isProgram('strace'))) {
    await installSystemPackages('strace', 'the tests', ['strace']);
  }
}
