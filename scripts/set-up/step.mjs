/** A failed step of set-up: which one, why, and what to do about it. */
export class StepError extends Error {
  /**
   * @param {string} step
   * @param {unknown} cause
   * @param {string} remedy
   */
  constructor(step, cause, remedy) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`${step} failed.\n  Cause: ${reason.trim()}\n  Fix: ${remedy}`);
    this.name = 'StepError';
  }
}

/** Logs a line of progress to stderr, apart from the program's output. */
export function log(line) {
  process.stderr.write(`${line}\n`);
}

/**
 * Runs `work` as the step `name` and logs how long it took.
 * @template T
 * @param {string} name
 * @param {string} remedy
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(name, remedy, work) {
  log(`• ${name}…`);
  const start = Date.now();
  try {
    const result = await work();
    log(`  done in ${((Date.now() - start) / 1000).toFixed(1)} s`);
    return result;
  } catch (error) {
    throw error instanceof StepError ? error : new StepError(name, error, remedy);
  }
}

/** Runs a script's `main` and sets the exit code; a StepError is printed without its stack. */
export async function runMain(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    log(error instanceof StepError ? `\n${error.message}` : String(error?.stack ?? error));
    process.exitCode = 1;
  }
}
