/**
 * A journal's lines summed by reason and account: what an approver reads before the lines.
 */
import type { JournalLine } from '@shared/contract/journals';

export interface ReasonTotal {
  readonly reasonCode: string;
  readonly accountCode: string;
  readonly accountName: string;
  readonly debitMinor: number;
  readonly creditMinor: number;
  readonly sourceLines: number;
}

type Line = Pick<
  JournalLine,
  'reasonCode' | 'accountCode' | 'accountName' | 'debitMinor' | 'creditMinor' | 'sourceLines'
>;

/** Sums in the order in which reasons and accounts first occur. A journal's totals fit, so its parts do. */
export function reasonTotals(lines: readonly Line[]): readonly ReasonTotal[] {
  const totals = new Map<string, ReasonTotal>();
  for (const { reasonCode, accountCode, accountName, debitMinor, creditMinor, sourceLines } of lines) {
    const key = JSON.stringify([reasonCode, accountCode]);
    const before = totals.get(key);
    totals.set(key, {
      reasonCode,
      accountCode,
      accountName,
      debitMinor: (before?.debitMinor ?? 0) + debitMinor,
      creditMinor: (before?.creditMinor ?? 0) + creditMinor,
      sourceLines: (before?.sourceLines ?? 0) + sourceLines,
    });
  }
  return [...totals.values()];
}
