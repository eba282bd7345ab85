/**
 * The zip file around a package: read so that there is only one way to read it, written so that equal input gives
 * equal bytes.
 *
 * Different programs read a malformed zip differently (first or last of two equal names, the local or the central
 * header), and a forger needs only one that reads it his way. So the reader reports every such ambiguity. What the
 * items mean is for `opc-package.ts`. Source: PKWARE APPNOTE 6.3.10, without ZIP64, encryption and split archives.
 */
import { crc32, inflateRawSync } from 'node:zlib';
import { deflateSync } from 'fflate';

export interface ZipItem {
  readonly name: string;
  readonly method: number;
  readonly crc32: number;
  readonly contentBytes: number;
  readonly compressed: Uint8Array;
}

export interface ZipLimits {
  readonly itemsMax: number;
  /** Sum of the sizes of all items, unpacked, in bytes. */
  readonly contentBytesMax: number;
}

export const ZIP_LIMITS: ZipLimits = { itemsMax: 10_000, contentBytesMax: 1024 * 1024 * 1024 };

/** The file is no zip that this reader takes; `kind` says whether it is too large or unreadable. */
export class UnreadableZip extends Error {
  override readonly name = 'UnreadableZip';
  readonly kind: 'unreadable' | 'too_large';
  constructor(message: string, kind: 'unreadable' | 'too_large' = 'unreadable') {
    super(message);
    this.kind = kind;
  }
}

export interface ZipAmbiguity {
  readonly kind: 'duplicate_item' | 'zip_ambiguous';
  readonly item?: string;
  readonly message: string;
}

export interface ZipContents {
  /** In the order of the central directory, folder entries left out; of equal names only the first. */
  readonly items: readonly ZipItem[];
  readonly ambiguities: readonly ZipAmbiguity[];
}

const LOCAL_HEADER = 0x04034b50;
const CENTRAL_HEADER = 0x02014b50;
const END_RECORD = 0x06054b50;
const DATA_DESCRIPTOR = 0x08074b50;
const LOCAL_HEADER_BYTES = 30;
const CENTRAL_HEADER_BYTES = 46;
const END_RECORD_BYTES = 22;
const COMMENT_BYTES_MAX = 0xffff;
const FLAG_ENCRYPTED = 0x0001;
const FLAG_DESCRIPTOR = 0x0008;
const FLAG_UTF8 = 0x0800;
const STORED = 0;
const DEFLATED = 8;

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Two names that one program or another takes for the same item. */
export function comparableName(name: string): string {
  return name.replace(/\\/g, '/').replace(/^\/+/, '').toLowerCase();
}

function endRecordOffset(view: DataView): number {
  const lowest = Math.max(0, view.byteLength - END_RECORD_BYTES - COMMENT_BYTES_MAX);
  for (let offset = view.byteLength - END_RECORD_BYTES; offset >= lowest; offset -= 1) {
    if (view.getUint32(offset, true) === END_RECORD) return offset;
  }
  throw new UnreadableZip('The file is not an .xlsx package: it is not a zip file, or its end is missing.');
}

interface CentralEntry extends ZipItem {
  readonly flags: number;
  readonly nameBytes: Uint8Array;
  readonly startOffset: number;
  readonly dataEndOffset: number;
}

