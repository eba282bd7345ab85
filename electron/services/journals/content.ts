/**
 * Lays a journal out as the content of its Excel file, and hashes what it is made from.
 */
import { canonicalJson } from '@shared/domain/canonical';
import { formatDecimal } from '@shared/domain/decimal';
import { formatInstant, monthOfPeriod } from '@shared/domain/instant';
import { type JournalLineDraft, roundingTotal } from '@shared/domain/journal';
import type { JournalKind } from '@shared/domain/journal-kinds';
import type { JournalSigner, JournalWorkbookContent } from '@shared/domain/journal-workbook';
import { exactValue, EXACT_VALUE_PLACES, formatAmount, formatUnitCost, minorDigits, type Rounding } from '@shared/domain/money';
import { formatQuantity } from '@shared/domain/quantity';
import type { JournalCost } from '@shared/contract/journals';
import { ROUNDING_WORDS } from '@shared/domain/rule-words';
import type { Period } from '@shared/contract/workbook';
import { sha256Hex } from '../../workbook/hash';
import { ruleSetFor } from '../../workbook/tables/rule-sets';
import type { ReadableWorkbook } from '../../workbook/workbook';
import { readScope } from '../reconciliation/scope';
import { tieOutOf } from '../tie-out/read';
import { workbookRow } from '../workbooks';
import { usualPaper } from '../paper';
import { attachmentRows, costRows, evidenceRows, rollForwardRows } from './evidence';
import { componentsOf, type TaggedLine } from './gather';

export interface JournalToWrite {
  readonly period: Period;
  readonly kind: JournalKind;
  readonly number: string;
  readonly version: number;
  readonly bookingDay: string;
  /** The number of the journal that it reverses. */
  readonly reverses: string | null;
  readonly rounding: Rounding;
  readonly preparedInstant: number;
  readonly preparer: JournalSigner;
  /** Null where nobody else approves. */
  readonly approver: JournalSigner | null;
  readonly noSecondPerson: string | null;
  readonly lines: readonly TaggedLine[];
  readonly entries: readonly JournalLineDraft[];
  readonly costs: readonly JournalCost[];
  readonly contentHash: string;
}

/**
 * What a journal stands for: the lines, their reasons, accounts, quantities and costs. The same content has the same hash. What
 * is as it was before there were kinds is left out, so that a journal prepared then still stands.
 */
export function journalContentHash(workbook: ReadableWorkbook, period: Period, lines: readonly TaggedLine[], kind: JournalKind = 'adjustment'): string {
  const row = workbookRow(workbook);
  const { rounding } = ruleSetFor(workbook, period.code).rules;
  return sha256Hex(
    canonicalJson({
      workbookUuid: row.workbook_uuid,
      period: period.code,
      currency: period.currency,
      ...(kind === 'adjustment' ? {} : { kind }),
      ...(rounding === 'half_even' ? {} : { rounding }),
      lines: lines.map((line) => ({
        sku: line.sku,
        location: line.location,
        reason: line.reason_code,
        owner: line.owner,
        posting: line.posting,
        inventoryAccount: line.inventory_account,
        offsetAccount: line.offset_account,
        adjustment: line.adjustment_scaled,
        ...(kind === 'adjustment' ? {} : { booked: line.booked_scaled }),
        unitCost: line.unit_cost_scaled,
      })),
    }),
  );
}

/** What a reversal stands for: the journal that it reverses, and when. */
export const reversalContentHash = (workbook: ReadableWorkbook, reversed: { readonly number: string; readonly contentHash: string }, bookingDay: string): string =>
  sha256Hex(canonicalJson({ workbookUuid: workbookRow(workbook).workbook_uuid, reverses: reversed.number, contentHash: reversed.contentHash, bookingDay }));

function supportingLine(workbook: ReadableWorkbook, period: Period, line: TaggedLine): JournalWorkbookContent['supportingLines'][number] {
  const { byClass, documents } = componentsOf(workbook, period.periodId, line.stock_key_id);
  const booked = line.booked_scaled;
  const cost = line.unit_cost_scaled;
  return {
    sku: line.sku,
    itemName: line.item_name,
    location: line.location,
    tier: line.tier,
    reasonCode: line.reason_code,
    owner: line.owner,
    countVariance: line.count_variance_scaled === null ? null : formatQuantity(line.count_variance_scaled),
    timing: formatQuantity(byClass.get('timing') ?? 0),
    alignment: formatQuantity(byClass.get('alignment') ?? 0),
    physical: formatQuantity(byClass.get('physical') ?? 0),
    unexplained: formatQuantity(line.count_residual_scaled ?? 0),
    adjustmentQuantity: formatQuantity(booked),
    unitCost: cost === null ? null : formatUnitCost(cost),
    exactValue: cost === null ? null : formatDecimal(exactValue(booked, cost), EXACT_VALUE_PLACES, 2),
    documents,
    note: line.note,
  };
}

