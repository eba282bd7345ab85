/**
 * The fixed names of package signatures: XML namespaces, algorithms, content types and relationship types.
 *
 * Sources: XML Signature (W3C), XAdES 1.3.2 (ETSI TS 101 903), Open Packaging Conventions (ECMA-376 part 2),
 * Office signature information (MS-OFFCRYPTO 2.5.2). Nothing here decides anything.
 */
export const NAMESPACE = {
  signature: 'http://www.w3.org/2000/09/xmldsig#',
  packageSignature: 'http://schemas.openxmlformats.org/package/2006/digital-signature',
  officeSignature: 'http://schemas.microsoft.com/office/2006/digsig',
  xades: 'http://uri.etsi.org/01903/v1.3.2#',
  relationships: 'http://schemas.openxmlformats.org/package/2006/relationships',
  contentTypes: 'http://schemas.openxmlformats.org/package/2006/content-types',
  xml: 'http://www.w3.org/XML/1998/namespace',
} as const;

export const CANONICAL_XML = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315';
export const RELATIONSHIP_TRANSFORM = 'http://schemas.openxmlformats.org/package/2006/RelationshipTransform';
export const SIGNED_PROPERTIES_TYPE = 'http://uri.etsi.org/01903#SignedProperties';
export const OBJECT_TYPE = `${NAMESPACE.signature}Object`;

export const DIGEST_SHA256 = 'http://www.w3.org/2001/04/xmlenc#sha256';

/** Digest methods that are accepted, with their name in node:crypto. SHA-1 and MD5 are not among them on purpose. */
export const DIGEST_METHODS: ReadonlyMap<string, string> = new Map([
  [DIGEST_SHA256, 'sha256'],
  ['http://www.w3.org/2001/04/xmldsig-more#sha384', 'sha384'],
  ['http://www.w3.org/2001/04/xmlenc#sha512', 'sha512'],
]);

export interface SignatureMethod {
  readonly name: string;
  readonly keyType: 'rsa' | 'ec';
  readonly hash: string;
}

export const SIGNATURE_RSA_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';
export const SIGNATURE_ECDSA_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256';

/** Signature methods that are accepted; `name` is what people see. */
export const SIGNATURE_METHODS: ReadonlyMap<string, SignatureMethod> = new Map([
  [SIGNATURE_RSA_SHA256, { name: 'RSA, SHA-256', keyType: 'rsa', hash: 'sha256' }],
  ['http://www.w3.org/2001/04/xmldsig-more#rsa-sha384', { name: 'RSA, SHA-384', keyType: 'rsa', hash: 'sha384' }],
  ['http://www.w3.org/2001/04/xmldsig-more#rsa-sha512', { name: 'RSA, SHA-512', keyType: 'rsa', hash: 'sha512' }],
  [SIGNATURE_ECDSA_SHA256, { name: 'ECDSA, SHA-256', keyType: 'ec', hash: 'sha256' }],
  ['http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384', { name: 'ECDSA, SHA-384', keyType: 'ec', hash: 'sha384' }],
  ['http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512', { name: 'ECDSA, SHA-512', keyType: 'ec', hash: 'sha512' }],
]);

export const CONTENT_TYPE = {
  relationships: 'application/vnd.openxmlformats-package.relationships+xml',
  origin: 'application/vnd.openxmlformats-package.digital-signature-origin',
  signature: 'application/vnd.openxmlformats-package.digital-signature-xmlsignature+xml',
} as const;

const PACKAGE_RELATIONSHIPS = 'http://schemas.openxmlformats.org/package/2006/relationships';
const OFFICE_RELATIONSHIPS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

export const RELATIONSHIP_TYPE = {
  origin: `${PACKAGE_RELATIONSHIPS}/digital-signature/origin`,
  signature: `${PACKAGE_RELATIONSHIPS}/digital-signature/signature`,
} as const;

/**
 * Document properties and the thumbnail: Office and LibreOffice never sign them, because shells and document
 * servers rewrite them. Keyed by relationship type, with the content types that such a part may have.
 */
export const DOCUMENT_PROPERTY_TYPES: ReadonlyMap<string, RegExp> = new Map([
  [
    `${PACKAGE_RELATIONSHIPS}/metadata/core-properties`,
    /^application\/vnd\.openxmlformats-package\.core-properties\+xml$/,
  ],
  [
    `${OFFICE_RELATIONSHIPS}/extended-properties`,
    /^application\/vnd\.openxmlformats-officedocument\.extended-properties\+xml$/,
  ],
  [
    `${OFFICE_RELATIONSHIPS}/custom-properties`,
    /^application\/vnd\.openxmlformats-officedocument\.custom-properties\+xml$/,
  ],
  [`${PACKAGE_RELATIONSHIPS}/metadata/thumbnail`, /^image\//],
]);
