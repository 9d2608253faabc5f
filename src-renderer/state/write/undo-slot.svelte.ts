export interface UndoableAction {
  readonly kind: 'deleted' | 'archived' | 'discarded';
  /** Title of the conversation, or the text that was discarded. */
  readonly title: string;
  readonly undo: () => void | Promise<void>;
}

/** The last action that can be undone; a new one replaces it. */
export class UndoSlot {
  current = $state.raw<UndoableAction | null>(null);

  set(action: UndoableAction): void {
    this.current = action;
  }

  clear(): void {
    this.current = null;
  }

  async undo(): Promise<void> {
    const action = this.current;
    this.current = null;
    await action?.undo();
  }
}
