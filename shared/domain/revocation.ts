/**
 * Certificates that are no longer to be trusted: from which instant, why, and what that says of a signature.
 *
 * The time of a signature is what its signer claims: nothing outside of it proves that. So a signature that claims to be older
 * than a revocation stays, and says so.
 */
import { z } from 'zod';

export const REVOCATION_REASONS = ['unspecified', 'key_lost', 'left', 'replaced', 'no_longer_used'] as const;
export const RevocationReason = z.enum(REVOCATION_REASONS);
export type RevocationReason = z.infer<typeof RevocationReason>;

/** As a person reads them. */
export const REVOCATION_REASON_WORDS: Readonly<Record<RevocationReason, string>> = {
  unspecified: 'no reason given',
  key_lost: 'the key was lost or others may have it',
  left: 'the person left',
  replaced: 'replaced by another certificate',
  no_longer_used: 'no longer used',
};

export interface Revocation {
  /** From here on the certificate is not to be trusted; milliseconds since 1970. */
  readonly revokedInstant: number;
  readonly reason: RevocationReason;
  /** Who stated it: a person, or the authority that signed the list. */
  readonly statedBy: string;
}

/**
 * Whether a revocation takes a signature away: it was made at or after it, or at a time that nobody knows.
 *
 * @param signedAtInstant what the signer claims; null where the signature does not say
 */
export const isTakenAway = (revocation: Revocation, signedAtInstant: number | null): boolean =>
  signedAtInstant === null || signedAtInstant >= revocation.revokedInstant;
