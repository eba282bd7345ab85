/**
 * The shapes of the files under `resources/` that a new workbook starts from, and of the sample company's manifest.
 *
 * Shapes and cross-checks only: reading the files and writing them into a workbook is the services' business.
 */
import { z } from 'zod';
import { parseInstant } from './instant';
import { POSTINGS } from './journal-kinds';
import { RISK_KINDS } from './rules';
import { OWNERS, ROLES } from './terms';
import { CAUSES, VARIANCE_CLASSES, type Cause } from './variance';


const Text = z.string().trim().min(1);
const WholeNumber = z.int().nonnegative();
const InstantText = z.string().refine((text) => parseInstant(text) !== undefined, 'an ISO 8601 instant with offset');

/** `chart-of-accounts.json`: the ledger accounts that reason codes post to and trial balances speak of. */
export const ChartOfAccounts = z.array(
  z.strictObject({ code: Text, name: Text, kind: z.enum(['asset', 'liability', 'equity', 'income', 'expense']) }),
);
export type ChartOfAccounts = z.infer<typeof ChartOfAccounts>;

/**
 * `reason-codes.json`. A code that posts names both accounts, one that does not names none. `causes` are the causes it
 * fits; of several codes that fit a cause, the first in the file is the one to propose.
 */
export const ReasonCodes = z.array(
  z
    .strictObject({
      code: Text,
      name: Text,
      class: z.enum(VARIANCE_CLASSES),
      defaultOwner: z.enum(OWNERS),
      posting: z.enum(POSTINGS),
      inventoryAccount: Text.nullable(),
      offsetAccount: Text.nullable(),
      causes: z.array(z.enum(CAUSES as readonly [Cause, ...Cause[]])).min(1),
      nextStep: Text,
    })
    .refine(
      ({ posting, inventoryAccount, offsetAccount }) =>
        [inventoryAccount, offsetAccount].every((account) => (account !== null) === (posting !== 'none')),
      'a code that posts names an inventory and an offset account, a code that does not names neither',
    ),
);
export type ReasonCodes = z.infer<typeof ReasonCodes>;

/**
 * How the person in the sample story answers a bad row: a mapping mends every row that shares the name, a correction
 * changes one cell of one row, and a row that is no business of the period is ignored with the reason.
 */
const QuarantineAnswer = z.discriminatedUnion('action', [
  z.strictObject({
    action: z.literal('map'),
    source: Text,
    kind: z.enum(['item', 'location']),
    alias: Text,
    target: Text,
    note: Text,
  }),
  z.strictObject({
    action: z.literal('correct'),
    file: Text,
    /** Counted from 1 with the header as it stands. */
    rowNumber: z.int().min(2),
    column: Text,
    value: z.string(),
    note: Text,
  }),
  z.strictObject({ action: z.literal('ignore'), file: Text, rowNumber: z.int().min(2), note: Text }),
]);

/** One file of a period in the order of import. `asOf` is for snapshots whose file names no instant. */
const SampleFile = z.strictObject({
  file: Text,
  profileId: Text,
  asOf: InstantText.optional(),
  location: Text.optional(),
});

/** `sample/manifest.json`: everything that the sample company's two closes need besides the files themselves. */
export const SampleManifest = z.strictObject({
  company: Text,
  currency: z.string().length(3),
  timeZone: Text,
  workbookUuid: z.uuid(),
  locations: z.array(z.strictObject({ code: Text, name: Text })),
  /** The pass phrases are for the sample only: they stand in the open. */
  people: z.array(z.strictObject({ name: Text, email: z.email(), role: z.enum(ROLES), passPhrase: Text })),
  aliases: z.array(z.strictObject({ source: Text, kind: z.enum(['item', 'location']), alias: Text, target: Text })),
  riskWindows: z.array(
    z.strictObject({
      kind: z.enum(RISK_KINDS),
      sku: Text.optional(),
      location: Text.optional(),
      from: InstantText,
      until: InstantText,
      note: z.string(),
    }),
  ),
  periods: z.array(
    z.strictObject({
      code: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/),
      windowHours: WholeNumber,
      /** Paths under the manifest's folder. */
      files: z.array(SampleFile),
      quarantineAnswers: z.array(QuarantineAnswer),
      /** Reasons and owners for the lines that need a person, imported after the reconciliation. */
      tagsFile: Text,
      /** Email of the people who prepare and who approve and lock. */
      preparer: z.email(),
      approver: z.email(),
    }),
  ),
});
export type SampleManifest = z.infer<typeof SampleManifest>;
