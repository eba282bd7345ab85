/**
 * The zip file around a package or an audit pack: read by position, and so that there is only one way to read it. How one is
 * written is in `zip-writing.ts`.
 *
 * Different programs read a malformed zip differently (first or last of two equal names, the local or the central
 * header), and a forger needs only one that reads it his way. So the reader reports every such ambiguity. What the
 * items mean is for `opc-package.ts`. Source: PKWARE APPNOTE 6.3.10, without ZIP64, encryption and split archives.
 */
import { crc32, inflateRawSync } from 'node:zlib';
import { Inflate } from 'fflate';

export interface ZipItem {
  readonly name: string;
  readonly method: number;
  readonly crc32: number;
  readonly contentBytes: number;
  readonly compressed: Uint8Array;
}

/** An item of a zip file that is being read: nothing of it is in memory before it is asked for. */
export interface ReadZipItem extends ZipItem {
  readonly compressedBytes: number;
  /** The packed bytes, a piece at a time. */
  packedPieces(): Iterable<Uint8Array>;
}

/** Where a zip file is read from by position: memory, or a file that is too large for it. */
export interface ZipSource {
  readonly byteLength: number;
  /** Exactly `length` bytes from `offset`; only asked for within the file. */
  at(offset: number, length: number): Uint8Array;
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
  readonly items: readonly ReadZipItem[];
  /** What is written behind the directory as a comment, in bytes. */
  readonly commentBytes: number;
  readonly ambiguities: readonly ZipAmbiguity[];
}

export const LOCAL_HEADER = 0x04034b50;
export const CENTRAL_HEADER = 0x02014b50;
export const END_RECORD = 0x06054b50;
const DATA_DESCRIPTOR = 0x08074b50;
export const LOCAL_HEADER_BYTES = 30;
export const CENTRAL_HEADER_BYTES = 46;
export const END_RECORD_BYTES = 22;
const COMMENT_BYTES_MAX = 0xffff;
const FLAG_ENCRYPTED = 0x0001;
const FLAG_DESCRIPTOR = 0x0008;
export const FLAG_UTF8 = 0x0800;
export const STORED = 0;
export const DEFLATED = 8;
/** Fields beside a header that give an item another name or other sizes (Info-ZIP Unicode path, ZIP64). */
const MISLEADING_FIELDS: readonly number[] = [0x7075, 0x0001];
const UNIX_TYPE = 0o170000;
const UNIX_LINK = 0o120000;
const PIECE_BYTES = 1024 * 1024;
/** Items up to this size are unpacked at once. */
const AT_ONCE_BYTES = 32 * 1024 * 1024;
const DIRECTORY_BYTES_MAX = 64 * 1024 * 1024;

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Two names that one program or another takes for the same item. */
export function comparableName(name: string): string {
  return name.replace(/\\/g, '/').replace(/^\/+/, '').toLowerCase();
}

const inMemory = (bytes: Uint8Array): ZipSource => ({ byteLength: bytes.length, at: (offset, length) => bytes.subarray(offset, offset + length) });

interface EndRecord {
  readonly offset: number;
  readonly count: number;
  readonly countHere: number;
  readonly directoryBytes: number;
  readonly directoryOffset: number;
  readonly commentBytes: number;
}

function findEndRecord(source: ZipSource): EndRecord {
  if (source.byteLength < END_RECORD_BYTES) throw new UnreadableZip('The file is no zip file: it is too short.');
  const lowest = Math.max(0, source.byteLength - END_RECORD_BYTES - COMMENT_BYTES_MAX);
  const view = viewOf(source.at(lowest, source.byteLength - lowest));
  for (let place = view.byteLength - END_RECORD_BYTES; place >= 0; place -= 1) {
    if (view.getUint32(place, true) !== END_RECORD) continue;
    return {
      offset: lowest + place, countHere: view.getUint16(place + 8, true), count: view.getUint16(place + 10, true), directoryBytes: view.getUint32(place + 12, true),
      directoryOffset: view.getUint32(place + 16, true), commentBytes: view.getUint16(place + 20, true),
    };
  }
  throw new UnreadableZip('The file is no zip file, or its end is missing.');
}

