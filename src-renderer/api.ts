import type { Api } from '../src-main/contract/api.ts';

declare global {
  interface Window {
    readonly api: Api;
  }
}

/** The bridge that preload put on the window; nothing else in the renderer reads it. */
export function bridge(): Api {
  return window.api;
}
