import { createContext } from 'svelte';
import type { WriteState } from './write-state.svelte.ts';

export const [useWrite, provideWrite] = createContext<WriteState>();
