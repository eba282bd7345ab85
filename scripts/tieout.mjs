#!/usr/bin/env node
/**
 * The `tieout` command in a clone: the command line over the same services as the window, in plain Node.js.
 * Adds nothing to stdout; arguments, stdin and the exit code are the command's own.
 */
import { ensureBuild } from './setup/compile.mjs';
import { enter } from './setup/enter.mjs';
import { at } from './setup/paths.mjs';
import { runToEnd } from './setup/processes.mjs';

/** In MB: as much room for young values as the window's jobs have (`electron/ipc/job-runner.ts`), which V8 sets at three times this. */
const SEMI_SPACE_MB = 8;

await enter(async () => {
  await ensureBuild();
  return runToEnd(process.execPath, [`--max-semi-space-size=${SEMI_SPACE_MB}`, at('dist/main/cli.js'), ...process.argv.slice(2)], { cwd: process.cwd() });
});