interface CentralEntry extends ReadZipItem {
  readonly flags: number;
  readonly nameBytes: Uint8Array;
  readonly startOffset: number;
  readonly dataEndOffset: number;
  readonly local: { readonly header: DataView; readonly nameBytes: Uint8Array };
  readonly isMisleading: boolean;
}

/** Whether the fields beside a header say something that only some programs follow. */
function isMisleading(fields: Uint8Array): boolean {
  const view = viewOf(fields);
  for (let place = 0; place + 4 <= view.byteLength; place += 4 + view.getUint16(place + 2, true)) if (MISLEADING_FIELDS.includes(view.getUint16(place, true))) return true;
  return false;
}

function* piecesOf(source: ZipSource, offset: number, endOffset: number): Generator<Uint8Array> {
  for (let place = offset; place < endOffset; place += PIECE_BYTES) yield source.at(place, Math.min(PIECE_BYTES, endOffset - place));
}

/** @param directory the bytes of the central directory alone */
function readCentralEntry(source: ZipSource, directory: Uint8Array, place: number) {
  const view = viewOf(directory);
  if (place + CENTRAL_HEADER_BYTES > directory.length || view.getUint32(place, true) !== CENTRAL_HEADER) throw new UnreadableZip('The zip directory is damaged.');
  const flags = view.getUint16(place + 8, true);
  const method = view.getUint16(place + 10, true);
  const compressedBytes = view.getUint32(place + 20, true);
  const contentBytes = view.getUint32(place + 24, true);
  const fieldsPlace = place + CENTRAL_HEADER_BYTES + view.getUint16(place + 28, true);
  const fieldsEnd = fieldsPlace + view.getUint16(place + 30, true);
  const nextPlace = fieldsEnd + view.getUint16(place + 32, true);
  const startOffset = view.getUint32(place + 42, true);
  if (nextPlace > directory.length) throw new UnreadableZip('The zip directory is damaged.');
  const nameBytes = directory.subarray(place + CENTRAL_HEADER_BYTES, fieldsPlace);
  const name = new TextDecoder('utf-8').decode(nameBytes);
  if (compressedBytes === 0xffffffff || contentBytes === 0xffffffff || startOffset === 0xffffffff) {
    throw new UnreadableZip(`The zip item ${name} uses ZIP64, which a file of less than 4 GB does not need.`);
  }
  if ((flags & FLAG_ENCRYPTED) !== 0) throw new UnreadableZip(`The zip item ${name} is encrypted.`);
  if (method !== STORED && method !== DEFLATED) {
    throw new UnreadableZip(`The zip item ${name} is packed by method ${method}; only 0 and 8 are read.`);
  }
  const local = startOffset + LOCAL_HEADER_BYTES > source.byteLength ? undefined : viewOf(source.at(startOffset, LOCAL_HEADER_BYTES));
  if (!local || local.getUint32(0, true) !== LOCAL_HEADER) throw new UnreadableZip(`The zip item ${name} is not where the directory says.`);
  const localNameBytes = local.getUint16(26, true);
  const besideBytes = localNameBytes + local.getUint16(28, true);
  const dataOffset = startOffset + LOCAL_HEADER_BYTES + besideBytes;
  const dataEndOffset = dataOffset + compressedBytes;
  if (dataEndOffset > source.byteLength) throw new UnreadableZip(`The zip item ${name} is cut off.`);
  const beside = source.at(startOffset + LOCAL_HEADER_BYTES, besideBytes);
  const isLink = view.getUint8(place + 5) === 3 && ((view.getUint32(place + 38, true) >>> 16) & UNIX_TYPE) === UNIX_LINK;
  const entry: CentralEntry = {
    name, method, crc32: view.getUint32(place + 16, true), contentBytes, compressedBytes, flags, nameBytes, startOffset, dataEndOffset,
    get compressed() {
      return source.at(dataOffset, compressedBytes);
    },
    packedPieces: () => piecesOf(source, dataOffset, dataEndOffset),
    local: { header: local, nameBytes: beside.subarray(0, localNameBytes) },
    isMisleading: isLink || isMisleading(directory.subarray(fieldsPlace, fieldsEnd)) || isMisleading(beside.subarray(localNameBytes)),
  };
  return { entry, nextPlace };
}

