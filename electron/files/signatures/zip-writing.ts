/** A zip file written so that equal input gives equal bytes. How one is read is in `zip-container.ts`. */
import { crc32 } from 'node:zlib';
import { deflateSync } from 'fflate';
import {
  CENTRAL_HEADER, CENTRAL_HEADER_BYTES, DEFLATED, END_RECORD, END_RECORD_BYTES, FLAG_UTF8, LOCAL_HEADER, LOCAL_HEADER_BYTES, STORED, viewOf, type ZipItem,
} from './zip-container';

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
