/**
 * Count rows: what was on the shelf. Nothing is created by a count, and a sheet's line counts once. Sheets that were
 * issued here are held against their registry: a row that is not on its sheet waits.
 */
import { formatQuantity } from '@shared/domain/quantity';
import type { RowValues } from '../../../files/profiles/read-row';
import { type IssuedLine, SheetCheck, sheetReport } from './sheet-check';
import { ACCEPTED, bad, outsidePeriod, placeOf, type BadVerdict, type RowToWrite, type RowWriter, type Verdict, type WriterSetting } from './writer';

interface HeldCount {
  readonly import_id: number;
  readonly row_number: number;
  readonly stock_key_id: number;
  readonly sheet: string;
  readonly line: string;
  readonly bin: string;
  readonly count_no: number;
  readonly counted_scaled: number | null;
  readonly counted_instant: number;
}

const INSERT = `INSERT INTO counts (import_id, row_number, record_number, stock_key_id, sheet, line, bin, count_no, counted_scaled,
    counted_instant, counted_by, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

const isNumbered = (row: HeldCount) => row.sheet !== '' && row.line !== '';

/** A recount may stand on the line of the first count: the count's number belongs to the key. */
const keyOf = (row: Pick<HeldCount, 'sheet' | 'line' | 'count_no'>) => `${row.sheet}\n${row.line}\n${row.count_no}`;

const contentOf = ({ stock_key_id, sheet, bin, count_no, counted_scaled, counted_instant }: HeldCount) =>
  JSON.stringify([stock_key_id, sheet, bin, count_no, counted_scaled, counted_instant]);

export class CountWriter implements RowWriter {
  /** Every numbered line of the period's counts: an export that overlaps an earlier one must not count twice. */
  readonly #held = new Map<string, HeldCount>();
  /** What other imports counted without a line's number, by all that such a row says: the same file, saved again, must not count twice. */
  readonly #unnumbered = new Map<string, HeldCount>();
  readonly #sheets: SheetCheck;

  constructor(readonly setting: WriterSetting) {
    this.#sheets = new SheetCheck(setting);
    const held = setting.context.workbook.iterate<HeldCount>(
      `SELECT c.import_id, c.row_number, c.stock_key_id, c.sheet, c.line, c.bin, c.count_no, c.counted_scaled, c.counted_instant
       FROM counts c JOIN imports i USING (import_id) WHERE i.period_id = ? AND c.sheet <> '' AND c.line <> ''`,
      setting.frame.periodId,
    );
    for (const row of held) this.#held.set(keyOf(row), row);
    const unnumbered = setting.context.workbook.iterate<HeldCount>(
      `SELECT c.import_id, c.row_number, c.stock_key_id, c.sheet, c.line, c.bin, c.count_no, c.counted_scaled, c.counted_instant
       FROM counts c JOIN imports i USING (import_id)
       WHERE i.period_id = ? AND c.import_id <> ? AND (c.sheet = '' OR c.line = '') AND c.counted_scaled IS NOT NULL`,
      setting.frame.periodId, setting.importId,
    );
    for (const row of unnumbered) this.#unnumbered.set(contentOf(row), row);
  }

  write(row: RowToWrite): Verdict {
    const [first] = row.records;
    const checked = this.#sheets.check(first);
    if (checked.kind === 'bad') return checked.verdict;
    if (checked.kind === 'elsewhere') return this.#write(row, undefined);
    const { issued } = checked;
    const isCounted = row.records.some(({ numbers }) => numbers.counted !== undefined);
    // Nobody counted the line: it stays unknown, and the sheet may come back with it later.
    const verdict: Verdict = isCounted ? this.#write(row, issued) : { verdict: 'ignored', reason: 'not_counted' };
    const fates = { accepted: 'written', ignored: isCounted ? 'held' : 'not_counted', bad: 'quarantined', deferred: 'quarantined' } as const;
    this.#sheets.fate(first.text.sheet!, issued.line, fates[verdict.verdict]);
    return verdict;
  }

  unreadable(values: RowValues): void {
    this.#sheets.unreadable(values);
  }

  #write({ rowNumber, records }: RowToWrite, issued: IssuedLine | undefined): Verdict {
    const counts: (HeldCount & { readonly values: RowValues })[] = [];
    for (const values of records) {
      const count = this.#count(rowNumber, values, issued);
      if ('verdict' in count) return count;
      const taken = issued && this.#sheets.takenBy(issued, count.sheet, count.count_no);
      if (taken) return taken;
      counts.push({ ...count, values });
    }
    for (const row of counts) {
      const twin = isNumbered(row) ? undefined : this.#unnumbered.get(contentOf(row));
      if (twin) return this.#countedAlready(row.values, twin);
    }
    const held = counts.map((row) => (isNumbered(row) ? this.#held.get(keyOf(row)) : undefined));
    const verdicts = counts.flatMap((row, index) => (held[index] ? [this.#heldAlready(row, held[index])] : []));
    const bad = verdicts.find(({ verdict }) => verdict === 'bad');
    if (bad ?? verdicts.length === counts.length) return bad ?? verdicts[0]!;
    for (const [index, row] of counts.entries()) {
      if (held[index]) continue;
      if (isNumbered(row)) this.#held.set(keyOf(row), row);
      if (issued) this.#sheets.counted(issued, row.sheet, row.count_no);
      this.setting.context.workbook.run(
        INSERT, row.import_id, rowNumber, index + 1, row.stock_key_id, row.sheet, row.line, row.bin, row.count_no, row.counted_scaled,
        row.counted_instant, row.values.text.counted_by ?? '', row.values.text.note ?? '',
      );
    }
    return ACCEPTED;
  }

  #count(rowNumber: number, values: RowValues, issued: IssuedLine | undefined): HeldCount | BadVerdict {
    const { setting } = this;
    const { text, instants } = values;
    const written = values.numbers.counted ?? null;
    if (written !== null && written < 0) {
      const quantity = formatQuantity(written);
      return bad('negative_count', quantity, `${quantity} were counted: a shelf cannot hold less than nothing.`);
    }
    const countedInstant = instants.counted_at ?? setting.asOfInstant;
    if (countedInstant === null) {
      return bad('missing_key', 'Counted at', 'Nothing says when it was counted. Write it into the row, or give the instant for every such row at import (--as-of).');
    }
    const outside = outsidePeriod(setting.frame, countedInstant, setting.frame.windowMs, 'Counted at');
    if (outside) return outside;
    // What a sheet was issued with is in the item's own unit, and names the line without a look at its words.
    const found = issued ? undefined : placeOf(setting, values, false, false);
    if (found && !found.ok) return { verdict: 'bad', problem: found.problem };
    const base = found?.ok ? setting.units.convert(found.place.itemId, values, countedInstant) : ({ ok: true, values } as const);
    if (!base.ok) return { verdict: 'bad', problem: base.problem };
    const { numbers } = base.values;
    const counted = numbers.counted ?? null;
    return {
      import_id: setting.importId,
      row_number: rowNumber,
      stock_key_id: issued?.stockKeyId ?? found!.place.stockKeyId,
      sheet: text.sheet ?? '',
      line: issued ? String(issued.line) : (text.line ?? ''),
      bin: text.bin ?? '',
      count_no: numbers.count_no ?? 1,
      counted_scaled: counted,
      counted_instant: countedInstant,
    };
  }

  #countedAlready({ text }: RowValues, twin: HeldCount): BadVerdict {
    const line = `${text.sku ?? ''} at ${text.location ?? this.setting.locationCode ?? ''}`;
    const quantity = formatQuantity(twin.counted_scaled!);
    return bad(
      'duplicate_row',
      text.sku ?? '',
      `Row ${twin.row_number} of import ${twin.import_id} counts ${quantity} of ${line} at the same instant. Where it is another place, write its bin; where it is the same count, ignore the row or replace that import.`,
    );
  }

  #heldAlready(row: HeldCount, held: HeldCount): Verdict {
    const same =
      held.stock_key_id === row.stock_key_id && held.counted_scaled === row.counted_scaled &&
      held.counted_instant === row.counted_instant && held.bin === row.bin;
    if (held.import_id !== row.import_id && same) return { verdict: 'ignored', reason: 'already_held' };
    const where = held.import_id === row.import_id ? `row ${held.row_number}` : `row ${held.row_number} of import ${held.import_id}`;
    const quantity = held.counted_scaled === null ? 'nothing' : formatQuantity(held.counted_scaled);
    return bad(
      'duplicate_row',
      `${row.sheet} ${row.line}`,
      `Sheet ${row.sheet}, line ${row.line} was counted in ${where} already (count ${row.count_no}, ${quantity} counted).`,
    );
  }

  finish(): [] {
    this.setting.tally.countSheets = sheetReport(this.setting, this.#sheets);
    return [];
  }
}
