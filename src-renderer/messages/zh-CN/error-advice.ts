import type { ErrorAdvice } from '../language-pack.ts';

export const zhCNErrorAdvice: ErrorAdvice = {
  'model-file-invalid': '文件不完整或已损坏，请重新获取模型。',
  'model-unsupported': '请换一个模型。',
  'model-missing': '请把转换好的模型文件夹放到指定位置，然后点“重启引擎”。',
  'model-load-failed': '请重新转换模型，或换一个模型，然后点“重启引擎”。',
  'provider-unavailable': '请改用 CPU，或重新安装 Foredraft。',
  'prompt-empty': '请先写点内容，再发送。',
  'prompt-too-long': '请缩短文字，或开始新对话。',
  'settings-invalid': '请检查这项设置的数值。',
  'message-invalid': '请缩短文字后再试一次。',
  'runtime-failed': '请再试一次；如果仍然失败，请点“重启引擎”。',
  'run-interrupted': '已写出的内容保留了，可以重新生成。',
  'engine-crashed': '已写出的内容保留了，请点“重启引擎”。',
  'engine-hung': '已写出的内容保留了，请点“重启引擎”。',
  'engine-busy': '请等它写完，或先停止它，然后再试。',
  'engine-unavailable': '请等状态栏显示就绪，或点“重启引擎”。',
  'database-newer': '请安装更新版本的 Foredraft，或移走这个文件后重新开始。',
  'database-failed': '请检查文件和文件夹的权限以及磁盘。',
  'not-found': '它可能已被删除，请从列表中另选一个。',
  'disk-full': '请腾出一些磁盘空间，然后再试。',
  'file-failed': '请检查文件和文件夹，然后再试。',
};
