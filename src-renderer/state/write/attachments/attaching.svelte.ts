import type { Attachment } from '../../../../src-main/contract/attachment.ts';
import { joinAttachments, splitAttachments } from '../../../../src-main/contract/attachment.ts';
import type { Locale } from '../../../messages/locale.ts';
import { readAttachment } from './read-attachment.ts';
import { AttachmentRefusal, type RefusalReason } from './refusal.ts';

/** Most characters of a message with its files: main takes a million. */
const longestMessage = 900_000;

/** The message that files are attached to, as it is kept. */
export interface AttachmentPlace {
  readonly read: () => string;
  readonly write: (text: string) => void;
}
export interface RefusedFile {
  readonly name: string;
  readonly reason: RefusalReason;
}

/** Files on their way into a message. */
export class Attaching {
  /** Files that were not taken the last time. */
  refused = $state.raw<readonly RefusedFile[]>([]);
  /** How many are being read. */
  reading = $state.raw(0);
  #choose: (() => void) | undefined;

  /** Lets `choose` ask for files whenever somebody wants to attach some; returns what ends that. */
  onRequest(choose: () => void): () => void {
    this.#choose = choose;
    return () => {
      if (this.#choose === choose) this.#choose = undefined;
    };
  }

  /** Asks for files, where there is a message to attach them to. */
  request(): void {
    this.#choose?.();
  }

  /** Reads `files` one after another and puts them below those that `place` has, a name that is there in its place. */
  async add(files: readonly File[], place: AttachmentPlace, locale: Locale): Promise<void> {
    this.refused = [];
    this.reading += files.length;
    for (const file of files) {
      try {
        put(await readAttachment(file, locale), place);
      } catch (error) {
        const reason = error instanceof AttachmentRefusal ? error.reason : 'unreadable';
        this.refused = [...this.refused, { name: file.name, reason }];
      } finally {
        this.reading -= 1;
      }
    }
  }

  /** Takes the file at `index` out of the message. */
  remove(index: number, place: AttachmentPlace): void {
    const { attachments, typed } = splitAttachments(place.read());
    place.write(
      joinAttachments(
        attachments.filter((_, other) => other !== index),
        typed,
      ),
    );
  }

  dismiss(): void {
    this.refused = [];
  }
}

function put(added: Attachment, place: AttachmentPlace): void {
  const { attachments, typed } = splitAttachments(place.read());
  const others = attachments.filter(({ name }) => name !== added.name);
  const text = joinAttachments([...others, added], typed);
  if (text.length > longestMessage) throw new AttachmentRefusal('no-room');
  place.write(text);
}
