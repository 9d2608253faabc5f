import { createContext } from 'svelte';
import type { Language } from './language.svelte.ts';
import type { Screen } from './screen.ts';
import type { ShellState } from './shell-state.svelte.ts';

export const [useShell, provideShell] = createContext<ShellState>();
export const [useLanguage, provideLanguage] = createContext<Language>();
/** Every screen, in the order of the rail. */
export const [useScreens, provideScreens] = createContext<readonly Screen[]>();
