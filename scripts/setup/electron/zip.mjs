/**
 * Reads zip archives that lie in memory, so that unpacking needs no program on the host.
 *
 * Plain archives only: one part, stored or deflated entries, no zip64, no encryption. Anything else is refused by name.
 * Layout: PKWARE APPNOTE 6.3.10, sections 4.3.12 (central directory) and 4.3.16 (its end).
 */
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';

const END_SIGNATURE = 0x06054b50;
const END_LENGTH = 22;
const ENTRY_SIGNATURE = 0x02014b50;
const LOCAL_HEADER_LENGTH = 30;
const NEEDS_ZIP64 = 0xffffffff;

/** @typedef {{ name: string, mode: number, read: () => Buffer }} ZipEntry mode holds the permission bits, 0 when unknown */

/** @param {Buffer} archive */
function endOfDirectory(archive) {
  for (let offset = archive.length - END_LENGTH; offset >= 0; offset -= 1) {
    if (archive.readUInt32LE(offset) === END_SIGNATURE) return offset;
  }
  throw new Error('not a zip archive: it has no end record');
}

/**
 * Reads one entry's bytes and checks them against the archive's own checksum.
 * @param {Buffer} archive
 * @param {{ name: string, method: number, packedBytes: number, checksum: number, headerOffset: number }} entry
 */
function readEntry(archive, entry) {
  const { headerOffset: header } = entry;
  const start = header + LOCAL_HEADER_LENGTH + archive.readUInt16LE(header + 26) + archive.readUInt16LE(header + 28);
  const packed = archive.subarray(start, start + entry.packedBytes);
  if (entry.method !== 0 && entry.method !== 8)
    throw new Error(`${entry.name}: compression method ${entry.method} is not read`);
  const content = entry.method === 0 ? packed : zlib.inflateRawSync(packed);
  if (zlib.crc32(content) !== entry.checksum) throw new Error(`${entry.name}: the checksum does not match`);
  return content;
}

/**
 * The files of an archive in the order of its directory; folders are left out.
 * @param {Buffer} archive
 * @returns {Generator<ZipEntry>}
 * @throws {Error} when the archive is damaged or uses what is not read here
 */
export function* zipEntries(archive) {
  const end = endOfDirectory(archive);
  const count = archive.readUInt16LE(end + 10);
  let offset = archive.readUInt32LE(end + 16);
  if (offset === NEEDS_ZIP64) throw new Error('zip64 archives are not read');
  for (let index = 0; index < count; index += 1) {
    if (archive.readUInt32LE(offset) !== ENTRY_SIGNATURE)
      throw new Error(`zip directory damaged at entry ${index + 1}`);
    const nameBytes = archive.readUInt16LE(offset + 28);
    const name = archive.toString('utf8', offset + 46, offset + 46 + nameBytes);
    const entry = {
      name,
      method: archive.readUInt16LE(offset + 10),
      checksum: archive.readUInt32LE(offset + 16),
      packedBytes: archive.readUInt32LE(offset + 20),
      headerOffset: archive.readUInt32LE(offset + 42),
    };
    const mode = (archive.readUInt32LE(offset + 38) >>> 16) & 0o777;
    offset += 46 + nameBytes + archive.readUInt16LE(offset + 30) + archive.readUInt16LE(offset + 32);
    if (!name.endsWith('/')) yield { name, mode, read: () => readEntry(archive, entry) };
  }
}

/**
 * Unpacks an archive into a folder.
 * @param {Buffer} archive
 * @param {string} folder made when missing
 * @param {(name: string) => string | undefined} place where an entry goes, relative to the folder; undefined leaves it out
 * @throws {Error} when an entry would land outside the folder
 */
export function unpackZip(archive, folder, place) {
  for (const entry of zipEntries(archive)) {
    const relative = place(entry.name);
    if (relative === undefined) continue;
    const target = path.resolve(folder, relative);
    if (!target.startsWith(path.resolve(folder) + path.sep))
      throw new Error(`${entry.name}: points outside the folder`);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, entry.read(), { mode: entry.mode || 0o644 });
  }
}
