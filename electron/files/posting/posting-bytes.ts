/**
 * A posting file as bytes: comma-separated, CRLF line ends (RFC 4180), nothing but what the receiving system asks for.
 *
 * No cell is marked as text here, see `shared/domain/posting/shapes.ts`: each is either looked up as it is, a figure, or
 * begins with a journal's number.
 */
import type { PostingFile } from '@shared/domain/posting/shapes';

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const whereNeeded = (text: string): string => (/[",;\r\n]|^\s|\s$/.test(text) ? quoted(text) : text);

export function postingBytes({ header, rows, quotes, encoding }: PostingFile): Buffer {
  const cell = quotes === 'always' ? quoted : whereNeeded;
  const text = [header, ...rows].map((cells) => `${cells.map(cell).join(',')}\r\n`).join('');
  return Buffer.from(encoding === 'UTF-8' ? text : `\ufeff${text}`, 'utf8');
}
