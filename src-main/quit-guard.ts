import process from 'node:process';
import { type ErrorCode, reportOf } from './contract/error.ts';
import type { SavedAll, UnsavedCause, UnsavedText } from './contract/unsaved-text.ts';

/** What the user chooses when some text can't be saved. */
export type QuitChoice = 'retry' | 'save-elsewhere' | 'quit' | 'stay';

/** Why something couldn't be saved: an error, or a page that doesn't answer. */
export type UnsavedReason = UnsavedCause | 'hung';

/** What couldn't be saved, and why. */
export interface Unsaved {
  readonly reason: UnsavedReason;
  readonly texts: readonly UnsavedText[];
}

export interface QuitGuardOptions {
  /** Whether a page is loaded, which may hold unsaved text. */
  readonly pageAnswers: () => boolean;
  /** Asks the page to save everything; it answers with `pageSaved`. */
  readonly savePage: (attempt: number) => void;
  /** Saves everything that main holds, without ending anything. @throws ForedraftError if it can't */
  readonly save: () => void;
  /** Interrupts what is being generated, and saves it. @throws ForedraftError if it can't */
  readonly interrupt: () => void;
  /** The texts that main holds and that aren't saved. */
  readonly unsaved: () => readonly UnsavedText[];
  readonly ask: (unsaved: Unsaved) => Promise<QuitChoice>;
  /** Saves texts to a file that the user chooses; false if cancelled. @throws ForedraftError */
  readonly saveElsewhere: (texts: readonly UnsavedText[]) => Promise<boolean>;
  /** Quits the program; its window asks `onClose` again. */
  readonly quit: () => void;
  /** How long the page may take to answer, in milliseconds; default 5,000. */
  readonly pageTimeoutMs?: number;
}

/**
 * Keeps the program open until all text is saved, or the user gives up what isn't. A quit and the end of a session
 * close the window first, so guarding that guards all of them.
 */
export class QuitGuard {
  readonly #options: QuitGuardOptions;
  #leaving: Promise<void> | undefined;
  #allowed = false;
  #attempt = 0;
  #answer: ((saved: SavedAll) => void) | undefined;

  constructor(options: QuitGuardOptions) {
    this.#options = options;
  }

  /** To be called when the window is about to close. */
  onClose(event: { preventDefault(): void }): void {
    if (this.#allowed) return;
    event.preventDefault();
    void this.leave();
  }

  /** The page's answer to `savePage`. */
  pageSaved(saved: SavedAll): void {
    if (saved.attempt === this.#attempt) this.#answer?.(saved);
  }

  /** Saves everything, asks the user about what can't be saved, and quits unless the user stays. Never rejects. */
  leave(): Promise<void> {
    this.#leaving ??= this.#leave()
      .catch((error: unknown) => process.emitWarning(error instanceof Error ? error : String(error)))
      .finally(() => (this.#leaving = undefined));
    return this.#leaving;
  }

  async #leave(): Promise<void> {
    let unsaved = await this.#saveAll();
    while (unsaved) {
      const choice = await this.#options.ask(unsaved);
      if (choice === 'stay') return;
      if (choice === 'quit') break;
      unsaved = choice === 'retry' ? await this.#saveAll() : await this.#saveElsewhere(unsaved);
    }
    this.#allowed = true;
    this.#options.quit();
  }

  /** Returns what couldn't be saved; undefined if all is. */
  async #saveAll(): Promise<Unsaved | undefined> {
    const { save, interrupt, unsaved } = this.#options;
    const page = await this.#savePage();
    let reason = page?.reason;
    try {
      save();
      // Last, so that an answer continues if the user stays.
      if (!page) interrupt();
    } catch (error) {
      reason = causeOf(error, 'runtime-failed');
    }
    return reason === undefined ? undefined : { reason, texts: [...(page?.texts ?? []), ...unsaved()] };
  }

  async #savePage(): Promise<Unsaved | undefined> {
    const { pageAnswers, savePage, pageTimeoutMs = 5000 } = this.#options;
    if (!pageAnswers()) return undefined;
    const attempt = ++this.#attempt;
    const saved = await new Promise<SavedAll | 'hung'>((resolve) => {
      const timer = setTimeout(() => resolve('hung'), pageTimeoutMs);
      this.#answer = (saved) => {
        clearTimeout(timer);
        resolve(saved);
      };
      savePage(attempt);
    });
    if (saved === 'hung') return { reason: 'hung', texts: [] };
    const { cause, unsaved } = saved;
    if (cause === null && unsaved.length === 0) return undefined;
    return { reason: cause ?? { code: 'runtime-failed', message: '' }, texts: unsaved };
  }

  async #saveElsewhere(unsaved: Unsaved): Promise<Unsaved | undefined> {
    try {
      return (await this.#options.saveElsewhere(unsaved.texts)) ? undefined : unsaved;
    } catch (error) {
      return { ...unsaved, reason: causeOf(error, 'file-failed') };
    }
  }
}

function causeOf(error: unknown, fallback: ErrorCode): UnsavedCause {
  const { code, message } = reportOf(error, fallback);
  return { code, message };
}

/** The texts as one Markdown document, each under its title. */
export function unsavedDocument(texts: readonly UnsavedText[]): string {
  return texts.map(({ title, text }) => `# ${title}\n\n${text}\n`).join('\n');
}
