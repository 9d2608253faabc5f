/** Bundles the app into dist/: CommonJS for Electron's processes, a page for the window. */
import { builtinModules } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { build } from 'vite';
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
function bundle(name, entry, watch) {
  return build({
    ...shared,
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

function page(watch) {
  return build({
    ...shared,
    root: path.join(project, 'src-renderer'),
    base: './',
    plugins: [svelte({ configFile: false })],
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
  const processes = [
    await bundle('main', 'src-main/main.ts', watch),
    await bundle('preload', 'src-main/preload.ts', watch),
    await bundle('host', 'src-main/host/entry.ts', watch),
  ];
  return { processes, page: await page(watch) };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildAll();
