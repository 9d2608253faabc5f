import { createContext } from 'svelte';
import type { Comparisons } from './comparisons.svelte.ts';

/** The comparisons of the window, for the components of the Compare screen. */
export const [useComparisons, provideComparisons] = createContext<Comparisons>();
