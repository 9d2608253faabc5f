import fs from 'node:fs';

/** What stands before the fuses in Electron's binary, then a version and the number of fuses, a byte each. */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';

/** The fuses in their order in the binary, by the names that electron-builder gives them. */
const names = [
  'runAsNode',
  'enableCookieEncryption',
  'enableNodeOptionsEnvironmentVariable',
  'enableNodeCliInspectArguments',
  'enableEmbeddedAsarIntegrityValidation',
  'onlyLoadAppFromAsar',
  'loadBrowserProcessSpecificV8Snapshot',
  'grantFileProtocolExtraPrivileges',
];

/**
 * The fuses of an Electron binary: on macOS that is the Electron Framework, elsewhere the executable.
 * @param {string} file
 * @returns {Record<string, boolean>} whether each is on, by name; those that this version of Electron has, and no
 * newer ones than the names above
 */
export function readFuses(file) {
  const binary = fs.readFileSync(file);
  const start = binary.indexOf(sentinel);
  if (start < 0) throw new Error(`${file} has no fuses: is it Electron's binary?`);
  const [version, count] = binary.subarray(start + sentinel.length);
  if (version !== 1) throw new Error(`${file} has fuses of version ${version}, and only 1 is known`);
  const states = binary.subarray(start + sentinel.length + 2, start + sentinel.length + 2 + count);
  return Object.fromEntries(
    names.slice(0, count).map((name, index) => [name, String.fromCharCode(states[index]) === '1']),
  );
}

/** Fuses that let foreign code run in the app, or a debugger attach. */
const unsafe = [
  'runAsNode',
  'enableNodeOptionsEnvironmentVariable',
  'enableNodeCliInspectArguments',
  'grantFileProtocolExtraPrivileges',
];

/**
 * Why an app with these fuses can't be shipped; undefined if it can.
 * @param {Record<string, boolean>} fuses
 */
export function unshippable(fuses) {
  const wrong = unsafe.filter((name) => fuses[name]);
  if (!fuses.onlyLoadAppFromAsar) wrong.push('onlyLoadAppFromAsar');
  return wrong.length === 0 ? undefined : `these fuses are wrong: ${wrong.join(', ')}`;
}
