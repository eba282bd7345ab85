/**
 * What is asked of a pass phrase, and what a person is told while typing one.
 */

/** The shortest that is taken; the contract holds the same. */
export const PASS_PHRASE_MINIMUM = 8;

/** Beside the field: how long it is, and when it is long enough. */
export function passPhraseHint(passPhrase: string): string {
  const { length } = passPhrase;
  if (length === 0) return `At least ${PASS_PHRASE_MINIMUM} characters; a short sentence is easiest to remember`;
  if (length < PASS_PHRASE_MINIMUM) return `${length} of at least ${PASS_PHRASE_MINIMUM} characters`;
  return length < 16 ? `${length} characters; longer is safer` : `${length} characters`;
}

/** Why the two fields do not go together; empty while the second is not as long as the first. */
export function repeatProblem(passPhrase: string, repeated: string): string {
  if (repeated === '' || repeated === passPhrase) return '';
  return passPhrase.startsWith(repeated) ? '' : 'Differs from the pass phrase above';
}

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** Whether the text can be an e-mail address; the door checks it again. */
export const looksLikeEmail = (text: string): boolean => EMAIL.test(text.trim());

/** The first figures of a fingerprint in groups of four: `A1F9 B2E8 C3D7 D4C6`. */
export const shortFingerprint = (fingerprint: string): string =>
  (
    fingerprint
      .replace(/[^0-9a-f]/gi, '')
      .slice(0, 16)
      .toUpperCase()
      .match(/.{1,4}/g) ?? []
  ).join(' ');
