/**
 * Imports: looking at a file, rehearsing, committing, what a period has been given, and what becomes of an import later.
 */
export { compareWithPeriod, forWindow } from './life/compare';
export { differencePage } from './life/difference';
export { evidenceOf } from './life/evidence';
export { commitImport, rehearseImport } from './import';
export { inspectFile } from './profiles/inspect';
export { importsOfFile } from '../../workbook/tables/imports';
export { linesOfRow } from './lines-of-row';
export { originalRow } from './original-row';
export { listProfiles, profilesWhole, saveProfile } from './profiles/known-profiles';
export { importSummary } from './summary';
export { previewUndo, undoImport } from './life/undo';