function readCentralEntry(bytes: Uint8Array, view: DataView, offset: number, directoryEnd: number) {
  if (offset + CENTRAL_HEADER_BYTES > directoryEnd || view.getUint32(offset, true) !== CENTRAL_HEADER) {
    throw new UnreadableZip('The zip directory is damaged.');
  }
  const flags = view.getUint16(offset + 8, true);
  const method = view.getUint16(offset + 10, true);
  const compressedBytes = view.getUint32(offset + 20, true);
  const contentBytes = view.getUint32(offset + 24, true);
  const nameLength = view.getUint16(offset + 28, true);
  const nextOffset =
    offset + CENTRAL_HEADER_BYTES + nameLength + view.getUint16(offset + 30, true) + view.getUint16(offset + 32, true);
  const startOffset = view.getUint32(offset + 42, true);
  if (nextOffset > directoryEnd) throw new UnreadableZip('The zip directory is damaged.');
  const nameBytes = bytes.subarray(offset + CENTRAL_HEADER_BYTES, offset + CENTRAL_HEADER_BYTES + nameLength);
  const name = new TextDecoder('utf-8').decode(nameBytes);
  if (compressedBytes === 0xffffffff || contentBytes === 0xffffffff || startOffset === 0xffffffff) {
    throw new UnreadableZip(`The zip item ${name} uses ZIP64, which a workbook of less than 4 GB does not need.`);
  }
  if ((flags & FLAG_ENCRYPTED) !== 0) throw new UnreadableZip(`The zip item ${name} is encrypted.`);
  if (method !== STORED && method !== DEFLATED) {
    throw new UnreadableZip(`The zip item ${name} is packed by method ${method}; only 0 and 8 are read.`);
  }
  if (startOffset + LOCAL_HEADER_BYTES > bytes.length || view.getUint32(startOffset, true) !== LOCAL_HEADER) {
    throw new UnreadableZip(`The zip item ${name} is not where the directory says.`);
  }
  const dataOffset =
    startOffset + LOCAL_HEADER_BYTES + view.getUint16(startOffset + 26, true) + view.getUint16(startOffset + 28, true);
  const dataEndOffset = dataOffset + compressedBytes;
  if (dataEndOffset > bytes.length) throw new UnreadableZip(`The zip item ${name} is cut off.`);
  const entry: CentralEntry = {
    name,
    method,
    crc32: view.getUint32(offset + 16, true),
    contentBytes,
    compressed: bytes.subarray(dataOffset, dataEndOffset),
    flags,
    nameBytes,
    startOffset,
    dataEndOffset,
  };
  return { entry, nextOffset };
}

function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((value, index) => value === right[index]);
}

function localHeaderDiffers(bytes: Uint8Array, view: DataView, entry: CentralEntry): boolean {
  const start = entry.startOffset;
  const nameLength = view.getUint16(start + 26, true);
  const name = bytes.subarray(start + LOCAL_HEADER_BYTES, start + LOCAL_HEADER_BYTES + nameLength);
  if (!sameBytes(name, entry.nameBytes) || view.getUint16(start + 8, true) !== entry.method) return true;
  const localFlags = view.getUint16(start + 6, true);
  if ((localFlags & FLAG_DESCRIPTOR) !== (entry.flags & FLAG_DESCRIPTOR)) return true;
  const described = (localFlags & FLAG_DESCRIPTOR) !== 0;
  const differs = (offset: number, expected: number): boolean => {
    const value = view.getUint32(start + offset, true);
    return value !== expected && !(described && value === 0);
  };
  return differs(14, entry.crc32) || differs(18, entry.compressed.length) || differs(22, entry.contentBytes);
}

/** Bytes that the data descriptor after an item takes: 0, 12 or 16. */
function descriptorBytes(view: DataView, entry: CentralEntry): number {
  if ((entry.flags & FLAG_DESCRIPTOR) === 0) return 0;
  for (const signatureBytes of [4, 0]) {
    const offset = entry.dataEndOffset;
    if (offset + signatureBytes + 12 > view.byteLength) continue;
    if (signatureBytes === 4 && view.getUint32(offset, true) !== DATA_DESCRIPTOR) continue;
    const fields = offset + signatureBytes;
    if (
      view.getUint32(fields, true) === entry.crc32 &&
      view.getUint32(fields + 4, true) === entry.compressed.length &&
      view.getUint32(fields + 8, true) === entry.contentBytes
    ) {
      return signatureBytes + 12;
    }
  }
  return 0;
}

