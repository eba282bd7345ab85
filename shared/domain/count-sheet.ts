/**
 * Count sheets: what is handed to whoever counts, numbered, and whether it came back.
 *
 * A sheet is blind: it names items and places, and nothing that the books say of them. Decisions only; choosing lines,
 * writing the files and the registry are `electron/services/count-sheets`.
 */
import { z } from 'zod';
import { plural } from './plural';

/** The columns of a sheet that say what a line is of. */
export const SHEET_COLUMNS = {
  sheet: 'Sheet',
  line: 'Line',
  sku: 'SKU',
  item: 'Item',
  barcode: 'Barcode',
  unit: 'Unit',
  location: 'Location',
  bin: 'Bin',
  countedBy: 'Counted by',
  countedAt: 'Counted at',
  note: 'Note',
} as const;

/** How many counts a sheet has space for. */
export const COUNTS_PER_SHEET = 2;
/** The highest count number that a sheet can ask for. */
export const LAST_COUNT_NO = 9;
export const LINES_PER_SHEET = 30;
export const LINES_PER_SHEET_MAX = 500;

/** The heading of the column of a count: `Count 2`. */
export const countHeading = (countNo: number): string => `Count ${countNo}`;

/** The count numbers that a sheet asks for, from its first. */
export const countNumbersOf = (firstCountNo: number): number[] =>
  Array.from({ length: COUNTS_PER_SHEET }, (_unused, index) => firstCountNo + index).filter((countNo) => countNo <= LAST_COUNT_NO);

/** A file's header, in its order; the same for CSV and Excel. */
export const sheetHeader = (firstCountNo: number): string[] => [
  SHEET_COLUMNS.sheet, SHEET_COLUMNS.line, SHEET_COLUMNS.location, SHEET_COLUMNS.bin, SHEET_COLUMNS.sku, SHEET_COLUMNS.item,
  SHEET_COLUMNS.barcode, SHEET_COLUMNS.unit, ...countNumbersOf(firstCountNo).map(countHeading), SHEET_COLUMNS.countedBy,
  SHEET_COLUMNS.countedAt, SHEET_COLUMNS.note,
];

/** `CS-2026-10-001`: unique in the workbook, counted up within the period. */
export const sheetNumber = (periodCode: string, place: number): string => `CS-${periodCode}-${String(place).padStart(3, '0')}`;

/** The place of a sheet within its period; undefined where the number is of another form or period. */
export function placeOfSheet(periodCode: string, number: string): number | undefined {
  const start = `CS-${periodCode}-`;
  const place = number.startsWith(start) ? number.slice(start.length) : '';
  return /^\d{3,9}$/.test(place) ? Number(place) : undefined;
}

/** in_use: with stock or movement in the period; the others for a recount, by the last reconciliation; recount_asked: by the recount rule. */
export const SHEET_SCOPES = ['in_use', 'all', 'variance', 'over_tolerance', 'recount_asked'] as const;
export type SheetScope = (typeof SHEET_SCOPES)[number];
export const SCOPE_WORDS: Readonly<Record<SheetScope, string>> = {
  in_use: 'Lines with stock or movement in the period',
  all: 'Every line',
  variance: 'Recount: lines whose count has a variance',
  over_tolerance: 'Recount: lines whose count no rule lets pass',
  recount_asked: 'Recount: lines for which the rules ask a second count',
};

/** Chosen by what the last reconciliation found: always a recount. */
export const isChosenByVariance = (scope: SheetScope): boolean => scope === 'variance' || scope === 'over_tolerance' || scope === 'recount_asked';

/** What is to be counted. Lists that are empty leave nothing out. */
export const SheetChoice = z.strictObject({
  periodId: z.int(),
  scope: z.enum(SHEET_SCOPES).default('in_use'),
  locations: z.array(z.string().min(1)).default([]),
  category: z.string().nullable().default(null),
  tier: z.enum(['A', 'B', 'C']).nullable().default(null),
  skus: z.array(z.string().min(1)).default([]),
  /** Asks for the count after those that are in; a recount by variance always does. */
  recount: z.boolean().default(false),
  linesPerSheet: z.int().min(1).max(LINES_PER_SHEET_MAX).default(LINES_PER_SHEET),
});
export type SheetChoice = z.infer<typeof SheetChoice>;

/** What a choice would make, before anything is written. */
export const SheetPlan = z.strictObject({
  sheets: z.array(z.strictObject({ number: z.string(), location: z.string(), lines: z.int() })),
  lines: z.int(),
  firstCountNo: z.int(),
  /** Lines that stand on a sheet which is out already and asks for the same count. */
  alreadyOut: z.int(),
});
export type SheetPlan = z.infer<typeof SheetPlan>;

