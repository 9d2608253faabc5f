/** Every way in which Foredraft can refuse or fail. The code is stable; the message names the thing. */
export type ErrorCode =
  | 'model-file-invalid'
  | 'model-unsupported'
  | 'model-missing'
  | 'model-load-failed'
  | 'provider-unavailable'
  | 'prompt-empty'
  | 'prompt-too-long'
  | 'settings-invalid'
  | 'message-invalid'
  | 'runtime-failed'
  | 'run-interrupted'
  | 'engine-crashed'
  | 'engine-hung'
  | 'engine-busy'
  | 'engine-unavailable'
  | 'database-newer'
  | 'database-failed'
  | 'not-found'
  | 'disk-full'
  | 'file-failed';

export type ErrorDetails = Readonly<Record<string, string | number | boolean>>;

/** How an error crosses a process boundary. */
export interface ErrorReport {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details: ErrorDetails;
}

/** An expected failure: one sentence that names the thing and its value, and what to do. */
export class ForedraftError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message);
    this.name = 'ForedraftError';
    this.code = code;
    this.details = details;
  }
}

/** The report of any thrown value; what isn't a ForedraftError gets `fallback` as its code. */
export function reportOf(error: unknown, fallback: ErrorCode): ErrorReport {
  if (error instanceof ForedraftError) {
    return { code: error.code, message: error.message, details: error.details };
  }
  return { code: fallback, message: error instanceof Error ? error.message : String(error), details: {} };
}

/** The error on this side of the boundary that `report` was on the other. */
export function errorFrom(report: ErrorReport): ForedraftError {
  return new ForedraftError(report.code, report.message, report.details);
}
