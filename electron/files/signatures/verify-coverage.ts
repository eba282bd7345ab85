/**
 * Finds what a package holds beyond what a signature covers: added parts and added relationships.
 *
 * Exempt, as in Office: document properties and the thumbnail (by relationship from the package and by content type,
 * so that nothing else hides under that name), [Content_Types].xml (each covered part states its own type), and the
 * signature parts that are linked as such.
 */
import { DOCUMENT_PROPERTY_TYPES, RELATIONSHIP_TYPE } from './names';
import { isRelationshipsPart, partKey, relationshipsPartOf, resolveTarget, type Relationship } from './opc-package';
import type { ExemptPart, PackageFinding } from './verification';
import { isChosen, reasonOf, type PackageState, type VerifiedSignature } from './verify-signature';

const ROOT_RELATIONSHIPS = '/_rels/.rels';

/** The plumbing of signatures that the package links to. */
export interface SignatureParts {
  readonly originName?: string;
  readonly signatureNames: readonly string[];
}

function isDocumentProperty(relationship: Relationship, state: PackageState): boolean {
  const types = DOCUMENT_PROPERTY_TYPES.get(relationship.type);
  if (types === undefined || relationship.targetMode !== 'Internal') return false;
  return types.test(state.contentTypeOf(resolveTarget('/', relationship.target)) ?? '');
}

/** The document property parts of the package, which no signature covers. */
export function exemptParts(state: PackageState): ExemptPart[] {
  const root = state.parts.get(ROOT_RELATIONSHIPS);
  if (root === undefined) return [];
  return state
    .relationshipsIn(root)
    .filter((relationship) => isDocumentProperty(relationship, state))
    .map((relationship) => state.parts.get(partKey(resolveTarget('/', relationship.target))))
    .filter((part) => part !== undefined)
    .map((part) => ({
      part: part.name.replace(/^\//, ''),
      message: `${state.describe(part.name).words} is not covered by signatures; a change to it is not noticed.`,
    }));
}

function plumbingKeys(signatureParts: SignatureParts, state: PackageState): ReadonlySet<string> {
  const keys = new Set(signatureParts.signatureNames.map(partKey));
  const { originName } = signatureParts;
  if (originName !== undefined) {
    const origin = state.parts.get(partKey(originName));
    if (origin?.item.contentBytes === 0) keys.add(partKey(originName));
    keys.add(partKey(relationshipsPartOf(originName)));
  }
  return keys;
}

function uncoveredRelationships(
  verified: VerifiedSignature,
  state: PackageState,
  partName: string,
  isExempt: (relationship: Relationship) => boolean,
): PackageFinding[] {
  const part = state.parts.get(partKey(partName));
  if (part === undefined) return [];
  const { part: name, sheet, words } = state.describe(part.name);
  const place = sheet === undefined ? { part: name } : { part: name, sheet };
  const references = verified.read?.manifest.filter(({ partUri }) => partKey(partUri) === partKey(partName)) ?? [];
  try {
    return state
      .relationshipsIn(part)
      .filter((relationship) => !isExempt(relationship))
      .filter((relationship) => !references.some((reference) => isChosen(reference, relationship)))
      .map(({ id, target }) => ({
        kind: 'relationship_added',
        ...place,
        message: `${words}: the relationship ${id} to ${target} is outside the signature of ${signerOf(verified)}.`,
      }));
  } catch (error) {
    return [{ kind: 'relationships_damaged', ...place, message: `${words} cannot be read: ${reasonOf(error)}.` }];
  }
}

function signerOf(verified: VerifiedSignature): string {
  return verified.signature.signerName || verified.signature.part;
}

/** What the package holds that one signature does not cover. */
export function coverageFindings(
  verified: VerifiedSignature,
  state: PackageState,
  signatureParts: SignatureParts,
): PackageFinding[] {
  if (verified.read === undefined) return [];
  const covered = new Set(verified.read.manifest.map(({ partUri }) => partKey(partUri)));
  const exempt = plumbingKeys(signatureParts, state);
  const properties = new Set(exemptParts(state).map(({ part }) => partKey(part)));
  const findings: PackageFinding[] = [];
  for (const [key, part] of state.parts) {
    if (exempt.has(key) || properties.has(key)) continue;
    if (isRelationshipsPart(key)) {
      const isExempt = (relationship: Relationship): boolean =>
        key === ROOT_RELATIONSHIPS &&
        (relationship.type === RELATIONSHIP_TYPE.origin || isDocumentProperty(relationship, state));
      findings.push(...uncoveredRelationships(verified, state, part.name, isExempt));
    } else if (!covered.has(key)) {
      const { part: name, sheet, words } = state.describe(part.name);
      const message = `${words} is outside the signature of ${signerOf(verified)}.`;
      findings.push({ kind: 'part_added', part: name, ...(sheet === undefined ? {} : { sheet }), message });
    }
  }
  return findings;
}

/** Links of the origin part that are not signatures: nothing else belongs there. */
export function originFindings(state: PackageState, originName: string): PackageFinding[] {
  const name = relationshipsPartOf(originName);
  const part = state.parts.get(partKey(name));
  if (part === undefined) return [];
  return state
    .relationshipsIn(part)
    .filter(({ type, targetMode }) => type !== RELATIONSHIP_TYPE.signature || targetMode === 'External')
    .map(({ id, target }) => ({
      kind: 'relationship_added',
      part: name.replace(/^\//, ''),
      message: `${name.replace(/^\//, '')}: the relationship ${id} to ${target} is no signature of this package.`,
    }));
}
