/** 对话的分支，以及对话放在哪里 */
export const zhCNTree = {
  versions: '版本',
  'edit-message': '修改成新版本',
  'edit-question-field': '修改后的消息',
  'edit-answer-field': '修改后的回答',
  'edit-note': '原来的版本会保留。',
  'edit-leave': '放弃',
  'edit-send': '发送',
  'edit-keep': '保留',
  'edit-continue': '保留并续写',
  'continue-answer': '续写',
  'branch-from': '从这里开始新分支',
  'branch-note': { other: '新分支从这里开始。另一个分支里的 {count} 条消息会保留。' },
  'branch-leave': '回到另一个分支',

  'deed-deleted': '已删除“{title}”。',
  'deed-archived': '已归档“{title}”。',
  'deed-discarded': '已放弃修改：“{title}”',
  undo: '撤销',
  'shortcut-step-message': '上一条、下一条消息',
  'shortcut-step-version': '它的上一个、下一个版本',
  'shortcut-edit-message': '修改这条消息',
} as const;
