/**
 * What each system said of each line, and what its own postings add until the cut-off: in SQL, no row passes through JavaScript.
 *
 * Works in temporary tables of the connection, keyed by the dense stock key. The same for one line, with every step to show, is
 * `shared/domain/explanation/positions.ts`.
 */
import { POSITION_STATES, weightOn, type PositionState } from '@shared/domain/explanation/positions';
import { SYSTEMS, type System } from '@shared/domain/states';
import { listLocations } from '../../workbook/tables/locations';
import { effectSql, onHandEffectSql, SAME_POSTING } from '../../workbook/tables/movements';
import type { SqliteWorkbook } from '../../workbook/workbook';
import type { Job } from '../context';
import { dueAfterDays } from './bounds';
import { movementRanges, type KeyRange, type RowRange } from './key-ranges';
import type { ReconciliationScope } from './scope';

const TEMPORARY = [
  ...SYSTEMS.flatMap((system) => [`positions_${system}`, `rolls_${system}`]),
  'scope_imports',
  'superseded',
  'bounds',
  'flows',
] as const;

const columnOf = (state: PositionState) => `${state}_scaled`;
/** States that no posting carries: kept as the system stated them. */
export const STATED_STATES = ['in_transit', 'incoming'] as const;
const POSITION_COLUMNS = ['as_of_instant', 'unit_cost_scaled', ...STATED_STATES.map((state) => `${state}_scaled`), ...POSITION_STATES.map(columnOf)];

/** From when to when postings carry a system's figures; null where all figures stand at the cut-off. */
interface Stretch {
  readonly afterInstant: number;
  readonly untilInstant: number;
}

export class Positions {
  /** Systems that said anything of the period. */
  readonly systems: readonly System[];
  /** The period before is locked and the ERP's postings are known: lines have a roll-forward. */
  readonly hasFlows: boolean;
  readonly #stretches: ReadonlyMap<System, Stretch>;
  /** Systems of which one file gives one figure for each line: its rows are the positions. */
  readonly #ofOneFile: ReadonlySet<System>;

  /** Makes the temporary tables; drops what an earlier run on this connection may have left. */
  constructor(
    private readonly workbook: SqliteWorkbook,
    private readonly scope: ReconciliationScope,
  ) {
    this.drop();
    this.#fillMovementScope();
    const cutOffs = this.#fillBounds();
    this.systems = SYSTEMS.filter((system) => scope.snapshots.some((file) => file.spans[system]));
    this.hasFlows = Boolean(scope.previous?.isLocked && scope.erpPostsOnHand);
    const [stretches, ofOneFile] = [new Map<System, Stretch>(), new Set<System>()];
    for (const system of this.systems) {
      const spans = scope.snapshots.flatMap((file) => file.spans[system] ?? []);
      const instants = [...cutOffs, ...spans.flatMap((span) => [span.firstInstant, span.lastInstant])];
      const stretch = { afterInstant: Math.min(...instants), untilInstant: Math.max(...instants) };
      if (stretch.afterInstant < stretch.untilInstant) stretches.set(system, stretch);
      if (spans.length === 1 && spans[0]!.firstInstant === spans[0]!.lastInstant) ofOneFile.add(system);
      this.#makePositions(system, ofOneFile.has(system));
    }
    this.#stretches = stretches;
    this.#ofOneFile = ofOneFile;
  }

  /** Temporary tables live as long as the connection. */
  drop(): void {
    const left = this.workbook.all<{ name: string; type: string }>(
      `SELECT name, type FROM temp.sqlite_schema WHERE name IN (SELECT value FROM json_each(?)) ORDER BY type = 'table'`,
      JSON.stringify(TEMPORARY),
    );
    for (const { name, type } of left) this.workbook.run(`DROP ${type} temp.${name}`);
  }

