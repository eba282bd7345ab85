/**
 * The tests that drive the real window. `scripts/testing/playwright.mjs` starts them with an Electron and a display.
 *
 * One worker: a window needs a processor for itself to behave as it does for a person.
 */
import { defineConfig } from '@playwright/test';

const reportFile = process.env.TIEOUT_REPORT;

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results/window',
  workers: 1,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 90_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ...(reportFile ? [['json', { outputFile: reportFile }] as const] : [])],
  // The tour is the close once more, with its results where a person looks for them.
  projects:
    process.env.TIEOUT_RECORD_FOLDER !== undefined
      ? [{ name: 'record', testDir: 'tests/record' }]
      : process.env.TIEOUT_TOUR_FOLDER === undefined
      ? [
          { name: 'window', testIgnore: 'packaged.spec.ts' },
          { name: 'packaged', testMatch: 'packaged.spec.ts' },
        ]
      : [{ name: 'tour', testMatch: 'close.spec.ts' }],
});
