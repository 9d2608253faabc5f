import '@fontsource-variable/source-serif-4/standard.css';
import '@fontsource-variable/source-serif-4/standard-italic.css';
import '@fontsource-variable/inter/standard.css';
import '@fontsource-variable/jetbrains-mono/index.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/rows.css';
import './styles/charts.css';
import './styles/token-grades.css';
import { mount } from 'svelte';
import type { MenuCommand } from '../src-main/contract/menu-commands.ts';
import App from './App.svelte';
import { bridge } from './api.ts';
import { Comparisons } from './state/compare/comparisons.svelte.ts';
import { Documents } from './state/documents/documents.svelte.ts';
import { Workspace } from './state/shell/workspace.svelte.ts';

const root = document.documentElement;
root.dataset['theme'] = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';

const target = document.getElementById('app');
if (target === null) throw new Error('index.html has no element #app: add it');
const api = bridge();
const workspace = new Workspace(api, () => performance.now());
const comparisons = new Comparisons(api, workspace.notices);
const documents = new Documents(api, workspace.notices, workspace.preferences);
const onMenu = (listener: (command: MenuCommand) => void) => api.on('menu-command', listener);
mount(App, { target, props: { workspace, comparisons, documents, onMenu } });