  /** Whether the system's figures are carried to the cut-off: `temp.rolls_SYSTEM` says by how much. */
  isRolled(system: System): boolean {
    return this.#stretches.has(system);
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

  /** Chooses positions and adds up what carries them, stretch by stretch. */
  fill(ranges: readonly KeyRange[], job: Job): void {
    const chosen = this.systems.filter((system) => !this.#ofOneFile.has(system));
    for (const [index, range] of ranges.entries()) {
      if (!this.scope.movements.mayOverlap && chosen.length === 0) break;
      job.progress('positions', index, ranges.length);
      if (this.scope.movements.mayOverlap) this.#addSuperseded(range);
      for (const system of chosen) this.#choosePositions(system, range);
      job.checkCancelled();
    }
    const rows = movementRanges(this.workbook, this.scope.movements.rankOf.keys());
    for (const [index, range] of rows.entries()) {
      job.progress('movements', index, rows.length);
      for (const [system, stretch] of this.#stretches) {
        this.#addRolls(system, stretch, range);
        job.checkCancelled();
      }
      if (this.hasFlows) this.#addFlows(range);
      job.checkCancelled();
    }
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
    workbook.run('CREATE TEMP TABLE flows (stock_key_id INTEGER PRIMARY KEY, on_hand_scaled INTEGER NOT NULL)');
  }

  /** Each location's own bounds; answers the cut-offs. */
  #fillBounds(): readonly number[] {
    const { workbook, scope } = this;
    workbook.run(
      `CREATE TEMP TABLE bounds (location_id INTEGER PRIMARY KEY, start_instant INTEGER NOT NULL, cut_off_instant INTEGER NOT NULL,
         due_instant INTEGER NOT NULL, urgent_due_instant INTEGER NOT NULL)`,
    );
    const cutOffs = listLocations(workbook).map(({ location_id }) => {
      const bounds = scope.boundsAt(location_id);
      const { days, urgentDays } = scope.rules.due;
      workbook.run(
        'INSERT INTO temp.bounds VALUES (?, ?, ?, ?, ?)',
        location_id, bounds.startInstant, bounds.cutOffInstant, dueAfterDays(bounds, days), dueAfterDays(bounds, urgentDays),
      );
      return bounds.cutOffInstant;
    });
    return [...new Set(cutOffs)];
  }

  /** The rows of these lines that an earlier file already holds. */
  #addSuperseded({ first, last }: KeyRange): void {
    const same = SAME_POSTING.map((column) => `m.${column}`).join(', ');
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

  /** A view of the one file's rows, or a table into which the nearest figures are chosen. */
  #makePositions(system: System, isOfOneFile: boolean): void {
    const { workbook, scope } = this;
    const file = scope.snapshots.find((each) => each.spans[system])!;
    workbook.run(
      isOfOneFile
        ? `CREATE TEMP VIEW positions_${system} AS SELECT stock_key_id, ${POSITION_COLUMNS.join(', ')} FROM main.snapshots
           WHERE import_id = ${file.importId} AND system = '${system}'`
        : `CREATE TEMP TABLE positions_${system} (stock_key_id INTEGER PRIMARY KEY, cut_off_instant INTEGER NOT NULL,
             ${POSITION_COLUMNS.map((column) => `${column} INTEGER`).join(', ')})`,
    );
    const states = POSITION_STATES.map((state) => `${columnOf(state)} INTEGER NOT NULL`);
    workbook.run(`CREATE TEMP TABLE rolls_${system} (stock_key_id INTEGER PRIMARY KEY, ${states.join(', ')})`);
  }

  /** A system's figure nearest to the line's cut-off; of equals, the one imported later. */
  #choosePositions(system: System, { first, last }: KeyRange): void {
    for (const file of this.scope.snapshots) {
      if (!file.spans[system]) continue;
      this.workbook.run(
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
  #addRolls(system: System, { afterInstant, untilInstant }: Stretch, { importId, firstRow, lastRow }: RowRange): void {
    const sums = POSITION_STATES.map(
      (state) => `sum(CASE WHEN p.as_of_instant < b.cut_off_instant THEN 1 ELSE -1 END * ${effectSql((type) => weightOn(state, type))})`,
    );
    this.workbook.run(
      `INSERT INTO temp.rolls_${system} SELECT m.stock_key_id, ${sums.join(', ')}
       FROM movements m CROSS JOIN temp.positions_${system} p ON p.stock_key_id = m.stock_key_id
       CROSS JOIN stock_keys k ON k.stock_key_id = m.stock_key_id CROSS JOIN temp.bounds b ON b.location_id = k.location_id
       WHERE m.import_id = @importId AND m.row_number BETWEEN @firstRow AND @lastRow AND m.system = '${system}'
         AND m.posted_instant > @afterInstant AND m.posted_instant <= @untilInstant
         AND m.posted_instant > min(p.as_of_instant, b.cut_off_instant) AND m.posted_instant <= max(p.as_of_instant, b.cut_off_instant)
         AND ${this.inScopeSql}
       GROUP BY m.stock_key_id
       ON CONFLICT (stock_key_id) DO UPDATE SET ${POSITION_STATES.map((state) => `${columnOf(state)} = ${columnOf(state)} + excluded.${columnOf(state)}`).join(', ')}`,
      { importId, firstRow, lastRow, afterInstant, untilInstant },
    );
  }

  /** What the ERP itself posted on hand in the period, for lines with an opening. */
  #addFlows({ importId, firstRow, lastRow }: RowRange): void {
    this.workbook.run(
      `INSERT INTO temp.flows SELECT m.stock_key_id, sum(${onHandEffectSql})
       FROM movements m CROSS JOIN stock_keys k ON k.stock_key_id = m.stock_key_id CROSS JOIN temp.bounds b ON b.location_id = k.location_id
       WHERE m.import_id = ? AND m.row_number BETWEEN ? AND ? AND m.system = 'erp'
         AND m.posted_instant > b.start_instant AND m.posted_instant <= b.cut_off_instant AND ${this.inScopeSql}
       GROUP BY m.stock_key_id
       ON CONFLICT (stock_key_id) DO UPDATE SET on_hand_scaled = on_hand_scaled + excluded.on_hand_scaled`,
      importId,
      firstRow,
      lastRow,
    );
  }
}
