import { defineConfig } from '@playwright/test';

export default defineConfig({
  outputDir: 'test-results',
  // One app at a time: two models would compete for the cores of a small machine.
  workers: 1,
  retries: 0,
  // Generous for slow CPUs: no test relies on it to assert speed.
  timeout: 240_000,
  expect: { timeout: 30_000 },
  forbidOnly: true,
  projects: [
    { name: 'e2e', testDir: 'test/e2e' },
    { name: 'package', testDir: 'test/package' },
  ],
});
