import { compareStates } from './compare-states.mjs';
import { composerStates } from './composer-states.mjs';
import { conversationStates } from './conversation-states.mjs';
import { documentStates } from './document-states.mjs';
import { everywhereStates } from './everywhere-states.mjs';
import { lensStates } from './lens-states.mjs';
import { treeStates } from './tree-states.mjs';

/**
 * @typedef {object} Context
 * @property {import('playwright').ElectronApplication} app
 * @property {import('playwright').Page} window
 * @property {import('./screenshots.mjs').Screenshots} screenshots
 * @property {typeof import('./variants.mjs').queries.en} queries
 */

/** Groups of states. Each group starts in a new conversation and leaves the window ready for the next one. */
export const states = {
  conversation: conversationStates,
  tree: treeStates,
  composer: composerStates,
  document: documentStates,
  lens: lensStates,
  compare: compareStates,
  everywhere: everywhereStates,
};
