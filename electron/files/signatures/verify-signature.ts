/**
 * Verifies one signature against the package: its value, its certificate, and every part and relationship it names.
 *
 * What lies outside the manifest is for `verify-coverage.ts`.
 */
import { createHash, verify as verifyValue, X509Certificate } from 'node:crypto';
import { certificateFacts, fingerprintOf, serialNumberOf, type CertificateFacts } from './certificate';
import {
  contentTypeLookup,
  partKey,
  readRelationships,
  type ContentTypes,
  type Part,
  type Relationship,
} from './opc-package';
import { partDescriber } from './part-descriptions';
import { transformedRelationships } from './relationship-transform';
import {
  AlgorithmNotAccepted,
  digestMatches,
  readSignature,
  type DigestClaim,
  type ManifestReference,
  type ReadSignature,
} from './signature-reading';
import { signatureKey } from './countersigning';
import type { PackageFinding, PackageSignature } from './verification';
import { contentOf, UnreadableZip } from './zip-container';

/** The package under verification, with what several signatures ask again. */
export interface PackageState {
  readonly parts: ReadonlyMap<string, Part>;
  readonly contentTypeOf: (partName: string) => string | undefined;
  readonly describe: ReturnType<typeof partDescriber>;
  /** Base64 digest of a part's bytes, worked out once for each hash. */
  readonly digestOf: (part: Part, hash: string) => string;
  readonly relationshipsIn: (part: Part) => readonly Relationship[];
}

export function packageState(parts: ReadonlyMap<string, Part>, contentTypes: ContentTypes): PackageState {
  const digests = new Map<string, string>();
  const relationships = new Map<string, readonly Relationship[]>();
  return {
    parts,
    contentTypeOf: contentTypeLookup(contentTypes),
    describe: partDescriber(parts),
    digestOf: (part, hash) => {
      const key = `${hash} ${part.name}`;
      const known = digests.get(key) ?? createHash(hash).update(contentOf(part.item)).digest('base64');
      digests.set(key, known);
      return known;
    },
    relationshipsIn: (part) => {
      const known = relationships.get(part.name) ?? readRelationships(contentOf(part.item));
      relationships.set(part.name, known);
      return known;
    },
  };
}

export interface VerifiedSignature {
  readonly signature: PackageSignature;
  readonly findings: readonly PackageFinding[];
  /** What the signature read as, when it could be read. */
  readonly read?: ReadSignature;
  /** The name under which a later signature vouches for this one. */
  readonly key?: string;
}

/** "Rosa Marin on 2026-11-02T09:15:00Z", for messages. */
function signedBy(facts: { readonly signerName: string }, read: ReadSignature): string {
  const time = read.signedAtInstant === null ? '' : ` on ${new Date(read.signedAtInstant).toISOString()}`;
  return `${facts.signerName || 'an unnamed signer'}${time.replace('.000Z', 'Z')}`;
}

function partOf(state: PackageState, partUri: string): Part | undefined {
  const exact = state.parts.get(partKey(partUri));
  if (exact !== undefined) return exact;
  try {
    return state.parts.get(partKey(decodeURIComponent(partUri)));
  } catch {
    return undefined;
  }
}

function matches(claim: DigestClaim, state: PackageState, part: Part): boolean {
  return state.digestOf(part, claim.hash) === claim.valueBase64;
}

/** The relationships of a part that a manifest reference covers. */
export function isChosen(reference: ManifestReference, relationship: Relationship): boolean {
  const { relationships } = reference;
  return (
    relationships === undefined || relationships.ids.has(relationship.id) || relationships.types.has(relationship.type)
  );
}

function relationshipFindings(
  reference: ManifestReference,
  part: Part,
  state: PackageState,
  signer: string,
): PackageFinding[] {
  const { part: name, sheet, words } = state.describe(part.name);
  const place = sheet === undefined ? { part: name } : { part: name, sheet };
  let relationships: readonly Relationship[];
  try {
    relationships = state.relationshipsIn(part);
  } catch (error) {
    return [{ kind: 'relationships_damaged', ...place, message: `${words} cannot be read: ${reasonOf(error)}.` }];
  }
  const present = new Set(relationships.map(({ id }) => id));
  const removed = [...(reference.relationships?.ids ?? [])].filter((id) => !present.has(id));
  if (removed.length > 0) {
    const message = `${words}: the relationship ${removed.join(', ')}, signed by ${signer}, is gone.`;
    return [{ kind: 'relationship_removed', ...place, message }];
  }
  const octets = transformedRelationships(relationships, (relationship) => isChosen(reference, relationship));
  if (digestMatches(reference.digest, octets)) return [];
  const message = `${words}: a relationship is not as ${signer} signed it.`;
  return [{ kind: 'relationship_changed', ...place, message }];
}

