/**
 * Imports: looking at a file, rehearsing, committing, what a period has been given, and what becomes of an import later.
 */
export { compareWithPeriod, forWindow } from './compare';
export { differencePage } from './difference';
export { evidenceOf } from './evidence';
export { commitImport, rehearseImport } from './import';
export { inspectFile } from './inspect';
export { originalRow } from './original-row';
export { listProfiles, profilesWhole, saveProfile } from './profiles';
export { importSummary } from './summary';
export { previewUndo, undoImport } from './undo';
