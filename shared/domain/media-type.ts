/**
 * What a file is, found from its bytes and never from its name.
 *
 * Whatever is shown of an attachment follows from this: a page or a drawing that calls itself a picture is text, and what is none
 * of the types is kept and not shown.
 */

export const MEDIA_TYPES = [
  'image/png', 'image/jpeg', 'image/gif', 'image/webp', 'application/pdf', 'message/rfc822', 'application/vnd.ms-outlook', 'text/csv', 'text/plain',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'application/octet-stream',
] as const;
export type MediaType = (typeof MEDIA_TYPES)[number];

export const MEDIA_TYPE_WORDS: Readonly<Record<MediaType, string>> = {
  'image/png': 'picture (PNG)',
  'image/jpeg': 'picture (JPEG)',
  'image/gif': 'picture (GIF)',
  'image/webp': 'picture (WebP)',
  'application/pdf': 'PDF',
  'message/rfc822': 'mail',
  'application/vnd.ms-outlook': 'mail (Outlook)',
  'text/csv': 'table (CSV)',
  'text/plain': 'text',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'Excel workbook',
  'application/octet-stream': 'file of another kind',
};

/** In which way a type is shown; `none` is kept and saved out only. */
export type ShownAs = 'picture' | 'text' | 'mail' | 'none';

export function shownAs(type: MediaType): ShownAs {
  if (type.startsWith('image/')) return 'picture';
  if (type === 'message/rfc822') return 'mail';
  return type.startsWith('text/') ? 'text' : 'none';
}

const head = (bytes: Uint8Array, length: number, from = 0): string => letters(bytes.subarray(from, from + length));

/** How much of a file is looked at to tell a text from a table and a mail. */
const LOOKED_AT = 64 * 1024;
/** Where an Excel file and an Outlook mail name their parts: the end and the whole of it. */
const ZIP_DIRECTORY = 256 * 1024;

const holds = (bytes: Uint8Array, text: string): boolean => {
  const wanted = Array.from(text, (letter) => letter.charCodeAt(0));
  for (let at = bytes.indexOf(wanted[0]!); at >= 0; at = bytes.indexOf(wanted[0]!, at + 1)) {
    if (wanted.every((code, index) => bytes[at + index] === code)) return true;
  }
  return false;
};

/** A name as the compound files of Outlook write it. */
const wide = (text: string): string => Array.from(text, (letter) => `${letter}\0`).join('');

/** Bytes one by one as letters of the same number: enough to tell lines, headers and cells in any character set. */
function letters(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x2000) text += String.fromCharCode(...bytes.subarray(at, at + 0x2000));
  return text;
}

/** UTF-16 behind its mark. */
function wideLetters(bytes: Uint8Array, isLittle: boolean): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength - (bytes.byteLength % 2));
  let text = '';
  for (let at = 2; at < view.byteLength; at += 2) text += String.fromCharCode(view.getUint16(at, isLittle));
  return text;
}

/** No byte that a text does not have. */
function isText(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte >= 0x20 ? byte !== 0x7f : byte === 0x09 || byte === 0x0a || byte === 0x0d || byte === 0x0c);
}

const HEADER = /^[!-9;-~]+:/;

/** Begins with the headers of a mail, one of them who sent it. */
function isMail(text: string): boolean {
  const lines = text.replace(/^From [^\n]*\n/, '').split(/\r?\n/);
  const end = lines.indexOf('');
  const headers = lines.slice(0, end < 0 ? lines.length : end);
  if (headers.length < 2 || !HEADER.test(headers[0]!)) return false;
  if (!headers.every((line) => HEADER.test(line) || /^[ \t]/.test(line))) return false;
  const has = (name: string) => headers.some((line) => line.toLowerCase().startsWith(`${name}:`));
  return has('from') && (has('date') || has('subject') || has('message-id') || has('received'));
}

/** Two or more lines with the same number of the same sign between their cells. */
function isTable(text: string): boolean {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '').slice(0, 20);
  if (lines.length < 2) return false;
  return [',', ';', '\t', '|'].some((sign) => {
    const counts = lines.map((line) => line.replaceAll(/"(?:[^"]|"")*"/g, '').split(sign).length - 1);
    return counts[0]! > 0 && counts.every((count) => count === counts[0]);
  });
}

/** The type that the bytes show. */
export function mediaTypeOf(bytes: Uint8Array): MediaType {
  const start = head(bytes, 16);
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (start.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (start.startsWith('GIF87a') || start.startsWith('GIF89a')) return 'image/gif';
  if (start.startsWith('RIFF') && start.slice(8, 12) === 'WEBP') return 'image/webp';
  if (start.startsWith('%PDF-')) return 'application/pdf';
  if (start.startsWith('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) return holds(bytes, wide('__substg1.0_')) ? 'application/vnd.ms-outlook' : 'application/octet-stream';
  if (start.startsWith('PK\x03\x04')) {
    return holds(bytes.subarray(-ZIP_DIRECTORY), 'xl/workbook.xml') ? 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' : 'application/octet-stream';
  }
  const isWide = start.startsWith('\xff\xfe') || start.startsWith('\xfe\xff');
  if (!isWide && !isText(bytes)) return 'application/octet-stream';
  const looked = bytes.subarray(0, LOOKED_AT);
  const text = isWide ? wideLetters(looked, start.startsWith('\xff')) : letters(looked);
  if (text.includes('\0')) return 'application/octet-stream';
  if (isMail(text)) return 'message/rfc822';
  // What was looked at may end inside of a line.
  return isTable(bytes.length > LOOKED_AT ? text.slice(0, text.lastIndexOf('\n')) : text) ? 'text/csv' : 'text/plain';
}

/** Pixels of a picture as its own head states them, so that one too large for a window is not tried; undefined where it states none. */
export function pixelsOf(bytes: Uint8Array): number | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    switch (mediaTypeOf(bytes)) {
      case 'image/png':
        return view.getUint32(16) * view.getUint32(20);
      case 'image/gif':
        return view.getUint16(6, true) * view.getUint16(8, true);
      case 'image/webp':
        return webpPixels(bytes, view);
      case 'image/jpeg':
        return jpegPixels(view);
      default:
        return undefined;
    }
  } catch (error) {
    // The file ends before its head does.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function webpPixels(bytes: Uint8Array, view: DataView): number | undefined {
  /** Three bytes that end before `end`, and one more. */
  const small = (end: number) => (view.getUint32(end - 4, true) >>> 8) + 1;
  switch (head(bytes, 4, 12)) {
    case 'VP8X':
      return small(27) * small(30);
    case 'VP8 ':
      return (view.getUint16(26, true) & 0x3fff) * (view.getUint16(28, true) & 0x3fff);
    case 'VP8L': {
      const packed = view.getUint32(21, true);
      return ((packed & 0x3fff) + 1) * (((packed >>> 14) & 0x3fff) + 1);
    }
    default:
      return undefined;
  }
}

/** The first frame that names its size; every segment before it says how long it is. */
function jpegPixels(view: DataView): number | undefined {
  for (let at = 2; view.getUint8(at) === 0xff; at += 2 + view.getUint16(at + 2)) {
    const marker = view.getUint8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return view.getUint16(at + 5) * view.getUint16(at + 7);
  }
  return undefined;
}
