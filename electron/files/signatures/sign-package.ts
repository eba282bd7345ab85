/**
 * Adds a signature to an .xlsx package, the way Excel does: the parts stay byte for byte, the signature is a new part.
 *
 * Signing an already signed package adds a second signature and leaves the first valid. Document properties are not
 * covered (Office never covers them); everything else is. Whether earlier signatures hold is for `verify-package.ts`:
 * ask it before adding an approval.
 */
import { X509Certificate } from 'node:crypto';
import { ordinal, legalText, type Markup } from './canonical-xml';
import { COUNTERSIGNED_MAX, purposeWithMark, signatureKey } from './countersigning';
import { CONTENT_TYPE, DOCUMENT_PROPERTY_TYPES, RELATIONSHIP_TYPE } from './names';
import {
  CONTENT_TYPES_ITEM,
  contentTypeLookup,
  hasLooseContent,
  isRelationshipsPart,
  partKey,
  partsOf,
  partUri,
  readContentTypes,
  readRelationships,
  relationshipsFrom,
  relationshipsPartOf,
  resolveTarget,
  writeContentTypes,
  writeRelationships,
  type Part,
  type Relationship,
} from './opc-package';
import { transformedRelationships } from './relationship-transform';
import { partReference, relationshipsReference, signatureXml, type PackageSigner } from './signature-xml';
import { signatureValueOf } from './signature-reading';
import type { Commitment } from './xades';
import { contentOf, readZip, type ZipItem } from './zip-container';
import { writeZip, zipItem } from './zip-writing';

export interface SigningOptions {
  /** Milliseconds since 1970, UTC; written to the second. */
  readonly signedAtInstant: number;
  /** Shown as the claimed role: "Preparer", "Approver". */
  readonly role: string;
  readonly commitment: Commitment;
  /** What the signature is for; readers show it. At most 255 characters are kept. */
  readonly purpose: string;
}

/** The package cannot be signed so that every reader agrees; the message says why. */
export class PackageNotSignable extends Error {
  override readonly name = 'PackageNotSignable';
}

const ROOT_RELATIONSHIPS = '/_rels/.rels';
const ORIGIN_PART = '/_xmlsignatures/origin.sigs';

/** The relationships that a signature covers: all but the signatures themselves and the document properties. */
function isCovered(partName: string, relationship: Relationship): boolean {
  if (partKey(partName) !== ROOT_RELATIONSHIPS) return true;
  return relationship.type !== RELATIONSHIP_TYPE.origin && !DOCUMENT_PROPERTY_TYPES.has(relationship.type);
}

function manifestReferences(
  parts: ReadonlyMap<string, Part>,
  typeOf: (partName: string) => string | undefined,
): Markup[] {
  const exempt = new Set(
    relationshipsFrom(parts, '/')
      .filter((relationship) => relationship.targetMode === 'Internal' && !isCovered(ROOT_RELATIONSHIPS, relationship))
      .map((relationship) => partKey(resolveTarget('/', relationship.target))),
  );
  const references: { readonly uri: string; readonly reference: Markup }[] = [];
  for (const [key, part] of parts) {
    if (exempt.has(key) || key.startsWith('/_xmlsignatures/')) continue;
    const uri = partUri(part.name);
    const content = contentOf(part.item);
    if (isRelationshipsPart(part.name)) {
      const relationships = readRelationships(content);
      refuseEscapedTargets(part.name, relationships);
      const covered = relationships.filter((relationship) => isCovered(part.name, relationship));
      if (covered.length === 0) continue;
      const ids = new Set(covered.map(({ id }) => id));
      const transformed = transformedRelationships(relationships, ({ id }) => ids.has(id));
      references.push({
        uri,
        reference: relationshipsReference(uri, CONTENT_TYPE.relationships, [...ids], transformed),
      });
    } else {
      const contentType = typeOf(part.name);
      if (contentType === undefined) throw new PackageNotSignable(`The part ${part.name} has no content type.`);
      references.push({ uri, reference: partReference(uri, contentType, content) });
    }
  }
  return references.sort((left, right) => ordinal(left.uri, right.uri)).map(({ reference }) => reference);
}

