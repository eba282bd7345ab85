/**
 * Shorthand for tests of the readers: a file's bytes as a table, and the refusal of one that cannot be read.
 */
import { openTable, sourceFromBytes, UnreadableFile, type OpenOptions, type SourceRow, type TableFile } from '../../electron/files/readers/table';

export interface ReadTable {
  readonly table: TableFile;
  readonly rows: readonly SourceRow[];
  readonly cells: readonly (readonly string[])[];
}

/** Reads a file to its end. */
export async function readTable(content: Uint8Array | string, fileName = 'file.csv', options: Partial<OpenOptions> & { readonly sheet?: string } = {}): Promise<ReadTable> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const table = await openTable(sourceFromBytes(bytes, fileName), { timeZone: 'America/Los_Angeles', ...options });
  const rows: SourceRow[] = [];
  for await (const batch of table.batches(options.sheet)) for (const row of batch) rows.push(row);
  return { table, rows, cells: rows.map((row) => row.cells) };
}

/** What the work was refused with; anything else it throws is a bug and goes on. */
export async function refusalOf(work: Promise<unknown>): Promise<UnreadableFile> {
  try {
    await work;
  } catch (error) {
    if (error instanceof UnreadableFile) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
