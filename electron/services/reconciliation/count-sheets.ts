/** Count sheets as wholes: which hold the same figures as another, and how many zeros stand where the books hold stock. */
import type { SheetFacts } from '@shared/domain/explanation/line-case';
import type { CountRowRead } from '../../workbook/tables/counts';
import type { ReadableWorkbook } from '../../workbook/workbook';

interface SheetRow {
  readonly sheet: string;
  readonly figures: string;
  readonly counted_rows: number;
  readonly zero_rows_with_stock: number;
}

/** Read at the first line that asks, all sheets of the period at once; the lines of the period must be written by then. */
export class CountSheets {
  #facts: ReadonlyMap<string, SheetFacts> | null = null;

  constructor(
    private readonly workbook: ReadableWorkbook,
    private readonly periodId: number,
  ) {}

  #read(): ReadonlyMap<string, SheetFacts> {
    const rows = this.workbook.all<SheetRow>(
      `SELECT sheet, count(*) AS counted_rows, coalesce(sum(counted_scaled = 0 AND erp_at_cut_off_scaled > 0), 0) AS zero_rows_with_stock,
         group_concat(stock_key_id || ':' || count_no || ':' || counted_scaled, ' ') AS figures
       FROM (SELECT c.sheet, c.stock_key_id, c.count_no, c.counted_scaled, x.erp_at_cut_off_scaled
             FROM counts c JOIN imports i USING (import_id)
             LEFT JOIN lines x ON x.period_id = i.period_id AND x.stock_key_id = c.stock_key_id
             WHERE i.period_id = ? AND c.sheet <> '' AND c.counted_scaled IS NOT NULL
             ORDER BY c.sheet, c.stock_key_id, c.count_no, c.counted_scaled)
       GROUP BY sheet ORDER BY sheet`,
      this.periodId,
    );
    const alike = new Map<string, string[]>();
    for (const { sheet, figures } of rows) alike.set(figures, [...(alike.get(figures) ?? []), sheet]);
    return new Map(
      rows.map((row) => [
        row.sheet,
        {
          countedRows: row.counted_rows,
          zeroRowsWithStock: row.zero_rows_with_stock,
          sameAs: alike.get(row.figures)!.filter((sheet) => sheet !== row.sheet),
        },
      ]),
    );
  }

  /** The sheets that make up a counted figure. Only several sheets, or a zero, have anything to tell. */
  of(countRows: readonly CountRowRead[]): ReadonlyMap<string, SheetFacts> {
    const used = countRows.filter((row) => row.isUsed && row.sheet !== '');
    const sheets = new Set(used.map((row) => row.sheet));
    if (sheets.size < 2 && !used.some((row) => row.countedScaled === 0)) return new Map();
    this.#facts ??= this.#read();
    return new Map([...sheets].flatMap((sheet) => (this.#facts!.has(sheet) ? [[sheet, this.#facts!.get(sheet)!] as const] : [])));
  }
}
