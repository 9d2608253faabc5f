/** All error codes. Codes are stable; messages may change. */
export const errorCodes = [
  'model-file-invalid',
  'model-unsupported',
  'model-missing',
  'model-load-failed',
  'provider-unavailable',
  'prompt-empty',
  'selection-empty',
  'prompt-too-long',
  'settings-invalid',
  'message-invalid',
  'runtime-failed',
  'run-interrupted',
  'engine-crashed',
  'engine-hung',
  'engine-busy',
  'engine-unavailable',
  'database-newer',
  'database-failed',
  'not-found',
  'disk-full',
  'file-failed',
] as const;
export type ErrorCode = (typeof errorCodes)[number];

export type ErrorDetails = Readonly<Record<string, string | number | boolean>>;

/** An error as serialized across a process boundary. */
export interface ErrorReport {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details: ErrorDetails;
}

/** An expected failure. The message is a sentence that names the cause, its value and a remedy. */
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

/** Serializes any thrown value; anything but a ForedraftError gets the code `fallback`. */
export function reportOf(error: unknown, fallback: ErrorCode): ErrorReport {
  if (error instanceof ForedraftError) {
    return { code: error.code, message: error.message, details: error.details };
  }
  return { code: fallback, message: error instanceof Error ? error.message : String(error), details: {} };
}

/** Deserializes a report. */
export function errorFrom(report: ErrorReport): ForedraftError {
  return new ForedraftError(report.code, report.message, report.details);
}