function referenceFindings(reference: ManifestReference, state: PackageState, signer: string): PackageFinding[] {
  const part = partOf(state, reference.partUri);
  const { part: name, sheet, words } = state.describe(part?.name ?? reference.partUri);
  const place = sheet === undefined ? { part: name } : { part: name, sheet };
  if (part === undefined) {
    return [{ kind: 'part_removed', ...place, message: `${words} is gone; ${signer} signed it.` }];
  }
  const findings: PackageFinding[] = [];
  const contentType = state.contentTypeOf(part.name) ?? '';
  if (contentType !== reference.contentType) {
    const message = `${words} is now of type ${contentType || '(none)'}; signed was ${reference.contentType}.`;
    findings.push({ kind: 'content_type_changed', ...place, message });
  }
  if (reference.relationships !== undefined) {
    findings.push(...relationshipFindings(reference, part, state, signer));
    return findings;
  }
  try {
    if (!matches(reference.digest, state, part)) {
      findings.push({ kind: 'part_changed', ...place, message: `${words} is not as ${signer} signed it.` });
    }
  } catch (error) {
    if (!(error instanceof UnreadableZip)) throw error;
    findings.push({ kind: 'part_changed', ...place, message: `${words} cannot be read: ${error.message}` });
  }
  return findings;
}

interface ChosenCertificate {
  readonly certificate?: X509Certificate;
  readonly problem?: string;
}

function rsaKeyDiffers(read: ReadSignature, certificate: X509Certificate): boolean {
  if (read.rsaKey === undefined) return false;
  const { n, e } = certificate.publicKey.export({ format: 'jwk' });
  const same = (base64: string, base64Url: unknown): boolean =>
    Buffer.from(base64, 'base64').toString('base64url') === base64Url;
  return !same(read.rsaKey.modulus, n) || !same(read.rsaKey.exponent, e);
}

/** The certificate that the signed properties name, out of those in KeyInfo. */
function chosenCertificate(read: ReadSignature): ChosenCertificate {
  const [first] = read.certificates;
  if (first === undefined) return { problem: 'The signature holds no certificate.' };
  const claim = read.certificateClaim;
  const named = claim === undefined ? undefined : read.certificates.find((der) => digestMatches(claim.digest, der));
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(named ?? first);
    certificate.publicKey.asymmetricKeyType;
  } catch {
    return { problem: 'The certificate in the signature cannot be read.' };
  }
  if (claim === undefined)
    return { certificate, problem: 'The signature does not say with which certificate it was made.' };
  if (named === undefined) {
    return { certificate, problem: 'The certificate in the signature is not the one that it was made with.' };
  }
  if (claim.serialNumber !== '' && claim.serialNumber !== serialNumberOf(certificate)) {
    return { certificate, problem: 'The signature names another serial number than its certificate has.' };
  }
  if (rsaKeyDiffers(read, certificate)) {
    return { certificate, problem: 'The key beside the certificate is not the key of the certificate.' };
  }
  return { certificate };
}

function valueHolds(read: ReadSignature, certificate: X509Certificate): boolean {
  const key = certificate.publicKey;
  if (key.asymmetricKeyType !== read.method.keyType) return false;
  try {
    const options = read.method.keyType === 'ec' ? { key, dsaEncoding: 'ieee-p1363' as const } : { key };
    return verifyValue(read.method.hash, read.signedOctets, options, read.value);
  } catch {
    return false;
  }
}

const NO_CERTIFICATE: CertificateFacts = {
  signerName: '',
  signerEmail: '',
  fingerprintSha256: '',
  certificatePem: '',
  certificateNotBeforeInstant: Number.NaN,
  certificateNotAfterInstant: Number.NaN,
};

