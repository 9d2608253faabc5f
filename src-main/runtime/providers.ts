import { ForedraftError } from '../contract/error.ts';
import type { Provider, ProviderStatus } from '../contract/model-card.ts';
import { providers } from '../contract/model-card.ts';

const names: Readonly<Record<Provider, string>> = {
  cpu: 'CPU',
  cuda: 'CUDA',
  directml: 'DirectML',
  coreml: 'Core ML',
  webgpu: 'WebGPU',
};

/** The platforms that a provider exists on. */
const platforms: Readonly<Record<Provider, readonly string[]>> = {
  cpu: ['linux', 'win32', 'darwin'],
  cuda: ['linux', 'win32'],
  directml: ['win32'],
  coreml: ['darwin'],
  webgpu: ['linux', 'win32', 'darwin'],
};

function statusOf(provider: Provider, platform: string): ProviderStatus {
  if (provider === 'cpu') return { provider, available: true, reason: 'everywhere' };
  const reason = platforms[provider].includes(platform) ? 'not-used-yet' : 'other-platform';
  return { provider, available: false, reason };
}

function sentenceOf({ reason }: ProviderStatus, platform: string): string {
  return reason === 'other-platform'
    ? `it doesn't exist on ${platform}`
    : `this version of Foredraft keeps the cache in main memory and runs models on the CPU`;
}

/** Every provider, in order of preference, with the reason if it can't be used. */
export function providerStatuses(platform: string = process.platform): readonly ProviderStatus[] {
  return providers.map((provider) => statusOf(provider, platform));
}

/**
 * @throws ForedraftError `provider-unavailable` with the reason if `name` can't be used here,
 * `settings-invalid` if no provider has that name
 */
export function requireProvider(name: string, platform: string = process.platform): Provider {
  const status = providerStatuses(platform).find(({ provider }) => provider === name);
  if (!status) {
    throw new ForedraftError(
      'settings-invalid',
      `${name} is not a provider: choose one of ${providers.join(', ')}.`,
      { provider: name },
    );
  }
  if (!status.available) {
    throw new ForedraftError(
      'provider-unavailable',
      `${names[status.provider]} can't be used, ${sentenceOf(status, platform)}: choose cpu.`,
      {
        provider: name,
      },
    );
  }
  return status.provider;
}
