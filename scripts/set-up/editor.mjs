import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { project } from './paths.mjs';

const folder = path.join(project, 'models/editor');
/** The adapter with which the default model rewrites passages. */
export const editorFile = path.join(folder, 'editor.gguf');
/** How well the default model does actions, with the editor and without (npm run actions -- --write). */
export const figuresFile = path.join(folder, 'actions.json');

/** SHA-256 of the adapter, hexadecimal. */
export function editorHash() {
  return crypto.createHash('sha256').update(fs.readFileSync(editorFile)).digest('hex');
}
