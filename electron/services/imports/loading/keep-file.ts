/**
 * Source files as the workbook keeps them: deflated (zlib), once, under their SHA-256.
 */
import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { constants, createDeflate, inflateSync } from 'node:zlib';
import { TEXT_ENCODINGS } from '@shared/domain/import';
import { openTable, sourceFromBytes, UnreadableFile, type ByteSource, type TableFile } from '../../../files/readers/table';
import { insertSourceFilePart, type ImportRow, type SourceFileRow } from '../../../workbook/tables/imports';
import type { WritableWorkbook } from '../../../workbook/workbook';

/** It is read back whole: a little under what SQLite takes as one value. */
const KEPT_BYTES_MAX = 900 * 1024 ** 2;

/** A file on its way into the workbook. */
export interface FileBeingKept {
  /** @throws UnreadableFile where the file is no longer the one that was read, or too large to be kept */
  readonly done: Promise<void>;
  /** Writes nothing more: the transaction will be rolled back. */
  stop(): void;
}

// The fastest level: a third larger than the usual one, and done by a thread of its own before the rows are written.
const DEFLATE = { level: constants.Z_BEST_SPEED, chunkSize: 256 * 1024 };

async function keep(workbook: WritableWorkbook, source: ByteSource, sha256: string, { signal }: AbortController): Promise<void> {
  const digest = createHash('sha256');
  const deflating = createDeflate(DEFLATE);
  const hashed = async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      digest.update(chunk);
      yield chunk;
    }
  };
  const packing = pipeline(source.open(), hashed, deflating, { signal });
  packing.catch(() => undefined);
  let kept = 0;
  let parts = 0;
  for await (const piece of deflating as AsyncIterable<Buffer>) {
    if (signal.aborted) return;
    kept += piece.length;
    parts += 1;
    if (kept > KEPT_BYTES_MAX) {
      throw new UnreadableFile('file_too_large', `${source.fileName} is too large to be kept in the workbook. Split the export by location or by date.`);
    }
    insertSourceFilePart(workbook, sha256, parts, piece);
  }
  await packing;
  if (digest.digest('hex') !== sha256) {
    throw new UnreadableFile('file_unreadable', `${source.fileName} changed while it was read. Import it again once it is complete.`);
  }
}

/** Begins to pack a file into the workbook, part by part, beside whatever else the transaction writes. */
export function keepFile(workbook: WritableWorkbook, source: ByteSource, sha256: string): FileBeingKept {
  const control = new AbortController();
  const done = keep(workbook, source, sha256, control);
  // Whoever waits for it meets the error; an import that failed before that has its own.
  done.catch(() => undefined);
  return { done, stop: () => control.abort() };
}

/** What an import's file was read by. */
export interface ReadBy {
  readonly import: Pick<ImportRow, 'encoding'>;
  /** null for a spreadsheet, which says its encoding itself. */
  readonly delimiter: string | null;
  readonly timeZone: string;
}

/** Opens a kept file as its import read it: by the same delimiter and encoding, found or named by a person. */
export function openKeptFile(kept: SourceFileRow, { import: row, delimiter, timeZone }: ReadBy): Promise<TableFile> {
  const source = sourceFromBytes(inflateSync(kept.deflated_content), kept.file_name);
  const encoding = TEXT_ENCODINGS.find((each) => each === row.encoding);
  return openTable(source, { timeZone, ...(delimiter !== null && { delimiter, encoding }) });
}
