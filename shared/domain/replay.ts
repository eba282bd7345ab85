/**
 * What computing a period again from its stored sources found: how much was kept, how much came out the same, what differs and where.
 */
import { z } from 'zod';

/** What is compared, in the order in which a difference leads to the next. */
export const REPLAY_PARTS = [
  'sources', 'steps', 'imports', 'names', 'snapshots', 'movements', 'counts', 'trial_balances', 'ledger_entries', 'quarantine', 'lines', 'components', 'checks', 'closings', 'journals',
] as const;
export type ReplayPart = (typeof REPLAY_PARTS)[number];

export const REPLAY_PART_WORDS: Readonly<Record<ReplayPart, string>> = {
  sources: 'Source files',
  steps: 'Steps of the trail',
  imports: 'Imports',
  names: 'Names of sources',
  snapshots: 'Positions',
  movements: 'Movements',
  counts: 'Counts',
  trial_balances: 'Trial balances',
  ledger_entries: 'Ledger entries',
  quarantine: 'Quarantine rows',
  lines: 'Lines',
  components: 'Components',
  checks: 'Checks and waived differences',
  closings: 'Closing figures',
  journals: 'Journal lines',
};

/** One column of one row that differs. A row that is on one side only has an empty column. */
export const ReplayDifference = z.strictObject({
  part: z.enum(REPLAY_PARTS),
  /** What names the row, as people know it: SKU and location, file and row; never a number of the workbook's own. */
  key: z.string(),
  column: z.string(),
  kept: z.string(),
  computed: z.string(),
  /** The row of a source file behind it; null where there is none. */
  behind: z.strictObject({ importId: z.int(), fileName: z.string(), sheet: z.string().nullable(), rowNumber: z.int() }).nullable(),
});
export type ReplayDifference = z.infer<typeof ReplayDifference>;

export const ReplayTally = z.strictObject({
  part: z.enum(REPLAY_PARTS),
  /** Rows in the workbook, and rows that came out. */
  kept: z.int(),
  computed: z.int(),
  same: z.int(),
});
export type ReplayTally = z.infer<typeof ReplayTally>;

export const ReplayAnswer = z.strictObject({
  periodCode: z.string(),
  same: z.boolean(),
  /** One sentence with the figures. */
  message: z.string(),
  /** The rules of explanation and their version, as the kept lines are stamped and as this program computes. */
  rulesKept: z.string(),
  rulesComputed: z.string(),
  parts: z.array(ReplayTally),
  /** The first of them; `differencesInAll` counts them all. */
  differences: z.array(ReplayDifference),
  differencesInAll: z.int(),
  /** What the computation took over because people gave or decided it, with how many. */
  carriedOver: z.array(z.strictObject({ name: z.string(), rows: z.int() })),
  /** What is in the period and was not computed again. */
  notComputed: z.array(z.string()),
});
export type ReplayAnswer = z.infer<typeof ReplayAnswer>;

/** What was taken over, in one line: `people (3), accounts (16)`. */
export const carriedOverText = (carried: ReplayAnswer['carriedOver']): string => carried.map(({ name, rows }) => `${name} (${rows})`).join(', ');

/** The row of the file behind a difference, in words; empty where there is none. */
export const rowBehindText = ({ behind }: ReplayDifference): string => (behind ? `${behind.fileName}${behind.sheet === null ? '' : `, ${behind.sheet}`}, row ${behind.rowNumber}` : '');

/** So many differences are told where nobody asks for another number. */
export const REPLAY_DIFFERENCES_TOLD = 200;
