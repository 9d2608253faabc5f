import type { LanguagePack } from '../language-pack.ts';
import { zhCNEditor } from './editor.ts';
import { zhCNErrorAdvice } from './error-advice.ts';
import { zhCN } from './window.ts';

export default {
  name: '简体中文',
  messages: zhCN,
  editor: zhCNEditor,
  errorAdvice: zhCNErrorAdvice,
  legacyEncoding: 'gb18030',
} satisfies LanguagePack;
