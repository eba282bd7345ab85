/**
 * How one check of a verification is put together.
 */
import type { VerificationCheck } from '@shared/contract/sign-off';
import { HOW_TO_CHECK, type HowToCheck } from './how-to-check';

/** A check holds where nothing was found; each finding names what differs. */
export const check = (how: HowToCheck, name: string, findings: readonly string[], holdsMessage: string, failsMessage: string): VerificationCheck => ({
  name,
  holds: findings.length === 0,
  message: findings.length === 0 ? holdsMessage : failsMessage,
  findings: [...findings],
  howToCheck: HOW_TO_CHECK[how],
});
