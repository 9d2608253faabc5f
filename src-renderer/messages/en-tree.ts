/** The tree of a conversation, and where conversations lie. */
export const enTree = {
  versions: 'Versions',
  'edit-message': 'Edit as a new version',
  'edit-question-field': 'Your message, edited',
  'edit-answer-field': 'The answer, edited',
  'edit-note': 'The version before stays.',
  'edit-leave': 'Leave',
  'edit-send': 'Send',
  'edit-keep': 'Keep',
  'edit-continue': 'Keep and continue',
  'continue-answer': 'Continue',
  'branch-from': 'Begin a new branch below this',
  'branch-note': {
    one: 'A new branch begins here. {count} message stays in the other one.',
    other: 'A new branch begins here. {count} messages stay in the other one.',
  },
  'branch-leave': 'Back to the other one',

  'deed-deleted': '“{title}” was deleted.',
  'deed-archived': '“{title}” was archived.',
  'deed-discarded': 'The edit was left: “{title}”',
  undo: 'Undo',
  'shortcut-step-message': 'Previous, next message',
  'shortcut-step-version': 'Previous, next version of it',
  'shortcut-edit-message': 'Edit the message',
} as const;
