/**
 * Rows of count sheets against the registry of what was issued: the right sheet, its line, the item and place on it.
 *
 * Only sheets with numbers of our own form are held against it; a count that another program numbered has none.
 */
import type { SheetProblem, SheetReport } from '@shared/domain/count-sheet';
import { formatInstant } from '@shared/domain/instant';
import type { RowValues } from '../../../files/profiles/read-row';
import { countedLines, registeredSheet, sheetNumbersOut, type RegisteredSheet } from '../../../workbook/tables/count-sheets';
import { bad, placeOf, type BadVerdict, type WriterSetting } from './writer';

const OWN_NUMBER = /^CS-\d{4}-\d{2}-\d{3,9}$/;
/** The profile of our own files, whose every row names one of our sheets or is wrong. */
const OWN_PROFILE = 'tieout-count-sheet';

/** What became of a line of a sheet in this file. */
export type LineFate = 'written' | 'held' | 'not_counted' | 'quarantined';

/** A sheet as its rows come by. */
export interface SheetSeen {
  readonly problem: SheetProblem | null;
  readonly registered: RegisteredSheet | undefined;
  rows: number;
  readonly fates: Map<number, LineFate>;
  /** Line numbers in the file that were never issued. */
  readonly extra: string[];
}

/** A line as it was issued. */
export interface IssuedLine {
  readonly line: number;
  readonly stockKeyId: number;
  readonly bin: string;
}

export type SheetVerdict =
  /** The row names no sheet of ours. */
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'issued'; readonly issued: IssuedLine }
  | { readonly kind: 'bad'; readonly verdict: BadVerdict };

