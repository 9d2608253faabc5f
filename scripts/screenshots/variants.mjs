/**
 * A window size, in CSS pixels, with a language and system preferences.
 * @typedef {object} Variant
 * @property {string} name
 * @property {'en' | 'zh-CN'} language
 * @property {'light' | 'dark'} theme
 * @property {'no-preference' | 'more'} contrast
 * @property {readonly [number, number]} size
 */

const plain = /** @type {const} */ ({
  language: 'en',
  theme: 'light',
  contrast: 'no-preference',
  size: [1180, 800],
});

/** Search queries for commands and actions, by language. */
export const queries = {
  en: { theme: 'theme', grammar: 'grammar', expand: 'expand' },
  'zh-CN': { theme: '主题', grammar: '语法', expand: '扩写' },
};

/** The variants in which each state is captured. @type {readonly Variant[]} */
export const variants = [
  { ...plain, name: 'light' },
  { ...plain, name: 'dark', theme: 'dark' },
  { ...plain, name: 'contrast-light', contrast: 'more' },
  { ...plain, name: 'contrast-dark', theme: 'dark', contrast: 'more' },
  { ...plain, name: '1600x1000', size: [1600, 1000] },
  { ...plain, name: '900x600', size: [900, 600] },
  { ...plain, name: '480x600', theme: 'dark', size: [480, 600] },
  { ...plain, name: 'zh-CN', language: 'zh-CN' },
  { ...plain, name: 'zh-CN-contrast-dark', language: 'zh-CN', theme: 'dark', contrast: 'more' },
  { ...plain, name: 'zh-CN-900x600', language: 'zh-CN', size: [900, 600] },
];
