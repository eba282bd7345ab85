/**
 * Imports: looking at a file, rehearsing, committing, and what a period has been given.
 */
export { commitImport, rehearseImport } from './import';
export { inspectFile } from './inspect';
export { originalRow } from './original-row';
export { listProfiles, saveProfile } from './profiles';
export { importSummary } from './summary';
