import type { enComposer } from './en-composer.ts';

export const zhCNComposer: Readonly<Record<keyof typeof enComposer, string>> = {
  'keys-everywhere': '所有视图',
  'shortcut-settings': '设置',
  'shortcut-history': '以前的消息（光标在消息开头时）',
  'shortcut-rename': '在列表中重命名对话',
  'zoom-in': '放大',
  'zoom-out': '缩小',
  'zoom-reset': '实际大小',
  'zoom-of': '{percent}%',
  'setting-zoom': '整体大小',

  'settings-writing': '写作',
  'setting-enter': '回车键',
  'enter-new-line': '换行',
  'enter-sends': '发送',
  'setting-enter-text': '{shortcut} 总是发送。回车键设为发送时，用 Shift 加回车换行。',
  'setting-spell-check': '拼写检查',
  'spell-check-off': '关闭',
  'spell-check-on': '打开',
  'spell-check-off-text':
    '关闭时不会下载任何内容。Mac 使用系统自带的词典；Windows 和 Linux 需要从 Google 的服务器获取一种语言的词典，这是 Foredraft 唯一会从网络获取的东西。',
  'spell-check-on-text':
    '下次启动后开始检查拼写。在 Windows 和 Linux 上，Foredraft 届时会从 Google 的服务器 redirector.gvt1.com 获取一次词典，对方会看到你的网络地址和所选语言；你写的内容不会发送。Mac 不需要下载。',
  'setting-spell-check-language': '拼写检查的语言',
};
