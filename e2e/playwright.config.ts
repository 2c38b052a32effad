import { defineConfig } from '@playwright/test'

/** One application at a time; limits only end what hangs, none measures speed. */
export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  timeout: 120_000,
  expect: { timeout: 30_000 },
  workers: 1,
  retries: 0,
  reporter: 'list',
})
