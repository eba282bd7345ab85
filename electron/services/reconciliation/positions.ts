/**
 * What each system said of the lines of a range of keys, and what its own postings add until the cut-off: in SQL, no row
 * passes through JavaScript.
 *
 * Works in temporary tables of the connection, keyed by the dense stock key and emptied for the next range. The same for
 * one line, with every step to show, is `shared/domain/explanation/positions.ts`.
 */
import { POSITION_STATES, weightOn, type PositionState } from '@shared/domain/explanation/positions';
import { SYSTEMS, type System } from '@shared/domain/states';
import { listLocations } from '../../workbook/tables/locations';
import { effectSql, onHandEffectSql, SAME_POSTING } from '../../workbook/tables/movements';
import type { SqliteWorkbook } from '../../workbook/workbook';
import type { KeyRange } from './key-ranges';
import type { ReconciliationScope } from './scope';

const TEMPORARY = [
  ...SYSTEMS.flatMap((system) => [`positions_${system}`, `rolls_${system}`]),
  'scope_imports',
  'superseded',
  'bounds',
  'flows',
] as const;

const columnOf = (state: PositionState) => `${state}_scaled`;
const POSITION_COLUMNS = ['as_of_instant', 'unit_cost_scaled', ...POSITION_STATES.map(columnOf)];

export class Positions {
  readonly #rolled: ReadonlySet<System>;
  readonly #fromSeveralFiles: ReadonlySet<System>;
  readonly #hasFlows: boolean;

  /** Makes the temporary tables; drops what an earlier run on this connection may have left. */
  constructor(
    private readonly workbook: SqliteWorkbook,
    private readonly scope: ReconciliationScope,
  ) {
    this.drop();
    this.#fillMovementScope();
    const cutOffs = this.#fillBounds();
    this.#hasFlows = Boolean(scope.previous?.isLocked && scope.erpPostsOnHand);
    workbook.run('CREATE TEMP TABLE flows (stock_key_id INTEGER PRIMARY KEY, on_hand_scaled INTEGER NOT NULL)');
    const [rolled, several] = [new Set<System>(), new Set<System>()];
    for (const system of SYSTEMS) {
      const spans = scope.snapshots.flatMap((file) => file.spans[system] ?? []);
      if (spans.some((span) => span.firstInstant !== cutOffs.last || span.lastInstant !== cutOffs.first)) rolled.add(system);
      if (spans.length > 1 || spans.some((span) => span.firstInstant !== span.lastInstant)) several.add(system);
      workbook.run(`CREATE TEMP TABLE rolls_${system} (stock_key_id INTEGER PRIMARY KEY, ${POSITION_STATES.map((state) => `${columnOf(state)} INTEGER`).join(', ')})`);
      this.#makePositions(system, several.has(system));
    }
    this.#rolled = rolled;
    this.#fromSeveralFiles = several;
  }

  /** Needed once the run is over: temporary tables live as long as the connection. */
  drop(): void {
    const left = this.workbook.all<{ name: string; type: string }>(
      `SELECT name, type FROM temp.sqlite_schema WHERE name IN (SELECT value FROM json_each(?)) ORDER BY type = 'table'`,
      JSON.stringify(TEMPORARY),
    );
    for (const { name, type } of left) this.workbook.run(`DROP ${type} temp.${name}`);
  }

  /** A state at the cut-off as SQL, where `of` is the system's position and `rolls` what is added to it. */
  stateSql(system: System, state: PositionState, of: string, rolls: string): string {
    const column = columnOf(state);
    return this.#rolled.has(system) ? `${of}.${column} + coalesce(${rolls}.${column}, 0)` : `${of}.${column}`;
  }

  hasRolls(system: System): boolean {
    return this.#rolled.has(system);
  }

  get hasFlows(): boolean {
    return this.#hasFlows;
  }

  /** Positions, rolls and flows of the keys of a range, in place of those of the range before. */
  fill(range: KeyRange): void {
    if (this.scope.movements.mayOverlap) this.#fillSuperseded(range);
    for (const system of SYSTEMS) {
      if (this.#fromSeveralFiles.has(system)) this.#choosePositions(system, range);
      if (this.#rolled.has(system)) this.#fillRolls(system, range);
    }
    if (this.#hasFlows) this.#fillFlows(range);
  }

  /** Conditions on a movement `m`: of a file in scope, and not already held by another. */
  get inScopeSql(): string {
    return (
      'm.import_id IN (SELECT import_id FROM temp.scope_imports)' +
      (this.scope.movements.mayOverlap
        ? ` AND NOT EXISTS (SELECT 1 FROM temp.superseded x WHERE x.import_id = m.import_id AND x.row_number = m.row_number
             AND x.record_number = m.record_number)`
        : '')
    );
  }

  #fillMovementScope(): void {
    const { workbook, scope } = this;
    workbook.run('CREATE TEMP TABLE scope_imports (import_id INTEGER PRIMARY KEY, import_rank INTEGER NOT NULL)');
    for (const [importId, rank] of scope.movements.rankOf)
      workbook.run('INSERT INTO temp.scope_imports VALUES (?, ?)', importId, rank);
    workbook.run(
      `CREATE TEMP TABLE superseded (import_id INTEGER, row_number INTEGER, record_number INTEGER,
         PRIMARY KEY (import_id, row_number, record_number)) WITHOUT ROWID`,
    );
  }

  /** Each location's own bounds; answers the first and the last of the cut-offs. */
  #fillBounds(): { readonly first: number; readonly last: number } {
    const { workbook, scope } = this;
    workbook.run(
      `CREATE TEMP TABLE bounds (location_id INTEGER PRIMARY KEY, start_instant INTEGER NOT NULL, cut_off_instant INTEGER NOT NULL,
         due_instant INTEGER NOT NULL, urgent_due_instant INTEGER NOT NULL)`,
    );
    const cutOffs = listLocations(workbook).map(({ location_id }) => {
      const { startInstant, cutOffInstant, dueInstant, urgentDueInstant } = scope.boundsAt(location_id);
      workbook.run('INSERT INTO temp.bounds VALUES (?, ?, ?, ?, ?)', location_id, startInstant, cutOffInstant, dueInstant, urgentDueInstant);
      return cutOffInstant;
    });
    return { first: Math.min(...cutOffs), last: Math.max(...cutOffs) };
  }

  /** The rows of the range that an earlier file already holds. */
  #fillSuperseded({ first, last }: KeyRange): void {
    const same = SAME_POSTING.map((column) => `m.${column}`).join(', ');
    this.workbook.run('DELETE FROM temp.superseded');
    this.workbook.run(
      `INSERT INTO temp.superseded SELECT import_id, row_number, record_number FROM (
         SELECT m.import_id, m.row_number, m.record_number, row_number() OVER (PARTITION BY ${same}, m.ordinal ORDER BY m.import_rank) AS place
         FROM (SELECT m.*, s.import_rank, row_number() OVER (PARTITION BY m.import_id, ${same} ORDER BY m.row_number, m.record_number) AS ordinal
               FROM movements m JOIN temp.scope_imports s USING (import_id) WHERE m.stock_key_id BETWEEN ? AND ?) m)
       WHERE place > 1 ORDER BY import_id, row_number, record_number`,
      first,
      last,
    );
  }

