/** The languages of the window. */
export type Locale = 'en' | 'zh-CN';
