import { en } from './en.ts';
import type { Locale } from './locale.ts';
import type { Dictionary } from './message.ts';
import { zhCN } from './zh-CN.ts';

/** Every language of the window. */
export const dictionaries: Readonly<Record<Locale, Dictionary>> = { en, 'zh-CN': zhCN };
