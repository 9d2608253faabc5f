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
import { AppState } from './app-state.ts';
import { bridge } from './api.ts';

const root = document.documentElement;
root.dataset['theme'] = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';

const target = document.getElementById('app');
if (target === null) throw new Error('index.html has no element #app: add it');
const api = bridge();
const app = new AppState(api, () => performance.timeOrigin + performance.now());
const onMenu = (listener: (command: MenuCommand) => void) => api.on('menu-command', listener);
mount(App, { target, props: { app, onMenu } });
