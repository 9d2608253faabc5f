import type { ModelCard, StandardKernelsReason } from '../../src-main/contract/model-card.ts';
import type { MessageKey } from '../../src-main/messages/message.ts';

const reasons = {
  'no-graph': 'kernels-no-graph',
  'library-missing': 'kernels-library-missing',
  'library-refused': 'kernels-library-refused',
  processor: 'kernels-processor',
  forced: 'kernels-forced',
  provider: 'kernels-provider',
} as const satisfies Record<StandardKernelsReason, MessageKey>;

/** Why ONNX Runtime's kernels compute a model, and what to do about it; null if the project's do. */
export function kernelReason({ kernels, precision }: Pick<ModelCard, 'kernels' | 'precision'>) {
  if (kernels.kind === 'operators') return null;
  if (kernels.reason === 'no-graph' && precision === 'float32') return 'kernels-float32';
  return reasons[kernels.reason];
}
