/**
 * Reads a signature part into what it claims, keeping only what its SignedInfo vouches for.
 *
 * Nothing is believed by position: an element counts only when a reference in SignedInfo names it by an Id that occurs
 * once and its digest, over the canonical form computed here, is right. So moved or doubled elements gain nothing.
 */
import { createHash } from 'node:crypto';
import type { Element } from '@xmldom/xmldom';
import { canonicalXml } from './canonical-xml';
import { splitPurpose } from './countersigning';
import {
  CANONICAL_XML,
  DIGEST_METHODS,
  NAMESPACE,
  RELATIONSHIP_TRANSFORM,
  SIGNATURE_METHODS,
  type SignatureMethod,
} from './names';
import { childrenNamed, descendantAt, parseXml, rootNamed, textOf, UnreadableXml } from './xml-reading';

export interface DigestClaim {
  /** Name of the hash in node:crypto. */
  readonly hash: string;
  readonly valueBase64: string;
}

/** A part or its relationships, as a manifest claims it to be. */
export interface ManifestReference {
  readonly partUri: string;
  readonly contentType: string;
  readonly digest: DigestClaim;
  /** Undefined when the bytes of the part are digested; else the relationships that are. */
  readonly relationships?: { readonly ids: ReadonlySet<string>; readonly types: ReadonlySet<string> };
}

export interface CertificateClaim {
  readonly digest: DigestClaim;
  readonly serialNumber: string;
}

export interface ReadSignature {
  readonly method: SignatureMethod;
  /** SignedInfo in canonical form: the octets that are signed. */
  readonly signedOctets: Uint8Array;
  readonly value: Uint8Array;
  /** DER, in the order of KeyInfo. */
  readonly certificates: readonly Uint8Array[];
  /** RSA modulus and exponent from KeyInfo, where a writer put them. */
  readonly rsaKey?: { readonly modulus: string; readonly exponent: string };
  /** Ids of signed elements whose digest is wrong or that are missing. */
  readonly changedObjects: readonly string[];
  readonly manifest: readonly ManifestReference[];
  readonly signedAtInstant: number | null;
  readonly certificateClaim?: CertificateClaim;
  readonly role: string;
  readonly purpose: string;
  readonly countersigned: readonly string[];
}

/** The signature uses an algorithm that is not accepted: unknown, or too weak. */
export class AlgorithmNotAccepted extends Error {
  override readonly name = 'AlgorithmNotAccepted';
}

const MANIFEST_REFERENCES_MAX = 20_000;
const SIGNED_REFERENCES_MAX = 20;
const DS = NAMESPACE.signature;

function bytesOfBase64(value: string): Uint8Array {
  const compact = value.replace(/[\t\n\r ]/g, '');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(compact)) throw new UnreadableXml('a base64 value is damaged');
  return Buffer.from(compact, 'base64');
}

function algorithmOf(target: Element | undefined): string {
  return target?.getAttribute('Algorithm') ?? '';
}

function digestClaim(target: Element | undefined): DigestClaim {
  const algorithm = algorithmOf(descendantAt(target, DS, 'DigestMethod'));
  const hash = DIGEST_METHODS.get(algorithm);
  if (hash === undefined) throw new AlgorithmNotAccepted(`The digest method ${algorithm || '(none)'} is not accepted.`);
  const valueBase64 = Buffer.from(bytesOfBase64(textOf(descendantAt(target, DS, 'DigestValue')))).toString('base64');
  return { hash, valueBase64 };
}

/** True when the octets have the claimed digest. */
export function digestMatches(claim: DigestClaim, octets: Uint8Array): boolean {
  return createHash(claim.hash).update(octets).digest('base64') === claim.valueBase64;
}

function transformsOf(reference: Element): Element[] {
  return childrenNamed(descendantAt(reference, DS, 'Transforms'), DS, 'Transform');
}

function elementsById(root: Element): Map<string, Element | null> {
  const byId = new Map<string, Element | null>();
  const all = root.getElementsByTagName('*');
  for (const candidate of [root, ...Array.from(all)]) {
    const id = candidate.getAttribute('Id');
    if (id) byId.set(id, byId.has(id) ? null : candidate);
  }
  return byId;
}

