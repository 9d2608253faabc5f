import { compareStates } from './compare-states.mjs';
import { composerStates } from './composer-states.mjs';
import { conversationStates } from './conversation-states.mjs';
import { documentStates } from './document-states.mjs';
import { everywhereStates } from './everywhere-states.mjs';
import { lensStates } from './lens-states.mjs';
import { treeStates } from './tree-states.mjs';

/**
 * @typedef {object} Surroundings
 * @property {import('playwright').ElectronApplication} app
 * @property {import('playwright').Page} window
 * @property {import('./camera.mjs').Camera} camera
 * @property {typeof import('./looks.mjs').queries.en} queries
 */

/** Each begins with a conversation of its own and leaves the window so that the next one can. */
export const states = {
  conversation: conversationStates,
  tree: treeStates,
  composer: composerStates,
  document: documentStates,
  lens: lensStates,
  compare: compareStates,
  everywhere: everywhereStates,
};
