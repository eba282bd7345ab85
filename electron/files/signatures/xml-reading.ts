/**
 * Reading XML that nobody vouches for: small, UTF-8, no document type, no forgiven mistakes.
 *
 * What the XML means is for others; here a document is either read exactly or refused with `UnreadableXml`.
 */
import { DOMParser, type Document, type Element, type Node } from '@xmldom/xmldom';

export class UnreadableXml extends Error {
  override readonly name = 'UnreadableXml';
}

/** Package plumbing and signatures of real files stay below 100 kB; far more is an attack on memory. */
const SIZE_MAX_BYTES = 4 * 1024 * 1024;

/**
 * Parses one XML document.
 *
 * @throws UnreadableXml for anything that is not plain, well-formed UTF-8 XML of at most 4 MB
 */
export function parseXml(bytes: Uint8Array): Document {
  if (bytes.length > SIZE_MAX_BYTES) {
    throw new UnreadableXml(`the XML has ${bytes.length} bytes, more than ${SIZE_MAX_BYTES}`);
  }
  let source: string;
  try {
    source = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UnreadableXml('the XML is not UTF-8');
  }
  if (/<!DOCTYPE/i.test(source)) throw new UnreadableXml('the XML has a document type declaration');
  const declaration = /^<\?xml\s[^>]*?encoding\s*=\s*["']([^"']*)["']/.exec(source);
  if (declaration && declaration[1]?.toLowerCase() !== 'utf-8') {
    throw new UnreadableXml(`the XML declares the encoding ${declaration[1]}`);
  }
  const complain = (_level: string, message: string): void => {
    throw new UnreadableXml(message.split('\n')[0] ?? message);
  };
  try {
    const document = new DOMParser({ onError: complain }).parseFromString(source, 'text/xml');
    if (document.documentElement === null) throw new UnreadableXml('the XML has no root element');
    return document;
  } catch (error) {
    if (error instanceof UnreadableXml) throw error;
    throw new UnreadableXml(error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'the XML cannot be read');
  }
}

/** The root, if it has this namespace and name. */
export function rootNamed(document: Document, namespace: string, localName: string): Element {
  const root = document.documentElement;
  if (root === null || root.namespaceURI !== namespace || root.localName !== localName) {
    throw new UnreadableXml(`the root element is not ${localName}`);
  }
  return root;
}

/** Child elements with this namespace and name, in document order; a missing parent has none. */
export function childrenNamed(parent: Element | undefined, namespace: string, localName: string): Element[] {
  const found: Element[] = [];
  for (let node: Node | null = parent?.firstChild ?? null; node !== null; node = node.nextSibling) {
    if (node.nodeType !== 1) continue;
    const child = node as Element;
    if (child.namespaceURI === namespace && child.localName === localName) found.push(child);
  }
  return found;
}

/** Follows a path of names below an element, each the only one of its kind; undefined where a step is missing. */
export function descendantAt(
  start: Element | undefined,
  namespace: string,
  ...path: readonly string[]
): Element | undefined {
  let current = start;
  for (const localName of path) {
    const found = childrenNamed(current, namespace, localName);
    if (found.length > 1)
      throw new UnreadableXml(`there are ${found.length} ${localName} elements where one is allowed`);
    current = found[0];
    if (current === undefined) return undefined;
  }
  return current;
}

/** Text of an element without surrounding white space; empty when there is no element. */
export function textOf(target: Element | undefined): string {
  return (target?.textContent ?? '').trim();
}
