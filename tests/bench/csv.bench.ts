/**
 * Reading a CSV into numbered rows with their text, against csv-parse with the same options.
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream';
import { parse } from 'csv-parse';
import { openTable, sourceFromPath } from '../../electron/files/readers/table';
import type { Benchmark } from './benchmark';

const HEADER = 'system,sku,location,as_of,on_hand,committed,available,unit_cost,bin,description,note';

function line(row: number, quoted: boolean): string {
  const description = quoted ? `"Lamp, ""oak"" ${row % 977}"` : `Lamp oak ${row % 977}`;
  return `erp,SKU-${100_000 + row},Depot ${row % 12},2026-10-31T22:00:00-07:00,${row % 500},${row % 7},${row % 493},12.50,A-${row % 90},${description},`;
}

async function write(filePath: string, rows: number, quoted: boolean): Promise<void> {
  const file = fs.createWriteStream(filePath);
  file.write(`${HEADER}\n`);
  for (let row = 0; row < rows; row += 10_000) {
    const lines = Array.from({ length: Math.min(10_000, rows - row) }, (_none, index) => line(row + index, quoted));
    if (!file.write(`${lines.join('\n')}\n`)) await new Promise<void>((resolve) => file.once('drain', () => resolve()));
  }
  await new Promise<void>((resolve, reject) => file.end((error?: Error | null) => (error ? reject(error) : resolve())));
}

const FILES = [
  { figure: 'csv-read', fileName: 'plain.csv', quoted: false },
  { figure: 'csv-read-quoted', fileName: 'quoted.csv', quoted: true },
] as const;

export const csvRead: Benchmark = {
  name: 'csv-read',
  reference: 'csv-parse as a stream, with the SHA-256 of the file besides',
  sizes: { full: { rows: 1_000_000 }, quick: { rows: 100_000 } },
  figures: FILES.map(({ figure }) => ({ name: figure, tieout: figure, reference: figure, rows: 'rows' })),
  prepare: async (folder, { rows }) => {
    for (const { fileName, quoted } of FILES) await write(path.join(folder, fileName), rows!, quoted);
  },
  tieout: async ({ folder, sizes, measure }) => {
    for (const { figure, fileName } of FILES) {
      const cells = await measure(figure, async () => {
        const table = await openTable(await sourceFromPath(path.join(folder, fileName)), { timeZone: 'UTC' });
        let count = 0;
        for await (const batch of table.batches()) for (const row of batch) count += row.cells.length;
        return count;
      });
      if (cells !== 11 * (sizes['rows']! + 1)) throw new Error(`${cells} cells were read`);
    }
  },
  referenceRun: async ({ folder, sizes, measure }) => {
    for (const { figure, fileName } of FILES) {
      const cells = await measure(figure, async () => {
        const hash = createHash('sha256');
        for await (const chunk of fs.createReadStream(path.join(folder, fileName))) hash.update(chunk as Buffer);
        const parser = parse({ relax_column_count: true, relax_quotes: true, raw: true });
        pipeline(fs.createReadStream(path.join(folder, fileName)), parser, () => undefined);
        let count = 0;
        for await (const { record } of parser as AsyncIterable<{ record: string[] }>) count += record.length;
        return count;
      });
      if (cells !== 11 * (sizes['rows']! + 1)) throw new Error(`${cells} cells were read`);
    }
  },
};
