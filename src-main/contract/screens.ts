/** The screens of the window, in the order of its rail. */
export const screenIds = ['write', 'compare', 'settings'] as const;
export type ScreenId = (typeof screenIds)[number];
