/**
 * What a locked period used cannot change under it: the workbook's own terms, units, reasons and accounts that were booked to, rules
 * and risk windows, source files, the certificates of those who signed.
 *
 * What the period took a copy of may change for later ones: costs, tiers and rules are stamped on its lines, names and profiles on its
 * imports, and the seal keeps the rest as it was in force.
 */
const LOCKED_LINE = (keys: string) => `EXISTS (SELECT 1 FROM stock_keys k CROSS JOIN periods p ON p.state = 'locked'
  JOIN lines l ON l.period_id = p.period_id AND l.stock_key_id = k.stock_key_id WHERE ${keys})`;
const LOCKED_TAG = `EXISTS (SELECT 1 FROM periods p JOIN tags t ON t.period_id = p.period_id WHERE p.state = 'locked' AND t.reason_code = OLD.reason_code)`;
const LOCKED_BOOKING = `EXISTS (SELECT 1 FROM periods p JOIN journals j ON j.period_id = p.period_id JOIN journal_lines b ON b.journal_id = j.journal_id
  WHERE p.state = 'locked' AND b.account_code = OLD.account_code)`;
const HAS_SIGNED = `(EXISTS (SELECT 1 FROM seals WHERE signer_id = OLD.person_id)
  OR EXISTS (SELECT 1 FROM reopenings WHERE OLD.person_id IN (asker_id, controller_id))
  OR EXISTS (SELECT 1 FROM journals j JOIN periods p ON p.period_id = j.period_id WHERE p.state = 'locked' AND OLD.person_id IN (j.preparer_id, j.named_approver_id)))`;
const TOUCHES = (row: 'NEW' | 'OLD') => `(${row}.from_instant < p.cut_off_instant AND ${row}.until_instant > p.start_instant)`;
const LOCKED_WINDOW = (condition: string) => `EXISTS (SELECT 1 FROM periods p WHERE p.state = 'locked' AND ${condition})`;
const OTHER_WINDOW = '(NEW.kind IS NOT OLD.kind OR NEW.item_id IS NOT OLD.item_id OR NEW.location_id IS NOT OLD.location_id)';
const ANY_LOCKED = `EXISTS (SELECT 1 FROM periods WHERE state = 'locked')`;
const LOCKED_SOURCE = `EXISTS (SELECT 1 FROM imports i JOIN periods p ON p.period_id = i.period_id WHERE i.sha256 = NEW.sha256 AND p.state = 'locked')`;

/** What is refused, when, and why: name, event with its table, condition, message after `period_locked: `. */
const FROZEN: readonly (readonly [name: string, event: string, when: string, why: string])[] = [
  ['workbook_locked_update', 'UPDATE OF workbook_uuid, company, currency, time_zone ON workbook', ANY_LOCKED, 'the terms of a workbook with a locked period cannot change'],
  ['workbook_locked_delete', 'DELETE ON workbook', ANY_LOCKED, 'the terms of a workbook with a locked period cannot change'],
  ['items_locked_unit', 'UPDATE OF uom ON items', `NEW.uom IS NOT OLD.uom AND ${LOCKED_LINE('k.item_id = OLD.item_id')}`, 'the unit that a locked period counted in cannot change'],
  ['items_locked_delete', 'DELETE ON items', LOCKED_LINE('k.item_id = OLD.item_id'), 'an item of a locked period cannot be deleted'],
  ['locations_locked_delete', 'DELETE ON locations', LOCKED_LINE('k.location_id = OLD.location_id'), 'a location of a locked period cannot be deleted'],
  ['stock_keys_locked_delete', 'DELETE ON stock_keys', LOCKED_LINE('k.stock_key_id = OLD.stock_key_id'), 'a line of a locked period keeps its key'],
  ['reason_codes_locked_update', 'UPDATE OF reason_code, class, posting, inventory_account, offset_account ON reason_codes', LOCKED_TAG, 'a reason that a locked period gave keeps its meaning'],
  ['reason_codes_locked_delete', 'DELETE ON reason_codes', LOCKED_TAG, 'a reason that a locked period gave keeps its meaning'],
  ['accounts_locked_update', 'UPDATE OF account_code, kind ON accounts', LOCKED_BOOKING, 'an account that a locked period booked to stays'],
  ['accounts_locked_delete', 'DELETE ON accounts', LOCKED_BOOKING, 'an account that a locked period booked to stays'],
  ['risk_windows_locked_insert', 'INSERT ON risk_windows', LOCKED_WINDOW(TOUCHES('NEW')), 'a risk window cannot begin to touch a locked period'],
  ['risk_windows_locked_update', 'UPDATE ON risk_windows', LOCKED_WINDOW(`(${TOUCHES('OLD')} <> ${TOUCHES('NEW')} OR (${TOUCHES('OLD')} AND ${OTHER_WINDOW}))`), 'what was a risk window in a locked period stays so'],
  ['risk_windows_locked_delete', 'DELETE ON risk_windows', LOCKED_WINDOW(TOUCHES('OLD')), 'what was a risk window in a locked period stays so'],
  ['rule_sets_locked_insert', 'INSERT ON rule_sets', LOCKED_WINDOW('p.code >= NEW.from_period'), 'a version of the rules cannot begin before a locked period'],
  ['source_files_no_delete', 'DELETE ON source_files', '1', 'a source file is kept'],
  ['source_file_parts_no_delete', 'DELETE ON source_file_parts', '1', 'a source file is kept'],
  ['source_file_parts_locked_insert', 'INSERT ON source_file_parts', LOCKED_SOURCE, 'a source file of a locked period is kept as it came'],
  ['people_signed_update', 'UPDATE OF person_id, name, email, certificate_pem, fingerprint ON people', HAS_SIGNED, 'whoever signed for a locked period stays who they are'],
  ['people_signed_delete', 'DELETE ON people', HAS_SIGNED, 'whoever signed for a locked period stays who they are'],
];

export const migration0018 = {
  version: 18,
  name: '0018-freeze-what-was-used',
  sql: FROZEN.map(
    ([name, event, when, why]) => /* sql */ `
CREATE TRIGGER ${name} BEFORE ${event} WHEN ${when}
BEGIN SELECT RAISE(ABORT, 'period_locked: ${why}'); END;`,
  ).join('\n'),
} as const;
