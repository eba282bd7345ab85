/**
 * The sign-off sheet: what is signed, by whom it is to be signed, and how to check the signatures.
 *
 * It stands under the signature like every other sheet, so the named approver cannot be exchanged afterwards. Where the
 * fingerprints stand is also recorded in defined names, for programs that check the file.
 */
import type ExcelJS from 'exceljs';
import type { JournalSigner, JournalWorkbookContent } from '@shared/domain/journal-workbook';
import { NO_SECOND_PERSON_TITLE } from '@shared/domain/journal-words';
import { cellText } from './cell-text';
import { numberFormat } from './decimal-cells';
import {
  DATE_VALUE,
  LABEL,
  NOTE,
  rowPoints,
  SECTION,
  journalHead,
  sheetOptions,
  VALUE,
  valueWithFormat,
  WRAPPED_VALUE,
  wrappedLines,
} from './paper';
import { JOURNAL_SHEET, type JournalTotals } from './sheets';
import { exactNumber, setWidths } from './table';
import { cutOffDate, journalTitle, preparedDate, writeTitleBlock } from './title-block';

export const SIGN_OFF_SHEET = 'Sign-off';
/** Defined names of the cells that `named-signers.ts` reads. */
export const SIGNER_CELL_NAMES = {
  preparer: { name: 'Preparer_name', fingerprint: 'Preparer_fingerprint' },
  approver: { name: 'Approver_name', fingerprint: 'Approver_fingerprint' },
} as const;

const HOW_TO_CHECK =
  'The signatures are in this file, over all of its sheets. In Excel: File, Info, View Signatures. In LibreOffice: ' +
  'File, Digital Signatures. In Tieout: tieout verify. Compare the fingerprints above with those of the signatures. ' +
  'A cell changed after signing makes the signatures invalid; document properties such as title and author are not ' +
  'covered.';

const LABEL_WIDTH = 24;
const VALUE_WIDTH = 70;

/** 64 hexadecimal digits in groups of four, which a person can compare. */
export function groupedFingerprint(fingerprintSha256: string): string {
  return (fingerprintSha256.match(/.{1,4}/g) ?? []).join(' ');
}

/** Adds the sheet "Sign-off". */
export function addSignOffSheet(
  workbook: ExcelJS.stream.xlsx.WorkbookWriter,
  content: JournalWorkbookContent,
  totals: JournalTotals,
): void {
  const { header, signOff } = content;
  const options = sheetOptions(journalHead(content), SIGN_OFF_SHEET, { orientation: 'portrait' });
  const worksheet = workbook.addWorksheet(SIGN_OFF_SHEET, options);
  setWidths(worksheet, [LABEL_WIDTH, VALUE_WIDTH]);
  let next = writeTitleBlock(
    worksheet,
    header.company,
    `Sign-off of the ${journalTitle(header).charAt(0).toLowerCase()}${journalTitle(header).slice(1)}`,
    [],
    [],
  );

  const put = (label: string, value: ExcelJS.CellValue, style: Partial<ExcelJS.Style> = VALUE): number => {
    const row = worksheet.getRow(next);
    row.getCell(1).value = label;
    row.getCell(1).style = LABEL;
    row.getCell(2).value = typeof value === 'string' ? cellText(value) : value;
    row.getCell(2).style = style;
    if (typeof value === 'string') {
      const lines = wrappedLines(value, VALUE_WIDTH);
      if (lines > 1) row.getCell(2).style = WRAPPED_VALUE;
      row.height = rowPoints(lines);
    } else {
      row.height = rowPoints(1);
    }
    row.commit();
    next += 1;
    return next - 1;
  };
  const section = (title: string): void => {
    next += 1;
    const row = worksheet.getRow(next);
    row.getCell(1).value = title;
    row.getCell(1).style = SECTION;
    row.getCell(2).style = SECTION;
    row.height = 18;
    row.commit();
    next += 1;
  };
  const amount = (label: string, cell: string, decimal: string): void => {
    const result = exactNumber(SIGN_OFF_SHEET, `B${next}`, decimal);
    const style = valueWithFormat(numberFormat(header.currencyMinorDigits, 'zero'));
    put(label, { formula: `${JOURNAL_SHEET}!${cell}`, result }, style);
  };
  const person = (signer: JournalSigner, cellNames: { readonly name: string; readonly fingerprint: string }): void => {
    const nameRow = put('Name', signer.name);
    put('E-mail', signer.email);
    const fingerprintRow = put('Certificate SHA-256', groupedFingerprint(signer.fingerprintSha256));
    workbook.definedNames.add(`'${SIGN_OFF_SHEET}'!$B$${nameRow}`, cellNames.name);
    workbook.definedNames.add(`'${SIGN_OFF_SHEET}'!$B$${fingerprintRow}`, cellNames.fingerprint);
  };

  next -= 1;
  section('The journal');
  put('Period', header.period);
  put('Cut-off', cutOffDate(header), DATE_VALUE);
  put('Time zone', header.timeZone);
  put('Cut-off, ISO 8601', header.cutOff);
  put('Status', header.status);
  put('Version', header.version, valueWithFormat('#,##0'));
  put('Booked on', header.bookingDay);
  if (header.reverses !== null) put('Reverses', header.reverses);
  put('Journal lines', content.lines.length, valueWithFormat('#,##0'));
  put('Variance lines', content.supportingLines.length, valueWithFormat('#,##0'));
  amount(`Debits ${header.currency}`, totals.debitCell, totals.debit);
  amount(`Credits ${header.currency}`, totals.creditCell, totals.credit);
  amount(`Difference ${header.currency}`, totals.differenceCell, totals.difference);
  put('Seal', header.seal ?? 'not sealed yet');
  put('Workbook', header.workbookId);

  section('Statement');
  worksheet.mergeCells(next, 1, next, 2);
  const statement = worksheet.getRow(next);
  statement.getCell(1).value = cellText(signOff.statement);
  statement.getCell(1).style = WRAPPED_VALUE;
  statement.height = rowPoints(wrappedLines(signOff.statement, LABEL_WIDTH + VALUE_WIDTH));
  statement.commit();
  next += 1;

  section('Prepared by');
  person(signOff.preparer, SIGNER_CELL_NAMES.preparer);
  put('Prepared at', preparedDate(header), DATE_VALUE);
  if (signOff.noSecondPerson !== null) {
    section(NO_SECOND_PERSON_TITLE);
    put('Approved by', `${signOff.preparer.name} alone, who prepared it`);
    put('Why', signOff.noSecondPerson);
  } else section('To be approved by');
  if (signOff.noSecondPerson === null && signOff.approver === null) put('Name', 'not named');
  if (signOff.approver !== null) person(signOff.approver, SIGNER_CELL_NAMES.approver);

  section('How to check the signatures');
  worksheet.mergeCells(next, 1, next, 2);
  const note = worksheet.getRow(next);
  note.getCell(1).value = HOW_TO_CHECK;
  note.getCell(1).style = NOTE;
  note.height = rowPoints(wrappedLines(HOW_TO_CHECK, LABEL_WIDTH + VALUE_WIDTH));
  note.commit();
  worksheet.commit();
}
