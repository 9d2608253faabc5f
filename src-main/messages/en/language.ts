import type { LanguagePack } from '../language-pack.ts';
import { enEditor } from './editor.ts';
import { en } from './window.ts';

export default {
  name: 'English',
  messages: en,
  editor: enEditor,
  errorAdvice: null,
  legacyEncoding: 'windows-1252',
} satisfies LanguagePack;