/** void: taken back with a reason; back: every line is counted. */
export const SHEET_STATES = ['issued', 'partly_back', 'back', 'void'] as const;
export type SheetState = (typeof SHEET_STATES)[number];
export const SHEET_STATE_WORDS: Readonly<Record<SheetState, string>> = {
  issued: 'issued',
  partly_back: 'partly back',
  back: 'back',
  void: 'void',
};

/** Where a sheet stands: by what was counted of it, never by what anyone ticked. */
export function sheetState(sheet: { readonly isVoid: boolean; readonly lines: number; readonly linesCounted: number }): SheetState {
  if (sheet.isVoid) return 'void';
  if (sheet.linesCounted === 0) return 'issued';
  return sheet.linesCounted < sheet.lines ? 'partly_back' : 'back';
}

export const CountSheet = z.strictObject({
  countSheetId: z.int(),
  number: z.string(),
  location: z.string(),
  firstCountNo: z.int(),
  state: z.enum(SHEET_STATES),
  lines: z.int(),
  linesCounted: z.int(),
  issuedInstant: z.int(),
  issuedBy: z.string(),
  /** Where the file was written. */
  exportedTo: z.string(),
  /** What was chosen, in words. */
  choice: z.string(),
  voidedInstant: z.int().nullable(),
  voidedBy: z.string().nullable(),
  voidReason: z.string().nullable(),
});
export type CountSheet = z.infer<typeof CountSheet>;

/** A row that came back from a sheet and waits in the quarantine because it is not what was issued. */
export const StraySheetRow = z.strictObject({ subject: z.string(), detail: z.string(), fileName: z.string(), rowNumber: z.int() });
export type StraySheetRow = z.infer<typeof StraySheetRow>;

export const SheetStanding = z.strictObject({
  sheets: z.array(CountSheet),
  strays: z.array(StraySheetRow),
});
export type SheetStanding = z.infer<typeof SheetStanding>;

export const SheetLine = z.strictObject({
  line: z.int(),
  sku: z.string(),
  item: z.string(),
  unit: z.string(),
  bin: z.string(),
  /** What came back, by count number; empty where the line is not counted. */
  counts: z.array(z.strictObject({ countNo: z.int(), countedScaled: z.int(), countedInstant: z.int(), countedBy: z.string() })),
});
export type SheetLine = z.infer<typeof SheetLine>;

/** Why a sheet in a file is not one that can be taken back. */
export const SHEET_PROBLEMS = ['unknown', 'void', 'other_period'] as const;
export type SheetProblem = (typeof SHEET_PROBLEMS)[number];

/** A sheet as it came back in one file. */
export const SheetInFile = z.strictObject({
  number: z.string(),
  problem: z.enum(SHEET_PROBLEMS).nullable(),
  rows: z.int(),
  linesIssued: z.int(),
  /** Lines of the sheet that this file writes. */
  linesWritten: z.int(),
  /** Lines that an earlier file gave already. */
  linesHeld: z.int(),
  /** Line numbers, each list in order: without a figure in the file and counted nowhere else, */
  notCounted: z.array(z.int()),
  /** in the quarantine, whatever the reason, */
  quarantined: z.array(z.int()),
  /** issued, and neither in the file nor counted before, */
  missing: z.array(z.int()),
  /** in the file and never issued. */
  extra: z.array(z.string()),
});
export type SheetInFile = z.infer<typeof SheetInFile>;

/** What a file of counts says against the registry of sheets. */
export const SheetReport = z.strictObject({
  sheets: z.array(SheetInFile),
  /** Numbers of sheets that are out and of which nothing is in, this file included. */
  sheetsMissing: z.array(z.string()),
});
export type SheetReport = z.infer<typeof SheetReport>;

/** Line numbers as people write them: `1-4, 7, 9-12`. */
export function lineRanges(numbers: readonly number[]): string {
  const parts: string[] = [];
  for (let index = 0; index < numbers.length; ) {
    let last = index;
    while (numbers[last + 1] === numbers[last]! + 1) last += 1;
    parts.push(last === index ? String(numbers[index]) : `${numbers[index]}${last === index + 1 ? ', ' : '-'}${numbers[last]}`);
    index = last + 1;
  }
  return parts.join(', ');
}

/** Numbers of sheets as people write them: `CS-2026-10-002 to CS-2026-10-016, CS-2026-10-020`. */
export function sheetRanges(numbers: readonly string[]): string {
  const parts: string[][] = [];
  const follows = (left: string, right: string) =>
    left.slice(0, left.lastIndexOf('-')) === right.slice(0, right.lastIndexOf('-')) &&
    Number(left.slice(left.lastIndexOf('-') + 1)) + 1 === Number(right.slice(right.lastIndexOf('-') + 1));
  for (const number of numbers) {
    const part = parts.at(-1);
    if (part && follows(part.at(-1)!, number)) part.push(number);
    else parts.push([number]);
  }
  return parts.map((part) => (part.length > 2 ? `${part[0]} to ${part.at(-1)}` : part.join(', '))).join(', ');
}

