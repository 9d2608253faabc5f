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
    // A processor without int8 dot products takes three times as long for the real model as one with them.
    testTimeout: 240_000,
    // The tests on the real model use both cores: one file at a time keeps them from slowing each other.
    fileParallelism: false,
  },
});
