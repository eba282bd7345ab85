/**
 * A file in the queue: how far it is, what was found out about it, and its place in the order of writing.
 */
import type { Refusal } from '../../api';
import type { DateStyle, FileInspection, ImportKind, ImportProfileText, NumberStyle, Rehearsal, TextEncoding } from '@shared/domain/import';

/**
 * to_inspect, to_rehearse: waits for its turn; unrecognised: wants a mapping; asking: wants as-of or location; ready:
 * rehearsed; held: was imported before, nothing to write; refused: cannot be read as it is.
 */
export type FilePhase =
  'to_inspect' | 'unrecognised' | 'asking' | 'to_rehearse' | 'ready' | 'held' | 'refused' | 'writing' | 'written';

/** What a person says that the file does not. */
export interface FileGiven {
  readonly asOfInstant?: number | undefined;
  readonly locationCode?: string;
  readonly sheet?: string;
  /** undefined: the encoding that the file's bytes speak for. */
  readonly encoding?: TextEncoding | undefined;
  /** undefined: the profile that is recognised. */
  readonly profileId?: string | undefined;
  readonly mapping?: ImportProfileText | undefined;
  readonly dateStyle?: DateStyle;
  readonly numberStyle?: NumberStyle;
  /** The import in whose place it is written; undefined: beside what is there. */
  readonly supersedesImportId?: number | undefined;
}

export interface NewFile {
  readonly fileName: string;
  readonly filePath?: string | undefined;
  readonly bytes?: Uint8Array<ArrayBuffer> | undefined;
  readonly asOfInstant?: number | undefined;
}

export interface QueuedFile {
  readonly key: number;
  readonly fileName: string;
  readonly filePath: string | undefined;
  readonly bytes: Uint8Array<ArrayBuffer> | undefined;
  readonly phase: FilePhase;
  readonly given: FileGiven;
  readonly inspection: FileInspection | undefined;
  /** The last rehearsal. */
  readonly rehearsal: Rehearsal | undefined;
  /** Another file was written since: the rehearsal may say other figures now. */
  readonly isStale: boolean;
  readonly refusal: Refusal | undefined;
  readonly importId: number | undefined;
}

type Defined<T> = { [Key in keyof T as undefined extends T[Key] ? never : Key]: T[Key] } & {
  [Key in keyof T as undefined extends T[Key] ? Key : never]?: Exclude<T[Key], undefined>;
};

/** The same without keys that hold undefined: the door takes a missing key for missing, and nothing else. */
export const withoutUndefined = <T extends object>(value: T): Defined<T> =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as Defined<T>;

/** Items first, because later files name them; the ERP's snapshot may bring items and locations too; tags want lines. */
const KIND_ORDER: Readonly<Record<ImportKind, number>> = {
  items: 0,
  snapshot: 2,
  movements: 3,
  count: 4,
  trial_balance: 5,
  ledger_entries: 6,
  tags: 7,
};

function rank(file: QueuedFile): number {
  const profile = file.rehearsal?.profile ?? file.inspection?.profile;
  if (!profile) return 9;
  return profile.kind === 'snapshot' && profile.system === 'erp' ? 1 : KIND_ORDER[profile.kind];
}

/** The order of writing: by kind, then as the files were added. Files that nobody knows yet come last. */
export const byImportOrder = (left: QueuedFile, right: QueuedFile): number =>
  rank(left) - rank(right) || left.key - right.key;

/** The last part of a path, whichever way its folders are written. */
export const fileNameOf = (path: string): string => path.split(/[\\/]/).pop() ?? path;
