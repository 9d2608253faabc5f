import { createContext } from 'svelte';
import type { CompareState } from './compare-state.svelte.ts';

export const [useCompare, provideCompare] = createContext<CompareState>();
