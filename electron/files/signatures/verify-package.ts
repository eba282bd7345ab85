/**
 * Verifies a signed .xlsx package completely and from its bytes alone: signatures, certificates, parts, relationships,
 * and what has been added outside them.
 *
 * It goes further than Office and LibreOffice, which do not notice added parts, doubled zip items or a removed first
 * signature. It does not decide whom to trust: it yields fingerprints, and the caller knows which should be there.
 * Document properties are exempt, as everywhere, and listed as such.
 */
import { RELATIONSHIP_TYPE, CONTENT_TYPE } from './names';
import {
  CONTENT_TYPES_ITEM,
  partKey,
  partsOf,
  readContentTypes,
  relationshipsFrom,
  resolveTarget,
  type ContentTypes,
} from './opc-package';
import { FINDING_KINDS, type PackageFinding, type PackageVerification } from './verification';
import { coverageFindings, exemptParts, originFindings, type SignatureParts } from './verify-coverage';
import { packageState, reasonOf, verifySignature, type PackageState, type VerifiedSignature } from './verify-signature';
import { contentOf, readZip, UnreadableZip, ZIP_LIMITS, type ZipContents, type ZipLimits } from './zip-container';

const FINDINGS_MAX = 500;
const SIGNATURES_MAX = 10;

function failed(findings: readonly PackageFinding[]): PackageVerification {
  return { signatures: [], findings, exemptParts: [], holds: false };
}

function readContentTypesOf(contents: ZipContents): ContentTypes | PackageFinding {
  const item = contents.items.find(({ name }) => name === CONTENT_TYPES_ITEM);
  if (item === undefined) {
    const message = `The file is a zip, but no .xlsx package: it has no ${CONTENT_TYPES_ITEM}.`;
    return { kind: 'file_unreadable', message };
  }
  try {
    return readContentTypes(contentOf(item));
  } catch (error) {
    const message = `${CONTENT_TYPES_ITEM} cannot be read: ${reasonOf(error)}.`;
    return { kind: 'content_types_damaged', part: CONTENT_TYPES_ITEM, message };
  }
}

interface FoundSignatures extends SignatureParts {
  readonly findings: readonly PackageFinding[];
}

/** Signatures are found by their links, as the standard says, and by name and type, so that none passes unseen. */
function findSignatures(state: PackageState): FoundSignatures {
  const findings: PackageFinding[] = [];
  const origins = relationshipsFrom(state.parts, '/').filter(({ type }) => type === RELATIONSHIP_TYPE.origin);
  const [origin] = origins;
  const originName = origin === undefined ? undefined : resolveTarget('/', origin.target);
  const linked: string[] = [];
  if (originName !== undefined) {
    for (const { type, target, targetMode } of relationshipsFrom(state.parts, originName)) {
      if (type !== RELATIONSHIP_TYPE.signature || targetMode === 'External') continue;
      const name = resolveTarget(originName, target);
      const part = state.parts.get(partKey(name));
      if (part !== undefined) {
        linked.push(part.name);
      } else {
        const message = `The signature ${name.slice(1)} is gone; the package still links to it.`;
        findings.push({ kind: 'signature_missing', part: name.slice(1), message });
      }
    }
    findings.push(...originFindings(state, originName));
  }
  if (origins.length > 1) {
    const message = `The package names ${origins.length} origins of signatures; one is allowed.`;
    findings.push({ kind: 'relationship_added', part: '_rels/.rels', message });
  }

  const linkedKeys = new Set(linked.map(partKey));
  const unlinked = [...state.parts]
    .filter(([key, part]) => !linkedKeys.has(key) && looksLikeSignature(key, state.contentTypeOf(part.name)))
    .map(([, part]) => part.name);
  if (origin === undefined && unlinked.length > 0) {
    const message = 'The package no longer links to its signatures; other programs do not see them.';
    findings.push({ kind: 'origin_missing', part: '_rels/.rels', message });
  } else {
    for (const name of unlinked) {
      const message = `The signature ${name.slice(1)} is in the package, but not linked as a signature.`;
      findings.push({ kind: 'signature_not_linked', part: name.slice(1), message });
    }
  }
  const signatureNames = [...new Set([...linked, ...unlinked])];
  return { ...(originName === undefined ? {} : { originName }), signatureNames, findings };
}

function looksLikeSignature(key: string, contentType: string | undefined): boolean {
  return contentType === CONTENT_TYPE.signature || /^\/_xmlsignatures\/[^/]+\.xml$/.test(key);
}

