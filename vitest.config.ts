import path from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { alias: { '@shared': path.resolve(import.meta.dirname, 'shared') } },
  test: {
    testTimeout: 30_000,
    // Every processor: by itself vitest leaves one to the person who watches, which on two is half of them.
    maxWorkers: '100%',
    // The files that a worker runs share the modules it has loaded: a support file registers no hooks of its own, and no test changes what a module keeps.
    isolate: false,
    projects: [
      { extends: true, test: { name: 'code', include: ['tests/{unit,workbook,tidy}/**/*.test.ts'] } },
      // What was built: the command line as a person runs it, the job worker as the workbook process does.
      { extends: true, test: { name: 'built', include: ['tests/{cli,contract}/**/*.test.ts'], globalSetup: 'tests/support/build-once.ts' } },
    ],
  },
});
