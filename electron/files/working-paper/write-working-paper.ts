/**
 * An auditor's working paper as an Excel workbook: purpose, population, method and seed, evaluation, conclusion and the legend of tick
 * marks on the first sheet; the lines with their test counts on the second; floor to sheet on the third; kept cut-off tests of the period on a fourth.
 */
import ExcelJS from 'exceljs';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { formatInstantUtc } from '@shared/domain/instant';
import type { PaperFormat } from '@shared/domain/journal-workbook';
import { formatAmount, formatUnitCost, minorDigits, roundToMinor } from '@shared/domain/money';
import { formatDecimal } from '@shared/domain/decimal';
import { formatQuantity } from '@shared/domain/quantity';
import { JUDGEMENT_WORDS, type KeptCutOff, type KeptCutOffItem } from '@shared/domain/audit/cut-off';
import type { FloorCount, Sample, SampleItem } from '@shared/domain/audit/sample';
import { cellText } from '../journal-xlsx/cell-text';
import { COMPANY, LABEL, rowPoints, SECTION, sheetOptions, TITLE, WRAPPED_VALUE, wrappedLines } from '../journal-xlsx/paper';
import { addFilter, setWidths, writeTable, type Column } from '../journal-xlsx/table';
import { writeTitleBlock } from '../journal-xlsx/title-block';
import { wallClockDate } from '../journal-xlsx/wall-clock';

/** What the first sheet says, in its order: a heading, or a label with its text. */
export type PaperLine = { readonly heading: string } | { readonly label: string; readonly text: string };

export interface WorkingPaper {
  readonly company: string;
  readonly timeZone: string;
  readonly title: string;
  readonly sample: Sample;
  /** The kept cut-off tests of the period. */
  readonly cutOffs: readonly KeptCutOff[];
  readonly lines: readonly PaperLine[];
}

const LABEL_WIDTH = 30;
const TEXT_WIDTH = 84;

type Workbook = ExcelJS.stream.xlsx.WorkbookWriter;

function addFrontSheet(workbook: Workbook, { company, title, sample, lines }: WorkingPaper, paper: PaperFormat): void {
  const worksheet = workbook.addWorksheet('Working paper', sheetOptions({ paper, company, period: sample.periodCode, document: title }, 'Working paper', { orientation: 'portrait' }));
  setWidths(worksheet, [LABEL_WIDTH, TEXT_WIDTH]);
  const put = (rowNumber: number, cells: readonly (readonly [string, Partial<ExcelJS.Style>])[], points: number) => {
    const row = worksheet.getRow(rowNumber);
    cells.forEach(([text, style], index) => {
      row.getCell(index + 1).value = cellText(text);
      row.getCell(index + 1).style = style;
    });
    row.height = points;
    row.commit();
  };
  put(1, [[company, COMPANY]], 21);
  put(2, [[title, TITLE]], 18);
  let rowNumber = 3;
  for (const line of lines) {
    rowNumber += 1;
    if ('heading' in line) put(rowNumber, [[line.heading, SECTION], ['', SECTION]], 24);
    else put(rowNumber, [[line.label, { ...LABEL, alignment: { vertical: 'top' } }], [line.text, { ...WRAPPED_VALUE, alignment: { horizontal: 'left', vertical: 'top', wrapText: true } }]], rowPoints(wrappedLines(line.text, TEXT_WIDTH)));
  }
  worksheet.commit();
}