/** Earlier signatures that a later one vouches for and that are not here any more, or not valid. */
function countersigningFindings(verified: readonly VerifiedSignature[]): PackageFinding[] {
  const present = new Set(verified.map(({ key }) => key).filter((key) => key !== undefined));
  return verified.flatMap(({ read, signature }) => {
    const missing = (read?.countersigned ?? []).filter((key) => !present.has(key));
    if (missing.length === 0) return [];
    const count =
      missing.length === 1 ? 'an earlier signature that is' : `${missing.length} earlier signatures that are`;
    const message = `${signature.signerName} signed over ${count} no longer in the file.`;
    return [{ kind: 'countersigned_signature_missing' as const, part: signature.part, message }];
  });
}

/** No digest is taken of exempt parts, but a file in which one cannot be unpacked does not open elsewhere. */
function damagedExemptParts(state: PackageState): PackageFinding[] {
  return exemptParts(state).flatMap(({ part }) => {
    const item = state.parts.get(partKey(part))?.item;
    try {
      if (item !== undefined) contentOf(item);
      return [];
    } catch (error) {
      return [{ kind: 'file_unreadable' as const, part, message: `${part} cannot be read: ${reasonOf(error)}.` }];
    }
  });
}

function ordered(findings: readonly PackageFinding[]): PackageFinding[] {
  const unique = new Map<string, PackageFinding>();
  for (const finding of findings) {
    const key = JSON.stringify([finding.kind, finding.part, finding.message]);
    if (!unique.has(key)) unique.set(key, finding);
  }
  const sorted = [...unique.values()].sort(
    (left, right) => FINDING_KINDS.indexOf(left.kind) - FINDING_KINDS.indexOf(right.kind),
  );
  if (sorted.length <= FINDINGS_MAX) return sorted;
  const message = `There are ${sorted.length} findings; the first ${FINDINGS_MAX} are listed.`;
  return [...sorted.slice(0, FINDINGS_MAX), { kind: 'too_many_findings', message }];
}

function verifyParts(contents: ZipContents, contentTypes: ContentTypes): PackageVerification {
  const findings: PackageFinding[] = contents.ambiguities.map(({ kind, item, message }) => ({
    kind,
    ...(item === undefined ? {} : { part: item }),
    message,
  }));
  const state = packageState(partsOf(contents.items), contentTypes);
  const found = findSignatures(state);
  findings.push(...found.findings);
  if (found.signatureNames.length > SIGNATURES_MAX) {
    const message = `The file has ${found.signatureNames.length} signatures; at most ${SIGNATURES_MAX} are verified.`;
    return failed([...findings, { kind: 'file_too_large', message }]);
  }
  if (found.signatureNames.length === 0) {
    findings.push({ kind: 'unsigned', message: 'The file has no signature.' });
  }

  const verified = found.signatureNames
    .map((name) => state.parts.get(partKey(name)))
    .filter((part) => part !== undefined)
    .map((part) => verifySignature(part, state));
  for (const one of verified) findings.push(...one.findings, ...coverageFindings(one, state, found));
  findings.push(...countersigningFindings(verified), ...damagedExemptParts(state));

  const signatures = verified.map(({ signature }) => signature);
  return {
    signatures,
    findings: ordered(findings),
    exemptParts: exemptParts(state),
    holds: findings.length === 0 && signatures.length > 0 && signatures.every(({ valid }) => valid),
  };
}

/**
 * Verifies a file. Never throws for what the file holds: a file that is no package yields findings.
 *
 * @param limits how many items and how many unpacked bytes are read at most
 */
export function verifyPackage(bytes: Uint8Array, limits: ZipLimits = ZIP_LIMITS): PackageVerification {
  let contents: ZipContents;
  try {
    contents = readZip(bytes, limits);
  } catch (error) {
    if (!(error instanceof UnreadableZip)) throw error;
    return failed([
      { kind: error.kind === 'too_large' ? 'file_too_large' : 'file_unreadable', message: error.message },
    ]);
  }
  const contentTypes = readContentTypesOf(contents);
  if ('kind' in contentTypes) return failed([contentTypes]);
  try {
    return verifyParts(contents, contentTypes);
  } catch (error) {
    return failed([
      { kind: 'relationships_damaged', message: `The links of the package cannot be read: ${reasonOf(error)}.` },
    ]);
  }
}
