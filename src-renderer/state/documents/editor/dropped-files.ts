import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { maximumDocumentLength } from '../../../../src-main/contract/document.ts';
import { ForedraftError } from '../../../../src-main/contract/error.ts';
import { notText, readText } from '../../../../src-main/contract/text-file.ts';

/**
 * Inserts the text of files that are dropped on the editor, in their order. If one of them isn't text, `refuse` gets
 * the error, and none is inserted.
 */
export function droppedFiles(legacyEncoding: string, refuse: (error: unknown) => void): Extension {
  return EditorView.domEventHandlers({
    drop(event, view) {
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length === 0) return false;
      const place = view.posAtCoords({ x: event.clientX, y: event.clientY }, false);
      textsOf(files, legacyEncoding).then((texts) => insert(view, place, texts.join('\n')), refuse);
      return true;
    },
  });
}

/** @throws ForedraftError `file-failed` */
export function textsOf(
  files: readonly Pick<File, 'name' | 'size' | 'arrayBuffer'>[],
  legacyEncoding: string,
): Promise<readonly string[]> {
  return Promise.all(
    files.map(async (file) => {
      const { name, size } = file;
      if (size > maximumDocumentLength) {
        const message = `${name} has ${size} bytes, more than a document can hold: drop a file of up to ${maximumDocumentLength}.`;
        throw new ForedraftError('file-failed', message, { file: name });
      }
      const bytes = await file.arrayBuffer().catch(() => {
        throw new ForedraftError('file-failed', `${name} can't be read: drop a text file.`, { file: name });
      });
      const read = readText(new Uint8Array(bytes), legacyEncoding);
      if ('text' in read) return read.text;
      throw notText(name, read.fault);
    }),
  );
}

function insert(view: EditorView, place: number, text: string): void {
  const from = Math.min(place, view.state.doc.length);
  view.dispatch({
    changes: { from, insert: text },
    selection: { anchor: from, head: from + text.length },
    userEvent: 'input.drop',
    scrollIntoView: true,
  });
  view.focus();
}
