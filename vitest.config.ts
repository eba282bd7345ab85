import path from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { alias: { '@shared': path.resolve(import.meta.dirname, 'shared') } },
  test: {
    testTimeout: 30_000,
    projects: [
      { extends: true, test: { name: 'code', include: ['tests/{unit,workbook,contract,tidy}/**/*.test.ts'] } },
      // What was built, run as a person runs it.
      { extends: true, test: { name: 'cli', include: ['tests/cli/**/*.test.ts'], globalSetup: 'tests/support/build-once.ts' } },
    ],
  },
});