function hiddenBytes(view: DataView, entries: readonly CentralEntry[], directoryOffset: number): ZipAmbiguity[] {
  const found: ZipAmbiguity[] = [];
  let expectedOffset = 0;
  for (const entry of [...entries].sort((left, right) => left.startOffset - right.startOffset)) {
    if (entry.startOffset !== expectedOffset) {
      const message = `There are bytes before the zip item ${entry.name} that the zip directory does not account for.`;
      found.push({ kind: 'zip_ambiguous', item: entry.name, message });
    }
    expectedOffset = entry.dataEndOffset + descriptorBytes(view, entry);
  }
  if (expectedOffset !== directoryOffset) {
    const message = 'There are bytes before the zip directory that it does not account for.';
    found.push({ kind: 'zip_ambiguous', message });
  }
  return found;
}

/**
 * Reads the items of a zip file without unpacking them.
 *
 * @throws UnreadableZip when it is no zip, damaged, or past the limits
 */
export function readZip(bytes: Uint8Array, limits: ZipLimits = ZIP_LIMITS): ZipContents {
  if (bytes.length < END_RECORD_BYTES) throw new UnreadableZip('The file is not an .xlsx package: it is too short.');
  const view = viewOf(bytes);
  const end = endRecordOffset(view);
  const count = view.getUint16(end + 10, true);
  const directoryBytes = view.getUint32(end + 12, true);
  const directoryOffset = view.getUint32(end + 16, true);
  if (count > limits.itemsMax) {
    throw new UnreadableZip(`The zip file has ${count} items, more than ${limits.itemsMax}.`, 'too_large');
  }
  if (directoryOffset + directoryBytes > end || view.getUint16(end + 8, true) !== count) {
    throw new UnreadableZip('The zip directory is damaged, split or ZIP64.');
  }

  const ambiguities: ZipAmbiguity[] = [];
  const trailing = end + END_RECORD_BYTES + view.getUint16(end + 20, true) !== bytes.length;
  if (trailing || directoryOffset + directoryBytes !== end) {
    ambiguities.push({
      kind: 'zip_ambiguous',
      message: 'There are bytes after the zip directory that belong to no item.',
    });
  }

  const entries: CentralEntry[] = [];
  let contentBytes = 0;
  let offset = directoryOffset;
  for (let index = 0; index < count; index += 1) {
    const { entry, nextOffset } = readCentralEntry(bytes, view, offset, directoryOffset + directoryBytes);
    entries.push(entry);
    offset = nextOffset;
    contentBytes += entry.contentBytes;
    if (contentBytes > limits.contentBytesMax) {
      const message = `The items unpack to more than ${limits.contentBytesMax} bytes.`;
      throw new UnreadableZip(message, 'too_large');
    }
    if (localHeaderDiffers(bytes, view, entry)) {
      const message = `The zip item ${entry.name} is described in two different ways.`;
      ambiguities.push({ kind: 'zip_ambiguous', item: entry.name, message });
    }
  }
  if (offset !== directoryOffset + directoryBytes) throw new UnreadableZip('The zip directory is damaged.');
  ambiguities.push(...hiddenBytes(view, entries, directoryOffset));

  const items = new Map<string, ZipItem>();
  for (const { name, method, crc32: checksum, contentBytes: size, compressed } of entries) {
    const key = comparableName(name);
    if (items.has(key)) {
      const message = `The zip file holds ${name} more than once; programs differ in which one they read.`;
      ambiguities.push({ kind: 'duplicate_item', item: name, message });
    } else if (!name.endsWith('/') || size > 0) {
      items.set(key, { name, method, crc32: checksum, contentBytes: size, compressed });
    }
  }
  return { items: [...items.values()], ambiguities };
}

/**
 * The unpacked content of one item. Never grows past the size that the directory states.
 *
 * @throws UnreadableZip when size or checksum differ from what the directory states
 */