function itemColumns({ currency, evaluation }: Sample): Column<SampleItem>[] {
  const quantity = { kind: 'decimal', placesMin: 0, zero: 'zero', absent: 'blank', longAsText: true } as const;
  const amount = { ...quantity, placesMin: minorDigits(currency), total: true } as const;
  const byNumber = new Map(evaluation.rows.map((row) => [row.number, row]));
  const text = (value: number | null, write: (value: number) => string) => (value === null ? undefined : write(value));
  const inCurrency = (minor: number) => formatAmount(minor, currency);
  return [
    { kind: 'whole', heading: 'Number', width: 9, value: ({ number }) => number },
    { kind: 'text', heading: 'SKU', width: 16, value: ({ sku }) => sku },
    { kind: 'text', heading: 'Item', width: 26, wrap: true, value: ({ itemName }) => itemName },
    { kind: 'text', heading: 'Location', width: 14, value: ({ location }) => location },
    { kind: 'text', heading: 'Tier', width: 6, value: ({ tier, isCertain }) => (isCertain ? `${tier} *` : tier) },
    { ...quantity, heading: 'Book quantity', width: 11, value: ({ bookScaled }) => formatQuantity(bookScaled) },
    { ...quantity, heading: 'Unit cost', width: 12, placesMin: 2, value: ({ unitCostScaled }) => formatUnitCost(unitCostScaled) },
    { ...amount, heading: `Book value ${currency}`, width: 15, value: ({ bookMinor }) => inCurrency(bookMinor) },
    { ...quantity, heading: 'Test count', width: 11, value: ({ countedScaled }) => text(countedScaled, formatQuantity) },
    { ...quantity, heading: 'Audited cost', width: 12, placesMin: 2, value: ({ auditedCostScaled }) => text(auditedCostScaled, formatUnitCost) },
    { ...quantity, heading: 'Difference', width: 11, value: ({ differenceScaled }) => text(differenceScaled, formatQuantity) },
    { ...amount, heading: `Audited value ${currency}`, width: 15, value: ({ auditedMinor }) => text(auditedMinor, inCurrency) },
    { ...quantity, heading: 'Taint %', width: 10, value: ({ number }) => text(byNumber.get(number)?.taintMillionths ?? null, (taint) => formatDecimal(taint, 4)) },
    { ...amount, heading: `Projected ${currency}`, width: 15, value: ({ number }) => text(byNumber.get(number)?.projectedMinor ?? null, inCurrency) },
    { kind: 'text', heading: 'Tick marks', width: 9, value: ({ ticks }) => [...ticks].join(' ') },
    { kind: 'text', heading: 'Note', width: 32, wrap: true, value: ({ note }) => note },
  ];
}

async function addItemSheet(workbook: Workbook, { company, title, sample }: WorkingPaper, paper: PaperFormat): Promise<void> {
  const columns = itemColumns(sample);
  const headingRow = 5;
  const worksheet = workbook.addWorksheet('Lines', sheetOptions({ paper, company, period: sample.periodCode, document: title }, 'Lines', { orientation: 'landscape', headingRow, frozenColumns: 2 }));
  setWidths(worksheet, columns.map(({ width }) => width));
  writeTitleBlock(worksheet, company, `${title}: sheet to floor`, [[1, 3]], [[['Number', 'the line\'s place in the population; * in the sample whatever the start']]]);
  addFilter(worksheet, await writeTable(worksheet, columns, sample.items, headingRow), columns.length);
  worksheet.commit();
}

async function addFloorSheet(workbook: Workbook, { company, title, timeZone, sample }: WorkingPaper, paper: PaperFormat): Promise<void> {
  const columns: Column<FloorCount>[] = [
    { kind: 'text', heading: 'SKU', width: 18, value: ({ sku }) => sku },
    { kind: 'text', heading: 'Location', width: 16, value: ({ location }) => location },
    { kind: 'decimal', heading: 'Counted on the floor', width: 14, placesMin: 0, zero: 'zero', absent: 'unknown', value: ({ countedScaled }) => formatQuantity(countedScaled) },
    { kind: 'decimal', heading: 'In the books', width: 14, placesMin: 0, zero: 'zero', absent: 'unknown', value: ({ bookScaled }) => (bookScaled === null ? null : formatQuantity(bookScaled)) },
    { kind: 'decimal', heading: 'Difference', width: 14, placesMin: 0, zero: 'zero', absent: 'unknown', value: ({ countedScaled, bookScaled }) => (bookScaled === null ? null : formatQuantity(countedScaled - bookScaled)) },
    { kind: 'text', heading: 'Note', width: 40, wrap: true, value: ({ note }) => note },
    { kind: 'text', heading: 'Counted by', width: 20, wrap: true, value: ({ countedBy }) => countedBy },
    { kind: 'date', heading: 'At', width: 19, value: ({ countedInstant }) => wallClockDate(formatInstantUtc(countedInstant), timeZone) },
  ];
  const headingRow = 4;
  const worksheet = workbook.addWorksheet('Floor to sheet', sheetOptions({ paper, company, period: sample.periodCode, document: title }, 'Floor to sheet', { orientation: 'landscape', headingRow, frozenColumns: 1 }));
  setWidths(worksheet, columns.map(({ width }) => width));
  writeTitleBlock(worksheet, company, `${title}: floor to sheet`, [], []);
  addFilter(worksheet, await writeTable(worksheet, columns, sample.floorCounts, headingRow, { withoutTotal: true }), columns.length);
  worksheet.commit();
}

