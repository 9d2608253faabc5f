import { reportOf, type ErrorReport } from '../../../src-main/contract/error.ts';

/** The last error that belongs to no answer. */
export class Notices {
  current = $state.raw<ErrorReport | null>(null);

  show(error: unknown): void {
    this.current = reportOf(error, 'runtime-failed');
  }

  dismiss(): void {
    this.current = null;
  }

  /** Runs `work` and shows an error that it throws. Returns whether it succeeded. */
  async guard(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      this.show(error);
      return false;
    }
  }
}
