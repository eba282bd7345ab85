/**
 * How tagged lines become a journal: grouping, rounding once per journal line, balance.
 *
 * Decisions only; reading lines and keeping journals is `electron/services/journals`.
 */
import { formatDecimal } from './decimal';
import { exactValue, EXACT_VALUE_PLACES, type Rounding, roundingDifference, roundToMinor } from './money';
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
  /** Which rule chose it (`account-map.ts`). */
  readonly inventoryRule: string;
  readonly offsetAccount: string;
  readonly offsetRule: string;
  /** What is booked: positive adds to the inventory account. */
  readonly quantityScaled: number;
  readonly unitCostScaled: number;
}

export interface JournalLineDraft {
  readonly lineNumber: number;
  readonly accountCode: string;
  readonly accountRule: string;
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
  Math.sign(left.quantityScaled) - Math.sign(right.quantityScaled) ||
  byCode(left.sku, right.sku);

/** Lines of one reason, location and direction go together where they book to the same accounts by the same rules, so that gains never hide losses. */
function groupLines(lines: readonly PostingLine[]): PostingLine[][] {
  const groups = new Map<string, PostingLine[]>();
  for (const line of [...lines].sort(compareLines)) {
    if (line.quantityScaled === 0) continue;
    const key = JSON.stringify([line.reasonCode, line.location, line.quantityScaled > 0, line.inventoryAccount, line.inventoryRule, line.offsetAccount, line.offsetRule]);
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
export function buildJournalLines(lines: readonly PostingLine[], currency: string, rounding: Rounding = 'half_even'): JournalLineDraft[] {
  const journal: JournalLineDraft[] = [];
  for (const sources of groupLines(lines)) {
    const first = sources[0]!;
    const exact = sources.reduce((sum, line) => sum + exactValue(line.quantityScaled, line.unitCostScaled), 0n);
    const increases = first.quantityScaled > 0;
    const absolute = exact < 0n ? -exact : exact;
    const amountMinor = roundToMinor(absolute, currency, rounding);
    const unitsScaled = sources.reduce((sum, line) => sum + BigInt(line.quantityScaled), 0n);
    const shared = {
      reasonCode: first.reasonCode,
      locationId: first.locationId,
      location: first.location,
      memo: `${first.reasonName}, ${first.location}: ${sources.length === 1 ? first.sku : `${sources.length} items`}, ${increases ? '+' : ''}${formatQuantity(unitsScaled)} units`,
      exactAmount: formatDecimal(absolute, EXACT_VALUE_PLACES, 2),
      roundingDifference: formatDecimal(roundingDifference(absolute, amountMinor, currency), EXACT_VALUE_PLACES, 2),
      sources,
    };
    const inventory = { accountCode: first.inventoryAccount, accountRule: first.inventoryRule };
    const offset = { accountCode: first.offsetAccount, accountRule: first.offsetRule };
    const [debited, credited] = increases ? [inventory, offset] : [offset, inventory];
    journal.push(
      { lineNumber: journal.length + 1, ...debited, debitMinor: amountMinor, creditMinor: 0, ...shared },
      { lineNumber: journal.length + 2, ...credited, debitMinor: 0, creditMinor: amountMinor, ...shared },
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

/** What rounding moved in all, on one side of the entries: decimal text of rounded less exact. */
export function roundingTotal(lines: readonly { readonly debitMinor: number; readonly exactAmount: string }[], currency: string): string {
  const exact = (text: string) => BigInt(text.replace('.', '')) * 10n ** BigInt(EXACT_VALUE_PLACES - (text.split('.')[1] ?? '').length);
  const moved = lines.filter(({ debitMinor }) => debitMinor > 0).reduce((sum, line) => sum + roundingDifference(exact(line.exactAmount), line.debitMinor, currency), 0n);
  return formatDecimal(moved, EXACT_VALUE_PLACES, 2);
}

/** The entries that take these back: debits and credits exchanged, what they book negated. */
export const mirrored = (lines: readonly JournalLineDraft[], number: string): JournalLineDraft[] =>
  lines.map((line) => ({
    ...line,
    debitMinor: line.creditMinor,
    creditMinor: line.debitMinor,
    memo: `Reversal of ${number}: ${line.memo}`,
    sources: line.sources.map((source) => ({ ...source, quantityScaled: -source.quantityScaled })),
  }));
