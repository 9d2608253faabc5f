/** Longest title of a conversation or document that main accepts, in UTF-16 units. */
export const longestTitle = 200;
