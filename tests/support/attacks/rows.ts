/**
 * Attacks on single rows, made from the schema: every column of a row changed, a row deleted, a row put in, for every table of which
 * rows are sealed. A new table or column is attacked without a word here; what is not covered has to be said in `NOT_COVERED`.
 */
import Database from 'better-sqlite3';
import { SEALED_TABLES, type SealedTable } from '../../../electron/services/sign-off/sealed-content';
import { valuesBeside, tamper } from '../tamper';
import type { Attack, FoundBy } from './attack';

type Row = Readonly<Record<string, number | string | Buffer | null>>;

/** Columns, or whole tables, that no seal holds fast, each with the reason. `TABLE.*` stands for all that are not named. */
export const NOT_COVERED: Readonly<Record<string, string>> = {
  'workbook.materiality_minor': 'an older setting; the rules of the period hold the limits',
  'workbook.is_sample': 'whether it is the sample company',
  'workbook.created_instant': 'no figure rests on it',
  'items.*': 'name, cost, tier and category go on with later months; the sealed lines keep those they were reconciled with',
  'locations.*': 'the name may change; the sealed lines keep the code',
  'reason_codes.*': 'name, owner and next step may change; what it books to may not',
  'accounts.*': 'the name may change; the kind may not',
  'risk_windows.*': 'a window may be moved as long as it touches the period as before',
  'item_aliases.*': 'a name may mean something else later; the rows keep what they were read as',
  'location_aliases.*': 'a name may mean something else later; the rows keep what they were read as',
  'unit_aliases.*': 'a name may mean something else later; the rows keep what they were read as',
  'item_units.*': 'units go on with later months; the rows keep the quantity they were read as',
  'kit_parts.*': 'parts go on with later months; the sealed components keep what they were worked out from',
};

/** Rows of these belong to a period through rows of another table: one more of them alone is not the period's. */
export const NOTHING_TO_PUT_IN: readonly string[] = [
  'workbook', 'periods', 'source_files', 'rule_sets', 'attached_files', 'stock_keys', 'items', 'locations', 'people', 'reason_codes', 'accounts',
  'item_aliases', 'location_aliases', 'unit_aliases',
];

/** Columns that are no part of a sealed row and are held fast otherwise, and how that is named. */
const NAMED_OTHERWISE: Readonly<Record<string, readonly string[]>> = {
  'periods.state': ['periods, 2026-09: state was "locked"'],
  'periods.locked_instant': ['periods, 2026-09: state was "locked"'],
  'trusted_roots.withdrawn_instant': ['trusted_roots, ', 'the trail does not tell that it was withdrawn'],
  'trusted_roots.withdrawn_by': ['trusted_roots, ', 'withdrawn_by is '],
  'trusted_roots.withdrawn_why': ['trusted_roots, ', 'withdrawn_why is '],
  // It then sets another seal aside than the one that it was signed for.
  'reopenings.seal_id': ['reopenings, 2026-09: the seal that it sets aside is not the one that it names'],
  // Every item has its units: the row can only be given to an item that is not there.
  'item_units.item_id': ['item_units, row ', 'refers to a row of items that is not there'],
  'source_files.deflated_content': ['source_files, ', 'the content no longer has the SHA-256'],
};

interface Column {
  readonly name: string;
  readonly pk: number;
}

const columnsOf = (database: Database.Database, table: string) => database.pragma(`table_info("${table}")`) as Column[];
const sealedRowsOf = (database: Database.Database, { sql }: SealedTable, periodId: number) => database.prepare(sql).all(periodId) as Row[];
const nameOf = (row: Row, key: readonly string[]) => JSON.stringify(key.map((column) => row[column]));

/** A row that the seal compares: for tables of which only some rows are meant the first that is named in the period. */
const CHOSEN: Readonly<Record<string, string>> = {
  reason_codes: 'reason_code IN (SELECT reason_code FROM tags WHERE period_id = 1)',
  accounts: 'account_code IN (SELECT account_code FROM journal_lines)',
  risk_windows: 'from_instant < (SELECT cut_off_instant FROM periods WHERE period_id = 1) AND until_instant > (SELECT start_instant FROM periods WHERE period_id = 1)',
};

/** The row to attack, whole: its sealed columns with those that are kept besides. */
function chosenRow(database: Database.Database, table: SealedTable, periodId: number, at: number): { readonly row: Row; readonly where: string; readonly values: readonly Row[string][] } {
  const keys = columnsOf(database, table.table).filter(({ pk }) => pk > 0).map(({ name }) => name);
  const where = keys.map((name) => `"${name}" = ?`).join(' AND ');
  const meant = CHOSEN[table.table] ? (database.prepare(`SELECT * FROM ${table.table} WHERE ${CHOSEN[table.table]}`).all() as Row[]) : sealedRowsOf(database, table, periodId);
  const sealed = meant[Math.floor(at * meant.length)]!;
  const values = keys.map((name) => sealed[name]!);
  return { row: database.prepare(`SELECT * FROM "${table.table}" WHERE ${where}`).get(...values) as Row, where, values };
}

/** Tries values until the table takes one, and as the last resort goes around its checks. */
function firstTaken(database: Database.Database, attempts: readonly (() => boolean)[]): void {
  for (const isChecked of [true, false]) {
    database.pragma(`ignore_check_constraints = ${isChecked ? 'OFF' : 'ON'}`);
    for (const attempt of attempts) {
      try {
        if (attempt()) return;
      } catch (error) {
        if (!(error instanceof Database.SqliteError)) throw error;
      }
    }
  }
  throw new Error('no value passes');
}

