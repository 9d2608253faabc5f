import type { ProviderReason } from '../../src-main/contract/model-card.ts';
import type { MessageKey } from '../../src-main/messages/message.ts';

/** Why an execution provider is or isn't available. */
export const providerReasons = {
  everywhere: 'provider-everywhere',
  'other-platform': 'provider-other-platform',
  'not-used-yet': 'provider-not-used-yet',
} as const satisfies Record<ProviderReason, MessageKey>;
