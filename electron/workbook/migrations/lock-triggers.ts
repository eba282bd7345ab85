/**
 * Triggers that refuse every change of rows that belong to a locked period. Dropping a table drops them too: a migration
 * that makes a table anew makes them anew.
 */
const refuseWhenLocked = (table: string, verb: 'INSERT' | 'UPDATE' | 'DELETE', row: 'NEW' | 'OLD', locked: string) => /* sql */ `
CREATE TRIGGER ${table}_locked_${verb.toLowerCase()}_${row.toLowerCase()} BEFORE ${verb} ON ${table}
WHEN ${locked}
BEGIN SELECT RAISE(ABORT, 'period_locked: ${table} of a locked period cannot change'); END;`;

/** The condition that a row belongs to a locked period. */
export type LockedFor = (row: 'NEW' | 'OLD') => string;

/** Rows that belong to a period through a row of another table. */
export const lockedThrough =
  (owner: string, key: string): LockedFor =>
  (row) =>
    `(SELECT p.state FROM ${owner} o JOIN periods p USING (period_id) WHERE o.${key} = ${row}.${key}) = 'locked'`;

export function lockTriggers(table: string, lockedFor: LockedFor): string {
  return [
    refuseWhenLocked(table, 'INSERT', 'NEW', lockedFor('NEW')),
    refuseWhenLocked(table, 'UPDATE', 'OLD', lockedFor('OLD')),
    refuseWhenLocked(table, 'UPDATE', 'NEW', lockedFor('NEW')),
    refuseWhenLocked(table, 'DELETE', 'OLD', lockedFor('OLD')),
  ].join('\n');
}
