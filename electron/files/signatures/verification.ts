/**
 * What verifying a signed package yields: the signatures, the findings from a closed list, and whether all holds.
 *
 * Shapes only; `verify-package.ts` fills them.
 */

/** Everything that can be wrong, in the order in which findings are listed. */
export const FINDING_KINDS = [
  'file_unreadable',
  'file_too_large',
  'duplicate_item',
  'zip_ambiguous',
  'content_types_damaged',
  'relationships_damaged',
  'unsigned',
  'origin_missing',
  'signature_not_linked',
  'signature_missing',
  'signature_unreadable',
  'algorithm_not_accepted',
  'signature_value_wrong',
  'signed_object_changed',
  'certificate_mismatch',
  'certificate_out_of_date',
  'countersigned_signature_missing',
  'part_changed',
  'part_removed',
  'part_added',
  'content_type_changed',
  'relationship_changed',
  'relationship_removed',
  'relationship_added',
  'too_many_findings',
] as const;

export type FindingKind = (typeof FINDING_KINDS)[number];

export interface PackageFinding {
  readonly kind: FindingKind;
  /** The part concerned, without the leading slash: `xl/worksheets/sheet1.xml`. */
  readonly part?: string;
  /** The sheet that the part holds, as the workbook names it. */
  readonly sheet?: string;
  readonly message: string;
}

export interface PackageSignature {
  /** The signature's own part: `_xmlsignatures/sig1.xml`. */
  readonly part: string;
  readonly signerName: string;
  readonly signerEmail: string;
  /** SHA-256 of the certificate, lower-case hexadecimal; empty when no certificate could be read. */
  readonly fingerprintSha256: string;
  readonly certificatePem: string;
  /** The further certificates that came with the signature, each as PEM; nobody has checked yet that they belong to it. */
  readonly furtherCertificatesPem: readonly string[];
  readonly certificateNotBeforeInstant: number | null;
  readonly certificateNotAfterInstant: number | null;
  readonly role: string;
  readonly purpose: string;
  readonly signedAtInstant: number | null;
  readonly algorithm: string;
  /** The signature value, the certificate, and every part and relationship that the signature names hold. */
  readonly valid: boolean;
}

/** A part that signatures leave out by custom; a change to it is not noticed. */
export interface ExemptPart {
  readonly part: string;
  readonly message: string;
}

export interface PackageVerification {
  readonly signatures: readonly PackageSignature[];
  readonly findings: readonly PackageFinding[];
  readonly exemptParts: readonly ExemptPart[];
  /** There is a signature, every signature is valid, and nothing in the package lies outside what they cover. */
  readonly holds: boolean;
}
