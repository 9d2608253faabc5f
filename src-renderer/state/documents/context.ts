import { createContext } from 'svelte';
import type { Documents } from './documents.svelte.ts';

/** The documents of the window, for views. */
export const [useDocuments, provideDocuments] = createContext<Documents>();
