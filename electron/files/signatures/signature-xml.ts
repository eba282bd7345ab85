/**
 * The XML of one package signature, in the shape that Office writes: SignedInfo, value, certificate, three objects.
 *
 * Digests are over elements as canonicalised in their place, so each builder takes the namespace declarations that its
 * element gains there. Which parts are covered is decided in `sign-package.ts`.
 */
import type { X509Certificate } from 'node:crypto';
import { element, text, type Attributes, type Markup } from './canonical-xml';
import {
  CANONICAL_XML,
  NAMESPACE,
  OBJECT_TYPE,
  RELATIONSHIP_TRANSFORM,
  SIGNATURE_ECDSA_SHA256,
  SIGNATURE_RSA_SHA256,
  SIGNED_PROPERTIES_TYPE,
} from './names';
import {
  canonicalTransform,
  digestElements,
  qualifyingProperties,
  sha256Base64,
  signedProperties,
  SIGNED_PROPERTIES_ID,
  type SignedPropertiesInput,
} from './xades';

export type SignerAlgorithm = 'rsa-sha256' | 'ecdsa-sha256';

/** Whoever can sign: a certificate, and the act of signing with its key. */
export interface PackageSigner {
  readonly certificatePem: string;
  /** The certificates of its issuers as PEM, nearest first; they go into the signature, so that a reader can follow them to a root. */
  readonly chainPem?: string;
  readonly algorithm: SignerAlgorithm;
  /** PKCS #1 v1.5 for RSA; for ECDSA the two numbers of the signature, each as long as the curve, one after the other. */
  readonly sign: (bytes: Uint8Array) => Uint8Array;
}

const PACKAGE_OBJECT_ID = 'idPackageObject';
const OFFICE_OBJECT_ID = 'idOfficeObject';
const SIGNATURE_ID = 'idPackageSignature';
const IN_SIGNATURE: Attributes = { xmlns: NAMESPACE.signature };
const IN_QUALIFYING_PROPERTIES: Attributes = { xmlns: NAMESPACE.signature, 'xmlns:xd': NAMESPACE.xades };

/** A manifest reference to a part, over its bytes as they are. */
export function partReference(uri: string, contentType: string, content: Uint8Array): Markup {
  return element('Reference', { URI: `${uri}?ContentType=${contentType}` }, ...digestElements(sha256Base64(content)));
}

/** A manifest reference to the named relationships of a relationships part. */
export function relationshipsReference(
  uri: string,
  contentType: string,
  relationshipIds: readonly string[],
  transformed: Uint8Array,
): Markup {
  const chosen = relationshipIds.map((id) =>
    element('mdssi:RelationshipReference', { 'xmlns:mdssi': NAMESPACE.packageSignature, SourceId: id }),
  );
  return element(
    'Reference',
    { URI: `${uri}?ContentType=${contentType}` },
    element(
      'Transforms',
      {},
      element('Transform', { Algorithm: RELATIONSHIP_TRANSFORM }, ...chosen),
      element('Transform', { Algorithm: CANONICAL_XML }),
    ),
    ...digestElements(sha256Base64(transformed)),
  );
}

function packageObject(manifestReferences: readonly Markup[], signingTime: string, inherited: Attributes): Markup {
  return element(
    'Object',
    { ...inherited, Id: PACKAGE_OBJECT_ID },
    element('Manifest', {}, ...manifestReferences),
    element(
      'SignatureProperties',
      {},
      element(
        'SignatureProperty',
        { Id: 'idSignatureTime', Target: `#${SIGNATURE_ID}` },
        element(
          'mdssi:SignatureTime',
          { 'xmlns:mdssi': NAMESPACE.packageSignature },
          element('mdssi:Format', {}, text('YYYY-MM-DDThh:mm:ssTZD')),
          element('mdssi:Value', {}, text(signingTime)),
        ),
      ),
    ),
  );
}

