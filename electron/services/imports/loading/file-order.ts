/**
 * What an import's thread and its file thread say to each other.
 */
import type { ReadFailure } from '../../../files/readers/limits';
import type { PackedBatch } from './plain-batch';
import type { PlainPlan } from './plain-plan';

/** What a file thread begins with: it reads the rows once, and then packs the file where it is to be kept. */
export interface FileOrder {
  readonly path: string;
  readonly fileName: string;
  readonly byteLength: number;
  readonly bomBytes: number;
  readonly plan: PlainPlan;
  readonly keeps: boolean;
  /** One shared integer: how many batches and parts were taken. */
  readonly taken: Int32Array;
}

/** Rows once more: for a second pass over the file. */
export const ROWS_AGAIN = 'rows';

/** The file thread is woken each time that so many batches and parts were taken: fewer than it lets wait. */
export const TAKEN_PER_WAKING = 4;

export type FileReport =
  | { readonly kind: 'batch'; readonly batch: PackedBatch }
  | { readonly kind: 'part'; readonly deflated: Uint8Array }
  /** Of the rows, or of the parts: with the SHA-256 of what was packed. */
  | { readonly kind: 'rows-end' }
  | { readonly kind: 'parts-end'; readonly sha256: string }
  /** UnreadableFile, after the rows before that place. */
  | { readonly kind: 'unreadable'; readonly failure: ReadFailure; readonly message: string };
