/** The quarantine as doors use it: what waits, what mends it, what was done, and the names behind it. */
export { acceptSuggestions, mapAlias, mapAndReplay, setUnit } from './accept';
export { addAndReplay, addTarget } from './add';
export { listAliases } from './aliases';
export { correctRow, replaceValue } from './correct';
export { historyOfRow } from './history';
export { ignoreRows, restoreRows } from './ignore';
export { listQuarantine, quarantinePage } from './list';
export { replayQuarantine } from './replay';
export { touchedBy } from './selection';
export { suggestNames } from './suggest';
export { rehearseTakeBack, takeBackAliases } from './take-back';
