/**
 * A name that the workbook does not know becomes an item or a location of its own, because a person says so; and that is
 * taken back like any other name.
 */
import { expect, test } from 'vitest';
import { auditPage } from '../../electron/services/audit-trail';
import { addAndReplay, listAliases, listQuarantine, rehearseTakeBack, takeBackAliases } from '../../electron/services/quarantine';
import { accepted, contentOf, importBasics, importFile, lines } from '../support/imports';
import { openFixtureWorkbook, type WorkbookFixture } from '../support/workbook-fixture';

const WHEN = '2026-10-31T22:30:00-07:00';
const MOVEMENTS = 'system,type,document,line,sku,location,quantity,occurred_at,posted_at';
const posting = (document: string, location: string, sku = 'RUG-200') => `storefront,shipment,${document},1,${sku},${location},2,${WHEN},${WHEN}`;
const waiting = ({ workbook, periodId }: WorkbookFixture) => listQuarantine(workbook, periodId).waiting;
const add = (fixture: WorkbookFixture, kind: 'item' | 'location', alias: string, code = alias) =>
  addAndReplay(fixture.context, fixture.periodId, { source: 'plain', kind, alias, code, name: '', unit: 'each' });
const MAIN = { kind: 'location', source: 'plain', alias: 'MAIN' } as const;
const tablesOf = (fixture: WorkbookFixture) => {
  const { items, locations, stock_keys, location_aliases, item_aliases, movements } = contentOf(fixture);
  return { items, locations, stock_keys, location_aliases, item_aliases, movements };
};

async function withStrangers(): Promise<WorkbookFixture> {
  const fixture = openFixtureWorkbook();
  await importBasics(fixture);
  await importFile(fixture, lines(MOVEMENTS, posting('S-1', 'MAIN'), posting('S-2', 'MAIN'), posting('S-3', 'Pier 9', 'NEW-1')));
  return fixture;
}

test('a location that is added takes in the rows that wait for it, and the trail tells who added it', async () => {
  const fixture = await withStrangers();
  expect(waiting(fixture)).toBe(3);
  expect(accepted(add(fixture, 'location', 'MAIN'))).toMatchObject({ written: 2 });
  expect(fixture.workbook.column("SELECT count(*) FROM movements JOIN stock_keys USING (stock_key_id) JOIN locations USING (location_id) WHERE code = 'MAIN'")).toEqual([2]);
  const { events } = auditPage(fixture.workbook, { offset: 0, limit: 10, text: '', periodId: null });
  expect(events.map(({ action }) => action)).toContain('location.add');
});

test('what was added goes with its name: its rows wait again and nothing of it is left', async () => {
  const fixture = await withStrangers();
  const before = tablesOf(fixture);
  accepted(add(fixture, 'location', 'MAIN'));
  expect(listAliases(fixture.workbook, { source: null, text: '', acceptedOnly: true, offset: 0, limit: 10 }).rows).toMatchObject([{ ...MAIN, targetCode: 'MAIN', added: true, rowsOpenMost: 2 }]);
  const added = tablesOf(fixture);
  const rehearsed = accepted(await rehearseTakeBack(fixture.context, [MAIN]));
  expect(tablesOf(fixture)).toEqual(added);
  expect(accepted(await takeBackAliases(fixture.context, { aliases: [MAIN], why: 'It is Pier 9' }))).toEqual(rehearsed);
  expect(rehearsed.rowsReturned).toBe(2);
  expect([waiting(fixture), tablesOf(fixture)]).toEqual([3, before]);
});

test('a name that is added under another code means that code, and both go together', async () => {
  const fixture = await withStrangers();
  accepted(add(fixture, 'location', 'MAIN', 'Main warehouse'));
  expect(fixture.workbook.column("SELECT code FROM locations WHERE code LIKE 'Main%'")).toEqual(['Main warehouse']);
  accepted(await takeBackAliases(fixture.context, { aliases: [MAIN], why: 'It is Pier 9' }));
  expect([waiting(fixture), fixture.workbook.column("SELECT code FROM locations WHERE code LIKE 'Main%'")]).toEqual([3, []]);
});

test('what another file calls by its code is not taken back', async () => {
  const fixture = await withStrangers();
  accepted(add(fixture, 'location', 'MAIN', 'Main warehouse'));
  await importFile(fixture, lines('sku,location,counted,counted_at', `RUG-200,Main warehouse,3,${WHEN}`));
  const held = contentOf(fixture);
  expect(await takeBackAliases(fixture.context, { aliases: [MAIN], why: 'It is Pier 9' })).toMatchObject({ ok: false, failure: 'target_used' });
  expect(contentOf(fixture)).toEqual(held);
});

test('an item or a location that is there already, in whatever case, is mapped to and not added', async () => {
  const fixture = await withStrangers();
  expect(add(fixture, 'item', 'NEW-1', 'rug-200')).toMatchObject({ ok: false, failure: 'code_taken' });
  expect(add(fixture, 'location', 'MAIN', 'pier  9')).toMatchObject({ ok: false, failure: 'code_taken' });
  expect(waiting(fixture)).toBe(3);
});

test('an item that is added keeps the unit it is said to be counted in', async () => {
  const fixture = await withStrangers();
  accepted(addAndReplay(fixture.context, fixture.periodId, { source: 'plain', kind: 'item', alias: 'NEW-1', code: 'NEW-1', name: 'Novelty', unit: 'case' }));
  expect(fixture.workbook.all("SELECT name, uom FROM items WHERE sku = 'NEW-1'")).toEqual([{ name: 'Novelty', uom: 'case' }]);
});
