/**
 * The pass phrase of whoever signs: typed, typed and to be kept, or kept already in the key store of this computer.
 *
 * A kept one never comes back to the window: the window says that it is kept, and the workbook process asks the main process
 * for it (`ipc/kept-pass-phrases.ts`). So past the door a pass phrase is always text.
 */
import { z } from 'zod';

export const KeptPassPhrase = z.strictObject({ kept: z.literal(true) });
/** Typed, and to be kept once a signature was made with it. */
export const PassPhraseToKeep = z.strictObject({ keep: z.string() });

export const SigningPassPhrase = z.union([z.string(), PassPhraseToKeep, KeptPassPhrase]).transform((given, context): string => {
  if (typeof given === 'string') return given;
  if ('keep' in given) return given.keep;
  context.addIssue({ code: 'custom', message: 'nothing is kept here: type the pass phrase' });
  return z.NEVER;
});
export type SigningPassPhrase = z.input<typeof SigningPassPhrase>;

/** What the window may know of the key store: whether it can be used, and of whom it holds the pass phrase. */
export const KeyStoreState = z.strictObject({
  /** Why no pass phrase can be kept on this computer; empty where one can. */
  unavailable: z.string(),
  /** Fingerprints of the identities whose pass phrase is kept. */
  kept: z.array(z.string()),
});
export type KeyStoreState = z.infer<typeof KeyStoreState>;
