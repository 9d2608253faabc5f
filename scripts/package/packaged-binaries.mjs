import fs from 'node:fs';
import path from 'node:path';

const framework = 'Contents/Frameworks/Electron Framework.framework/Electron Framework';

/** Electron's binary in every unpacked app in electron-builder's `output` folder, on any platform. */
export function packagedBinaries(output) {
  const apps = fs
    .readdirSync(output)
    .filter((name) => /^(linux|win)(-\w+)?-unpacked$|^mac(-\w+)?$/.test(name));
  const binaries = apps.map((name) => {
    const folder = path.join(output, name);
    if (name.startsWith('linux')) return path.join(folder, 'foredraft');
    if (name.startsWith('win')) return path.join(folder, 'Foredraft.exe');
    return path.join(folder, 'Foredraft.app', framework);
  });
  if (binaries.length === 0) throw new Error(`${output} contains no packaged app`);
  return binaries;
}
