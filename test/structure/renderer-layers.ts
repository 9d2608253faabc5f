import { type Layer, nothing } from './layer.ts';

const svelte = /^svelte(\/.*)?$/;
const svelteAnd = (packages: string) => new RegExp(`^(svelte(/.*)?|${packages})$`);
const icons = '@lucide/svelte/.*';

const main = ['report', 'contract'];
const texts = ['message keys', 'messages', ...main];
const sharedState = ['state/shell', 'state/strategy', 'state/runs'];
const sharedComponents = [
  'components/shell',
  'components/strategy',
  'components/runs',
  'components/markdown',
];
const features = ['write', 'compare', 'documents', 'settings'];

function folder(name: string, layers: readonly string[], packages: RegExp): Layer {
  return { name, files: new RegExp(`^src-renderer/${name}/`), layers, packages };
}
function state(name: string, layers: readonly string[], packages = svelte): Layer {
  return folder(`state/${name}`, [...layers, ...texts], packages);
}
function components(name: string, layers: readonly string[], packages = svelteAnd(icons)): Layer {
  return folder(`components/${name}`, ['state/shell', ...layers, ...texts], packages);
}

/**
 * The renderer: messages at the bottom, then state, components, and the files that compose them. Shell, runs and
 * strategies are shared; a feature imports no other feature. State imports no component.
 */
export const rendererLayers: readonly Layer[] = [
  {
    name: 'message keys',
    files: /^src-renderer\/messages\//,
    layers: ['messages', ...main],
    packages: nothing,
  },
  folder('styles', [], nothing),
  state('shell', []),
  state('strategy', ['state/shell']),
  state('runs', ['state/shell']),
  state('write', sharedState),
  state('compare', sharedState),
  state('documents', sharedState, svelteAnd('@codemirror/.*|@lezer/highlight')),
  components('shell', []),
  components('markdown', ['components/shell'], svelteAnd(`marked|${icons}`)),
  components('strategy', ['state/strategy', 'components/shell']),
  components('runs', ['state/runs', 'state/strategy', 'components/shell']),
  ...features.map((name) =>
    components(
      name,
      [...(name === 'settings' ? [] : [`state/${name}`]), ...sharedState, ...sharedComponents],
      svelteAnd(`virtua/svelte|@codemirror/.*|${icons}`),
    ),
  ),
  {
    name: 'window',
    files: /^src-renderer\/[^/]+$/,
    layers: [
      ...['state/write', 'state/compare', 'state/documents', ...sharedState],
      ...features.map((name) => `components/${name}`),
      ...['components/shell', 'styles', ...texts],
    ],
    packages: svelteAnd(`@fontsource-variable/.*|${icons}`),
  },
];
