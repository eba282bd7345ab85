/**
 * How tagged lines become a journal: grouping, rounding once per journal line, balance.
 *
 * Decisions only; reading lines and keeping journals is `electron/services/journals`.
 */
import { formatDecimal } from './decimal';
import { exactValue, EXACT_VALUE_PLACES, roundingDifference, roundToMinor } from './money';
import { formatQuantity } from './quantity';

/** A tagged line whose reason posts, with what it would book. */
export interface PostingLine {
  readonly stockKeyId: number;
  readonly sku: string;
  readonly locationId: number;
  readonly location: string;
  readonly reasonCode: string;
  readonly reasonName: string;
  readonly inventoryAccount: string;
  readonly offsetAccount: string;
  /** The count variance less its timing components: positive adds to stock. */
  readonly adjustmentScaled: number;
  readonly unitCostScaled: number;
}

export interface JournalLineDraft {
  readonly lineNumber: number;
  readonly accountCode: string;
  readonly debitMinor: number;
  readonly creditMinor: number;
  readonly reasonCode: string;
  readonly locationId: number;
  readonly location: string;
  readonly memo: string;
  /** Decimal text: the exact absolute value before rounding. */
  readonly exactAmount: string;
  /** Decimal text: rounded less exact. */
  readonly roundingDifference: string;
  readonly sources: readonly PostingLine[];
}

const byCode = (left: string, right: string) => (left < right ? -1 : left > right ? 1 : 0);

const compareLines = (left: PostingLine, right: PostingLine) =>
  byCode(left.reasonCode, right.reasonCode) ||
  byCode(left.location, right.location) ||
  Math.sign(left.adjustmentScaled) - Math.sign(right.adjustmentScaled) ||
  byCode(left.sku, right.sku);

/** Lines of one reason, location and direction go together, so that gains never hide losses. */
function groupLines(lines: readonly PostingLine[]): PostingLine[][] {
  const groups = new Map<string, PostingLine[]>();
  for (const line of [...lines].sort(compareLines)) {
    if (line.adjustmentScaled === 0) continue;
    const key = JSON.stringify([line.reasonCode, line.location, line.adjustmentScaled > 0]);
    const group = groups.get(key);
    if (group) group.push(line);
    else groups.set(key, [line]);
  }
  return [...groups.values()];
}

/**
 * Journal lines for tagged lines: per group the inventory account and its offset with the same rounded amount, so
 * that debits equal credits by construction.
 *
 * @throws DecimalOverflow where an amount does not fit
 */
export function buildJournalLines(lines: readonly PostingLine[], currency: string): JournalLineDraft[] {
  const journal: JournalLineDraft[] = [];
  for (const sources of groupLines(lines)) {
    const first = sources[0]!;
    const exact = sources.reduce((sum, line) => sum + exactValue(line.adjustmentScaled, line.unitCostScaled), 0n);
    const increases = first.adjustmentScaled > 0;
    const absolute = exact < 0n ? -exact : exact;
    const amountMinor = roundToMinor(absolute, currency);
    const unitsScaled = sources.reduce((sum, line) => sum + BigInt(line.adjustmentScaled), 0n);
    const shared = {
      reasonCode: first.reasonCode,
      locationId: first.locationId,
      location: first.location,
      memo: `${first.reasonName}, ${first.location}: ${sources.length === 1 ? first.sku : `${sources.length} items`}, ${increases ? '+' : ''}${formatQuantity(unitsScaled)} units`,
      exactAmount: formatDecimal(absolute, EXACT_VALUE_PLACES, 2),
      roundingDifference: formatDecimal(roundingDifference(absolute, amountMinor, currency), EXACT_VALUE_PLACES, 2),
      sources,
    };
    const debitAccount = increases ? first.inventoryAccount : first.offsetAccount;
    const creditAccount = increases ? first.offsetAccount : first.inventoryAccount;
    journal.push(
      { lineNumber: journal.length + 1, accountCode: debitAccount, debitMinor: amountMinor, creditMinor: 0, ...shared },
      { lineNumber: journal.length + 2, accountCode: creditAccount, debitMinor: 0, creditMinor: amountMinor, ...shared },
    );
  }
  return journal;
}

export interface JournalTotals {
  readonly debitTotalMinor: number;
  readonly creditTotalMinor: number;
}

/** Sums both sides; a journal balances when they are equal. */
export function journalTotals(lines: readonly { readonly debitMinor: number; readonly creditMinor: number }[]): JournalTotals {
  let debitTotalMinor = 0;
  let creditTotalMinor = 0;
  for (const line of lines) {
    debitTotalMinor += line.debitMinor;
    creditTotalMinor += line.creditMinor;
  }
  if (!Number.isSafeInteger(debitTotalMinor) || !Number.isSafeInteger(creditTotalMinor)) throw new Error('journal totals do not fit');
  return { debitTotalMinor, creditTotalMinor };
}
