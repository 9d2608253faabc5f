const names: Readonly<Record<string, string>> = {
  cpu: 'CPU',
  cuda: 'CUDA',
  directml: 'DirectML',
  coreml: 'Core ML',
  webgpu: 'WebGPU',
};

/** Display name of a provider, the same in every language. */
export function providerName(provider: string): string {
  return names[provider] ?? provider;
}
