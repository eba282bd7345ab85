/**
 * Count rows: what was on the shelf. Nothing is created by a count, and a sheet's line counts once.
 */
import { formatQuantity } from '@shared/domain/quantity';
import type { RowValues } from '../../../files/profiles/read-row';
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

export class CountWriter implements RowWriter {
  /** Every numbered line of the period's counts: an export that overlaps an earlier one must not count twice. */
  readonly #held = new Map<string, HeldCount>();

  constructor(readonly setting: WriterSetting) {
    const held = setting.context.workbook.iterate<HeldCount>(
      `SELECT c.import_id, c.row_number, c.stock_key_id, c.sheet, c.line, c.bin, c.count_no, c.counted_scaled, c.counted_instant
       FROM counts c JOIN imports i USING (import_id) WHERE i.period_id = ? AND c.sheet <> '' AND c.line <> ''`,
      setting.frame.periodId,
    );
    for (const row of held) this.#held.set(keyOf(row), row);
  }

  write({ rowNumber, records }: RowToWrite): Verdict {
    const counts: (HeldCount & { readonly values: RowValues })[] = [];
    for (const values of records) {
      const count = this.#count(rowNumber, values);
      if ('verdict' in count) return count;
      counts.push({ ...count, values });
    }
    const held = counts.map((row) => (isNumbered(row) ? this.#held.get(keyOf(row)) : undefined));
    const verdicts = counts.flatMap((row, index) => (held[index] ? [this.#heldAlready(row, held[index])] : []));
    const bad = verdicts.find(({ verdict }) => verdict === 'bad');
    if (bad ?? verdicts.length === counts.length) return bad ?? verdicts[0]!;
    for (const [index, row] of counts.entries()) {
      if (held[index]) continue;
      if (isNumbered(row)) this.#held.set(keyOf(row), row);
      this.setting.context.workbook.run(
        INSERT, row.import_id, rowNumber, index + 1, row.stock_key_id, row.sheet, row.line, row.bin, row.count_no, row.counted_scaled,
        row.counted_instant, row.values.text.counted_by ?? '', row.values.text.note ?? '',
      );
    }
    return ACCEPTED;
  }

  #count(rowNumber: number, values: RowValues): HeldCount | BadVerdict {
    const { setting } = this;
    const { text, instants } = values;
    const written = values.numbers.counted ?? null;
    if (written !== null && written < 0) {
      const quantity = formatQuantity(written);
      return bad('negative_count', quantity, `${quantity} were counted: a shelf cannot hold less than nothing.`);
    }
    const countedInstant = instants.counted_at!;
    const outside = outsidePeriod(setting.frame, countedInstant, setting.frame.windowMs, 'Counted at');
    if (outside) return outside;
    const found = placeOf(setting, values, false, false);
    if (!found.ok) return { verdict: 'bad', problem: found.problem };
    const base = setting.units.convert(found.place.itemId, values, countedInstant);
    if (!base.ok) return { verdict: 'bad', problem: base.problem };
    const { numbers } = base.values;
    const counted = numbers.counted ?? null;
    return {
      import_id: setting.importId,
      row_number: rowNumber,
      stock_key_id: found.place.stockKeyId,
      sheet: text.sheet ?? '',
      line: text.line ?? '',
      bin: text.bin ?? '',
      count_no: numbers.count_no ?? 1,
      counted_scaled: counted,
      counted_instant: countedInstant,
    };
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
    return [];
  }
}
