import type { SampleChange } from '@shared/domain/audit/sample';

/** Makes changes one after another; resolves with whether all of them were written. */
export type MakeChanges = (changes: readonly SampleChange[]) => Promise<boolean>;
