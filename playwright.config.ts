/**
 * The tests that drive the real window. `scripts/testing/playwright.mjs` starts them with an Electron and a display.
 *
 * A worker for each display: a file of tests has its windows for itself, and is done by one worker from its beginning to its end.
 */
import { defineConfig } from '@playwright/test';

const reportFile = process.env.TIEOUT_REPORT;

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results/window',
  workers: process.env.TIEOUT_DISPLAYS?.split(' ').length ?? 1,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 90_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ...(reportFile ? [['json', { outputFile: reportFile }] as const] : [])],
  // The tour is the close once more, with its results where a person looks for them.
  // The gallery is taken for a person to look at, when asked for.
  projects:
    process.env.TIEOUT_RECORD_FOLDER !== undefined
      ? [{ name: 'record', testDir: 'tests/record' }]
      : process.env.TIEOUT_GALLERY_FOLDER !== undefined
        ? [{ name: 'gallery', testMatch: 'gallery.spec.ts' }]
        : process.env.TIEOUT_TOUR_FOLDER !== undefined
          ? [{ name: 'tour', testMatch: 'close.spec.ts' }]
          : [
              { name: 'window', testIgnore: ['packaged.spec.ts', 'gallery.spec.ts'] },
              { name: 'packaged', testMatch: 'packaged.spec.ts' },
            ],
});
