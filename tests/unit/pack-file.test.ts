/**
 * Packs of any size are read by position: what is larger than Node.js reads at once, and what is unpacked a piece at a time.
 */
import { createHash, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { directoryEntry, endRecord, localHeader, writeZip, zipItem } from '../../electron/files/signatures/zip-writing';
import { withPack } from '../../electron/services/audit-pack/pack-file';
import { temporaryFolder } from '../support/workbooks';

const folder = temporaryFolder(afterAll);
const nothing = () => undefined;
const sumOf = async (file: string, name: string) => {
  const read = await withPack(file, (pack) => pack.sum(name, nothing));
  if (!read.ok) throw new Error(read.message);
  return read.value;
};

/** A zip of one stored item of zeros, which takes no room on the disk. */
function sparseZip(file: string, contentBytes: number): string {
  const chunk = Buffer.alloc(64 * 1024 * 1024);
  const hash = createHash('sha256');
  let checksum = 0;
  for (let left = contentBytes; left > 0; left -= chunk.length) {
    const piece = chunk.subarray(0, Math.min(left, chunk.length));
    hash.update(piece);
    checksum = crc32(piece, checksum);
  }
  const header = { name: 'workbook', method: 0, crc32: checksum, contentBytes, compressedBytes: contentBytes };
  const local = localHeader(header);
  const directory = directoryEntry(header, 0);
  const handle = fs.openSync(file, 'wx');
  fs.writeSync(handle, local);
  fs.ftruncateSync(handle, local.length + contentBytes);
  fs.writeSync(handle, Buffer.concat([directory, endRecord(1, directory.length, local.length + contentBytes)]), 0, null, local.length + contentBytes);
  fs.closeSync(handle);
  return hash.digest('hex');
}

describe('a pack that is read by position', () => {
  test('may be larger than two gigabytes, and takes little memory', async () => {
    const file = path.join(folder, 'large.zip');
    const sum = sparseZip(file, 2 ** 31 + 10_000_000);
    const before = process.memoryUsage.rss();
    expect(await sumOf(file, 'workbook')).toBe(sum);
    expect(process.memoryUsage.rss() - before).toBeLessThan(300 * 2 ** 20);
    fs.rmSync(file);
  });

  test('unpacks a large item a piece at a time to the same bytes, and finds what is wrong with it', async () => {
    const line = randomBytes(64).toString('hex');
    const content = Buffer.from(Array.from({ length: 500_000 }, (_, index) => `${line.slice(index % 100)}${index}\n`).join(''));
    expect(content.length).toBeGreaterThan(33 * 2 ** 20);
    const item = zipItem('trail', content);
    const written = (name: string, changed: typeof item) => {
      const file = path.join(folder, name);
      fs.writeFileSync(file, writeZip([changed]));
      return file;
    };
    expect(await sumOf(written('whole.zip', item), 'trail')).toBe(createHash('sha256').update(content).digest('hex'));
    expect(await sumOf(written('checksum.zip', { ...item, crc32: item.crc32 ^ 1 }), 'trail')).toBeUndefined();
    expect(await sumOf(written('longer.zip', { ...item, contentBytes: item.contentBytes - 1 }), 'trail')).toBeUndefined();
    expect(await sumOf(written('shorter.zip', { ...item, contentBytes: item.contentBytes + 1 }), 'trail')).toBeUndefined();
    expect(await sumOf(written('cut.zip', { ...item, compressed: item.compressed.subarray(0, -100) }), 'trail')).toBeUndefined();
  });
});
