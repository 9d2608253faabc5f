import { defineConfig } from '@playwright/test';

export default defineConfig({
  outputDir: 'test-results',
  // One app at a time: two models at once would starve each other on a small machine.
  workers: 1,
  retries: 0,
  // Room for a slow processor: nothing here asserts a speed by it.
  timeout: 240_000,
  expect: { timeout: 30_000 },
  forbidOnly: true,
  projects: [
    { name: 'e2e', testDir: 'test/e2e' },
    { name: 'package', testDir: 'test/package' },
  ],
});