export function contentOf(item: ZipItem): Uint8Array {
  let content: Uint8Array;
  if (item.method === STORED) {
    content = item.compressed;
  } else {
    try {
      content = inflateRawSync(item.compressed, { maxOutputLength: Math.max(1, item.contentBytes) });
    } catch {
      throw new UnreadableZip(`The zip item ${item.name} cannot be unpacked to its stated size.`);
    }
  }
  if (content.length !== item.contentBytes || crc32(content) !== item.crc32) {
    throw new UnreadableZip(`The zip item ${item.name} does not have its stated size or checksum.`);
  }
  return content;
}

/** An item for writing. Packed in plain JavaScript, so that the bytes are the same on every platform. */
export function zipItem(name: string, content: Uint8Array): ZipItem {
  const stored = content.length === 0;
  return {
    name,
    method: stored ? STORED : DEFLATED,
    crc32: crc32(content),
    contentBytes: content.length,
    compressed: stored ? content : deflateSync(content, { level: 6 }),
  };
}

/** 1 January 1980, midnight: the earliest date that a zip header can hold, so that no clock reaches the bytes. */
const FIXED_DATE = 0x0021;
const VERSION_NEEDED = 20;

/** What the headers of an item say. */
export interface ZipHeader {
  readonly name: string;
  readonly method: number;
  readonly crc32: number;
  readonly contentBytes: number;
  readonly compressedBytes: number;
}

function headerFields(item: ZipHeader): Uint8Array {
  const fields = new Uint8Array(26);
  const view = viewOf(fields);
  view.setUint16(0, VERSION_NEEDED, true);
  view.setUint16(2, /^[\x20-\x7e]*$/.test(item.name) ? 0 : FLAG_UTF8, true);
  view.setUint16(4, item.method, true);
  view.setUint16(8, FIXED_DATE, true);
  view.setUint32(10, item.crc32, true);
  view.setUint32(14, item.compressedBytes, true);
  view.setUint32(18, item.contentBytes, true);
  view.setUint16(22, new TextEncoder().encode(item.name).length, true);
  return fields;
}

/** What stands before an item's packed bytes. */
export function localHeader(item: ZipHeader): Uint8Array {
  const local = new Uint8Array(LOCAL_HEADER_BYTES);
  viewOf(local).setUint32(0, LOCAL_HEADER, true);
  local.set(headerFields(item), 4);
  return Uint8Array.from(Buffer.concat([local, Buffer.from(item.name, 'utf8')]));
}

/** An item's line of the directory. */
export function directoryEntry(item: ZipHeader, startOffset: number): Uint8Array {
  const central = new Uint8Array(CENTRAL_HEADER_BYTES);
  viewOf(central).setUint32(0, CENTRAL_HEADER, true);
  viewOf(central).setUint16(4, VERSION_NEEDED, true);
  central.set(headerFields(item), 6);
  viewOf(central).setUint32(42, startOffset, true);
  return Uint8Array.from(Buffer.concat([central, Buffer.from(item.name, 'utf8')]));
}

/** What a zip file ends with. */
export function endRecord(items: number, directoryBytes: number, directoryOffset: number): Uint8Array {
  const end = new Uint8Array(END_RECORD_BYTES);
  const view = viewOf(end);
  view.setUint32(0, END_RECORD, true);
  view.setUint16(8, items, true);
  view.setUint16(10, items, true);
  view.setUint32(12, directoryBytes, true);
  view.setUint32(16, directoryOffset, true);
  return end;
}

/** Writes items in the given order; what is already packed is copied as it is. */
export function writeZip(items: readonly ZipItem[]): Uint8Array {
  const pieces: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const item of items) {
    const header = { ...item, compressedBytes: item.compressed.length };
    const local = localHeader(header);
    pieces.push(local, item.compressed);
    directory.push(directoryEntry(header, offset));
    offset += local.length + item.compressed.length;
  }
  const directoryBytes = directory.reduce((sum, piece) => sum + piece.length, 0);
  return Uint8Array.from(Buffer.concat([...pieces, ...directory, endRecord(items.length, directoryBytes, offset)]));
}