function reasonSummary(lines: readonly TaggedLine[], journal: readonly JournalLineDraft[], currency: string): JournalWorkbookContent['reasons'] {
  const codes = [...new Set(lines.map((line) => line.reason_code))].sort();
  return codes.map((code) => {
    const ofCode = lines.filter((line) => line.reason_code === code);
    const booked = ofCode.reduce((sum, line) => sum + line.booked_scaled, 0);
    const side = (pick: (line: JournalLineDraft) => number) =>
      formatAmount(journal.filter((line) => line.reasonCode === code).reduce((sum, line) => sum + pick(line), 0), currency);
    return {
      reasonCode: code,
      name: ofCode[0]!.reason_name,
      class: ofCode[0]!.reason_class,
      lines: ofCode.length,
      quantity: formatQuantity(booked),
      debit: side((line) => line.debitMinor),
      credit: side((line) => line.creditMinor),
    };
  });
}

const BOOKS: Readonly<Record<JournalKind, string>> = {
  adjustment: 'books the differences between count and books that remain after timing, by the reasons stated for each line',
  accrual: 'accrues the timing in the count differences at cost, by the reasons stated for each line, and is reversed on the first day of the next period',
  reclassification: 'moves stock from the inventory account to another asset account, by the reasons stated for each line',
  reversal: 'takes back, line by line, the journal that it names',
};

/** What both put their names to; or one, where there is no second person. */
function statementOf({ kind, period, noSecondPerson }: JournalToWrite, company: string): string {
  const approval =
    noSecondPerson === null
      ? 'The preparer has reviewed each line; the approver, a different person, approves by the second digital signature on this file.'
      : 'The preparer has reviewed each line and approves it alone by a second digital signature: no second person has seen this journal.';
  return `The journal of ${company} for ${period.code} ${BOOKS[kind]}. ${approval}`;
}

/** How the stock ties to the ledger once this journal is in it. One that is booked in another period, as a reversal, changes nothing in this one. */
function tieOutWith(workbook: ReadableWorkbook, { period, number, bookingDay, entries }: JournalToWrite): JournalWorkbookContent['tieOut'] {
  const scope = readScope(workbook, period.periodId);
  if (!scope || scope.reconciledInstant === null) return null;
  return tieOutOf(workbook, scope, bookingDay.startsWith(monthOfPeriod(period.code)) ? { number, lines: entries } : undefined);
}

/** Everything the journal's Excel file says. */
export function journalWorkbookContent(workbook: ReadableWorkbook, journal: JournalToWrite): JournalWorkbookContent {
  const row = workbookRow(workbook);
  const { currency } = journal.period;
  const drafts = journal.entries;
  const accountNames = new Map(
    workbook.all<{ account_code: string; name: string }>('SELECT account_code, name FROM accounts').map((account) => [account.account_code, account.name]),
  );
  const amount = (amountMinor: number) => (amountMinor === 0 ? null : formatAmount(amountMinor, currency));
  return {
    header: {
      company: row.company,
      workbookId: row.workbook_uuid,
      period: journal.period.code,
      cutOff: formatInstant(journal.period.cutOffInstant, row.time_zone),
      timeZone: row.time_zone,
      journalNumber: journal.number,
      kind: journal.kind,
      version: journal.version,
      bookingDay: journal.bookingDay,
      reverses: journal.reverses,
      rounding: ROUNDING_WORDS[journal.rounding],
      roundingTotal: roundingTotal(drafts, currency),
      currency,
      currencyMinorDigits: minorDigits(currency),
      status: 'prepared',
      preparedAt: formatInstant(journal.preparedInstant, row.time_zone),
      seal: journal.contentHash,
    },
    lines: drafts.map((line) => {
      const isCredit = line.creditMinor > 0;
      const negated = (decimal: string) => (isCredit && !/^0(\.0+)?$/.test(decimal) ? (decimal.startsWith('-') ? decimal.slice(1) : `-${decimal}`) : decimal);
      return {
        lineNumber: line.lineNumber,
        accountCode: line.accountCode,
        accountName: accountNames.get(line.accountCode) ?? '',
        accountRule: line.accountRule,
        debit: isCredit ? null : (amount(line.debitMinor) ?? formatAmount(0, currency)),
        credit: amount(line.creditMinor),
        reasonCode: line.reasonCode,
        location: line.location,
        memo: line.memo,
        exactAmount: negated(line.exactAmount),
        roundingDifference: negated(line.roundingDifference),
      };
    }),
    supportingLines: journal.lines.map((line) => supportingLine(workbook, journal.period, line)),
    costs: costRows(journal.costs),
    rollForward: rollForwardRows(workbook, journal.period),
    evidence: evidenceRows(workbook, journal.period, row.time_zone),
    attachments: attachmentRows(workbook, journal.period, journal.lines.map((line) => line.stock_key_id)),
    tieOut: tieOutWith(workbook, journal),
    reasons: reasonSummary(journal.lines, drafts, currency),
    signOff: {
      preparer: journal.preparer,
      approver: journal.approver,
      noSecondPerson: journal.noSecondPerson,
      statement: statementOf(journal, row.company),
    },
    paper: usualPaper(row.time_zone),
  };
}
