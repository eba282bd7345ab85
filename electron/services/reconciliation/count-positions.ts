/**
 * What was counted on the lines of a range of keys, carried to the cut-off. A count is carried by what happened on its shelf,
 * which the domain decides line by line: only counts whose shelf moved pass through JavaScript.
 */
import { sumOfEffects } from '@shared/domain/explanation/positions';
import { laterOfPlaceSql } from '../../workbook/tables/counts';
import { postingsOfKeys } from '../../workbook/tables/movements';
import type { SqliteWorkbook } from '../../workbook/workbook';
import type { Job } from '../context';
import { movementRanges, type KeyRange } from './key-ranges';
import { countRollsOf, type LineNames } from './line-facts';
import type { ReconciliationScope } from './scope';

/** Postings of so many counted lines are held at once. */
const BATCH = 500;

export class CountPositions {
  readonly #hasSeveralFiles: boolean;

  constructor(
    private readonly workbook: SqliteWorkbook,
    private readonly scope: ReconciliationScope,
    private readonly names: LineNames,
    private readonly inScopeSql: string,
  ) {
    this.drop();
    workbook.run(
      `CREATE TEMP TABLE count_positions (stock_key_id INTEGER PRIMARY KEY, counted_scaled INTEGER, counted_instant INTEGER,
         at_cut_off_scaled INTEGER)`,
    );
    this.#hasSeveralFiles =
      workbook.get<{ n: number }>("SELECT count(*) AS n FROM imports WHERE kind = 'count' AND period_id = ?", scope.periodId)!.n > 1;
  }

  drop(): void {
    for (const table of ['count_positions', 'moved']) this.workbook.run(`DROP TABLE IF EXISTS temp.${table}`);
  }

  /** Finds the lines on which anything happened between the first count or cut-off and the last. */
  findMoved(job: Job): void {
    const { workbook, scope } = this;
    workbook.run('CREATE TEMP TABLE moved (stock_key_id INTEGER PRIMARY KEY)');
    const stretch = workbook.get<{ after: number | null; until: number | null }>(
      `SELECT min(min(c.counted_instant), (SELECT min(cut_off_instant) FROM temp.bounds)) AS after,
         max(max(c.counted_instant), (SELECT max(cut_off_instant) FROM temp.bounds)) AS until
       FROM imports i CROSS JOIN counts c USING (import_id) WHERE i.period_id = ? AND i.kind = 'count'`,
      scope.periodId,
    )!;
    if (stretch.after === null || stretch.until === null) return;
    const ranges = movementRanges(workbook, scope.movements.rankOf.keys());
    for (const [index, { importId, firstRow, lastRow }] of ranges.entries()) {
      job.progress('counts', index, ranges.length);
      workbook.run(
        `INSERT OR IGNORE INTO temp.moved SELECT stock_key_id FROM movements
         WHERE import_id = ? AND row_number BETWEEN ? AND ? AND occurred_instant > ? AND occurred_instant <= ?`,
        importId,
        firstRow,
        lastRow,
        stretch.after,
        stretch.until,
      );
      job.checkCancelled();
    }
  }

  /** The counts of a range, in place of those of the range before. */
  fill({ first, last }: KeyRange): void {
    const { workbook, scope } = this;
    workbook.run('DELETE FROM temp.count_positions');
    // Counts of a line follow one another by their number: each that counted anything takes the place of the one before.
    workbook.run(
      `INSERT INTO temp.count_positions (stock_key_id, counted_scaled, counted_instant, at_cut_off_scaled)
       SELECT c.stock_key_id, sum(c.counted_scaled) AS counted_scaled, max(CASE WHEN c.counted_scaled IS NOT NULL THEN c.counted_instant END),
         sum(c.counted_scaled)
       FROM counts c CROSS JOIN imports i USING (import_id)
       WHERE c.stock_key_id BETWEEN ? AND ? AND i.period_id = ?${this.#hasSeveralFiles ? ` AND NOT EXISTS (${laterOfPlaceSql})` : ''}
       GROUP BY c.stock_key_id, c.count_no ORDER BY c.stock_key_id, c.count_no
       ON CONFLICT (stock_key_id) DO UPDATE SET counted_scaled = excluded.counted_scaled, counted_instant = excluded.counted_instant,
         at_cut_off_scaled = excluded.counted_scaled WHERE excluded.counted_scaled IS NOT NULL`,
      first,
      last,
      scope.periodId,
    );
    this.#carry();
  }

  #carry(): void {
    const { workbook, scope, names } = this;
    const moved = workbook.all<{ stock_key_id: number; counted_instant: number }>(
      `SELECT c.stock_key_id, c.counted_instant
       FROM temp.count_positions c JOIN temp.moved USING (stock_key_id)
       CROSS JOIN stock_keys k USING (stock_key_id) CROSS JOIN temp.bounds b USING (location_id)
       WHERE c.counted_instant <> b.cut_off_instant AND EXISTS (
         SELECT 1 FROM movements m WHERE m.stock_key_id = c.stock_key_id AND ${this.inScopeSql}
           AND m.occurred_instant > min(c.counted_instant, b.cut_off_instant) AND m.occurred_instant <= max(c.counted_instant, b.cut_off_instant))`,
    );
    for (let start = 0; start < moved.length; start += BATCH) {
      const batch = moved.slice(start, start + BATCH);
      const keys = batch.map((row) => row.stock_key_id);
      names.load(keys);
      const postings = postingsOfKeys(workbook, scope.movements, keys);
      const rolls = countRollsOf(
        workbook,
        scope,
        names,
        batch.map((row) => {
          const name = names.of(row.stock_key_id)!;
          return {
            name,
            cutOffInstant: scope.boundsAt(name.locationId).cutOffInstant,
            countedInstant: row.counted_instant,
            postings: postings.get(row.stock_key_id) ?? [],
          };
        }),
      );
      for (const [index, { stock_key_id }] of batch.entries()) {
        const effectScaled = sumOfEffects(rolls[index]!);
        if (effectScaled === 0) continue;
        workbook.run('UPDATE temp.count_positions SET at_cut_off_scaled = counted_scaled + ? WHERE stock_key_id = ?', effectScaled, stock_key_id);
      }
    }
  }
}
