import type { ErrorCode } from '../../src-main/contract/error.ts';
import type { MessageKey } from '../../src-main/messages/message.ts';

/** The title of each error, above the message that comes with it. */
export const errorTitles = {
  'model-file-invalid': 'error-model-file-invalid',
  'model-unsupported': 'error-model-unsupported',
  'model-missing': 'error-model-missing',
  'model-load-failed': 'error-model-load-failed',
  'provider-unavailable': 'error-provider-unavailable',
  'prompt-empty': 'error-prompt-empty',
  'selection-empty': 'error-selection-empty',
  'prompt-too-long': 'error-prompt-too-long',
  'settings-invalid': 'error-settings-invalid',
  'message-invalid': 'error-message-invalid',
  'runtime-failed': 'error-runtime-failed',
  'run-interrupted': 'error-run-interrupted',
  'engine-crashed': 'error-engine-crashed',
  'engine-hung': 'error-engine-hung',
  'engine-busy': 'error-engine-busy',
  'engine-unavailable': 'error-engine-unavailable',
  'database-newer': 'error-database-newer',
  'database-failed': 'error-database-failed',
  'not-found': 'error-not-found',
  'disk-full': 'error-disk-full',
  'file-failed': 'error-file-failed',
} as const satisfies Record<ErrorCode, MessageKey>;