/** A chain is short; a signature with more certificates only costs time. */
const CERTIFICATES_MAX = 20;

const KNOWN_READING_ERRORS = new Set(['UnreadableXml', 'UnreadableZip', 'XmlTooDeep', 'RangeError']);

/** The message of an error that unreadable input causes; any other error is a bug and is thrown on. */
export function reasonOf(error: unknown): string {
  if (error instanceof Error && KNOWN_READING_ERRORS.has(error.name)) return error.message.replace(/\.$/, '');
  throw error;
}

function unreadable(part: string, kind: PackageFinding['kind'], message: string): VerifiedSignature {
  const { certificateNotAfterInstant: _after, certificateNotBeforeInstant: _before, ...facts } = NO_CERTIFICATE;
  const signature: PackageSignature = {
    part,
    ...facts,
    furtherCertificatesPem: [],
    certificateNotBeforeInstant: null,
    certificateNotAfterInstant: null,
    role: '',
    purpose: '',
    signedAtInstant: null,
    algorithm: '',
    valid: false,
  };
  return { signature, findings: [{ kind, part, message }] };
}

function orNull(instant: number): number | null {
  return Number.isNaN(instant) ? null : instant;
}

function certificateFindings(read: ReadSignature, chosen: ChosenCertificate, facts: CertificateFacts, part: string) {
  const findings: PackageFinding[] = [];
  if (chosen.problem !== undefined) findings.push({ kind: 'certificate_mismatch', part, message: chosen.problem });
  const { certificateNotBeforeInstant: from, certificateNotAfterInstant: to } = facts;
  const signed = read.signedAtInstant;
  if (chosen.certificate !== undefined && (signed === null || !(signed >= from && signed <= to))) {
    const message = `The certificate of ${facts.signerName} was not valid at the stated time of signing.`;
    findings.push({ kind: 'certificate_out_of_date', part, message });
  }
  return findings;
}

/** Certificates beside the signer's that can be read; the others lead nowhere. */
function furtherCertificates(read: ReadSignature, signerFingerprint: string): string[] {
  return read.certificates.slice(0, CERTIFICATES_MAX).flatMap((der) => {
    try {
      const certificate = new X509Certificate(der);
      return fingerprintOf(certificate) === signerFingerprint ? [] : [certificate.toString()];
    } catch {
      return [];
    }
  });
}

/** Verifies the signature in a part. Never throws for what the file holds. */
export function verifySignature(signaturePart: Part, state: PackageState): VerifiedSignature {
  const part = signaturePart.name.replace(/^\//, '');
  let read: ReadSignature;
  try {
    read = readSignature(contentOf(signaturePart.item));
  } catch (error) {
    if (error instanceof AlgorithmNotAccepted) return unreadable(part, 'algorithm_not_accepted', error.message);
    return unreadable(part, 'signature_unreadable', `The signature ${part} cannot be read: ${reasonOf(error)}.`);
  }

  const chosen = chosenCertificate(read);
  const { certificate } = chosen;
  const facts = certificate === undefined ? NO_CERTIFICATE : certificateFacts(certificate);
  const signer = signedBy(facts, read);
  const findings = certificateFindings(read, chosen, facts, part);
  if (certificate !== undefined && !valueHolds(read, certificate)) {
    const message = `The signature ${part} was not made by the key of ${facts.signerName || 'its certificate'}.`;
    findings.push({ kind: 'signature_value_wrong', part, message });
  }
  if (read.changedObjects.length > 0) {
    const message = `The signature ${part} was changed after signing, in ${read.changedObjects.join(', ')}.`;
    findings.push({ kind: 'signed_object_changed', part, message });
  }
  findings.push(...read.manifest.flatMap((reference) => referenceFindings(reference, state, signer)));
  return {
    signature: {
      part,
      ...facts,
      furtherCertificatesPem: furtherCertificates(read, facts.fingerprintSha256),
      certificateNotBeforeInstant: orNull(facts.certificateNotBeforeInstant),
      certificateNotAfterInstant: orNull(facts.certificateNotAfterInstant),
      role: read.role,
      purpose: read.purpose,
      signedAtInstant: read.signedAtInstant,
      algorithm: read.method.name,
      valid: findings.length === 0,
    },
    findings,
    read,
    key: signatureKey(read.value),
  };
}
