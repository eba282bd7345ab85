/** What lies in a file, in DER: keys as PKCS #8, certificates in no order. */
export interface Pkcs12Contents {
  readonly privateKeys: readonly Uint8Array[];
  readonly certificates: readonly Uint8Array[];
}
