import type { ErrorAdvice } from '../language-pack.ts';

export const zhCNErrorAdvice: ErrorAdvice = {
  'model-file-invalid': '文件不完整或已损坏，请重新获取模型。',
  'model-unsupported': '请换一个模型。',
  'model-missing': '请将转换好的模型文件夹放到指定位置，然后点击“重启引擎”。',
  'model-load-failed': '请重新转换模型或换一个模型，然后点击“重启引擎”。',
  'provider-unavailable': '请改用 CPU，或重新安装 Foredraft。',
  'prompt-empty': '请先输入内容，再发送。',
  'prompt-too-long': '请缩短文本；如果对话过长，请新建对话。',
  'settings-invalid': '请检查这项设置的值。',
  'message-invalid': '请缩短文本后重试。',
  'runtime-failed': '请重试；如果仍然失败，请点击“重启引擎”。',
  'run-interrupted': '已生成的内容已保存，可以重新生成。',
  'engine-crashed': '已生成的内容已保存，请点击“重启引擎”。',
  'engine-hung': '已生成的内容已保存，请点击“重启引擎”。',
  'engine-busy': '请等待当前任务完成或先停止它，然后重试。',
  'engine-unavailable': '请等待模型就绪，或点击“重启引擎”。',
  'database-newer': '请安装更新版本的 Foredraft，或移走此文件后重新开始。',
  'database-failed': '请检查文件和文件夹的权限，以及磁盘状况。',
  'not-found': '请从列表中另选一个。',
  'disk-full': '请腾出一些磁盘空间，然后重试。',
  'file-failed': '请检查文件和文件夹，然后重试。',
};
