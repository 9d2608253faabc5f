import { createContext } from 'svelte';

/** The button that opens the list of a ListLayout. */
export interface ListToggle {
  /** Element id of the list; null while the list is next to the content and needs no button. */
  readonly listId: string | null;
  readonly label: string;
  readonly testId: string;
}

export const [useListToggle, provideListToggle] = createContext<ListToggle>();
