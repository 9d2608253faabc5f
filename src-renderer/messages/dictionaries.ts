import { en } from './en/window.ts';
import type { Locale } from './locale.ts';
import type { Dictionary } from './message.ts';
import { zhCN } from './zh-CN/window.ts';

/** Every language of the window. */
export const dictionaries: Readonly<Record<Locale, Dictionary>> = { en, 'zh-CN': zhCN };
