import type { Attachment } from '../../../../src-main/contract/attachment.ts';
import { joinAttachments, splitAttachments } from '../../../../src-main/contract/attachment.ts';
import { printableName } from '../../../../src-main/contract/file-name.ts';
import type { LeftOut } from './word-text.ts';
import { readAttachment } from './read-attachment.ts';
import { AttachmentError, type RefusalReason } from './attachment-error.ts';

/** Maximum characters of a message with its files; main accepts up to a million. */
const maxMessageLength = 900_000;

/** Access to the message being composed, files included. */
export interface MessageField {
  readonly read: () => string;
  readonly write: (text: string) => void;
}
export interface RefusedFile {
  readonly name: string;
  readonly reason: RefusalReason;
}
/** A file of which some content wasn't read. */
export interface IncompleteFile {
  readonly name: string;
  readonly leftOut: readonly LeftOut[];
}

/** Reads files and adds them to a message. */
export class MessageAttachments {
  /** Files rejected by the last `add`. */
  refused = $state.raw<readonly RefusedFile[]>([]);
  /** Files that the last `add` read in part. */
  incomplete = $state.raw<readonly IncompleteFile[]>([]);
  /** Number of files being read. */
  reading = $state.raw(0);
  #choose: (() => void) | undefined;

  /** Registers `choose`, which opens the file dialog; returns a function that unregisters it. */
  onRequest(choose: () => void): () => void {
    this.#choose = choose;
    return () => {
      if (this.#choose === choose) this.#choose = undefined;
    };
  }

  /** Opens the file dialog, if a composer is mounted. */
  request(): void {
    this.#choose?.();
  }

  /** Reads `files` in order and appends them to the message; a file of the same name is replaced. */
  async add(files: readonly File[], message: MessageField, legacyEncoding: string): Promise<void> {
    this.dismiss();
    this.reading += files.length;
    for (const file of files) {
      try {
        const { leftOut = [], ...attachment } = await readAttachment(file, legacyEncoding);
        put(attachment, message);
        if (leftOut.length > 0) this.incomplete = [...this.incomplete, { name: attachment.name, leftOut }];
      } catch (error) {
        const reason = error instanceof AttachmentError ? error.reason : 'unreadable';
        this.refused = [...this.refused, { name: printableName(file.name), reason }];
      } finally {
        this.reading -= 1;
      }
    }
  }

  /** Removes the file at `index` from the message. */
  remove(index: number, message: MessageField): void {
    const { attachments, typed } = splitAttachments(message.read());
    message.write(
      joinAttachments(
        attachments.filter((_, other) => other !== index),
        typed,
      ),
    );
  }

  dismiss(): void {
    this.refused = [];
    this.incomplete = [];
  }
}

function put(added: Attachment, message: MessageField): void {
  const { attachments, typed } = splitAttachments(message.read());
  const others = attachments.filter(({ name }) => name !== added.name);
  const text = joinAttachments([...others, added], typed);
  if (text.length > maxMessageLength) throw new AttachmentError('no-room');
  message.write(text);
}
