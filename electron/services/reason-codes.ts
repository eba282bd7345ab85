/**
 * Reason codes in the order in which they are offered.
 */
import type { ReasonCode } from '@shared/contract/tags';
import type { ReadableWorkbook } from '../workbook/workbook';

interface ReasonRow {
  readonly reason_code: string;
  readonly name: string;
  readonly class: ReasonCode['class'];
  readonly default_owner: ReasonCode['defaultOwner'];
  readonly posting: ReasonCode['posting'];
  readonly offset_account: string | null;
  readonly causes: string;
  readonly next_step: string;
}

export const listReasonCodes = (workbook: ReadableWorkbook): ReasonCode[] =>
  workbook.all<ReasonRow>('SELECT * FROM reason_codes ORDER BY display_order').map((row) => ({
    code: row.reason_code,
    name: row.name,
    class: row.class,
    defaultOwner: row.default_owner,
    posting: row.posting,
    offsetAccount: row.offset_account,
    causes: JSON.parse(row.causes) as string[],
    nextStep: row.next_step,
  }));