/** The elements that SignedInfo names and whose digests are right, and the Ids of those that are not. */
function signedElements(root: Element, signedInfo: Element): { intact: Element[]; changed: string[] } {
  const byId = elementsById(root);
  const intact: Element[] = [];
  const changed: string[] = [];
  const references = childrenNamed(signedInfo, DS, 'Reference');
  if (references.length > SIGNED_REFERENCES_MAX) {
    throw new UnreadableXml(`SignedInfo has ${references.length} references, more than ${SIGNED_REFERENCES_MAX}`);
  }
  for (const reference of references) {
    const uri = reference.getAttribute('URI') ?? '';
    const id = uri.startsWith('#') ? uri.slice(1) : undefined;
    if (id === undefined) throw new UnreadableXml(`the signature refers to ${uri || 'nothing'}, outside its own part`);
    for (const transform of transformsOf(reference)) {
      const algorithm = algorithmOf(transform);
      if (algorithm !== CANONICAL_XML) throw new AlgorithmNotAccepted(`The transform ${algorithm} is not accepted.`);
    }
    const claim = digestClaim(reference);
    const target = byId.get(id);
    if (target && digestMatches(claim, Buffer.from(canonicalXml(target)))) intact.push(target);
    else changed.push(id);
  }
  return { intact, changed };
}

function relationshipChoice(transform: Element): NonNullable<ManifestReference['relationships']> {
  const named = childrenNamed(transform, NAMESPACE.packageSignature, 'RelationshipReference');
  const grouped = childrenNamed(transform, NAMESPACE.packageSignature, 'RelationshipsGroupReference');
  return {
    ids: new Set(named.map((entry) => entry.getAttribute('SourceId') ?? '')),
    types: new Set(grouped.map((entry) => entry.getAttribute('SourceType') ?? '')),
  };
}