function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((value, index) => value === right[index]);
}

function localHeaderDiffers(entry: CentralEntry): boolean {
  const { header, nameBytes } = entry.local;
  if (!sameBytes(nameBytes, entry.nameBytes) || header.getUint16(8, true) !== entry.method) return true;
  const localFlags = header.getUint16(6, true);
  if ((localFlags & FLAG_DESCRIPTOR) !== (entry.flags & FLAG_DESCRIPTOR)) return true;
  const described = (localFlags & FLAG_DESCRIPTOR) !== 0;
  const differs = (offset: number, expected: number): boolean => {
    const value = header.getUint32(offset, true);
    return value !== expected && !(described && value === 0);
  };
  return differs(14, entry.crc32) || differs(18, entry.compressedBytes) || differs(22, entry.contentBytes);
}

/** Bytes that the data descriptor after an item takes: 0, 12 or 16. */
function descriptorBytes(source: ZipSource, entry: CentralEntry): number {
  if ((entry.flags & FLAG_DESCRIPTOR) === 0) return 0;
  for (const signatureBytes of [4, 0]) {
    if (entry.dataEndOffset + signatureBytes + 12 > source.byteLength) continue;
    const view = viewOf(source.at(entry.dataEndOffset, signatureBytes + 12));
    if (signatureBytes === 4 && view.getUint32(0, true) !== DATA_DESCRIPTOR) continue;
    if (
      view.getUint32(signatureBytes, true) === entry.crc32 &&
      view.getUint32(signatureBytes + 4, true) === entry.compressedBytes &&
      view.getUint32(signatureBytes + 8, true) === entry.contentBytes
    ) {
      return signatureBytes + 12;
    }
  }
  return 0;
}

function hiddenBytes(source: ZipSource, entries: readonly CentralEntry[], directoryOffset: number): ZipAmbiguity[] {
  const found: ZipAmbiguity[] = [];
  let expectedOffset = 0;
  for (const entry of [...entries].sort((left, right) => left.startOffset - right.startOffset)) {
    if (entry.startOffset < expectedOffset) {
      found.push({ kind: 'zip_ambiguous', item: entry.name, message: `The zip item ${entry.name} overlaps the one before it.` });
    } else if (entry.startOffset > expectedOffset) {
      const message = `There are bytes before the zip item ${entry.name} that the zip directory does not account for.`;
      found.push({ kind: 'zip_ambiguous', item: entry.name, message });
    }
    expectedOffset = entry.dataEndOffset + descriptorBytes(source, entry);
  }
  if (expectedOffset !== directoryOffset) {
    const message = 'There are bytes before the zip directory that it does not account for.';
    found.push({ kind: 'zip_ambiguous', message });
  }
  return found;
}

/**
 * Reads the items of a zip file without unpacking them. Only the directory is read, and the header of each item.
 *
 * @throws UnreadableZip when it is no zip, damaged, or past the limits
 */
