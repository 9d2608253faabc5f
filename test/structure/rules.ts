import { type Layer, nothing } from './layer.ts';
import { rendererLayers } from './renderer-layers.ts';
import type { SourceFile } from './source-files.ts';
import { resolved } from './source-files.ts';

export const layers: readonly Layer[] = [
  { name: 'contract', files: /^src-main\/contract\//, layers: [], packages: /^valibot$/ },
  { name: 'engine', files: /^src-main\/engine\//, layers: ['contract'], packages: nothing },
  { name: 'manifest', files: /^src-main\/runtime\/manifest\.ts$/, layers: ['contract'], packages: nothing },
  {
    name: 'model files',
    files: /^src-main\/runtime\/(file-hash|verification-record)\.ts$/,
    layers: ['contract'],
    packages: /^(node:.*|valibot)$/,
  },
  {
    name: 'runtime',
    files: /^src-main\/runtime\//,
    layers: ['manifest', 'model files', 'engine', 'contract'],
    packages: /^(node:.*|koffi|onnxruntime-node|valibot|@huggingface\/(tokenizers|jinja))$/,
  },
  {
    name: 'convert',
    files: /^src-main\/convert\//,
    layers: ['manifest', 'model files', 'engine', 'contract'],
    packages: /^(node:.*|protobufjs|@huggingface\/gguf)$/,
  },
  {
    name: 'host/entry',
    files: /^src-main\/host\/entry\.ts$/,
    layers: ['host', 'runtime', 'model files', 'convert', 'engine', 'contract'],
    packages: /^(node:.*|electron)$/,
  },
  { name: 'host', files: /^src-main\/host\//, layers: ['contract'], packages: /^(node:.*|electron)$/ },
  {
    name: 'report',
    files: /^src-main\/report\//,
    layers: ['contract'],
    packages: /^(d3-scale|d3-shape|d3-hierarchy|diff|valibot)$/,
  },
  { name: 'library', files: /^src-main\/library\//, layers: ['contract'], packages: /^(node:.*|valibot)$/ },
  {
    name: 'database',
    files: /^src-main\/database\//,
    layers: ['contract'],
    packages: /^(node:.*|valibot|better-sqlite3)$/,
  },
  {
    name: 'runs',
    files: /^src-main\/runs\//,
    layers: ['database', 'host', 'contract'],
    packages: /^(node:.*|better-sqlite3)$/,
  },
  {
    name: 'conversations',
    files: /^src-main\/conversations\//,
    layers: ['runs', 'database', 'host', 'contract'],
    packages: /^(node:.*|better-sqlite3)$/,
  },
  {
    name: 'comparisons',
    files: /^src-main\/comparisons\//,
    layers: ['runs', 'database', 'host', 'report', 'contract'],
    packages: /^(node:.*|better-sqlite3)$/,
  },
  {
    name: 'documents',
    files: /^src-main\/documents\//,
    layers: ['runs', 'database', 'host', 'contract'],
    packages: /^(node:.*|better-sqlite3)$/,
  },
  {
    name: 'ipc',
    files: /^src-main\/ipc\//,
    layers: ['contract'],
    packages: /^(electron|valibot)$/,
  },
  {
    name: 'command-line',
    files: /^src-main\/command-line\//,
    layers: ['runtime', 'engine', 'library', 'comparisons', 'report', 'contract'],
    packages: /^(node:.*|valibot)$/,
  },
  { name: 'preload', files: /^src-main\/preload\.ts$/, layers: ['contract'], packages: /^electron$/ },
  {
    name: 'messages',
    files: /^src-main\/messages\//,
    layers: ['contract'],
    packages: nothing,
  },
  {
    name: 'main',
    files: /^src-main\/[^/]+\.ts$/,
    layers: [
      'messages',
      'ipc',
      'conversations',
      'comparisons',
      'documents',
      'runs',
      'database',
      'report',
      'host',
      'library',
      'contract',
    ],
    packages: /^(node:.*|electron|valibot)$/,
  },
  ...rendererLayers,
];

const layerOf = (file: string) => layers.find(({ files }) => files.test(file));

/** Forbidden imports, one sentence each. */
export function importBreaches(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) => {
    const layer = layerOf(file.path);
    if (!layer)
      return [
        `${file.path} belongs to no layer: move it, or add its layer to rules.ts or renderer-layers.ts.`,
      ];
    return file.imports.flatMap((specifier) => breach(file.path, layer, specifier) ?? []);
  });
}

function breach(file: string, layer: Layer, specifier: string): string | undefined {
  const target = resolved(file, specifier);
  if (target === undefined) {
    const name = specifier.startsWith('node:') ? specifier : specifier.replace(/\?.*$/, '');
    return layer.packages.test(name)
      ? undefined
      : `${file} (${layer.name}) must not import the package ${specifier}.`;
  }
  const targetLayer = layerOf(target);
  if (targetLayer === layer || (targetLayer && layer.layers.includes(targetLayer.name))) return undefined;
  const allowed = layer.layers.join(', ') || 'nothing';
  return `${file} (${layer.name}) must not import ${target}: ${layer.name} may import ${allowed}.`;
}

/**
 * Import cycles, one sentence each. Type imports count too. A component may import itself, which is how Svelte expresses
 * recursion.
 */
export function cycles(files: readonly SourceFile[]): string[] {
  const graph = new Map(
    files.map(({ path, imports }) => {
      const targets = imports.flatMap((name) => resolved(path, name) ?? []);
      return [path, targets.filter((target) => target !== path)];
    }),
  );
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, trail: readonly string[]): void => {
    if (trail.includes(file)) {
      found.push(`${[...trail.slice(trail.indexOf(file)), file].join(' imports ')}: break the cycle.`);
      return;
    }
    if (done.has(file)) return;
    for (const next of graph.get(file) ?? []) visit(next, [...trail, file]);
    done.add(file);
  };
  for (const file of graph.keys()) visit(file, []);
  return found;
}

const maxLines = 300;

/** Violations of the other rules, one sentence each. */
export function styleBreaches(files: readonly SourceFile[]): string[] {
  return files.flatMap(({ path, text }) => {
    const lines = text.split('\n').length;
    const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '').trim();
    const pure = /^src-main\/(engine|contract)\//.test(path);
    return [
      lines > maxLines
        ? `${path} has ${lines} lines, more than ${maxLines}: split it by responsibility.`
        : '',
      isBarrel(code) ? `${path} is a barrel, it only re-exports: import from the source files.` : '',
      pure && /\bMath\.random\b|\bDate\b|\bperformance\b/.test(code)
        ? `${path} reads a clock or Math.random: take it as a parameter.`
        : '',
      /\{@html\b/.test(code) ? `${path} inserts raw HTML: render elements instead.` : '',
      path !== 'src-renderer/api.ts' && /\bwindow\.api\b/.test(code) && path.startsWith('src-renderer/')
        ? `${path} uses window.api, which only api.ts may: take the Api as a parameter.`
        : '',
      /\/(utils?|helpers?|manager)\.[^/]*$|Manager\.ts$/.test(path)
        ? `${path} has a generic name: name it after what it contains.`
        : '',
    ].filter((sentence) => sentence !== '');
  });
}

function isBarrel(code: string): boolean {
  return (
    code !== '' &&
    code
      .split(/;\s*/)
      .every((statement) =>
        /^(export\s+(type\s+)?(\*(\s+as\s+\w+)?|\{[^}]*\})\s+from\s.*)?$/s.test(statement.trim()),
      )
  );
}
