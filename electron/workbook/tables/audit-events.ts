/**
 * Events of the audit trail, found by what they hold. The trail only grows, so whoever pages through what was found keeps its
 * sequences and reads each page by them.
 */
import type { AuditFilter } from '@shared/domain/audit-filter';
import type { AuditEventRow } from '../audit';
import type { ReadableWorkbook, SqlValue } from '../workbook';

/** `item.sku, location.code` of the line that an event is about. */
const LINE_OF_EVENT_SQL = `SELECT i.sku || ', ' || c.code FROM stock_keys k JOIN items i USING (item_id) JOIN locations c USING (location_id)
  WHERE e.subject LIKE 'line:%' AND k.stock_key_id = CAST(substr(e.subject, 6) AS INTEGER)`;

const holds = (text: string, name: keyof AuditFilter): string => `instr(lower(${text}), lower(@${name})) > 0`;

/** Where an event holds a reason: a code before or after, and what a person wrote. */
const REASON_PATHS = ['before.reason', 'after.reason', 'change.reason', 'before.note', 'after.note', 'reason', 'why', 'note', 'comment', 'override', 'noSecondPerson'];
const REASONS_SQL = REASON_PATHS.map((path) => `coalesce(e.detail ->> '$.${path}', '')`).join(` || char(10) || `);

const CONDITIONS: Readonly<Record<keyof AuditFilter, string>> = {
  text: `(${holds(`e.actor || ' ' || e.action || ' ' || e.subject || ' ' || e.detail`, 'text')} OR ${holds(`coalesce((${LINE_OF_EVENT_SQL}), '')`, 'text')})`,
  periodId: 'e.period_id = @periodId',
  person: holds('e.actor', 'person'),
  // Through the index by period and subject: lines are few beside what happened to them.
  line: `(e.period_id IS NULL OR e.period_id IN (SELECT period_id FROM periods))
    AND e.subject IN (SELECT 'line:' || k.stock_key_id FROM stock_keys k JOIN items i USING (item_id) JOIN locations c USING (location_id) WHERE ${holds(`i.sku || ', ' || c.code`, 'line')})`,
  action: `(e.action = @action OR e.action LIKE @action || '.%')`,
  reason: holds(REASONS_SQL, 'reason'),
  fromInstant: 'e.at_instant >= @fromInstant',
  untilInstant: 'e.at_instant < @untilInstant',
};

function conditionsOf(filter: AuditFilter): { readonly sql: string; readonly values: Record<string, SqlValue> } {
  const asked = (Object.keys(CONDITIONS) as (keyof AuditFilter)[]).filter((name) => filter[name] !== '' && filter[name] !== null);
  return { sql: asked.map((name) => `AND ${CONDITIONS[name]}`).join(' '), values: Object.fromEntries(asked.map((name) => [name, filter[name]])) };
}

/** The sequences of the events after `after` that the filter finds, oldest first. */
export function findEvents(workbook: ReadableWorkbook, filter: AuditFilter, after = 0): number[] {
  const { sql, values } = conditionsOf(filter);
  return workbook.column(`SELECT e.sequence FROM audit_events e WHERE e.sequence > @after ${sql} ORDER BY e.sequence`, { ...values, after });
}

export interface NamedEventRow extends AuditEventRow {
  readonly period_code: string | null;
  readonly stock_key_id: number | null;
  readonly line_name: string | null;
}

const NAMED_SQL = `SELECT e.*, p.code AS period_code, k.stock_key_id, i.sku || ', ' || c.code AS line_name FROM audit_events e LEFT JOIN periods p USING (period_id)
  LEFT JOIN stock_keys k ON e.subject LIKE 'line:%' AND k.stock_key_id = CAST(substr(e.subject, 6) AS INTEGER)
  LEFT JOIN items i USING (item_id) LEFT JOIN locations c USING (location_id)`;

/** The events of these sequences with the names of their periods and lines, newest first. */
export const namedEvents = (workbook: ReadableWorkbook, sequences: readonly number[]): NamedEventRow[] =>
  workbook.all<NamedEventRow>(`${NAMED_SQL} WHERE e.sequence IN (SELECT value FROM json_each(?)) ORDER BY e.sequence DESC`, JSON.stringify(sequences));

/** Every event of one subject of a period, oldest first. */
export const namedEventsOf = (workbook: ReadableWorkbook, periodId: number, subject: string): NamedEventRow[] =>
  workbook.all<NamedEventRow>(`${NAMED_SQL} WHERE e.period_id = ? AND e.subject = ? ORDER BY e.sequence`, periodId, subject);

/** Events as they are chained, oldest first: all, or those of the sequences. */
export const chainedEvents = (workbook: ReadableWorkbook, sequences?: readonly number[]): IterableIterator<AuditEventRow> =>
  sequences === undefined
    ? workbook.iterate<AuditEventRow>('SELECT * FROM audit_events ORDER BY sequence')
    : workbook.iterate<AuditEventRow>('SELECT * FROM audit_events WHERE sequence IN (SELECT value FROM json_each(?)) ORDER BY sequence', JSON.stringify(sequences));

/** Each person, or each action, with how many events; by name. */
export const tallyEvents = (workbook: ReadableWorkbook, by: 'actor' | 'action'): { name: string; events: number }[] =>
  workbook.all(`SELECT ${by} AS name, count(*) AS events FROM audit_events GROUP BY ${by} ORDER BY ${by}`);