export function readZip(from: Uint8Array | ZipSource, limits: ZipLimits = ZIP_LIMITS): ZipContents {
  const source = from instanceof Uint8Array ? inMemory(from) : from;
  const { offset: end, count, countHere, directoryBytes, directoryOffset, commentBytes } = findEndRecord(source);
  if (count > limits.itemsMax) {
    throw new UnreadableZip(`The zip file has ${count} items, more than ${limits.itemsMax}.`, 'too_large');
  }
  if (directoryOffset + directoryBytes > end || countHere !== count) throw new UnreadableZip('The zip directory is damaged, split or ZIP64.');
  if (directoryBytes > DIRECTORY_BYTES_MAX) throw new UnreadableZip(`The zip directory has ${directoryBytes} bytes, more than ${DIRECTORY_BYTES_MAX}.`, 'too_large');

  const ambiguities: ZipAmbiguity[] = [];
  if (end + END_RECORD_BYTES + commentBytes !== source.byteLength || directoryOffset + directoryBytes !== end) {
    ambiguities.push({
      kind: 'zip_ambiguous',
      message: 'There are bytes after the zip directory that belong to no item.',
    });
  }

  const directory = source.at(directoryOffset, directoryBytes);
  const entries: CentralEntry[] = [];
  let contentBytes = 0;
  let place = 0;
  for (let index = 0; index < count; index += 1) {
    const { entry, nextPlace } = readCentralEntry(source, directory, place);
    entries.push(entry);
    place = nextPlace;
    contentBytes += entry.contentBytes;
    if (contentBytes > limits.contentBytesMax) {
      const message = `The items unpack to more than ${limits.contentBytesMax} bytes.`;
      throw new UnreadableZip(message, 'too_large');
    }
    if (localHeaderDiffers(entry)) {
      const message = `The zip item ${entry.name} is described in two different ways.`;
      ambiguities.push({ kind: 'zip_ambiguous', item: entry.name, message });
    }
    if (entry.isMisleading) {
      const message = `The zip item ${entry.name} is a link, or has a second name or size that only some programs follow.`;
      ambiguities.push({ kind: 'zip_ambiguous', item: entry.name, message });
    }
  }
  if (place !== directoryBytes) throw new UnreadableZip('The zip directory is damaged.');
  ambiguities.push(...hiddenBytes(source, entries, directoryOffset));

  const items = new Map<string, ReadZipItem>();
  for (const entry of entries) {
    const key = comparableName(entry.name);
    if (items.has(key)) {
      const message = `The zip file holds ${entry.name} more than once; programs differ in which one they read.`;
      ambiguities.push({ kind: 'duplicate_item', item: entry.name, message });
    } else if (!entry.name.endsWith('/') || entry.contentBytes > 0) {
      items.set(key, entry);
    }
  }
  return { items: [...items.values()], commentBytes, ambiguities };
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

/**
 * The unpacked content of one item of whatever size, a piece at a time. Whether it has its stated size and checksum is known
 * only at the end.
 *
 * @throws UnreadableZip as soon as it grows past the stated size; at the end where size or checksum differ
 */
export function* contentPieces(item: ReadZipItem): Generator<Uint8Array> {
  if (item.contentBytes <= AT_ONCE_BYTES && item.compressedBytes <= AT_ONCE_BYTES) {
    yield contentOf(item);
    return;
  }
  const unpacked: Uint8Array[] = [];
  const inflate = new Inflate((piece) => unpacked.push(piece));
  let bytes = 0;
  let checksum = 0;
  const unpack = (packed: Uint8Array, isLast: boolean): void => {
    try {
      if (item.method === STORED) unpacked.push(packed);
      else inflate.push(packed, isLast);
    } catch {
      throw new UnreadableZip(`The zip item ${item.name} cannot be unpacked.`);
    }
  };
  const taken = function* (): Generator<Uint8Array> {
    for (const piece of unpacked.splice(0)) {
      bytes += piece.length;
      if (bytes > item.contentBytes) throw new UnreadableZip(`The zip item ${item.name} cannot be unpacked to its stated size.`);
      checksum = crc32(piece, checksum);
      yield piece;
    }
  };
  for (const packed of item.packedPieces()) {
    unpack(packed, false);
    yield* taken();
  }
  unpack(new Uint8Array(), true);
  yield* taken();
  if (bytes !== item.contentBytes || checksum !== item.crc32) throw new UnreadableZip(`The zip item ${item.name} does not have its stated size or checksum.`);
}
