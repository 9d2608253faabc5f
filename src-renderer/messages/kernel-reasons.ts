import type { StandardKernelsReason } from '../../src-main/contract/model-card.ts';
import type { MessageKey } from '../../src-main/messages/message.ts';

/** Why ONNX Runtime's kernels run, and what to do to use the project's. */
export const kernelReasons = {
  'no-graph': 'kernels-no-graph',
  'library-missing': 'kernels-library-missing',
  'library-refused': 'kernels-library-refused',
  processor: 'kernels-processor',
  forced: 'kernels-forced',
  provider: 'kernels-provider',
} as const satisfies Record<StandardKernelsReason, MessageKey>;
