import { EditorState, type Extension } from '@codemirror/state';
import type { Locale } from '../../../messages/locale.ts';

/** What CodeMirror says by itself: in English, only what is seen of it, written as in the rest of the window. */
const phrases: Readonly<Record<Locale, Readonly<Record<string, string>>>> = {
  en: {
    next: 'Next',
    previous: 'Previous',
    all: 'Select all',
    'match case': 'Match case',
    regexp: 'Regular expression',
    'by word': 'Whole words',
    replace: 'Replace',
    'replace all': 'Replace all',
    close: 'Close',
    go: 'Go',
  },
  'zh-CN': {
    Find: '查找',
    Replace: '替换为',
    next: '下一个',
    previous: '上一个',
    all: '全选',
    'match case': '区分大小写',
    regexp: '正则表达式',
    'by word': '整词',
    replace: '替换',
    'replace all': '全部替换',
    close: '关闭',
    'current match': '当前匹配',
    'on line': '位于行',
    'replaced match on line $': '已替换第 $ 行的匹配',
    'replaced $ matches': '已替换 $ 处',
    'Go to line': '转到行',
    go: '转到',
    'Control character': '控制字符',
    'Selection deleted': '已删除选中内容',
  },
};

/** The words of the search panel and of what is read out. */
export function editorPhrases(locale: Locale): Extension {
  return EditorState.phrases.of(phrases[locale]);
}
