#!/usr/bin/env node
/**
 * The `tieout` command in a clone: the command line over the same services as the window, in plain Node.js.
 * Adds nothing to stdout; arguments, stdin and the exit code are the command's own.
 */
import { ensureBuild } from './setup/compile.mjs';
import { enter } from './setup/enter.mjs';
import { at } from './setup/paths.mjs';
import { runToEnd } from './setup/processes.mjs';

await enter(async () => {
  await ensureBuild();
  return runToEnd(process.execPath, [at('dist/main/cli.js'), ...process.argv.slice(2)], { cwd: process.cwd() });
});
