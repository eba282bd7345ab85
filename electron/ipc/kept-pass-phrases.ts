/**
 * Puts a kept pass phrase into a call that signs, and has a typed one kept once its signature stands.
 *
 * Only in calls that say `signs`: their inputs hold nothing that is shown or stored again, so what is put in cannot be read out.
 */
import { z } from 'zod';
import { KeptPassPhrase, PassPhraseToKeep } from '@shared/contract/signing';
import { done, type Outcome, refused } from '@shared/domain/outcome';

/** The key store of this computer, as the workbook process reaches it. */
export interface PassPhraseKeeper {
  /** undefined where none is kept, or the store does not give it now */
  read(fingerprint: string): Promise<string | undefined>;
  keep(fingerprint: string, passPhrase: string): void;
}

/** For whoever has no key store: the command line, tests. */
export const NO_KEEPER: PassPhraseKeeper = { read: () => Promise.resolve(undefined), keep: () => undefined };

const Kept = z.looseObject({ fingerprint: z.string(), passPhrase: KeptPassPhrase });
const ToKeep = z.looseObject({ fingerprint: z.string(), passPhrase: PassPhraseToKeep });

/** The input with the pass phrase that is said to be kept. */
export async function withKeptPassPhrase(input: unknown, keeper: PassPhraseKeeper): Promise<Outcome<unknown, 'wrong_pass_phrase'>> {
  const kept = Kept.safeParse(input);
  if (!kept.success) return done(input);
  const passPhrase = await keeper.read(kept.data.fingerprint);
  return passPhrase === undefined
    ? refused('wrong_pass_phrase', 'The key store of this computer does not give the pass phrase. Type it.')
    : done({ ...kept.data, passPhrase });
}

/** Keeps what was typed to be kept, after the call was carried out with it. */
export function keepTyped(input: unknown, keeper: PassPhraseKeeper): void {
  const typed = ToKeep.safeParse(input);
  if (typed.success) keeper.keep(typed.data.fingerprint, typed.data.passPhrase.keep);
}
