/**
 * Canonical XML 1.0 (inclusive, without comments): a writer that emits nothing else, and a serialiser for parsed
 * documents.
 *
 * The writer serves signing, the serialiser serves verifying; neither knows what a signature is. Limits: no DTD
 * (the reader refuses one), so no default attributes and no entity definitions.
 */
import type { Attr, Element, Node } from '@xmldom/xmldom';
import { NAMESPACE } from './names';

/** Text that is already XML in canonical form. */
export type Markup = string & { readonly markup: unique symbol };

export type Attributes = Readonly<Record<string, string>>;

const ILLEGAL_CHARACTERS = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;
const DEPTH_MAX = 256;

/** Removes what XML 1.0 cannot hold, and makes every line end a single line feed. */
export function legalText(value: string): string {
  return value.replace(ILLEGAL_CHARACTERS, '').replace(/\r\n?/g, '\n');
}

/** Orders by UTF-16 code unit, which for names in XML signatures equals code-point order. */
export function ordinal(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function escapeText(value: string): string {
  return value.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/\r/g, '&#xD;');
}

function escapeAttribute(value: string): string {
  return value
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/"/g, '&quot;')
    .replace(/\t/g, '&#x9;')
    .replace(/\n/g, '&#xA;')
    .replace(/\r/g, '&#xD;');
}

/** A text node. Characters that XML cannot hold are dropped. */
export function text(value: string): Markup {
  return escapeText(legalText(value)) as Markup;
}

function isNamespaceDeclaration(name: string): boolean {
  return name === 'xmlns' || name.startsWith('xmlns:');
}

/**
 * One element: namespace declarations first (the default one, then by prefix), then attributes by name, start and
 * end tag always. Prefixed attributes other than declarations are not supported, because their order depends on
 * the namespace.
 */
export function element(name: string, attributes: Attributes, ...children: readonly Markup[]): Markup {
  const names = Object.keys(attributes).sort((left, right) => {
    const leftDeclares = isNamespaceDeclaration(left);
    if (leftDeclares !== isNamespaceDeclaration(right)) return leftDeclares ? -1 : 1;
    return ordinal(left, right);
  });
  const written = names.map((key) => ` ${key}="${escapeAttribute(attributes[key] ?? '')}"`);
  return `<${name}${written.join('')}>${children.join('')}</${name}>` as Markup;
}

/** A document deeper than a signature ever is; following it further could exhaust the stack. */
export class XmlTooDeep extends Error {
  override readonly name = 'XmlTooDeep';
}

const ELEMENT_NODE = 1;
const TEXT_NODE = 3;
const CDATA_NODE = 4;
const PROCESSING_INSTRUCTION_NODE = 7;

function declaredPrefix(attribute: Attr): string | undefined {
  if (attribute.nodeName === 'xmlns') return '';
  return attribute.nodeName.startsWith('xmlns:') ? attribute.nodeName.slice('xmlns:'.length) : undefined;
}

function attributesOf(target: Element): Attr[] {
  return Array.from({ length: target.attributes.length }, (_, index) => target.attributes.item(index)).filter(
    (attribute): attribute is Attr => attribute !== null,
  );
}

function ancestorsOf(apex: Element): Element[] {
  const ancestors: Element[] = [];
  for (let node: Node | null = apex.parentNode; node !== null; node = node.parentNode) {
    if (node.nodeType === ELEMENT_NODE) ancestors.push(node as Element);
  }
  return ancestors;
}

/**
 * The element as Canonical XML 1.0 sees it in its place: namespaces and xml: attributes of its ancestors count.
 *
 * @throws XmlTooDeep past 256 levels
 */
export function canonicalXml(apex: Element): string {
  const inherited = new Map<string, string>();
  const inheritedXml = new Map<string, Attr>();
  for (const ancestor of ancestorsOf(apex)) {
    for (const attribute of attributesOf(ancestor)) {
      const prefix = declaredPrefix(attribute);
      if (prefix !== undefined) {
        if (!inherited.has(prefix)) inherited.set(prefix, attribute.value);
      } else if (attribute.namespaceURI === NAMESPACE.xml && !inheritedXml.has(attribute.nodeName)) {
        inheritedXml.set(attribute.nodeName, attribute);
      }
    }
  }
  const output: string[] = [];
  writeElement(apex, inherited, inheritedXml, new Map(), output, 0);
  return output.join('');
}

function writeElement(
  target: Element,
  inheritedScope: ReadonlyMap<string, string>,
  inheritedXml: ReadonlyMap<string, Attr>,
  renderedAbove: ReadonlyMap<string, string>,
  output: string[],
  depth: number,
): void {
  if (depth > DEPTH_MAX) throw new XmlTooDeep(`XML is nested deeper than ${DEPTH_MAX} levels.`);
  const scope = new Map(inheritedScope);
  const plain = new Map(inheritedXml);
  for (const attribute of attributesOf(target)) {
    const prefix = declaredPrefix(attribute);
    if (prefix === undefined) plain.set(attribute.nodeName, attribute);
    else scope.set(prefix, attribute.value);
  }

  const rendered = new Map(renderedAbove);
  const declarations: string[] = [];
  for (const prefix of [...scope.keys()].sort(ordinal)) {
    const uri = scope.get(prefix) ?? '';
    if (prefix === 'xml' || (rendered.get(prefix) ?? '') === uri) continue;
    rendered.set(prefix, uri);
    declarations.push(` ${prefix === '' ? 'xmlns' : `xmlns:${prefix}`}="${escapeAttribute(uri)}"`);
  }

  const attributes = [...plain.values()]
    .sort(
      (left, right) =>
        ordinal(left.namespaceURI ?? '', right.namespaceURI ?? '') ||
        ordinal(left.localName ?? left.nodeName, right.localName ?? right.nodeName),
    )
    .map((attribute) => ` ${attribute.nodeName}="${escapeAttribute(attribute.value)}"`);

  output.push('<', target.nodeName, ...declarations, ...attributes, '>');
  for (let child: Node | null = target.firstChild; child !== null; child = child.nextSibling) {
    switch (child.nodeType) {
      case ELEMENT_NODE:
        writeElement(child as Element, scope, new Map(), rendered, output, depth + 1);
        break;
      case TEXT_NODE:
      case CDATA_NODE:
        output.push(escapeText(child.nodeValue ?? ''));
        break;
      case PROCESSING_INSTRUCTION_NODE:
        output.push(`<?${child.nodeName}${child.nodeValue ? ` ${child.nodeValue}` : ''}?>`);
        break;
      default:
        break;
    }
  }
  output.push('</', target.nodeName, '>');
}
