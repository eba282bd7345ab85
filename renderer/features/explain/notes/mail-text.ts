/**
 * A mail as a person reads it: who, to whom, when, about what, the words, and the names of what came with it (RFC 5322, 2045 to 2047).
 *
 * A reader for showing, made for content that nobody vouches for: nothing is fetched, nothing is run, what has no plain text is
 * given as the words between its tags. What it does not understand it leaves as it stands.
 */

/** Bytes as text: UTF-16 where they say so, UTF-8 where they are, else as Windows writes western languages. */
export function textOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return decoded(bytes, 'utf-8');
}

export interface MailText {
  /** In the order in which a mail shows them; those that are there. */
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly body: string;
  /** The body, or a part of it, had only HTML, of which these are the words. */
  readonly isFromHtml: boolean;
  /** Names of the files inside, as the mail gives them. */
  readonly files: readonly string[];
}

const SHOWN_HEADERS = ['From', 'To', 'Cc', 'Date', 'Subject'];
/** Parts within parts deeper than this are left alone. */
const DEPTH_MAX = 8;
const PARTS_MAX = 200;

type Headers = ReadonlyMap<string, string>;

interface Part {
  readonly headers: Headers;
  /** One letter a byte. */
  readonly content: string;
}

const bytesOf = (letters: string): Uint8Array => Uint8Array.from(letters, (letter) => letter.charCodeAt(0) & 0xff);

/** Bytes in a named character set; UTF-8, then Windows' western one, where the name is none. */
function decoded(bytes: Uint8Array, charset: string): string {
  for (const name of [charset, 'utf-8']) {
    try {
      return new TextDecoder(name, { fatal: name === 'utf-8' }).decode(bytes);
    } catch {
      // Not a character set that is known, or not what it says: the next is tried.
    }
  }
  return new TextDecoder('windows-1252').decode(bytes);
}

function fromBase64(text: string): Uint8Array {
  const clean = text.replaceAll(/[^A-Za-z0-9+/]/g, '');
  return bytesOf(atob(clean.slice(0, clean.length - (clean.length % 4 === 1 ? 1 : 0))));
}

const fromQuotedPrintable = (text: string): Uint8Array =>
  bytesOf(text.replaceAll(/=\r?\n/g, '').replaceAll(/=([0-9A-Fa-f]{2})/g, (_all, code: string) => String.fromCharCode(parseInt(code, 16))));

/** `=?utf-8?Q?Caf=C3=A9?=` as `Café`; words that stand side by side are one. */
const encodedWords = (value: string): string =>
  decoded(bytesOf(value), 'utf-8')
    .replaceAll(/(=\?[^?\s]+\?[bq]\?[^?\s]*\?=)\s+(?==\?[^?\s]+\?[bq]\?)/gi, '$1')
    .replaceAll(/=\?([^?\s*]+)(?:\*[^?\s]*)?\?([bq])\?([^?\s]*)\?=/gi, (_all, charset: string, way: string, text: string) =>
      decoded(way.toLowerCase() === 'b' ? fromBase64(text) : fromQuotedPrintable(text.replaceAll('_', ' ')), charset),
    );

function partOf(text: string): Part {
  const end = /\r?\n\r?\n/.exec(text);
  const headers = new Map<string, string>();
  for (const line of text.slice(0, end?.index ?? text.length).replaceAll(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(0, colon)).toLowerCase();
    if (colon > 0 && !headers.has(name)) headers.set(name, line.slice(colon + 1).trim());
  }
  return { headers, content: end ? text.slice(end.index + end[0].length) : '' };
}

/** `name="a; b.pdf"` of a header; empty where there is none. */
function parameter(header: string, name: string): string {
  const match = new RegExp(`;\\s*${name}(\\*?)=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|([^;\\s]+))`, 'i').exec(header);
  const value = match?.[2]?.replaceAll(/\\(.)/g, '$1') ?? match?.[3] ?? '';
  // `name*=utf-8''Z%C3%A4hlung.pdf`; without the star an apostrophe is one.
  const extended = match?.[1] === '*' ? /^([\w-]+)'[^']*'(.*)$/.exec(value) : null;
  if (!extended) return encodedWords(value);
  return decoded(bytesOf(extended[2]!.replaceAll(/%([0-9A-Fa-f]{2})/g, (_all, code: string) => String.fromCharCode(parseInt(code, 16)))), extended[1]!);
}

const typeOf = ({ headers }: Part): string => (headers.get('content-type') ?? 'text/plain').split(';')[0]!.trim().toLowerCase();

