/**
 * Source files as the workbook keeps them, held against their own hashes before a byte of them is read.
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { inflateSync } from 'node:zlib';
import { hasSourceFile, insertSourceFile, insertSourceFilePart, sourceFileBySha256 } from '../../workbook/tables/imports';
import type { ReadableWorkbook, SqliteWorkbook } from '../../workbook/workbook';

export interface KeptSource {
  /** Where the bytes lie while they are read; undefined where they cannot be had. */
  readonly filePath: string | undefined;
  /** The hash of the bytes as they are now, or why there are none; it is the kept hash where nothing happened. */
  readonly found: string;
}

/** The bytes behind a hash, or in words why they cannot be had. */
function bytesOf(kept: ReadableWorkbook, sha256: string): Uint8Array | string {
  const row = sourceFileBySha256(kept, sha256);
  if (!row) return 'not in the workbook';
  try {
    return inflateSync(row.deflated_content);
  } catch (error) {
    return `cannot be unpacked: ${(error as Error).message}`;
  }
}

/**
 * Lays a kept file into the folder, to be imported as any file is, and keeps it in the computed workbook under its hash, so that it is
 * not packed once more. A file whose bytes are not those of its hash is read all the same: what follows from the change then shows.
 */
export function layOut(kept: ReadableWorkbook, computed: SqliteWorkbook, folder: string, sha256: string, fileName: string): KeptSource {
  const bytes = bytesOf(kept, sha256);
  if (typeof bytes === 'string') return { filePath: undefined, found: bytes };
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found === sha256 && !hasSourceFile(computed, sha256)) {
    const row = sourceFileBySha256(kept, sha256)!;
    insertSourceFile(computed, { sha256, file_name: fileName, byte_length: row.byte_length });
    insertSourceFilePart(computed, sha256, 1, row.deflated_content);
  }
  const filePath = path.join(folder, `source${path.extname(fileName)}`);
  fs.writeFileSync(filePath, bytes);
  return { filePath, found };
}
