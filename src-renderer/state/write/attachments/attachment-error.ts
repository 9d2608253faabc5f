/** Why a file can't be attached. */
export type RefusalReason =
  | 'type'
  | 'old-word'
  | 'encrypted'
  | 'too-large'
  | 'too-long'
  | 'no-room'
  | 'binary'
  | 'encoding'
  | 'broken'
  | 'bomb'
  | 'empty'
  | 'unreadable';

/** A file that can't be attached. */
export class AttachmentError extends Error {
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason) {
    super(`The file is not attached: ${reason}`);
    this.name = 'AttachmentError';
    this.reason = reason;
  }
}