/** The parts that a part is made of; undefined where it is a leaf. */
function partsOf(part: Part, depth: number): readonly Part[] | undefined {
  const boundary = parameter(part.headers.get('content-type') ?? '', 'boundary');
  if (!typeOf(part).startsWith('multipart/') || boundary === '' || depth >= DEPTH_MAX) return undefined;
  const parts: Part[] = [];
  for (const each of `\n${part.content}`.split(`\n--${boundary}`).slice(1, PARTS_MAX)) {
    if (each.startsWith('--')) break;
    parts.push(partOf(each.replace(/^[ \t]*\r?\n/, '').replace(/\r$/, '')));
  }
  return parts;
}

const isHtml = (part: Part): boolean => typeOf(part) === 'text/html';
const fileName = (part: Part): string => parameter(part.headers.get('content-disposition') ?? '', 'filename') || parameter(part.headers.get('content-type') ?? '', 'name');
const isFile = (part: Part): boolean =>
  fileName(part) !== '' || /^attachment\b/i.test(part.headers.get('content-disposition') ?? '') || !typeOf(part).startsWith('text/');

/** The leaves of a part in their order: those whose words are shown, and the files. */
function leavesOf(part: Part, depth = 0): { readonly words: readonly Part[]; readonly files: readonly Part[] } {
  const parts = partsOf(part, depth);
  if (!parts) return isFile(part) ? { words: [], files: [part] } : { words: [part], files: [] };
  const all = parts.map((each) => leavesOf(each, depth + 1));
  // Ways to say the same, the plainest first: the first plain one that says anything.
  const isAlternative = typeOf(part) === 'multipart/alternative';
  const ways = all.map(({ words }) => words).filter((words) => words.some((each) => contentOf(each).trim() !== ''));
  const chosen = isAlternative ? (ways.find((words) => !words.some(isHtml)) ?? ways.at(-1) ?? []) : all.flatMap(({ words }) => words);
  return { words: chosen, files: all.flatMap(({ files }) => files) };
}

function contentOf({ headers, content }: Part): string {
  const way = (headers.get('content-transfer-encoding') ?? '').trim().toLowerCase();
  const bytes = way === 'base64' ? fromBase64(content) : way === 'quoted-printable' ? fromQuotedPrintable(content) : bytesOf(content);
  return decoded(bytes, parameter(headers.get('content-type') ?? '', 'charset') || 'utf-8').replaceAll('\r\n', '\n');
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

/** The words of a page without its tags: text to be read, never a page. */
const wordsOfHtml = (html: string): string =>
  html
    .replaceAll(/<!--[\s\S]*?(?:-->|$)/g, '')
    .replaceAll(/<(style|script|head|title)\b[\s\S]*?(?:<\/\1\s*>|$)/gi, '')
    .replaceAll(/\s+/g, ' ')
    // A tag ends before the next begins: a page of nothing but beginnings would be gone through once for each of them.
    .replaceAll(/<(?:br|\/p|\/div|\/tr|\/li|\/h\d)\b[^<>]*>/gi, '\n')
    .replaceAll(/<[^<>]*>/g, '')
    .replaceAll(/[ \t]+/g, ' ')
    .replaceAll(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w+));/gi, (all, decimal?: string, hexadecimal?: string, name?: string) => {
      const code = decimal ? Number(decimal) : hexadecimal ? parseInt(hexadecimal, 16) : undefined;
      if (code !== undefined) return code <= 0x10ffff ? String.fromCodePoint(code) : all;
      return ENTITIES[name!.toLowerCase()] ?? all;
    })
    .replaceAll(/ ?\n ?/g, '\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();

/** Reads a mail file. It never fails: a file that is none has no headers and its text as body. */
export function readMail(bytes: Uint8Array): MailText {
  // One letter a byte; each part says itself in which character set it is written.
  let letters = '';
  for (let at = 0; at < bytes.length; at += 0x8000) letters += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  const mail = partOf(letters.replace(/^From [^\n]*\n/, ''));
  const { words, files } = leavesOf(mail);
  return {
    headers: SHOWN_HEADERS.flatMap((name) => {
      const value = mail.headers.get(name.toLowerCase());
      return value === undefined ? [] : [{ name, value: encodedWords(value) }];
    }),
    body: words.map((part) => (isHtml(part) ? wordsOfHtml(contentOf(part)) : contentOf(part)).trim()).join('\n\n').trim(),
    isFromHtml: words.some(isHtml),
    files: files.map((part) => fileName(part) || typeOf(part)),
  };
}