/** The kept cut-off tests of the period, a line for each posting. */
async function addCutOffSheet(workbook: Workbook, { company, title, timeZone, sample, cutOffs }: WorkingPaper, paper: PaperFormat): Promise<void> {
  type Line = KeptCutOffItem & Pick<KeptCutOff, 'cutOffTestId'>;
  const at = (instant: number) => wallClockDate(formatInstantUtc(instant), timeZone);
  const figure = { kind: 'decimal', placesMin: 0, zero: 'zero', absent: 'blank', longAsText: true } as const;
  const { currency } = sample;
  const valueOf = ({ correctionScaled, correctionExact }: Line) => (correctionScaled === 0 || correctionExact === null ? undefined : formatAmount(roundToMinor(BigInt(correctionExact), currency), currency));
  const columns: Column<Line>[] = [
    { kind: 'whole', heading: 'Test', width: 6, value: ({ cutOffTestId }) => cutOffTestId },
    { kind: 'whole', heading: 'Number', width: 8, value: ({ number }) => number },
    { kind: 'text', heading: 'System', width: 11, value: ({ system }) => system },
    { kind: 'text', heading: 'Kind', width: 10, value: ({ kind }) => kind },
    { kind: 'text', heading: 'Posted', width: 8, value: ({ side }) => side },
    { kind: 'text', heading: 'Document', width: 15, value: ({ document }) => document },
    { kind: 'text', heading: 'SKU', width: 15, value: ({ sku }) => sku },
    { kind: 'text', heading: 'Location', width: 13, value: ({ location }) => location },
    { ...figure, heading: 'Quantity', width: 10, value: ({ quantityScaled }) => formatQuantity(quantityScaled) },
    { kind: 'date', heading: 'Occurred', width: 18, value: ({ occurredInstant }) => at(occurredInstant) },
    { kind: 'date', heading: 'Posted at', width: 18, value: ({ postedInstant }) => at(postedInstant) },
    { kind: 'text', heading: 'Judged by the test', width: 18, wrap: true, value: ({ judgement }) => JUDGEMENT_WORDS[judgement] },
    { ...figure, heading: 'Effect, units', width: 10, value: ({ correctionScaled }) => (correctionScaled === 0 ? undefined : formatQuantity(correctionScaled)) },
    { ...figure, heading: `Effect ${currency}`, width: 13, placesMin: minorDigits(currency), value: valueOf },
    { kind: 'text', heading: 'Judged by the auditor', width: 18, wrap: true, value: ({ ownJudgement }) => (ownJudgement === null ? 'as by the test' : JUDGEMENT_WORDS[ownJudgement]) },
    { kind: 'text', heading: 'Note', width: 32, wrap: true, value: ({ note }) => note },
  ];
  const headingRow = 4 + cutOffs.length;
  const worksheet = workbook.addWorksheet('Cut-off', sheetOptions({ paper, company, period: sample.periodCode, document: title }, 'Cut-off', { orientation: 'landscape', headingRow, frozenColumns: 2 }));
  setWidths(worksheet, columns.map(({ width }) => width));
  const ran = cutOffs.map(({ cutOffTestId, cutOffInstant, count, runBy, runInstant, chainSequence }) =>
    [`Test ${cutOffTestId}`, `cut-off ${formatInstantUtc(cutOffInstant)}, up to ${count} on either side of each system and kind; run by ${runBy} at ${formatInstantUtc(runInstant)}, audit trail at event ${chainSequence}`] as const);
  writeTitleBlock(worksheet, company, `${title}: cut-off`, [[1, 3]], [ran]);
  addFilter(worksheet, await writeTable(worksheet, columns, cutOffs.flatMap(({ cutOffTestId, items }) => items.map((item) => ({ ...item, cutOffTestId }))), headingRow, { withoutTotal: true }), columns.length);
  worksheet.commit();
}

/** Writes the working paper. */
export async function writeWorkingPaper(content: WorkingPaper, paper: PaperFormat): Promise<Uint8Array> {
  const stream = new PassThrough();
  const collected = buffer(stream);
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream, useStyles: true, useSharedStrings: false });
  workbook.creator = 'Tieout';
  workbook.lastModifiedBy = 'Tieout';
  workbook.created = new Date(content.sample.concludedInstant ?? content.sample.drawnInstant);
  workbook.modified = workbook.created;
  addFrontSheet(workbook, content, paper);
  await addItemSheet(workbook, content, paper);
  await addFloorSheet(workbook, content, paper);
  if (content.cutOffs.length > 0) await addCutOffSheet(workbook, content, paper);
  await workbook.commit();
  return new Uint8Array(await collected);
}
