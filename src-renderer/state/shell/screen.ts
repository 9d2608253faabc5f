import type { Component } from 'svelte';
import type { ScreenId } from '../../../src-main/contract/screens.ts';
import type { Command } from './commands.ts';
import type { KeyboardGroup } from './keyboard.ts';

/** What the keys and the title of the window refer to while a screen is shown. */
export interface ScreenWork {
  /** The window's title; '' if the work has no name yet. */
  readonly title: () => string;
  /** Ctrl or Command with N. */
  readonly startNew: () => void;
  /** Escape; null if it does not stop the screen's runs. */
  readonly stop: (() => void) | null;
  /** Escape where it stops nothing: goes back to where the work was started from, if anywhere. */
  readonly back?: () => void;
}

/** A screen of the window, as listed in `src-renderer/screens.ts`. */
export interface Screen {
  readonly id: ScreenId;
  readonly icon: Component<{ size?: number; strokeWidth?: number }>;
  readonly component: Component;
  /** Reports progress to screen readers, whichever screen is shown; null if nothing runs. */
  readonly announcer: Component | null;
  readonly work: ScreenWork;
  /** Entries of the command palette, most frequent first. */
  readonly commands: () => readonly Command[];
  /** Sections of the keyboard reference. */
  readonly keyboard: () => readonly KeyboardGroup[];
}
