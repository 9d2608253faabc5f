import { createContext } from 'svelte';
import type { Language } from './language.svelte.ts';
import type { Workspace } from './workspace.svelte.ts';

/** The workspace of the window, for views. */
export const [useWorkspace, provideWorkspace] = createContext<Workspace>();
/** The words of the window, for every component. */
export const [useLanguage, provideLanguage] = createContext<Language>();
