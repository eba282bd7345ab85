/**
 * A small forward scanner for the XML of a spreadsheet: tags, attributes, text. No document type is accepted, so no
 * entity can be declared; names come without their namespace prefix.
 */
import { UnreadableFile } from '../limits';

export interface XmlHandler {
  /** `attributes` as written; `attributeOf` reads one. */
  open(name: string, attributes: string): void;
  close(name: string): void;
  /** May come in pieces. */
  text(text: string): void;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Text with its entities as characters. */
export function decodeXmlText(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|amp|lt|gt|quot|apos);/gi, (whole: string, name: string) => {
    const plain = ENTITIES[name.toLowerCase()];
    if (plain !== undefined) return plain;
    const code = name[1] === 'x' || name[1] === 'X' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

const patterns = new Map<string, RegExp>();

/** The value of an attribute, with or without a namespace prefix; undefined where there is none. */
export function attributeOf(attributes: string, name: string): string | undefined {
  let pattern = patterns.get(name);
  if (!pattern) {
    pattern = new RegExp(`(?:^|\\s)(?:[\\w.-]+:)?${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`);
    patterns.set(name, pattern);
  }
  const match = pattern.exec(attributes);
  return match ? decodeXmlText(match[1] ?? match[2] ?? '') : undefined;
}

/** The longest tag or text piece that is waited for. */
const PENDING_MAX = 4 * 1024 ** 2;

/** Where the tag at `open` ends: a greater-than sign may stand inside an attribute's value. -1 where it is not there yet. */
function tagEnd(xml: string, open: number): number {
  let end = xml.indexOf('>', open);
  let at = open;
  for (;;) {
    if (end < 0) return -1;
    let quoteAt = at;
    for (; quoteAt < end; quoteAt += 1) {
      const code = xml.charCodeAt(quoteAt);
      if (code === 0x22 || code === 0x27) break;
    }
    if (quoteAt >= end) return end;
    const closing = xml.indexOf(xml[quoteAt]!, quoteAt + 1);
    if (closing < 0) return -1;
    at = closing + 1;
    if (at > end) end = xml.indexOf('>', at);
  }
}

const localName = (name: string): string => {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
};

export class XmlScanner {
  #pending = '';

  constructor(
    readonly handler: XmlHandler,
    readonly partName: string,
  ) {}

  #broken(why: string): UnreadableFile {
    return new UnreadableFile('file_unreadable', `${this.partName} of the XLSX cannot be read: ${why}.`);
  }

  /** Takes the next piece of the document. */
  write(piece: string): void {
    const xml = this.#pending + piece;
    let at = 0;
    for (;;) {
      const open = xml.indexOf('<', at);
      if (open < 0) {
        // Text may end inside an entity: what follows the last ampersand waits.
        const ampersand = xml.lastIndexOf('&');
        const until = ampersand >= at && xml.indexOf(';', ampersand) < 0 ? ampersand : xml.length;
        if (until > at) this.handler.text(decodeXmlText(xml.slice(at, until)));
        at = until;
        break;
      }
      if (open > at) this.handler.text(decodeXmlText(xml.slice(at, open)));
      const next = this.#tag(xml, open);
      if (next < 0) {
        at = open;
        break;
      }
      at = next;
    }
    this.#pending = xml.slice(at);
    if (this.#pending.length > PENDING_MAX) throw this.#broken(`a tag is longer than ${PENDING_MAX} characters`);
  }

  /** Handles the markup at `open`; answers where the next begins, or -1 where it is not all there yet. */
  #tag(xml: string, open: number): number {
    if (xml.startsWith('<!--', open)) return this.#skip(xml, open, '-->');
    if (xml.startsWith('<?', open)) return this.#skip(xml, open, '?>');
    if (xml.startsWith('<![CDATA[', open)) {
      const end = xml.indexOf(']]>', open);
      if (end < 0) return -1;
      this.handler.text(xml.slice(open + 9, end));
      return end + 3;
    }
    if (xml.startsWith('<!D', open)) throw this.#broken('it declares a document type, which no spreadsheet needs');
    if (xml.startsWith('<!', open) && xml.length - open < 9) return -1;
    const end = tagEnd(xml, open);
    if (end < 0) return -1;
    if (xml[open + 1] === '/') {
      this.handler.close(localName(xml.slice(open + 2, end).trim()));
      return end + 1;
    }
    const selfClosing = xml[end - 1] === '/';
    const body = xml.slice(open + 1, selfClosing ? end - 1 : end);
    const space = body.search(/\s/);
    const name = localName(space < 0 ? body : body.slice(0, space));
    this.handler.open(name, space < 0 ? '' : body.slice(space));
    if (selfClosing) this.handler.close(name);
    return end + 1;
  }

  #skip(xml: string, open: number, closing: string): number {
    const end = xml.indexOf(closing, open);
    return end < 0 ? -1 : end + closing.length;
  }

  /** @throws UnreadableFile where the document ends inside a tag */
  end(): void {
    if (this.#pending.trim()) throw this.#broken('it ends too early');
  }
}
