import type { RefusalReason } from '../../state/write/attachments/attachment-error.ts';

/** The sentence that says why a file is not attached, and what to do. */
export const refusalWords = {
  type: 'refused-type',
  'old-word': 'refused-old-word',
  encrypted: 'refused-encrypted',
  'too-large': 'refused-too-large',
  'too-long': 'refused-too-long',
  'no-room': 'refused-no-room',
  binary: 'refused-binary',
  encoding: 'refused-encoding',
  broken: 'refused-broken',
  bomb: 'refused-bomb',
  empty: 'refused-empty',
  unreadable: 'refused-unreadable',
} as const satisfies Record<RefusalReason, string>;
