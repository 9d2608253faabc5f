import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [svelte({ configFile: false })],
  resolve: { conditions: ['browser'] },
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**', 'node_modules/**'],
    environment: 'node',
    env: { ORT_DISABLE_TELEMETRY: '1' },
    // CPUs without int8 dot products take three times as long for the real model, and plain kernels hours.
    testTimeout: process.env['FOREDRAFT_KERNELS'] === 'plain' ? 86_400_000 : 240_000,
    // Tests on the real model use all cores: files run one at a time to keep timings stable.
    fileParallelism: false,
  },
});
