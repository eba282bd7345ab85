/**
 * An Open Packaging Conventions package over a zip file: parts, content types and relationships (ECMA-376 part 2).
 *
 * Part names start with a slash and are compared without regard to case. Signatures are for the other modules.
 */
import { childrenNamed, parseXml, rootNamed, UnreadableXml } from './xml-reading';
import { element, type Attributes, type Markup } from './canonical-xml';
import { NAMESPACE } from './names';
import { comparableName, contentOf, type ZipItem } from './zip-container';

export const CONTENT_TYPES_ITEM = '[Content_Types].xml';
const XML_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

export interface Relationship {
  readonly id: string;
  readonly type: string;
  readonly target: string;
  readonly targetMode: 'Internal' | 'External';
}

export interface ContentTypes {
  /** By extension in lower case, without the dot. */
  readonly defaults: ReadonlyMap<string, string>;
  /** By part name as written in the file. */
  readonly overrides: ReadonlyMap<string, string>;
}

/** A part as the package holds it. */
export interface Part {
  readonly name: string;
  readonly item: ZipItem;
}

/** The key under which a part name is looked up. */
export function partKey(partName: string): string {
  return `/${comparableName(partName)}`;
}

/** Parts by `partKey`; [Content_Types].xml is not a part. */
export function partsOf(items: readonly ZipItem[]): Map<string, Part> {
  const parts = new Map<string, Part>();
  for (const item of items) {
    if (item.name === CONTENT_TYPES_ITEM) continue;
    const name = `/${item.name.replace(/\\/g, '/').replace(/^\/+/, '')}`;
    parts.set(partKey(name), { name, item });
  }
  return parts;
}

/**
 * Reads [Content_Types].xml.
 *
 * @throws UnreadableXml also when one part or extension has two types, because readers then differ
 */
export function readContentTypes(bytes: Uint8Array): ContentTypes {
  const root = rootNamed(parseXml(bytes), NAMESPACE.contentTypes, 'Types');
  const defaults = new Map<string, string>();
  for (const entry of childrenNamed(root, NAMESPACE.contentTypes, 'Default')) {
    const extension = (entry.getAttribute('Extension') ?? '').toLowerCase();
    if (defaults.has(extension)) throw new UnreadableXml(`the extension ${extension} has two content types`);
    defaults.set(extension, entry.getAttribute('ContentType') ?? '');
  }
  const overrides = new Map<string, string>();
  const seen = new Set<string>();
  for (const entry of childrenNamed(root, NAMESPACE.contentTypes, 'Override')) {
    const partName = entry.getAttribute('PartName') ?? '';
    if (seen.has(partKey(partName))) throw new UnreadableXml(`the part ${partName} has two content types`);
    seen.add(partKey(partName));
    overrides.set(partName, entry.getAttribute('ContentType') ?? '');
  }
  return { defaults, overrides };
}

/** Looks up content types by part name; undefined for a part without one. */
export function contentTypeLookup(types: ContentTypes): (partName: string) => string | undefined {
  const overrides = new Map([...types.overrides].map(([name, type]) => [partKey(name), type]));
  return (partName) => {
    const extension = /\.([^./]*)$/.exec(partName)?.[1]?.toLowerCase() ?? '';
    return overrides.get(partKey(partName)) ?? types.defaults.get(extension);
  };
}

/** Writes [Content_Types].xml. */
export function writeContentTypes(types: ContentTypes): Uint8Array {
  const entries: Markup[] = [
    ...[...types.defaults].map(([extension, type]) => element('Default', { Extension: extension, ContentType: type })),
    ...[...types.overrides].map(([name, type]) => element('Override', { PartName: name, ContentType: type })),
  ];
  return document(element('Types', { xmlns: NAMESPACE.contentTypes }, ...entries));
}

/**
 * Reads a relationships part.
 *
 * @throws UnreadableXml also when two relationships share an Id
 */
export function readRelationships(bytes: Uint8Array): Relationship[] {
  const root = rootNamed(parseXml(bytes), NAMESPACE.relationships, 'Relationships');
  const seen = new Set<string>();
  return childrenNamed(root, NAMESPACE.relationships, 'Relationship').map((entry) => {
    const id = entry.getAttribute('Id') ?? '';
    if (seen.has(id)) throw new UnreadableXml(`the relationship ${id} occurs twice`);
    seen.add(id);
    return {
      id,
      type: entry.getAttribute('Type') ?? '',
      target: entry.getAttribute('Target') ?? '',
      targetMode: entry.getAttribute('TargetMode') === 'External' ? 'External' : 'Internal',
    };
  });
}

/**
 * Writes a relationships part with nothing between its elements: white space there is digested by some verifiers and
 * dropped by others.
 */
export function writeRelationships(relationships: readonly Relationship[]): Uint8Array {
  const entries = relationships.map(({ id, type, target, targetMode }) => {
    const attributes: Attributes = { Id: id, Type: type, Target: target };
    return element('Relationship', targetMode === 'External' ? { ...attributes, TargetMode: targetMode } : attributes);
  });
  return document(element('Relationships', { xmlns: NAMESPACE.relationships }, ...entries));
}

/** True when a relationships part holds white space, comments or anything else between its elements. */
export function hasLooseContent(bytes: Uint8Array): boolean {
  const root = rootNamed(parseXml(bytes), NAMESPACE.relationships, 'Relationships');
  for (let node = root.firstChild; node !== null; node = node.nextSibling) {
    if (node.nodeType !== 1 || node.firstChild !== null) return true;
  }
  return false;
}

function document(root: Markup): Uint8Array {
  return new TextEncoder().encode(XML_DECLARATION + root);
}

export function isRelationshipsPart(partName: string): boolean {
  return /(^|\/)_rels\/[^/]*\.rels$/i.test(partName);
}

/** The part that a relationships part speaks for: `/xl/workbook.xml` of `/xl/_rels/workbook.xml.rels`; `/` at the root. */
export function sourceOf(relationshipsPartName: string): string {
  return relationshipsPartName.replace(/_rels\/([^/]*)\.rels$/i, '$1');
}

/** The relationships part of a part. */
export function relationshipsPartOf(partName: string): string {
  return partName.replace(/([^/]*)$/, '_rels/$1.rels');
}

/** Resolves a relationship target against its source part, as a part name. */
export function resolveTarget(sourcePartName: string, target: string): string {
  const path = target.replace(/[?#].*$/, '');
  const base = path.startsWith('/') ? [] : sourcePartName.split('/').slice(1, -1);
  const segments: string[] = [...base];
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  return `/${segments.join('/')}`;
}

/** The relationships of a part, none if it has no relationships part. */
export function relationshipsFrom(parts: ReadonlyMap<string, Part>, partName: string): Relationship[] {
  const part = parts.get(partKey(relationshipsPartOf(partName)));
  return part === undefined ? [] : readRelationships(contentOf(part.item));
}

/** A part name as a URI: everything but the characters that a path may hold is percent-encoded. */
export function partUri(partName: string): string {
  return partName
    .split('/')
    .map((segment) => encodeURIComponent(segment).replace(/%(40|24|26|2B|2C|3B|3D|3A)/gi, decodeURIComponent))
    .join('/');
}
