/**
 * Issuing count sheets: what a choice would make, and making it: the file on the disk and the registry, or neither.
 */
import path from 'node:path';
import {
  asSheets, countNumbersOf, isChosenByVariance, LAST_COUNT_NO, placeOfSheet, SCOPE_WORDS, sheetNumber, type SheetChoice, type SheetPlan,
} from '@shared/domain/count-sheet';
import type { PaperFormat } from '@shared/domain/journal-workbook';
import { done, refused, type Outcome } from '@shared/domain/outcome';
import { plural } from '@shared/domain/plural';
import type { Period } from '@shared/contract/workbook';
import { appendAudit } from '../../workbook/audit';
import { sha256Hex } from '../../workbook/hash';
import { insertCountSheet, sheetNumbers } from '../../workbook/tables/count-sheets';
import { itemIdOf } from '../../workbook/tables/items';
import { locationIdOf } from '../../workbook/tables/locations';
import { inTransaction, type ReadableWorkbook } from '../../workbook/workbook';
import { actorText, type ServiceContext } from '../context';
import { findPeriod, periodLocked, periodMissing } from '../periods';
import { chosenLines, highestCountNo, linesAlreadyOut, type ChosenLine } from './choose-lines';
import { saveFile } from '../save-file';
import { sheetBytes, sheetFormat } from './sheet-file';

type ChoiceFailure = 'period_missing' | 'period_locked' | 'not_reconciled' | 'location_unknown' | 'item_unknown' | 'too_many_counts' | 'nothing_to_count';

interface Prepared {
  readonly period: Period;
  readonly firstCountNo: number;
  readonly sheets: readonly { readonly number: string; readonly lines: readonly ChosenLine[] }[];
  readonly plan: SheetPlan;
}

const isByVariance = ({ scope }: SheetChoice) => isChosenByVariance(scope);

/** What the choice names and the workbook does not have. */
function unknownIn(workbook: ReadableWorkbook, choice: SheetChoice): Outcome<undefined, 'location_unknown' | 'item_unknown'> {
  const location = choice.locations.find((code) => locationIdOf(workbook, code) === undefined);
  if (location !== undefined) return refused('location_unknown', `There is no location ${location} in this workbook. Choose one that it has.`);
  const sku = choice.skus.find((each) => itemIdOf(workbook, each) === undefined);
  if (sku !== undefined) return refused('item_unknown', `There is no item ${sku} in this workbook. Correct the list, or import the items first.`);
  return done(undefined);
}

function prepare(workbook: ReadableWorkbook, choice: SheetChoice): Outcome<Prepared, ChoiceFailure> {
  const period = findPeriod(workbook, choice.periodId);
  if (!period) return periodMissing(choice.periodId);
  if (period.state === 'locked') return periodLocked(period);
  if (isByVariance(choice) && period.reconciledInstant === null) {
    return refused('not_reconciled', `${period.code} is not reconciled yet, so no count has a variance. Run the reconciliation first, or choose lines in another way.`);
  }
  const known = unknownIn(workbook, choice);
  if (!known.ok) return known;
  const lines = chosenLines(workbook, choice);
  if (lines.length === 0) {
    return refused('nothing_to_count', `No line of ${period.code} is what was chosen (${choiceWords(choice)}). Choose more, or import the stock of the period first.`);
  }
  const isRecount = choice.recount || isByVariance(choice);
  const firstCountNo = isRecount ? Math.max(2, highestCountNo(workbook, choice.periodId, lines) + 1) : 1;
  if (firstCountNo > LAST_COUNT_NO) {
    return refused('too_many_counts', `A line of these was counted ${firstCountNo - 1} times already, and ${LAST_COUNT_NO} is the last count. Leave that line out.`);
  }
  const taken = Math.max(0, ...sheetNumbers(workbook, period.periodId).map((number) => placeOfSheet(period.code, number) ?? 0));
  const sheets = asSheets(lines, choice.linesPerSheet).map((ofSheet, index) => ({ number: sheetNumber(period.code, taken + index + 1), lines: ofSheet }));
  return done({
    period,
    firstCountNo,
    sheets,
    plan: {
      sheets: sheets.map(({ number, lines: ofSheet }) => ({ number, location: ofSheet[0]!.location, lines: ofSheet.length })),
      lines: lines.length,
      firstCountNo,
      alreadyOut: linesAlreadyOut(workbook, choice.periodId, lines, countNumbersOf(firstCountNo)),
    },
  });
}