  /** Where one file gives one figure for each line, its rows are the positions; else the nearest are chosen into a table. */
  #makePositions(system: System, areChosen: boolean): void {
    const { workbook, scope } = this;
    if (areChosen) {
      workbook.run(
        `CREATE TEMP TABLE positions_${system} (stock_key_id INTEGER PRIMARY KEY, cut_off_instant INTEGER NOT NULL,
           ${POSITION_COLUMNS.map((column) => `${column} INTEGER`).join(', ')})`,
      );
      return;
    }
    const file = scope.snapshots.find((each) => each.spans[system]);
    workbook.run(
      `CREATE TEMP VIEW positions_${system} AS SELECT stock_key_id, ${POSITION_COLUMNS.join(', ')} FROM main.snapshots
       WHERE import_id = ${file?.importId ?? -1} AND system = '${system}'`,
    );
  }

  /** Each system's figure nearest to the line's cut-off; of equals, the one imported later. */
  #choosePositions(system: System, { first, last }: KeyRange): void {
    const { workbook, scope } = this;
    workbook.run(`DELETE FROM temp.positions_${system}`);
    for (const file of scope.snapshots) {
      if (!file.spans[system]) continue;
      workbook.run(
        `INSERT INTO temp.positions_${system} (stock_key_id, cut_off_instant, ${POSITION_COLUMNS.join(', ')})
         SELECT s.stock_key_id, b.cut_off_instant, ${POSITION_COLUMNS.map((column) => `s.${column}`).join(', ')}
         FROM snapshots s CROSS JOIN stock_keys k USING (stock_key_id) CROSS JOIN temp.bounds b USING (location_id)
         WHERE s.import_id = ? AND s.system = '${system}' AND s.stock_key_id BETWEEN ? AND ? ORDER BY s.stock_key_id, s.row_number
         ON CONFLICT (stock_key_id) DO UPDATE SET ${POSITION_COLUMNS.map((column) => `${column} = excluded.${column}`).join(', ')}
         WHERE abs(excluded.as_of_instant - cut_off_instant) <= abs(as_of_instant - cut_off_instant)`,
        file.importId,
        first,
        last,
      );
    }
  }

  /** What carries a system's figures to the cut-off: its own postings between. */
  #fillRolls(system: System, { first, last }: KeyRange): void {
    const sums = POSITION_STATES.map(
      (state) => `sum(CASE WHEN p.as_of_instant < b.cut_off_instant THEN 1 ELSE -1 END * ${effectSql((type) => weightOn(state, type))})`,
    );
    this.workbook.run(`DELETE FROM temp.rolls_${system}`);
    this.workbook.run(
      `INSERT INTO temp.rolls_${system} SELECT p.stock_key_id, ${sums.join(', ')}
       FROM temp.positions_${system} p CROSS JOIN stock_keys k USING (stock_key_id) CROSS JOIN temp.bounds b USING (location_id)
       CROSS JOIN movements m ON m.stock_key_id = p.stock_key_id AND m.system = '${system}'
         AND m.posted_instant > min(p.as_of_instant, b.cut_off_instant) AND m.posted_instant <= max(p.as_of_instant, b.cut_off_instant)
       WHERE p.stock_key_id BETWEEN ? AND ? AND ${this.inScopeSql} GROUP BY p.stock_key_id`,
      first,
      last,
    );
  }

  /** What the ERP itself posted on hand in the period, for lines with an opening. */
  #fillFlows({ first, last }: KeyRange): void {
    this.workbook.run('DELETE FROM temp.flows');
    this.workbook.run(
      `INSERT INTO temp.flows SELECT o.stock_key_id, sum(${onHandEffectSql})
       FROM closings o CROSS JOIN stock_keys k USING (stock_key_id) CROSS JOIN temp.bounds b USING (location_id)
       CROSS JOIN movements m ON m.stock_key_id = o.stock_key_id AND m.system = 'erp'
         AND m.posted_instant > b.start_instant AND m.posted_instant <= b.cut_off_instant
       WHERE o.period_id = ? AND o.stock_key_id BETWEEN ? AND ? AND ${this.inScopeSql} GROUP BY o.stock_key_id`,
      this.scope.previous!.periodId,
      first,
      last,
    );
  }
}
