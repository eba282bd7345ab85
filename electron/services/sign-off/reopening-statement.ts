/**
 * What two people sign when a locked period is reopened, and how the record of it is read.
 */
import { z } from 'zod';
import type { Reopening } from '@shared/contract/sign-off';
import type { ReadableWorkbook } from '../../workbook/workbook';

const Signatory = z.strictObject({ name: z.string(), email: z.string(), role: z.string(), fingerprint: z.string() });

export const ReopeningStatement = z.strictObject({
  format: z.literal(1),
  workbookUuid: z.string(),
  company: z.string(),
  periodCode: z.string(),
  /** The seal that is set aside. */
  sealNumber: z.int(),
  sealRoot: z.string(),
  reason: z.string(),
  askedBy: Signatory,
  /** A controller who is somebody else; null where the workbook has only ever had one person. */
  agreedBy: Signatory.nullable(),
  /** Why nobody else agreed; empty where somebody did. */
  noSecondPerson: z.string(),
  reopenedInstant: z.int(),
  /** The head of the audit trail when it was signed. */
  chainSequence: z.int(),
  chainHash: z.string(),
});
export type ReopeningStatement = z.infer<typeof ReopeningStatement>;

export interface ReopeningRow {
  readonly reopening_id: number;
  readonly period_id: number;
  readonly seal_id: number;
  readonly statement: string;
  readonly asker_id: number;
  readonly asker_signature: Uint8Array;
  readonly controller_id: number | null;
  readonly controller_signature: Uint8Array | null;
  readonly reopened_instant: number;
}

export const reopeningOfSeal = (workbook: ReadableWorkbook, sealId: number): ReopeningRow | undefined =>
  workbook.get<ReopeningRow>('SELECT * FROM reopenings WHERE seal_id = ?', sealId);

/** The statement of a reopening; undefined where it cannot be read. */
export function parseReopening(text: string): ReopeningStatement | undefined {
  try {
    return ReopeningStatement.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** As the window shows it. */
export function toReopening(row: ReopeningRow): Reopening {
  const { reason, askedBy, agreedBy, noSecondPerson, reopenedInstant } = ReopeningStatement.parse(JSON.parse(row.statement));
  return { reason, askedBy: askedBy.name, agreedBy: agreedBy?.name ?? null, noSecondPerson, reopenedInstant };
}
