/**
 * What a unit held and what a kit was made of while a locked period was open cannot change under it. Both are dated: what holds from
 * the cut-off on is another row, and stays free. A unit that nobody had said before changes nothing that was read: that may be said.
 */
const READ_BY_LOCKED = (row: 'NEW' | 'OLD', item: string) => `EXISTS (SELECT 1 FROM periods p WHERE p.state = 'locked' AND ${row}.valid_from_instant < p.cut_off_instant
  AND EXISTS (SELECT 1 FROM stock_keys k JOIN lines l ON l.period_id = p.period_id AND l.stock_key_id = k.stock_key_id WHERE k.item_id = ${row}.${item}))`;
const HELD_BEFORE = `EXISTS (SELECT 1 FROM item_units o WHERE o.item_id = NEW.item_id AND o.unit = NEW.unit AND o.valid_from_instant <= NEW.valid_from_instant)`;
const UNIT = 'what a unit held in a locked period stays';
const RECIPE = 'what a kit was made of in a locked period stays';

const FROZEN: readonly (readonly [name: string, event: string, when: string, why: string])[] = [
  ['item_units_locked_insert', 'INSERT ON item_units', `${HELD_BEFORE} AND ${READ_BY_LOCKED('NEW', 'item_id')}`, UNIT],
  ['item_units_locked_update', 'UPDATE ON item_units', `${READ_BY_LOCKED('OLD', 'item_id')} OR ${READ_BY_LOCKED('NEW', 'item_id')}`, UNIT],
  ['item_units_locked_delete', 'DELETE ON item_units', READ_BY_LOCKED('OLD', 'item_id'), UNIT],
  ['kit_parts_locked_insert', 'INSERT ON kit_parts', READ_BY_LOCKED('NEW', 'kit_item_id'), RECIPE],
  ['kit_parts_locked_update', 'UPDATE ON kit_parts', `${READ_BY_LOCKED('OLD', 'kit_item_id')} OR ${READ_BY_LOCKED('NEW', 'kit_item_id')}`, RECIPE],
  ['kit_parts_locked_delete', 'DELETE ON kit_parts', READ_BY_LOCKED('OLD', 'kit_item_id'), RECIPE],
];

export const migration0020 = {
  version: 20,
  name: '0020-freeze-units-and-recipes',
  sql: FROZEN.map(
    ([name, event, when, why]) => /* sql */ `
CREATE TRIGGER ${name} BEFORE ${event} WHEN ${when}
BEGIN SELECT RAISE(ABORT, 'period_locked: ${why}'); END;`,
  ).join('\n'),
} as const;
