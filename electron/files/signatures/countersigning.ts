/**
 * How a later signature vouches for the earlier ones: it names them, in text that is signed and that Excel shows.
 *
 * A package signature does not cover other signatures, so the first could be taken away and the second would stay
 * valid. Listing the first in the manifest of the second would close the gap, but no Excel has been seen to accept
 * that. A mark at the end of the purpose is accepted by every reader; this application checks it.
 */
import { createHash } from 'node:crypto';

/** Office keeps at most 255 characters of a purpose. */
export const PURPOSE_CHARACTERS_MAX = 255;

const MARK = /\s*\[countersigns ([A-Za-z0-9_-]{43}(?: [A-Za-z0-9_-]{43})*)\]$/;

/** The name of a signature: SHA-256 of its value, in the base64 alphabet for URLs. */
export function signatureKey(signatureValue: Uint8Array): string {
  return createHash('sha256').update(signatureValue).digest('base64url');
}

/** The purpose as it is signed: shortened if need be, with the mark for the earlier signatures behind it. */
export function purposeWithMark(purpose: string, earlierKeys: readonly string[]): string {
  const mark = earlierKeys.length === 0 ? '' : ` [countersigns ${earlierKeys.join(' ')}]`;
  const room = PURPOSE_CHARACTERS_MAX - mark.length;
  return `${purpose.slice(0, Math.max(0, room)).trim()}${mark}`;
}

/** The largest number of earlier signatures that a mark has room for, leaving 60 characters for the purpose. */
export const COUNTERSIGNED_MAX = 4;

/** Splits a signed purpose into what people read and the signatures that it vouches for. */
export function splitPurpose(signedPurpose: string): { readonly purpose: string; readonly countersigned: string[] } {
  const found = MARK.exec(signedPurpose);
  if (found === null) return { purpose: signedPurpose, countersigned: [] };
  return { purpose: signedPurpose.slice(0, found.index), countersigned: (found[1] ?? '').split(' ') };
}