const PROBLEM_WORDS: Readonly<Record<SheetProblem, string>> = {
  unknown: 'was never issued from this workbook',
  void: 'was voided',
  other_period: 'belongs to another period',
};

/** The report in plain sentences: what fits no sheet, what each sheet lacks, what did not come at all. Empty where all came back as issued. */
export function reportSentences({ sheets, sheetsMissing }: SheetReport): string[] {
  const out = new Set(sheetsMissing);
  /** A sheet that lies in the file as it went out: it is told among those of which nothing came back. */
  const isUntouched = (sheet: SheetInFile) =>
    out.has(sheet.number) && sheet.notCounted.length === sheet.linesIssued && sheet.quarantined.length + sheet.extra.length === 0;
  const strangers = sheets.flatMap(({ number, problem, rows }) =>
    problem ? [`${number || 'No sheet named'}: ${number ? PROBLEM_WORDS[problem] : 'the rows name no sheet'}; ${plural(rows, 'row goes', 'rows go')} to the quarantine.`] : [],
  );
  const lacking = sheets.filter((sheet) => sheet.problem === null && !isUntouched(sheet)).flatMap((sheet) => {
    const parts: string[] = [];
    if (sheet.extra.length > 0) parts.push(`extra lines that were not issued: ${sheet.extra.map((line) => line || 'without a number').join(', ')}`);
    if (sheet.quarantined.length > 0) parts.push(`lines in the quarantine: ${lineRanges(sheet.quarantined)}`);
    if (sheet.missing.length > 0) parts.push(`lines missing in the file: ${lineRanges(sheet.missing)}`);
    if (sheet.notCounted.length > 0) parts.push(`not counted: ${lineRanges(sheet.notCounted)}`);
    if (sheet.linesHeld > 0) parts.push(`${plural(sheet.linesHeld, 'line')} held already, not written again`);
    return parts.length > 0 ? [`${sheet.number}: ${parts.join('; ')}.`] : [];
  });
  const missing = sheetsMissing.length > 0 ? [`Nothing came back of ${plural(sheetsMissing.length, 'sheet')}: ${sheetRanges(sheetsMissing)}.`] : [];
  return [...strangers, ...lacking, ...missing];
}

/** A line that is to stand on a sheet. */
export interface LineToCount {
  readonly stockKeyId: number;
  readonly location: string;
  readonly bin: string;
  readonly sku: string;
}

const byText = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);
/** A-2 stands before A-10, as on the shelf. */
const byBin = new Intl.Collator('en', { numeric: true });

/** By location, then bin with those that have none last, then SKU: the way a person walks. */
export const inWalkingOrder = <Line extends LineToCount>(lines: readonly Line[]): Line[] =>
  [...lines].sort(
    (left, right) =>
      byText(left.location, right.location) ||
      Number(left.bin === '') - Number(right.bin === '') ||
      byBin.compare(left.bin, right.bin) ||
      byText(left.bin, right.bin) ||
      byText(left.sku, right.sku),
  );

/** Lines as sheets: each of one location, none longer than asked for. */
export function asSheets<Line extends LineToCount>(lines: readonly Line[], linesPerSheet: number): Line[][] {
  const sheets: Line[][] = [];
  for (const line of inWalkingOrder(lines)) {
    const last = sheets.at(-1);
    if (last && last.length < linesPerSheet && last[0]!.location === line.location) last.push(line);
    else sheets.push([line]);
  }
  return sheets;
}

/** Figures of a sheet that were typed in; what nobody counted is not among them, and stays unknown. */
export const TypedCounts = z.strictObject({
  countSheetId: z.int(),
  figures: z.array(z.strictObject({ line: z.int().min(1), countNo: z.int().min(1).max(LAST_COUNT_NO), countedScaled: z.int().min(0) })).min(1),
  countedBy: z.string().trim().min(1).max(120),
  countedInstant: z.int(),
});
export type TypedCounts = z.infer<typeof TypedCounts>;

/** What became of typed figures: they come in by rows, as those of a file that was filled in do. */
export const TypedCountsResult = z.strictObject({
  importId: z.int(),
  fileName: z.string(),
  lines: z.int(),
  /** Lines whose figures wait in the quarantine, with what is wrong with them. */
  waiting: z.array(z.string()),
});
export type TypedCountsResult = z.infer<typeof TypedCountsResult>;
