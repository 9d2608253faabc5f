import { createContext } from 'svelte';
import type { DocumentsState } from './documents-state.svelte.ts';

export const [useDocuments, provideDocuments] = createContext<DocumentsState>();
