/**
 * Source files as the workbook keeps them: deflated (zlib), once, under their SHA-256.
 */
import { inflateSync } from 'node:zlib';
import { TEXT_ENCODINGS } from '@shared/domain/import';
import { openTable, sourceFromBytes, UnreadableFile, type ByteSource, type TableFile } from '../../../files/readers/table';
import { insertSourceFilePart, type ImportRow, type SourceFileRow } from '../../../workbook/tables/imports';
import type { WritableWorkbook } from '../../../workbook/workbook';
import { deflatedParts } from './deflated-parts';
import type { FileThread } from './file-thread';

/** It is read back whole: a little under what SQLite takes as one value. */
const KEPT_BYTES_MAX = 900 * 1024 ** 2;

/** A file on its way into the workbook. */
export interface FileBeingKept {
  /** @throws UnreadableFile where the file is no longer the one that was read, or too large to be kept */
  readonly done: Promise<void>;
  /** Writes nothing more: the transaction will be rolled back. */
  stop(): void;
}

async function keep(workbook: WritableWorkbook, source: ByteSource, sha256: string, parts: AsyncGenerator<Uint8Array, string>, signal: AbortSignal): Promise<void> {
  let kept = 0;
  for (let partNumber = 1; ; partNumber += 1) {
    const next = await parts.next();
    if (signal.aborted) return;
    if (next.done) {
      if (next.value === sha256) return;
      throw new UnreadableFile('file_unreadable', `${source.fileName} changed while it was read. Import it again once it is complete.`);
    }
    kept += next.value.length;
    if (kept > KEPT_BYTES_MAX) {
      throw new UnreadableFile('file_too_large', `${source.fileName} is too large to be kept in the workbook. Split the export by location or by date.`);
    }
    insertSourceFilePart(workbook, sha256, partNumber, next.value);
  }
}

/**
 * Begins to pack a file into the workbook, part by part, beside whatever else the transaction writes.
 *
 * @param thread packs it, where there is one
 */
export function keepFile(workbook: WritableWorkbook, source: ByteSource, sha256: string, thread?: FileThread): FileBeingKept {
  const control = new AbortController();
  const done = keep(workbook, source, sha256, thread?.parts() ?? deflatedParts(source, control.signal), control.signal);
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
