/** A step of the set-up that failed: which one, why, and what to do about it. */
export class StepError extends Error {
  /**
   * @param {string} step
   * @param {unknown} cause
   * @param {string} remedy
   */
  constructor(step, cause, remedy) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`${step} failed.\n  Cause: ${reason.trim()}\n  What to do: ${remedy}`);
    this.name = 'StepError';
  }
}

/** Writes a line of progress where it doesn't mix with a program's output. */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/**
 * Runs `work` under the name `name`, telling how long it took.
 * @template T
 * @param {string} name
 * @param {string} remedy
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(name, remedy, work) {
  say(`• ${name} ...`);
  const start = Date.now();
  try {
    const result = await work();
    say(`  done in ${((Date.now() - start) / 1000).toFixed(1)} s`);
    return result;
  } catch (error) {
    throw error instanceof StepError ? error : new StepError(name, error, remedy);
  }
}

/** Runs a script's `main`; a failed step is told in its own words, without a stack. */
export async function runMain(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    say(error instanceof StepError ? `\n${error.message}` : String(error?.stack ?? error));
    process.exitCode = 1;
  }
}