function manifestReference(reference: Element): ManifestReference {
  const uri = reference.getAttribute('URI') ?? '';
  const found = /^(\/[^?#]*)\?ContentType=([^#]*)$/.exec(uri);
  if (found === null) throw new UnreadableXml(`the manifest refers to ${uri || 'nothing'}, which is no part`);
  const [, partUri = '', contentType = ''] = found;
  const base = { partUri, contentType, digest: digestClaim(reference) };

  const transforms = transformsOf(reference);
  const [first, second] = transforms.map(algorithmOf);
  if (transforms.length === 0) return base;
  if (first !== RELATIONSHIP_TRANSFORM || second !== CANONICAL_XML || transforms.length !== 2) {
    throw new AlgorithmNotAccepted(`The transforms of ${partUri} in the manifest are not accepted.`);
  }
  return { ...base, relationships: relationshipChoice(transforms[0] as Element) };
}

function manifestOf(signed: readonly Element[]): ManifestReference[] {
  const manifests = signed.flatMap((target) =>
    target.localName === 'Manifest' && target.namespaceURI === DS ? [target] : childrenNamed(target, DS, 'Manifest'),
  );
  const references = manifests.flatMap((manifest) => childrenNamed(manifest, DS, 'Reference'));
  if (references.length > MANIFEST_REFERENCES_MAX) {
    throw new UnreadableXml(`the manifest has ${references.length} entries, more than ${MANIFEST_REFERENCES_MAX}`);
  }
  return references.map(manifestReference);
}

function instantOf(value: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/.test(value)) return null;
  const instant = Date.parse(value);
  return Number.isNaN(instant) ? null : instant;
}

interface Statement {
  readonly signedAtInstant: number | null;
  readonly certificateClaim?: CertificateClaim;
  readonly role: string;
  readonly signedPurpose: string;
}

function statementOf(signed: readonly Element[]): Statement {
  const xd = NAMESPACE.xades;
  const properties = signed.find((target) => target.localName === 'SignedProperties' && target.namespaceURI === xd);
  const own = descendantAt(properties, xd, 'SignedSignatureProperties');
  const certificate =
    descendantAt(own, xd, 'SigningCertificate', 'Cert') ?? descendantAt(own, xd, 'SigningCertificateV2', 'Cert');
  const claim =
    certificate === undefined
      ? undefined
      : {
          digest: digestClaim(descendantAt(certificate, xd, 'CertDigest')),
          serialNumber: textOf(descendantAt(descendantAt(certificate, xd, 'IssuerSerial'), DS, 'X509SerialNumber')),
        };
  const commitment = descendantAt(properties, xd, 'SignedDataObjectProperties', 'CommitmentTypeIndication');
  const qualifiers = childrenNamed(
    descendantAt(commitment, xd, 'CommitmentTypeQualifiers'),
    xd,
    'CommitmentTypeQualifier',
  );
  const roles = childrenNamed(descendantAt(own, xd, 'SignerRole', 'ClaimedRoles'), xd, 'ClaimedRole');
  return {
    signedAtInstant: instantOf(textOf(descendantAt(own, xd, 'SigningTime'))) ?? packageTimeOf(signed),
    ...(claim === undefined ? {} : { certificateClaim: claim }),
    role: textOf(roles[0]),
    signedPurpose: textOf(qualifiers[0]) || officeCommentOf(signed),
  };
}

function signatureProperty(signed: readonly Element[], namespace: string, localName: string): Element | undefined {
  for (const target of signed) {
    for (const group of childrenNamed(target, DS, 'SignatureProperties')) {
      for (const property of childrenNamed(group, DS, 'SignatureProperty')) {
        const found = childrenNamed(property, namespace, localName)[0];
        if (found !== undefined) return found;
      }
    }
  }
  return undefined;
}

function packageTimeOf(signed: readonly Element[]): number | null {
  const time = signatureProperty(signed, NAMESPACE.packageSignature, 'SignatureTime');
  return instantOf(textOf(descendantAt(time, NAMESPACE.packageSignature, 'Value')));
}

function officeCommentOf(signed: readonly Element[]): string {
  const details = signatureProperty(signed, NAMESPACE.officeSignature, 'SignatureInfoV1');
  return textOf(descendantAt(details, NAMESPACE.officeSignature, 'SignatureComments'));
}

/**
 * The value of a signature part, without verifying it.
 *
 * @throws UnreadableXml when the part is no signature
 */
export function signatureValueOf(bytes: Uint8Array): Uint8Array {
  const root = rootNamed(parseXml(bytes), DS, 'Signature');
  return bytesOfBase64(textOf(descendantAt(root, DS, 'SignatureValue')));
}

/**
 * Reads a signature part and checks the digests inside it.
 *
 * @throws UnreadableXml for what is no signature; AlgorithmNotAccepted for algorithms outside the accepted lists
 */
export function readSignature(bytes: Uint8Array): ReadSignature {
  const root = rootNamed(parseXml(bytes), DS, 'Signature');
  const signedInfo = descendantAt(root, DS, 'SignedInfo');
  if (signedInfo === undefined) throw new UnreadableXml('the signature has no SignedInfo');
  const canonicalisation = algorithmOf(descendantAt(signedInfo, DS, 'CanonicalizationMethod'));
  if (canonicalisation !== CANONICAL_XML) {
    throw new AlgorithmNotAccepted(`The canonicalisation ${canonicalisation || '(none)'} is not accepted.`);
  }
  const methodName = algorithmOf(descendantAt(signedInfo, DS, 'SignatureMethod'));
  const method = SIGNATURE_METHODS.get(methodName);
  if (method === undefined) {
    throw new AlgorithmNotAccepted(`The signature method ${methodName || '(none)'} is not accepted.`);
  }

  const { intact, changed } = signedElements(root, signedInfo);
  const { signedPurpose, ...statement } = statementOf(intact);
  const keyInfo = descendantAt(root, DS, 'KeyInfo');
  const rsaKey = descendantAt(keyInfo, DS, 'KeyValue', 'RSAKeyValue');
  return {
    method,
    signedOctets: Buffer.from(canonicalXml(signedInfo)),
    value: bytesOfBase64(textOf(descendantAt(root, DS, 'SignatureValue'))),
    certificates: childrenNamed(keyInfo, DS, 'X509Data')
      .flatMap((group) => childrenNamed(group, DS, 'X509Certificate'))
      .map((certificate) => bytesOfBase64(textOf(certificate))),
    ...(rsaKey === undefined
      ? {}
      : {
          rsaKey: {
            modulus: textOf(descendantAt(rsaKey, DS, 'Modulus')),
            exponent: textOf(descendantAt(rsaKey, DS, 'Exponent')),
          },
        }),
    changedObjects: changed,
    manifest: manifestOf(intact),
    ...statement,
    ...splitPurpose(signedPurpose),
  };
}
