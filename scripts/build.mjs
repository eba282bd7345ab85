/**
 * `npm run build`: main, preload, workbook process, command line and renderer into `dist/`.
 */
import { ensureBuild } from './setup/compile.mjs';
import { enter } from './setup/enter.mjs';

await enter(() => ensureBuild({ always: true }));