const lineNumber = (text: string): number | undefined => (/^0*[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined);
/** A spreadsheet's apostrophe is no part of a text. */
const bare = (text: string): string => text.replace(/^'(?=[=+\-@\d])/, '');

export class SheetCheck {
  readonly seen = new Map<string, SheetSeen>();
  /** By item, place, bin and count: where it was counted, so that two sheets do not add up to a double count. */
  readonly #countedOn = new Map<string, string>();

  constructor(readonly setting: WriterSetting) {
    const { workbook } = setting.context;
    const counted = workbook.iterate<{ stock_key_id: number; bin: string; count_no: number; sheet: string; line: string }>(
      `SELECT n.stock_key_id, n.bin, c.count_no, c.sheet, c.line
       FROM counts c JOIN imports i USING (import_id) JOIN count_sheets s ON s.number = c.sheet AND s.period_id = i.period_id
       JOIN count_sheet_lines n ON n.count_sheet_id = s.count_sheet_id AND n.line = CAST(c.line AS INTEGER)
       WHERE i.period_id = ? AND c.counted_scaled IS NOT NULL`,
      setting.frame.periodId,
    );
    for (const row of counted) this.#countedOn.set(`${row.stock_key_id}\n${row.bin}\n${row.count_no}`, `${row.sheet}\n${row.line}`);
  }

  isOurs = ({ text }: RowValues): boolean => this.setting.profile.id === OWN_PROFILE || OWN_NUMBER.test(text.sheet ?? '');

  #sheet(number: string): SheetSeen {
    const held = this.seen.get(number);
    if (held) return held;
    const registered = registeredSheet(this.setting.context.workbook, number);
    const problem = !registered
      ? 'unknown'
      : registered.voidReason !== null
        ? 'void'
        : registered.periodCode === this.setting.frame.code ? null : 'other_period';
    const sheet: SheetSeen = { problem, registered, rows: 0, fates: new Map(), extra: [] };
    this.seen.set(number, sheet);
    return sheet;
  }

  /** Says which issued line a row is of. */
  check(values: RowValues): SheetVerdict {
    if (!this.isOurs(values)) return { kind: 'elsewhere' };
    const { text } = values;
    const number = text.sheet ?? '';
    const sheet = this.#sheet(number);
    sheet.rows += 1;
    const refuse = (subject: string, detail: string): SheetVerdict => ({ kind: 'bad', verdict: bad('not_on_sheet', subject, detail) });
    const { registered } = sheet;
    if (!registered) return refuse(number, number === '' ? 'The row names no count sheet.' : `Count sheet ${number} was never issued from this workbook.`);
    if (sheet.problem === 'void') {
      const when = formatInstant(registered.voidedInstant!, this.setting.frame.timeZone);
      return refuse(number, `Count sheet ${number} was voided at ${when} by ${registered.voidedBy}: ${registered.voidReason}.`);
    }
    if (sheet.problem === 'other_period') return refuse(number, `Count sheet ${number} was issued for ${registered.periodCode}, not for ${this.setting.frame.code}.`);
    const line = lineNumber(text.line ?? '');
    const issued = line === undefined ? undefined : registered.lines.get(line);
    if (!issued) {
      sheet.extra.push(text.line ?? '');
      return refuse(`${number} ${text.line ?? ''}`.trim(), `Count sheet ${number} has ${registered.lines.size} lines; line ${text.line || 'without a number'} was not issued.`);
    }
    if (!this.#isOf(issued, values)) {
      this.fate(number, issued.line, 'quarantined');
      return refuse(
        `${number} ${issued.line}`,
        `Count sheet ${number}, line ${issued.line} was issued for ${issued.sku} at ${issued.location}; the row says ${text.sku ?? ''} at ${text.location ?? ''}.`,
      );
    }
    return { kind: 'issued', issued };
  }

  /** Whether the row names the item and the place of the line, in these words or in others that are known to mean them. */
  #isOf(issued: IssuedLine & { readonly sku: string; readonly location: string }, values: RowValues): boolean {
    const { sku = '', location = '' } = values.text;
    if (bare(sku) === bare(issued.sku) && bare(location) === bare(issued.location)) return true;
    const found = placeOf(this.setting, values, false, false);
    return found.ok && found.place.stockKeyId === issued.stockKeyId;
  }

  /** A count that another sheet gave already for the same item, place and bin. */
  takenBy(issued: IssuedLine, number: string, countNo: number): BadVerdict | undefined {
    const other = this.#countedOn.get(`${issued.stockKeyId}\n${issued.bin}\n${countNo}`);
    if (other === undefined || other === `${number}\n${issued.line}`) return undefined;
    const [sheet, line] = other.split('\n');
    const where = issued.bin === '' ? '' : ` in bin ${issued.bin}`;
    return bad(
      'duplicate_row',
      `${number} ${issued.line}`,
      `Sheet ${sheet}, line ${line} gives count ${countNo} of the same item${where} already: both together would count it twice.`,
    );
  }

  /** Takes note that a count was written. */
  counted(issued: IssuedLine, number: string, countNo: number): void {
    this.#countedOn.set(`${issued.stockKeyId}\n${issued.bin}\n${countNo}`, `${number}\n${issued.line}`);
  }

  /** What became of an issued line; written stays written, whatever comes of a further row. */
  fate(number: string, line: number, fate: LineFate): void {
    const { fates } = this.#sheet(number);
    if (fates.get(line) !== 'written') fates.set(line, fate);
  }

  /** A row that cannot be read is still a row of its sheet. */
  unreadable(values: RowValues): void {
    if (!this.isOurs(values) || values.text.sheet === undefined) return;
    const sheet = this.#sheet(values.text.sheet);
    sheet.rows += 1;
    const line = lineNumber(values.text.line ?? '');
    if (line !== undefined && sheet.registered?.lines.has(line)) this.fate(values.text.sheet, line, 'quarantined');
  }
}

/** What the sheets of a file say against the registry, once its rows are written; null where it names no sheet of ours. */
export function sheetReport({ context, frame }: WriterSetting, check: SheetCheck): SheetReport | null {
  if (check.seen.size === 0) return null;
  const { workbook } = context;
  const countedOf = countedLines(workbook, frame.periodId);
  const sheets = [...check.seen].sort(([left], [right]) => (left < right ? -1 : 1)).map(([number, { problem, registered, rows, fates, extra }]) => {
    const linesOf = (fate: LineFate) => [...fates].filter(([, each]) => each === fate).map(([line]) => line).sort((left, right) => left - right);
    const counted = countedOf.get(number) ?? new Set<number>();
    const issued = problem === null ? [...(registered?.lines.keys() ?? [])] : [];
    return {
      number, problem, rows, extra,
      linesIssued: issued.length,
      linesWritten: linesOf('written').length,
      linesHeld: linesOf('held').length,
      notCounted: linesOf('not_counted').filter((line) => !counted.has(line)),
      quarantined: linesOf('quarantined'),
      missing: issued.filter((line) => !fates.has(line) && !counted.has(line)),
    };
  });
  return { sheets, sheetsMissing: sheetNumbersOut(workbook, frame.periodId) };
}