/** What was chosen, in words, as the registry keeps it. */
export function choiceWords(choice: SheetChoice): string {
  const parts = [SCOPE_WORDS[choice.scope]];
  if (choice.recount && !isByVariance(choice)) parts.push('recount');
  if (choice.locations.length > 0) parts.push(`at ${choice.locations.join(', ')}`);
  if (choice.category !== null) parts.push(`category ${choice.category}`);
  if (choice.tier !== null) parts.push(`tier ${choice.tier}`);
  if (choice.skus.length > 0) parts.push(choice.skus.length <= 5 ? `items ${choice.skus.join(', ')}` : `${plural(choice.skus.length, 'item')} by list`);
  return parts.join('; ');
}

/** Says which sheets a choice would make, and writes nothing. */
export function planCountSheets(workbook: ReadableWorkbook, choice: SheetChoice): Outcome<SheetPlan, ChoiceFailure> {
  const prepared = prepare(workbook, choice);
  return prepared.ok ? done(prepared.value.plan) : prepared;
}

export interface IssueRequest extends SheetChoice {
  /** Where to; the extension says which format: .xlsx or .csv. */
  readonly path: string;
  /** null: what people of the workbook's time zone print on. */
  readonly paper: PaperFormat | null;
}

export interface IssuedSheets extends SheetPlan {
  readonly path: string;
  readonly sha256: string;
  readonly byteLength: number;
}

type IssueFailure = ChoiceFailure | 'format_unknown' | 'file_unwritable' | 'workbook_changed';

/** Writes the sheets to a file and enters them into the registry. Where either cannot be, nothing is issued. */
export async function issueCountSheets(context: ServiceContext, request: IssueRequest): Promise<Outcome<IssuedSheets, IssueFailure>> {
  const { workbook } = context;
  const { path: target, paper, ...choice } = request;
  const format = sheetFormat(target);
  if (!format.ok) return format;
  const prepared = prepare(workbook, choice);
  if (!prepared.ok) return prepared;
  const issuedInstant = context.now();
  const bytes = await sheetBytes(workbook, format.value, {
    periodCode: prepared.value.period.code, firstCountNo: prepared.value.firstCountNo, paper, instant: issuedInstant,
    sheets: prepared.value.sheets.map(({ number, lines }) => ({ number, lines: lines.map((line, index) => ({ ...line, line: index + 1 })) })),
  });
  context.job.checkCancelled();
  const sha256 = sha256Hex(bytes);
  return inTransaction(workbook, (): Outcome<IssuedSheets, IssueFailure> => {
    const again = prepare(workbook, choice);
    if (!again.ok) return again;
    if (JSON.stringify(again.value.sheets) !== JSON.stringify(prepared.value.sheets)) {
      return refused('workbook_changed', 'The workbook changed while the sheets were written. Issue them again.');
    }
    const { sheets, firstCountNo, plan, period } = prepared.value;
    for (const { number, lines } of sheets) {
      insertCountSheet(
        workbook,
        {
          period_id: period.periodId, number, location_id: lines[0]!.locationId, first_count_no: firstCountNo, choice: choiceWords(choice),
          exported_to: path.resolve(target), issued_instant: issuedInstant, issued_by: actorText(context.actor),
        },
        lines.map(({ stockKeyId, bin }, index) => ({ line: index + 1, stockKeyId, bin })),
      );
    }
    appendAudit(workbook, {
      atInstant: issuedInstant,
      actor: actorText(context.actor),
      action: 'countSheet.issue',
      periodId: period.periodId,
      subject: `period:${period.code}`,
      detail: {
        sheets: sheets.map(({ number }) => number), lines: plan.lines, firstCountNo, choice: choiceWords(choice),
        fileName: path.basename(target), sha256,
      },
    });
    const written = saveFile(target, bytes);
    return written.ok ? done({ ...plan, path: target, sha256, byteLength: bytes.length }) : written;
  });
}
