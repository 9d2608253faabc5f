/**
 * `npm run native`: builds the operators' library for every platform with `zig cc` and writes lib/manifest.json.
 * With `--check` it builds elsewhere and compares every byte with the committed libraries. Arguments such as
 * `linux-x64` limit it to those platforms.
 */
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { run } from '../scripts/set-up/command.mjs';
import { cache } from '../scripts/set-up/paths.mjs';
import { StepError, log, runMain, step } from '../scripts/set-up/step.mjs';
import { folder, hashSources, manifestFile, sha256 } from './manifest.ts';
import { common, flags, kernels, platforms, warnings, zigVersion } from './platforms.ts';

async function ensureZig() {
  const place = path.join(cache, `zig-${zigVersion}`);
  const python = path.join(place, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  const done = path.join(place, 'installed');
  if (!fs.existsSync(done)) {
    const remedy = 'Python 3 with venv, a connection to the package index and 400 MB of disk are needed.';
    await step(`Installing ziglang ${zigVersion} (94 MB)`, remedy, async () => {
      const system = process.platform === 'win32' ? 'python' : 'python3';
      await run(system, ['-m', 'venv', place]);
      await run(python, [
        '-m',
        'pip',
        'install',
        '--quiet',
        '--no-deps',
        '--only-binary=:all:',
        `ziglang==${zigVersion}`,
      ]);
      fs.writeFileSync(done, '');
    });
  }
  return python;
}

async function build(python, name, output) {
  const { target, file, paths, link = [] } = platforms[name];
  // The same folder and names each time: some formats hold the names of what was linked.
  const objects = path.join(cache, 'native-objects', name);
  const zigCache = path.join(cache, 'zig-cache');
  const env = { ...process.env, ZIG_GLOBAL_CACHE_DIR: zigCache, ZIG_LOCAL_CACHE_DIR: zigCache };
  const zig = (...args) =>
    run(python, ['-m', 'ziglang', 'cc', '-target', target, ...args], { cwd: objects, env });
  const compile = async (source, object, ...extra) => {
    const input = path.relative(objects, path.join(folder, 'src', `${source}.c`));
    await zig('-c', input, '-o', object, ...flags, ...warnings, ...extra);
    return object;
  };
  fs.rmSync(objects, { recursive: true, force: true });
  fs.mkdirSync(objects, { recursive: true });
  const parts = [];
  for (const [set, flag] of paths) {
    const suffix = set.replace('-', '_');
    for (const source of kernels)
      parts.push(await compile(source, `${source}_${suffix}.o`, `-DPATH=${suffix}`, flag));
  }
  for (const source of common) parts.push(await compile(source, `${source}.o`));
  await zig('-shared', '-s', ...link, '-o', file, ...parts);
  fs.mkdirSync(path.dirname(output), { recursive: true });
  const library = fs.readFileSync(path.join(objects, file));
  if (file.endsWith('.dll')) clearTimestamp(library);
  fs.writeFileSync(output, library);
}

/** Zeros the time of linking in a Windows library: the field at 8 of the header whose place stands at 0x3c. */
function clearTimestamp(library) {
  library.writeUInt32LE(0, library.readUInt32LE(0x3c) + 8);
}

await runMain(async () => {
  const check = process.argv.includes('--check');
  const chosen = process.argv.slice(2).filter((argument) => argument !== '--check');
  const unknown = chosen.find((name) => !(name in platforms));
  if (unknown)
    throw new StepError(
      'Choosing platforms',
      `there is no platform ${unknown}`,
      `choose of ${Object.keys(platforms).join(', ')}.`,
    );
  const names = chosen.length > 0 ? chosen : Object.keys(platforms);
  fs.mkdirSync(cache, { recursive: true });
  const python = await ensureZig();
  const manifest = fs.existsSync(manifestFile)
    ? JSON.parse(fs.readFileSync(manifestFile, 'utf8'))
    : { libraries: {} };
  const sources = hashSources();
  const libraries = sources === manifest.sources || check ? { ...manifest.libraries } : {};
  let different = 0;
  for (const name of names) {
    const library = `${name}/${platforms[name].file}`;
    const output = path.join(check ? path.join(cache, 'native-check') : path.join(folder, 'lib'), library);
    await step(`Building ${library}`, 'correct what the compiler names.', () => build(python, name, output));
    const data = fs.readFileSync(output);
    if (check && sha256(data) !== sha256(fs.readFileSync(path.join(folder, 'lib', library)))) {
      log(`  differs from the committed library: kept as ${output}`);
      different += 1;
    }
    libraries[library] = { bytes: data.length, sha256: sha256(data) };
  }
  if (check) {
    log(
      different === 0
        ? 'Every library is equal byte for byte.'
        : `${different} of ${names.length} libraries differ.`,
    );
    return different === 0 ? 0 : 1;
  }
  fs.writeFileSync(manifestFile, `${JSON.stringify({ zig: zigVersion, sources, libraries }, null, 2)}\n`);
  return 0;
});
