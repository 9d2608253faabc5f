import type { enScreens } from '../en/screens.ts';

/** 界面 */
export const zhCNScreens = {
  'screen-write': '写作',
  'screen-compare': '对比',
  'screen-settings': '设置',
} satisfies Record<keyof typeof enScreens, string>;
