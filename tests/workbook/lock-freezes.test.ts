/**
 * What a locked period used cannot change under it: each way that there is, through the services and by plain SQL.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { REPORT_IDS, ReportRequest } from '@shared/domain/report';
import { silentJob, type ServiceContext } from '../../electron/services/context';
import { issueCountSheets } from '../../electron/services/count-sheets/issue';
import { compareWithPeriod, undoImport } from '../../electron/services/imports';
import { setLocationTimeZone } from '../../electron/services/location-bounds';
import { createPeriod, findPeriodByCode } from '../../electron/services/periods';
import { mapAlias, setUnit } from '../../electron/services/quarantine';
import { reconcilePeriod } from '../../electron/services/reconciliation/reconcile';
import { readReport } from '../../electron/services/reports';
import { setItemTier } from '../../electron/services/rules/item-tier';
import { addRiskWindow } from '../../electron/services/rules/risk-windows';
import { itemIdOf, listItemUnits, listKitParts } from '../../electron/workbook/tables/items';
import { verifyWorkbook } from '../../electron/services/sign-off/verify-workbook';
import { SheetChoice } from '@shared/domain/count-sheet';
import { accepted, contentOf, importFile, requestFor } from '../support/imports';
import { sampleContext } from '../support/sample-session';

let context: ServiceContext;
let locked = 0;
let open = 0;
const csv = (name: string, ...rows: string[]) => ({ name, text: `${rows.join('\n')}\n` });
const fixture = () => ({ workbook: context.workbook, context, periodId: open, folder: '', contextWith: () => context });
/** Every figure of every report of the locked month. */
const figures = () =>
  REPORT_IDS.map((report) => {
    const read = accepted(readReport(context.workbook, ReportRequest.parse({ periodId: locked, report, systems: { left: 'erp', right: 'storefront' } })));
    return [report, read.sections.map(({ id, rows, total }) => [id, rows, total])];
  });
const findings = () => verifyWorkbook(context.workbook, silentJob).checks.flatMap((check) => check.findings);

beforeAll(async () => {
  const sample = await sampleContext(afterAll);
  context = sample.context;
  locked = findPeriodByCode(context.workbook, '2026-09')!.periodId;
  open = findPeriodByCode(context.workbook, '2026-10')!.periodId;
});

describe('by plain SQL', () => {
  test.each([
    `UPDATE workbook SET currency = 'EUR'`,
    `UPDATE workbook SET time_zone = 'UTC'`,
    `UPDATE items SET uom = 'case' WHERE item_id = (SELECT item_id FROM stock_keys LIMIT 1)`,
    `UPDATE items SET sku = 'X' WHERE item_id = (SELECT item_id FROM stock_keys LIMIT 1)`,
    `UPDATE locations SET code = 'X'`,
    'DELETE FROM items', 'DELETE FROM locations', 'DELETE FROM stock_keys', 'UPDATE stock_keys SET item_id = item_id',
    `UPDATE reason_codes SET inventory_account = '1000' WHERE reason_code IN (SELECT reason_code FROM tags)`,
    `UPDATE reason_codes SET class = 'timing' WHERE reason_code IN (SELECT reason_code FROM tags)`,
    'DELETE FROM reason_codes', 'DELETE FROM accounts',
    `UPDATE accounts SET kind = 'income' WHERE account_code IN (SELECT account_code FROM journal_lines)`,
    `INSERT INTO risk_windows (kind, from_instant, until_instant, note) SELECT 'promotion', start_instant, cut_off_instant, 'x' FROM periods WHERE state = 'locked'`,
    `INSERT INTO rule_sets (from_period, rules, made_instant, made_by, why) SELECT '2026-09', rules, 1, 'x', 'x' FROM rule_sets LIMIT 1`,
    'UPDATE rule_sets SET why = why', 'DELETE FROM rule_sets',
    'DELETE FROM source_files', 'DELETE FROM source_file_parts', `UPDATE source_files SET file_name = 'x'`, `UPDATE source_file_parts SET part_number = 9`,
    `INSERT INTO source_file_parts SELECT sha256, 99, x'00' FROM imports WHERE period_id = 1 LIMIT 1`,
    `UPDATE people SET certificate_pem = 'x' WHERE person_id IN (SELECT signer_id FROM seals)`, `UPDATE people SET name = 'Eve' WHERE person_id IN (SELECT preparer_id FROM journals)`,
    'DELETE FROM people',
    `UPDATE item_units SET factor_scaled = 70000`, 'DELETE FROM item_units', `UPDATE item_units SET valid_from_instant = (SELECT cut_off_instant FROM periods WHERE period_id = 1)`,
    `INSERT INTO item_units SELECT item_id, unit, 1, 70000 FROM item_units LIMIT 1`,
    'UPDATE kit_parts SET quantity_scaled = 10000 + quantity_scaled', 'DELETE FROM kit_parts', 'INSERT INTO kit_parts SELECT kit_item_id, 1, part_item_id, 70000 FROM kit_parts LIMIT 1',
    `INSERT INTO kit_parts SELECT k.item_id, 0, (SELECT max(item_id) FROM items), 10000 FROM stock_keys k JOIN lines l USING (stock_key_id) WHERE l.period_id = 1 LIMIT 1`,
    `UPDATE imports SET state = 'undone' WHERE period_id = 1`, 'UPDATE lines SET unit_cost_scaled = 1 WHERE period_id = 1', 'DELETE FROM components', 'UPDATE tags SET note = note',
    'UPDATE closings SET quantity_scaled = 0', 'UPDATE periods SET window_hours = 1', 'DELETE FROM periods', 'UPDATE journals SET number = number', 'DELETE FROM journal_lines',
    'UPDATE counts SET counted_scaled = 0', 'UPDATE movements SET quantity_scaled = 1', 'UPDATE snapshots SET unit_cost_scaled = 1', 'DELETE FROM quarantine_rows', 'DELETE FROM alias_uses',
    `INSERT INTO period_locations (period_id, location_id, window_hours) VALUES (1, 1, 1)`, 'DELETE FROM trial_balances',
  ])('%s is refused', (statement) => {
    context.workbook.database.pragma('foreign_keys = OFF');
    try {
      expect(() => context.workbook.run(statement)).toThrow(/locked|kept|never|in use|append-only/);
    } finally {
      context.workbook.database.pragma('foreign_keys = ON');
    }
  });
});

