/**
 * The XAdES part of a signature: who signed, when, in what role and with what commitment (ETSI TS 101 903 v1.3.2).
 *
 * Element order and identifiers follow what Office writes, so that Excel shows them.
 */
import { createHash, type X509Certificate } from 'node:crypto';
import { element, text, type Attributes, type Markup } from './canonical-xml';
import { serialNumberOf } from './certificate';
import { issuerNameOf } from './issuer-name';
import { CANONICAL_XML, DIGEST_SHA256, NAMESPACE } from './names';

export type Commitment = 'creation' | 'approval' | 'origin';

/** Identifier and description of each commitment, as Office has them. */
const COMMITMENTS: Readonly<Record<Commitment, { readonly identifier: string; readonly description: string }>> = {
  creation: {
    identifier: 'http://uri.etsi.org/01903/v1.2.2#ProofOfCreation',
    description: 'Created this document',
  },
  approval: {
    identifier: 'http://uri.etsi.org/01903/v1.2.2#ProofOfApproval',
    description: 'Approved this document',
  },
  origin: {
    identifier: 'http://uri.etsi.org/01903/v1.2.2#ProofOfOrigin',
    description: 'Created and approved this document',
  },
};

export const SIGNED_PROPERTIES_ID = 'idSignedProperties';

export function sha256Base64(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('base64');
}

/** DigestMethod and DigestValue of something whose SHA-256 is known. */
export function digestElements(digestBase64: string): readonly [Markup, Markup] {
  return [element('DigestMethod', { Algorithm: DIGEST_SHA256 }), element('DigestValue', {}, digestBase64 as Markup)];
}

/** The transform that names Canonical XML explicitly, as Office does for the signed properties. */
export function canonicalTransform(): Markup {
  return element('Transforms', {}, element('Transform', { Algorithm: CANONICAL_XML }));
}

export interface SignedPropertiesInput {
  readonly certificate: X509Certificate;
  /** ISO 8601 in UTC, without a fraction. */
  readonly signingTime: string;
  readonly role: string;
  readonly commitment: Commitment;
  readonly purpose: string;
}

/**
 * xd:SignedProperties. `inherited` holds the namespace declarations to put on it: none where its parents declare
 * them, those in scope for the form that is digested.
 */
export function signedProperties(input: SignedPropertiesInput, inherited: Attributes): Markup {
  const { certificate, role, purpose } = input;
  const { identifier, description } = COMMITMENTS[input.commitment];
  return element(
    'xd:SignedProperties',
    { ...inherited, Id: SIGNED_PROPERTIES_ID },
    element(
      'xd:SignedSignatureProperties',
      {},
      element('xd:SigningTime', {}, text(input.signingTime)),
      element(
        'xd:SigningCertificate',
        {},
        element(
          'xd:Cert',
          {},
          element('xd:CertDigest', {}, ...digestElements(sha256Base64(certificate.raw))),
          element(
            'xd:IssuerSerial',
            {},
            element('X509IssuerName', {}, text(issuerNameOf(certificate))),
            element('X509SerialNumber', {}, text(serialNumberOf(certificate))),
          ),
        ),
      ),
      element('xd:SignaturePolicyIdentifier', {}, element('xd:SignaturePolicyImplied', {})),
      element('xd:SignerRole', {}, element('xd:ClaimedRoles', {}, element('xd:ClaimedRole', {}, text(role)))),
    ),
    element(
      'xd:SignedDataObjectProperties',
      {},
      element(
        'xd:CommitmentTypeIndication',
        {},
        element(
          'xd:CommitmentTypeId',
          {},
          element('xd:Identifier', {}, text(identifier)),
          element('xd:Description', {}, text(description)),
        ),
        element('xd:AllSignedDataObjects', {}),
        element('xd:CommitmentTypeQualifiers', {}, element('xd:CommitmentTypeQualifier', {}, text(purpose))),
      ),
    ),
  );
}

/** xd:QualifyingProperties around the signed properties, as it stands in the signature. */
export function qualifyingProperties(input: SignedPropertiesInput): Markup {
  return element(
    'xd:QualifyingProperties',
    { 'xmlns:xd': NAMESPACE.xades, Target: '#idPackageSignature' },
    signedProperties(input, {}),
  );
}
