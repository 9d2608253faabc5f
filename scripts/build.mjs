/** Bundles the app into dist/: CommonJS for Electron's processes, a page for the window; and all licences. */
import { builtinModules } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { build } from 'vite';
import { collectPackages } from './licences/package-folders.mjs';
import { writeLicences } from './licences/write-licences.mjs';
import { project } from './set-up/paths.mjs';
import { unstamp } from './set-up/stamp.mjs';

// The oldest supported Electron, set-up's fallback (25), has Node 18 and Chromium 114.
const nodeTarget = 'node18';
const pageTarget = 'chrome114';

const native = ['electron', 'better-sqlite3', 'koffi', 'onnxruntime-node'];
const builtins = builtinModules.flatMap((name) => [name, `node:${name}`]);

/** @type {import('vite').InlineConfig} */
const shared = { root: project, configFile: false, logLevel: 'warn', publicDir: false };

/** One bundle per process, without code splitting: shared chunks would couple unrelated processes. */
function bundle(name, entry, plugins, watch) {
  return build({
    ...shared,
    plugins,
    ssr: { noExternal: true },
    build: {
      ssr: path.join(project, entry),
      outDir: path.join(project, 'dist/main'),
      emptyOutDir: false,
      target: nodeTarget,
      minify: false,
      sourcemap: true,
      watch,
      rolldownOptions: {
        external: [...native, ...builtins],
        output: { format: 'cjs', entryFileNames: `${name}.cjs`, codeSplitting: false },
      },
    },
  });
}

function page(plugins, watch) {
  return build({
    ...shared,
    root: path.join(project, 'src-renderer'),
    base: './',
    plugins: [svelte({ configFile: false }), ...plugins],
    build: {
      outDir: path.join(project, 'dist/renderer'),
      emptyOutDir: true,
      target: pageTarget,
      // Fonts stay separate files: the content security policy doesn't allow data: fonts.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      sourcemap: true,
      watch,
    },
  });
}

/**
 * @param {object | null} watch Vite's watch options; null builds once
 * @returns {Promise<{ processes: unknown[], page: unknown }>} the watchers, if `watch` is given
 */
export async function buildAll(watch = null) {
  // Invalidate the stamp first: an interrupted build leaves dist/ in an unknown state.
  unstamp('build');
  const folders = new Set();
  const plugins = [collectPackages(folders)];
  const processes = [
    await bundle('main', 'src-main/main.ts', plugins, watch),
    await bundle('preload', 'src-main/preload.ts', plugins, watch),
    await bundle('host', 'src-main/host/entry.ts', plugins, watch),
  ];
  const watchers = { processes, page: await page(plugins, watch) };
  // A watched build has no packages yet; its licences are those of the last build.
  if (watch === null) {
    const beside = native.filter((name) => name !== 'electron');
    writeLicences(path.join(project, 'dist/licences'), folders, beside);
  }
  return watchers;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildAll();