/** LibreOffice digests these characters unescaped, against the standard, and would call the signature invalid. */
function refuseEscapedTargets(partName: string, relationships: readonly Relationship[]): void {
  for (const { id, type, target } of relationships) {
    if (/[&<>"]/.test(id + type + target)) {
      const message = `The relationship ${id} of ${partName} points to ${target}, with a character that LibreOffice `;
      throw new PackageNotSignable(`${message}does not verify. Write the link as a HYPERLINK formula.`);
    }
  }
}

/** Before the first signature: relationships without white space, which some verifiers digest and others drop. */
function compactRelationships(parts: Map<string, Part>): void {
  for (const [key, part] of parts) {
    if (!isRelationshipsPart(part.name)) continue;
    const content = contentOf(part.item);
    if (!hasLooseContent(content)) continue;
    parts.set(key, { name: part.name, item: zipItem(part.item.name, writeRelationships(readRelationships(content))) });
  }
}

function setPart(parts: Map<string, Part>, name: string, content: Uint8Array): void {
  const key = partKey(name);
  const existing = parts.get(key)?.name ?? name;
  parts.set(key, { name: existing, item: zipItem(existing.slice(1), content) });
}

function freeId(relationships: readonly Relationship[]): string {
  const taken = new Set(relationships.map(({ id }) => id));
  let number = relationships.length + 1;
  while (taken.has(`rId${number}`)) number += 1;
  return `rId${number}`;
}

/** The origin part of the signatures, made and linked to the package when there is none yet. */
function ensureOrigin(parts: Map<string, Part>): string {
  const relationships = relationshipsFrom(parts, '/');
  const existing = relationships.find(({ type }) => type === RELATIONSHIP_TYPE.origin);
  if (existing !== undefined) return resolveTarget('/', existing.target);
  const relationship: Relationship = {
    id: freeId(relationships),
    type: RELATIONSHIP_TYPE.origin,
    target: ORIGIN_PART.slice(1),
    targetMode: 'Internal',
  };
  setPart(parts, ROOT_RELATIONSHIPS, writeRelationships([...relationships, relationship]));
  setPart(parts, ORIGIN_PART, new Uint8Array(0));
  return ORIGIN_PART;
}

function earlierSignatureKeys(parts: ReadonlyMap<string, Part>): string[] {
  const origin = relationshipsFrom(parts, '/').find(({ type }) => type === RELATIONSHIP_TYPE.origin);
  if (origin === undefined) return [];
  const originName = resolveTarget('/', origin.target);
  return relationshipsFrom(parts, originName)
    .filter(({ type }) => type === RELATIONSHIP_TYPE.signature)
    .map(({ target }) => {
      const name = resolveTarget(originName, target);
      const part = parts.get(partKey(name));
      if (part === undefined) throw new PackageNotSignable(`The earlier signature ${name} is missing from the file.`);
      return signatureKey(signatureValueOf(contentOf(part.item)));
    });
}

function addSignaturePart(parts: Map<string, Part>, signature: Uint8Array): string {
  const origin = ensureOrigin(parts);
  const folder = origin.replace(/[^/]*$/, '');
  let number = 1;
  while (parts.has(partKey(`${folder}sig${number}.xml`))) number += 1;
  const name = `${folder}sig${number}.xml`;
  const links = relationshipsFrom(parts, origin);
  const link: Relationship = {
    id: freeId(links),
    type: RELATIONSHIP_TYPE.signature,
    target: `sig${number}.xml`,
    targetMode: 'Internal',
  };
  setPart(parts, relationshipsPartOf(origin), writeRelationships([...links, link]));
  setPart(parts, name, signature);
  return name;
}

function inWritingOrder(parts: ReadonlyMap<string, Part>, contentTypes: Uint8Array): ZipItem[] {
  const root = parts.get(ROOT_RELATIONSHIPS);
  const others = [...parts].filter(([key]) => key !== ROOT_RELATIONSHIPS).map(([, part]) => part.item);
  return [zipItem(CONTENT_TYPES_ITEM, contentTypes), ...(root === undefined ? [] : [root.item]), ...others];
}

/**
 * Signs a package and returns the signed file. With RSA, equal input gives equal bytes; ECDSA draws a fresh number.
 *
 * @throws PackageNotSignable for a package that readers would disagree on; UnreadableZip or UnreadableXml for a
 *   file that is no package
 */
export function signPackage(bytes: Uint8Array, signer: PackageSigner, options: SigningOptions): Uint8Array {
  const { items, ambiguities } = readZip(bytes);
  if (ambiguities[0] !== undefined) throw new PackageNotSignable(ambiguities[0].message);
  const contentTypesItem = items.find(({ name }) => name === CONTENT_TYPES_ITEM);
  if (contentTypesItem === undefined) throw new PackageNotSignable(`The file has no ${CONTENT_TYPES_ITEM}.`);
  const contentTypes = readContentTypes(contentOf(contentTypesItem));

  const parts = partsOf(items);
  const earlierKeys = earlierSignatureKeys(parts);
  if (earlierKeys.length > COUNTERSIGNED_MAX) {
    throw new PackageNotSignable(
      `The file has ${earlierKeys.length} signatures; another one has no room to name them.`,
    );
  }
  if (earlierKeys.length === 0) compactRelationships(parts);

  const certificate = new X509Certificate(signer.certificatePem);
  const issuers = (signer.chainPem ?? '').match(/-----BEGIN [^-]+-----[^-]+-----END [^-]+-----/g) ?? [];
  const chain = issuers.map((pem) => new X509Certificate(pem));
  const signature = signatureXml(signer, certificate, chain, manifestReferences(parts, contentTypeLookup(contentTypes)), {
    certificate,
    signingTime: new Date(options.signedAtInstant).toISOString().replace(/\.\d+Z$/, 'Z'),
    role: options.role,
    commitment: options.commitment,
    purpose: purposeWithMark(legalText(options.purpose), earlierKeys),
  });
  const signatureName = addSignaturePart(parts, signature);
  const withSignature = writeContentTypes({
    defaults: new Map([...contentTypes.defaults, ['sigs', CONTENT_TYPE.origin]]),
    overrides: new Map([...contentTypes.overrides, [signatureName, CONTENT_TYPE.signature]]),
  });
  return writeZip(inWritingOrder(parts, withSignature));
}
