/**
 * Conditions on single columns (`shared/domain/column-filter.ts`) in SQL over lines `l` and tags `t`.
 *
 * What is asked of items and locations is looked up among these, which are far fewer than lines, and never joins their names.
 */
import { type ColumnCondition, type ColumnFilter, FILTERED_COLUMN_NAMES, type FilteredColumn } from '@shared/domain/column-filter';
import type { SqlValue } from '../workbook';

type ConditionOf<Kind extends ColumnCondition['kind']> = Extract<ColumnCondition, { kind: Kind }>;

/** Small letters as SQLite makes them: those of the Latin alphabet alone. */
export const smallLetters = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

function textSql(expression: string, { is }: ConditionOf<'text'>, value: string): string {
  if (is === 'holds' || is === 'lacks') return `instr(lower(coalesce(${expression}, '')), ${value}) ${is === 'holds' ? '>' : '='} 0`;
  return `lower(coalesce(${expression}, '')) ${is === 'equals' ? '=' : '<>'} ${value}`;
}

/** Of the days `[start, end)`: before is before the first instant, after is from the end on. An unknown day fits none. */
const DAY_SQL: Readonly<Record<ConditionOf<'day'>['is'], (day: string, start: string, end: string) => string>> = {
  '=': (day, start, end) => `(${day} >= ${start} AND ${day} < ${end})`,
  '<>': (day, start, end) => `(${day} < ${start} OR ${day} >= ${end})`,
  '<': (day, start) => `${day} < ${start}`,
  '<=': (day, _start, end) => `${day} < ${end}`,
  '>': (day, _start, end) => `${day} >= ${end}`,
  '>=': (day, start) => `${day} >= ${start}`,
};

/** Lines of the items or locations that fit. */
const OF_ITEMS = (condition: string): string => `l.stock_key_id IN (SELECT stock_key_id FROM stock_keys WHERE item_id IN (SELECT item_id FROM items WHERE ${condition}))`;
const OF_LOCATIONS = (condition: string): string =>
  `l.stock_key_id IN (SELECT stock_key_id FROM stock_keys WHERE location_id IN (SELECT location_id FROM locations WHERE ${condition}))`;

const LOOKED_UP: Partial<Record<FilteredColumn, readonly [string, (condition: string) => string]>> = {
  sku: ['sku', OF_ITEMS], itemName: ['name', OF_ITEMS], location: ['code', OF_LOCATIONS],
};

/** Whoever is set, else whoever is proposed: as lines are put into groups by owner. */
const OWNER_SQL = 'coalesce(t.owner, l.suggested_owner)';

/**
 * The conditions of a column filter, each on its own, with the values they name.
 *
 * @param columnSql each column as an expression over lines and tags
 */
export function columnConditions(
  filter: ColumnFilter, columnSql: Readonly<Record<FilteredColumn, string>>,
): { readonly sql: readonly string[]; readonly values: Readonly<Record<string, SqlValue>> } {
  const values: Record<string, SqlValue> = {};
  const sqlOf = (column: FilteredColumn, condition: ColumnCondition): string => {
    const named = (part: string, value: SqlValue): string => {
      values[`${column}${part}`] = value;
      return `@${column}${part}`;
    };
    const [own, within] = LOOKED_UP[column] ?? [undefined, (sql: string) => sql];
    const expression = own ?? (column === 'owner' ? OWNER_SQL : columnSql[column]);
    switch (condition.kind) {
      case 'text':
        return within(textSql(expression, condition, named('Text', smallLetters(condition.text))));
      case 'figure':
        return `${expression} ${condition.is} ${named('Figure', condition.figure)}`;
      case 'span':
        return `${expression} BETWEEN ${named('Least', condition.least)} AND ${named('Most', condition.most)}`;
      case 'known':
        return `${expression} IS ${condition.isKnown ? 'NOT ' : ''}NULL`;
      case 'choice': {
        const keys = named('Keys', JSON.stringify(condition.keys.filter((key) => key !== null)));
        const isAmong = `CASE WHEN (${expression}) IS NULL THEN ${condition.keys.includes(null) ? 1 : 0} ELSE (${expression}) IN (SELECT value FROM json_each(${keys})) END`;
        return within(condition.isOneOf ? isAmong : `NOT (${isAmong})`);
      }
      case 'day':
        return DAY_SQL[condition.is](`(${expression})`, named('Start', condition.startInstant), named('End', condition.endInstant));
    }
  };
  const sql = FILTERED_COLUMN_NAMES.flatMap((column) => {
    const condition = filter[column];
    return condition ? [`(${sqlOf(column, condition)})`] : [];
  });
  return { sql, values };
}