function update(filePath: string, table: SealedTable, column: string, periodId: number, at: number): readonly string[] {
  return tamper(filePath, 'dropped and put back', (database) => {
    const { row, where, values } = chosenRow(database, table, periodId, at);
    firstTaken(database, valuesBeside(database, table.table, column, row[column]!).map((value) => () => database.prepare(`UPDATE "${table.table}" SET "${column}" = ? WHERE ${where}`).run(value, ...values).changes === 1));
    const otherwise = NAMED_OTHERWISE[`${table.table}.${column}`];
    if (otherwise) return otherwise;
    const name = nameOf(row, table.key);
    const stays = sealedRowsOf(database, table, periodId).some((each) => nameOf(each, table.key) === name);
    return [`${table.table}, ${table.key[0]} `, stays ? `: ${column} was ` : ': the row is gone'];
  });
}

function remove(filePath: string, table: SealedTable, periodId: number, at: number): readonly string[] {
  return tamper(filePath, 'dropped and put back', (database) => {
    const { where, values } = chosenRow(database, table, periodId, at);
    database.prepare(`DELETE FROM "${table.table}" WHERE ${where}`).run(...values);
    return [`${table.table}, `, 'gone'];
  });
}

/** A row like one that is there, under a key of its own. */
function putIn(filePath: string, table: SealedTable, periodId: number, at: number): readonly string[] {
  return tamper(filePath, 'dropped and put back', (database) => {
    const { row } = chosenRow(database, table, periodId, at);
    const columns = columnsOf(database, table.table);
    const unique = (database.pragma(`index_list("${table.table}")`) as { name: string; unique: number; origin: string }[])
      .filter((index) => index.unique === 1 && index.origin !== 'pk')
      .map(({ name }) => (database.pragma(`index_info("${name}")`) as Column[]).at(-1)!.name);
    const other = (column: string) => {
      const value = row[column]!;
      return typeof value === 'number' ? (database.prepare(`SELECT max("${column}") + 1 FROM "${table.table}"`).pluck().get() as number) : valuesBeside(database, table.table, column, value).find((each) => typeof each === 'string')!;
    };
    const before = sealedRowsOf(database, table, periodId).length;
    const keys = columns.filter(({ pk }) => pk > 0).map(({ name }) => name).reverse();
    firstTaken(database, keys.map((key) => () => {
      const changed: Row = { ...row, ...Object.fromEntries(unique.map((column) => [column, other(column)])), [key]: other(key) };
      const names = Object.keys(changed);
      let isOfPeriod = false;
      database.exec('SAVEPOINT attempt');
      try {
        database.prepare(`INSERT INTO "${table.table}" (${names.map((name) => `"${name}"`).join(', ')}) VALUES (${names.map(() => '?').join(', ')})`).run(...Object.values(changed));
        isOfPeriod = sealedRowsOf(database, table, periodId).length === before + 1;
      } finally {
        database.exec(isOfPeriod ? 'RELEASE attempt' : 'ROLLBACK TO attempt; RELEASE attempt');
      }
      return isOfPeriod;
    }));
    // Of these the trail has to tell, and a reopening is held against the seal that it names.
    return table.mayGrow || table.table === 'reopenings' ? [`${table.table}, `] : [`${table.table}, `, ': the row was added after the seal'];
  });
}

function foundBy(table: SealedTable, column: string, sealedColumns: readonly string[]): FoundBy {
  const isHeld = table.compared && (table.comparedColumns ? table.comparedColumns.includes(column) : sealedColumns.includes(column));
  if (isHeld || NAMED_OTHERWISE[`${table.table}.${column}`]) return 'the file';
  const why = NOT_COVERED[`${table.table}.${column}`] ?? NOT_COVERED[`${table.table}.*`];
  if (why === undefined) throw new Error(`${table.table}.${column} is in no seal, and it is not said why`);
  return { nothing: why };
}

/**
 * Every attack on a single row.
 *
 * @param random which row of a table is attacked, in [0, 1)
 */
export function rowAttacks(workbookPath: string, periodId: number, random: () => number): Attack[] {
  const database = new Database(workbookPath, { readonly: true });
  try {
    return SEALED_TABLES.flatMap((table): Attack[] => {
      const sealedColumns = Object.keys(sealedRowsOf(database, table, periodId)[0] ?? {});
      const attack = (name: string, by: FoundBy, run: (filePath: string, at: number) => readonly string[]): Attack => {
        const at = random();
        return { group: `rows of ${table.table}`, name, verified: 'workbook', foundBy: by, run: ({ workbookPath: filePath }) => run(filePath, at) };
      };
      const whole: FoundBy = table.compared ? 'the file' : { nothing: NOT_COVERED[`${table.table}.*`] ?? '' };
      return [
        ...columnsOf(database, table.table).map(({ name }) => attack(`${table.table}.${name} changed`, foundBy(table, name, sealedColumns), (filePath, at) => update(filePath, table, name, periodId, at))),
        attack(`a row of ${table.table} deleted`, whole, (filePath, at) => remove(filePath, table, periodId, at)),
        ...(NOTHING_TO_PUT_IN.includes(table.table) ? [] : [attack(`a row of ${table.table} put in`, whole, (filePath, at) => putIn(filePath, table, periodId, at))]),
      ];
    });
  } finally {
    database.close();
  }
}