/** Values that Office records of the signing computer; fixed ones, so that nothing about a computer leaks. */
const OFFICE_DETAILS: readonly (readonly [name: string, value: string])[] = [
  ['WindowsVersion', '10.0'],
  ['OfficeVersion', '16.0'],
  ['ApplicationVersion', '16.0'],
  ['Monitors', '1'],
  ['HorizontalResolution', '1920'],
  ['VerticalResolution', '1080'],
  ['ColorDepth', '32'],
  ['SignatureProviderId', '{00000000-0000-0000-0000-000000000000}'],
  ['SignatureProviderUrl', ''],
  ['SignatureProviderDetails', '9'],
  ['SignatureType', '1'],
];

function officeObject(purpose: string, inherited: Attributes): Markup {
  return element(
    'Object',
    { ...inherited, Id: OFFICE_OBJECT_ID },
    element(
      'SignatureProperties',
      {},
      element(
        'SignatureProperty',
        { Id: 'idOfficeV1Details', Target: `#${SIGNATURE_ID}` },
        element(
          'SignatureInfoV1',
          { xmlns: NAMESPACE.officeSignature },
          element('SetupID', {}),
          element('SignatureText', {}),
          element('SignatureImage', {}),
          element('SignatureComments', {}, text(purpose)),
          ...OFFICE_DETAILS.map(([name, value]) => element(name, {}, text(value))),
        ),
      ),
    ),
  );
}

function objectReference(id: string, type: string, canonical: Markup, ...transforms: readonly Markup[]): Markup {
  return element('Reference', { Type: type, URI: `#${id}` }, ...transforms, ...digestElements(sha256Base64(canonical)));
}

function signedInfo(algorithm: SignerAlgorithm, references: readonly Markup[], inherited: Attributes): Markup {
  const method = algorithm === 'rsa-sha256' ? SIGNATURE_RSA_SHA256 : SIGNATURE_ECDSA_SHA256;
  return element(
    'SignedInfo',
    inherited,
    element('CanonicalizationMethod', { Algorithm: CANONICAL_XML }),
    element('SignatureMethod', { Algorithm: method }),
    ...references,
  );
}

/** Builds and signs the whole signature part. The certificates stand with the signer's first, then its issuers, nearest first. */
export function signatureXml(
  signer: PackageSigner,
  certificate: X509Certificate,
  issuers: readonly X509Certificate[],
  manifestReferences: readonly Markup[],
  properties: SignedPropertiesInput,
): Uint8Array {
  const { signingTime, purpose } = properties;
  const references = [
    objectReference(PACKAGE_OBJECT_ID, OBJECT_TYPE, packageObject(manifestReferences, signingTime, IN_SIGNATURE)),
    objectReference(OFFICE_OBJECT_ID, OBJECT_TYPE, officeObject(purpose, IN_SIGNATURE)),
    objectReference(
      SIGNED_PROPERTIES_ID,
      SIGNED_PROPERTIES_TYPE,
      signedProperties(properties, IN_QUALIFYING_PROPERTIES),
      canonicalTransform(),
    ),
  ];
  const toSign = new TextEncoder().encode(signedInfo(signer.algorithm, references, IN_SIGNATURE));
  const value = Buffer.from(signer.sign(toSign)).toString('base64');

  const signature = element(
    'Signature',
    { xmlns: NAMESPACE.signature, Id: SIGNATURE_ID },
    signedInfo(signer.algorithm, references, {}),
    element('SignatureValue', {}, text(value)),
    element(
      'KeyInfo',
      {},
      element(
        'X509Data',
        {},
        ...[certificate, ...issuers].map(({ raw }) => element('X509Certificate', {}, text(raw.toString('base64')))),
      ),
    ),
    packageObject(manifestReferences, signingTime, {}),
    officeObject(purpose, {}),
    element('Object', {}, qualifyingProperties(properties)),
  );
  return new TextEncoder().encode(`<?xml version="1.0" encoding="UTF-8"?>\n${signature}`);
}
