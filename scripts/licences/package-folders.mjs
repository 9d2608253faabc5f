import fs from 'node:fs';
import path from 'node:path';

const inPackage = /^(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/;

/** The folder of the package that a bundled module is from; undefined for the project's own. */
export function packageFolder(module) {
  // Some plugins put a NUL before a module's id, and a query after it.
  return inPackage.exec(module.replace(/^\0/, '').replace(/\?.*$/, ''))?.[1];
}

/** A Vite plugin that adds to `folders` the folder of every package in the graph of a bundle. */
export function collectPackages(folders) {
  return {
    name: 'collect-packages',
    generateBundle() {
      for (const id of this.getModuleIds()) {
        const folder = packageFolder(id);
        if (folder !== undefined && fs.existsSync(path.join(folder, 'package.json'))) folders.add(folder);
      }
    },
  };
}

/**
 * The folders of packages that are shipped beside the bundles: the roots and all that they depend on, as far as it is
 * installed on this platform.
 * @param {string} project
 * @param {readonly string[]} roots names of packages
 */
export function shippedFolders(project, roots) {
  const folders = new Set();
  const add = (name, from) => {
    // As Node resolves it: the nearest node_modules counts.
    for (let at = from; ; at = path.dirname(at)) {
      const folder = path.join(at, 'node_modules', name);
      if (fs.existsSync(path.join(folder, 'package.json'))) {
        if (folders.has(folder)) return;
        folders.add(folder);
        const { dependencies, optionalDependencies } = JSON.parse(
          fs.readFileSync(path.join(folder, 'package.json'), 'utf8'),
        );
        for (const other of Object.keys({ ...dependencies, ...optionalDependencies })) add(other, folder);
        return;
      }
      // Not installed: an optional dependency for other platforms.
      if (at === project || at === path.dirname(at)) return;
    }
  };
  for (const name of roots) add(name, project);
  return [...folders];
}