describe('through the services', () => {
  test('costs, tiers, categories, names and time zones of later months move no figure of the locked one', async () => {
    const before = figures();
    const { sku, name } = context.workbook.get<{ sku: string; name: string }>(
      'SELECT i.sku, i.name FROM items i JOIN stock_keys k USING (item_id) JOIN lines l USING (stock_key_id) WHERE l.period_id = ? AND l.variance_scaled <> 0 LIMIT 1', locked,
    )!;
    await importFile(fixture(), csv('items.csv', 'sku,name,category,tier,unit_cost,pack_size', `${sku},"${name}",Other,C,99.99,7`));
    expect(context.workbook.get('SELECT category, unit_cost_scaled FROM items WHERE sku = ?', sku)).toEqual({ category: 'Other', unit_cost_scaled: 99_990_000 });
    accepted(setItemTier(context, sku, 'A', 'Sells fast'));
    accepted(mapAlias(context, { source: 'plain', kind: 'item', alias: 'SOMETHING ELSE', targetCode: sku }));
    accepted(setLocationTimeZone(context, { location: 'Portland', timeZone: 'America/New_York', why: 'It moved' }));
    expect(figures()).toEqual(before);
    expect(findings()).toEqual([]);
  });

  test('a unit that the locked month counted in, a risk window in it, its reconciliation and its count sheets are refused by name', async () => {
    const sku = 'MUG-BLU-11';
    const result = await importFile(fixture(), csv('units.csv', 'sku,name,uom', `${sku},Mug,case`));
    expect(result.rehearsal.rowsQuarantined).toBe(1);
    expect(context.workbook.get<{ detail: string }>('SELECT detail FROM quarantine_rows WHERE import_id = ?', result.importId)!.detail).toContain('2026-09, which is locked: its unit cannot become case');
    const { start_instant: fromInstant, cut_off_instant: untilInstant } = context.workbook.get<{ start_instant: number; cut_off_instant: number }>('SELECT * FROM periods WHERE period_id = ?', locked)!;
    expect(addRiskWindow(context, { kind: 'promotion', sku: null, location: null, fromInstant, untilInstant, note: '' }, 'x')).toMatchObject({ failure: 'period_locked' });
    expect(reconcilePeriod(context, locked)).toMatchObject({ failure: 'period_locked' });
    expect(await issueCountSheets(context, { ...SheetChoice.parse({ periodId: locked, locations: ['Portland'] }), path: '/nowhere.csv', paper: null })).toMatchObject({ failure: 'period_locked' });
    expect(findings()).toEqual([]);
  });

  test('what a unit held and what a kit was made of is refused by name in a period before, and is said anew for a later one', async () => {
    const august = accepted(createPeriod(context, '2026-08', 48)).periodId;
    const heldAt = (periodId: number, sku: string) => {
      const itemId = itemIdOf(context.workbook, sku)!;
      const { start_instant: at } = context.workbook.get<{ start_instant: number }>('SELECT start_instant FROM periods WHERE period_id = ?', periodId)!;
      return { cases: listItemUnits(context.workbook, itemId).find(({ unit, valid_from_instant: since }) => unit === 'case' && since <= at)?.factor_scaled, parts: listKitParts(context.workbook, itemId, at).length };
    };
    const [mug, kit] = [heldAt(locked, 'MUG-BLU-11'), heldAt(locked, 'GIFT-SET-1')];
    expect([mug.cases, kit.parts]).toEqual([360_000, 2]);
    expect(setUnit(context, { periodId: august, itemCode: 'MUG-BLU-11', unit: 'case', factor: '24' })).toMatchObject({
      failure: 'period_locked', message: 'One case of MUG-BLU-11 holds 36 each in 2026-09, which is locked: it cannot become 24 before that period ends. Say it in a later period.',
    });
    const items = csv('recipes.csv', 'sku,name,kit_of,pack_size', 'MUG-BLU-11,Mug,,24', 'GIFT-SET-1,Set,MUG-BLU-11*1,');
    const { importId } = await importFile({ ...fixture(), periodId: august } as never, items);
    expect(context.workbook.all<{ detail: string }>('SELECT detail FROM quarantine_rows WHERE import_id = ? ORDER BY row_number', importId).map(({ detail }) => detail)).toEqual([
      'MUG-BLU-11 comes in cases of 36 in 2026-09, which is locked: the size of its pack cannot change before that period ends. Say it in a file of a later period.',
      'GIFT-SET-1 is a line of 2026-09, which is locked: its recipe cannot change before that period ends. Say it in a file of a later period.',
    ]);
    const later = await importFile(fixture(), { ...items, name: 'later.csv' });
    expect(later.rehearsal.rowsQuarantined).toBe(0);
    expect([heldAt(locked, 'MUG-BLU-11'), heldAt(locked, 'GIFT-SET-1')]).toEqual([mug, kit]);
    expect([heldAt(open, 'MUG-BLU-11').cases, heldAt(open, 'GIFT-SET-1').parts]).toEqual([240_000, 1]);
    // A kit that the locked month had no recipe of has its first from the later month on.
    const first = await importFile(fixture(), csv('first.csv', 'sku,name,kit_of', 'MUG-BLU-15,Mug,MUG-BLU-11*2'));
    expect(first.rehearsal.rowsQuarantined).toBe(0);
    expect([heldAt(locked, 'MUG-BLU-15').parts, heldAt(open, 'MUG-BLU-15').parts]).toEqual([0, 1]);
    accepted(await undoImport(context, { importId: later.importId, why: 'Not yet' }));
    expect(heldAt(open, 'MUG-BLU-11').cases).toBe(360_000);
    expect(findings()).toEqual([]);
  });

  test('a later file whose dates touch the locked month is a comparison: it says what would have changed and writes only that it was asked', async () => {
    const file = csv('counts.csv', 'sheet,line,sku,location,counted,counted_at', 'Z,1,MUG-BLU-11,Portland,1,2026-09-30T18:00:00-07:00');
    const before = contentOf(fixture() as never);
    await expect(importFile({ ...fixture(), periodId: locked } as never, file)).rejects.toThrow(/period_locked: Period 2026-09 is locked: nothing can be imported into it\. Compare the file with it/);
    expect(contentOf(fixture() as never)).toEqual(before);
    const comparison = accepted(await compareWithPeriod(context, { ...requestFor(fixture() as never, file), periodId: locked }));
    const { added, changed, removed } = comparison.counts;
    expect(added + changed + removed).toBeGreaterThan(0);
    const after = contentOf(fixture() as never);
    for (const [table, rows] of Object.entries(before)) expect([table, after[table]!.length - rows.length]).toEqual([table, table === 'audit_events' ? 1 : 0]);
    expect(findings()).toEqual([]);
  });
});
