/** Maximum length of the title of a conversation or document that main accepts, in UTF-16 units. */
export const maxTitleLength = 200;
