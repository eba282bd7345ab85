/**
 * Changing a workbook behind the program's back, as anybody with a SQLite program could.
 */
import Database from 'better-sqlite3';

/** What becomes of the triggers that refuse the change. */
export type Triggers = 'kept' | 'dropped' | 'dropped and put back';

type Cell = number | string | Buffer | null;

interface SchemaRow {
  readonly name: string;
  readonly sql: string;
}

/** Runs `change` on the file with plain SQL: no foreign keys, and triggers only where they are kept. */
export function tamper<T>(filePath: string, triggers: Triggers, change: (database: Database.Database) => T): T {
  const database = new Database(filePath);
  try {
    database.pragma('foreign_keys = OFF');
    database.pragma('synchronous = OFF');
    const rows = database.prepare(`SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'`).all() as SchemaRow[];
    if (triggers !== 'kept') for (const { name } of rows) database.exec(`DROP TRIGGER "${name}"`);
    const changed = change(database);
    if (triggers === 'dropped and put back') for (const { sql } of rows) database.exec(sql);
    return changed;
  } finally {
    database.close();
  }
}

/** Runs one statement that must change something. */
export const tamperBy = (filePath: string, triggers: Triggers, statement: string): void =>
  tamper(filePath, triggers, (database) => {
    if (database.prepare(statement).run().changes === 0) throw new Error(`changed nothing: ${statement}`);
  });

/** A generator of numbers in [0, 1) that gives the same numbers for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export interface Change {
  readonly table: string;
  readonly column: string;
  readonly isKey: boolean;
  readonly key: Readonly<Record<string, Cell>>;
  readonly then: Cell;
  readonly now: Cell;
}

/** Other values of the same kind, the likeliest to pass the table's own checks first. */
export function valuesBeside(database: Database.Database, table: string, column: string, value: Cell): readonly Cell[] {
  if (Buffer.isBuffer(value)) return [Buffer.concat([value.subarray(0, -1), Buffer.from([(value.at(-1) ?? 0) ^ 1])])];
  const held = database.prepare(`SELECT DISTINCT "${column}" FROM "${table}" WHERE "${column}" IS NOT NULL LIMIT 20`).pluck().all() as Cell[];
  const near: readonly Cell[] = typeof value === 'number' ? [value + 1, value - 1, value + 1_000_003] : typeof value === 'string' ? [`${value}x`, `${value} `, `${value.slice(0, -1)}${value.endsWith('0') ? '1' : '0'}`] : [1, 'x'];
  return [...near, ...held, null].filter((other) => other !== value);
}

/**
 * Changes one random value of one random row of one random table.
 *
 * @param tables each with a condition that keeps to the rows that are meant, `1` for all of them
 */
export function changeOneValue(database: Database.Database, tables: Readonly<Record<string, string>>, random: () => number): Change {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
  for (;;) {
    const [table, condition] = pick(Object.entries(tables));
    const columns = database.pragma(`table_info("${table}")`) as { readonly name: string; readonly pk: number }[];
    const keys = columns.filter(({ pk }) => pk > 0).map(({ name }) => name);
    const rows = database.prepare(`SELECT count(*) FROM "${table}" WHERE ${condition}`).pluck().get() as number;
    if (rows === 0) continue;
    const row = database
      .prepare(`SELECT * FROM "${table}" WHERE ${condition} ORDER BY ${keys.join(', ')} LIMIT 1 OFFSET ?`)
      .get(Math.floor(random() * rows)) as Record<string, Cell>;
    const column = pick(columns).name;
    const key = Object.fromEntries(keys.map((name) => [name, row[name]!]));
    const where = keys.map((name) => `"${name}" = ?`).join(' AND ');
    for (const now of valuesBeside(database, table, column, row[column]!)) {
      try {
        database.prepare(`UPDATE "${table}" SET "${column}" = ? WHERE ${where}`).run(now, ...Object.values(key));
        return { table, column, isKey: keys.includes(column), key, then: row[column]!, now };
      } catch (error) {
        // The table itself refuses that value: the next may pass.
        if (!(error instanceof Database.SqliteError)) throw error;
      }
    }
  }
}
