/**
 * Posting files: an approved journal as the file that the system of the ledger imports.
 */
import { z } from 'zod';
import { POSTING_FAILURES, POSTING_SYSTEM_IDS } from '../domain/posting/shapes';
import type { ContractArea } from './call';

const Settings = z.record(z.string().max(60), z.string().max(200));

/** A system with what only the person knows of it; `value` as it was given last, else as is usual; empty: has to be given. */
export const PostingSystemOffer = z.strictObject({
  id: z.enum(POSTING_SYSTEM_IDS),
  name: z.string(),
  advice: z.string(),
  settings: z.array(
    z.strictObject({
      id: z.string(),
      label: z.string(),
      help: z.string(),
      usual: z.string().nullable(),
      choices: z.array(z.string()).nullable(),
      value: z.string(),
    }),
  ),
});
export type PostingSystemOffer = z.infer<typeof PostingSystemOffer>;

export const PostingWritten = z.strictObject({
  number: z.string(),
  files: z.array(
    z.strictObject({ path: z.string(), sha256: z.string(), byteLength: z.int(), lines: z.int(), entries: z.array(z.string()) }),
  ),
  notes: z.array(z.string()),
  settings: Settings,
});
export type PostingWritten = z.infer<typeof PostingWritten>;

export const postingContract = {
  'journals:postingSystems': { input: z.strictObject({}), output: z.array(PostingSystemOffer), failures: [] },
  /** Writes the file or the files for `system` to `path`; several get a number behind their name. */
  'journals:exportFor': {
    input: z.strictObject({ journalId: z.int(), system: z.enum(POSTING_SYSTEM_IDS), path: z.string(), settings: Settings.default({}) }),
    output: PostingWritten,
    failures: ['journal_missing', 'journal_state', 'kind_unfit', 'name_ambiguous', ...POSTING_FAILURES, 'file_unwritable'],
    writes: true,
    long: true,
  },
} as const satisfies ContractArea;
