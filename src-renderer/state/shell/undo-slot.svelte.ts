/** Something that was just done and can be taken back. */
export interface Deed {
  readonly kind: 'deleted' | 'archived' | 'discarded';
  /** What it was done to, in a person's words. */
  readonly title: string;
  readonly undo: () => void | Promise<void>;
}

/** The last thing that can be taken back; a new one takes its place. */
export class LastDeed {
  current = $state.raw<Deed | null>(null);

  done(deed: Deed): void {
    this.current = deed;
  }

  dismiss(): void {
    this.current = null;
  }

  async undo(): Promise<void> {
    const deed = this.current;
    this.current = null;
    await deed?.undo();
  }
}
