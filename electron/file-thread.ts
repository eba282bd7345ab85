/**
 * The thread beside an import that reads a large file (`services/imports/loading/file-thread.ts`).
 */
import { parentPort, workerData } from 'node:worker_threads';
import type { FileOrder } from './services/imports/loading/file-order';
import { serveFile } from './services/imports/loading/serve-file';

if (parentPort) serveFile(parentPort, workerData as FileOrder);
