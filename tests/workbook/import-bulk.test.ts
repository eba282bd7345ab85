/**
 * What the fast way of writing must not change: rows in any order, files with many duplicates, and a workbook that is
 * guarded, indexed and checked afterwards as before.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commitImport, rehearseImport } from '../../electron/services/imports';
import { memoryWorkbook } from '../../electron/workbook/open';
import type { ReadableWorkbook } from '../../electron/workbook/workbook';
import { accepted, importFile, lines, requestFor } from '../support/imports';
import { openFixtureWorkbook, type WorkbookFixture } from '../support/workbook-fixture';

const SNAPSHOT_HEADER = 'system,sku,location,as_of,on_hand,available';
const MOVEMENTS_HEADER = 'system,type,document,line,sku,location,quantity,occurred_at,posted_at,reference,remark';
const at = (day: number) => `2026-10-${String(day).padStart(2, '0')}T08:00:00-07:00`;

const schemaOf = (workbook: ReadableWorkbook) =>
  workbook.all("SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type, name");

async function withItems(): Promise<WorkbookFixture> {
  const fixture = openFixtureWorkbook();
  const items = ['A', 'B', 'C'].flatMap((sku) => ['Depot', 'Shop'].map((location) => `erp,${sku},${location},${at(31)},1,1`));
  await importFile(fixture, { name: 'erp.csv', text: lines(SNAPSHOT_HEADER, ...items).text });
  return fixture;
}

describe('snapshots', () => {
  test('rows in any order are kept with their own figures and row numbers', async () => {
    const row = fc.record({ sku: fc.nat(40), location: fc.nat(3), onHand: fc.option(fc.nat(9)), available: fc.option(fc.nat(9)) });
    const distinct = fc.uniqueArray(row, { minLength: 1, maxLength: 120, selector: ({ sku, location }) => sku * 4 + location });
    await fc.assert(
      fc.asyncProperty(distinct, async (rows) => {
        const known = rows.filter(({ onHand, available }) => onHand !== null || available !== null);
        const fixture = openFixtureWorkbook();
        const texts = rows.map(({ sku, location, onHand, available }) => `erp,S${sku},L${location},${at(30)},${onHand ?? ''},${available ?? ''}`);
        const { rehearsal } = await importFile(fixture, lines(SNAPSHOT_HEADER, ...texts));
        expect(rehearsal.rowsAccepted).toBe(known.length);
        const held = fixture.workbook.all(
          `SELECT s.row_number, i.sku, l.code, s.on_hand_scaled, s.available_scaled FROM snapshots s JOIN stock_keys k USING (stock_key_id)
           JOIN items i USING (item_id) JOIN locations l USING (location_id) ORDER BY s.row_number`,
        );
        const scaled = (figure: number | null) => (figure === null ? null : figure * 10_000);
        expect(held).toEqual(
          rows.flatMap(({ sku, location, onHand, available }, index) =>
            onHand === null && available === null
              ? []
              : [{ row_number: index + 2, sku: `S${sku}`, code: `L${location}`, on_hand_scaled: scaled(onHand), available_scaled: scaled(available) }],
          ),
        );
      }),
      { numRuns: 25 },
    );
  });

  test.each([
    { what: 'share their instant and a figure', dayOf: () => 30, committedOf: () => 3 },
    { what: 'share neither', dayOf: (index: number) => 30 + (index % 2), committedOf: (index: number) => (index === 4_999 ? 3 : 4) },
  ])('thousands of rows that $what are kept as they are', async ({ dayOf, committedOf }) => {
    const fixture = openFixtureWorkbook();
    const rows = Array.from({ length: 5_000 }, (_none, index) => ({ sku: `S${(index * 7) % 2_500}`, location: `L${index < 2_500 ? 0 : 1}`, day: dayOf(index), onHand: index, committed: committedOf(index) }));
    const texts = rows.map(({ sku, location, day, onHand, committed }) => `erp,${sku},${location},${at(day)},${onHand},${committed}`);
    const { rehearsal } = await importFile(fixture, lines('system,sku,location,as_of,on_hand,committed', ...texts));
    expect(rehearsal.rowsAccepted).toBe(rows.length);
    const held = fixture.workbook.all(
      `SELECT s.row_number, i.sku, l.code, s.as_of_instant, s.on_hand_scaled, s.committed_scaled, s.available_scaled FROM snapshots s JOIN stock_keys k USING (stock_key_id)
       JOIN items i USING (item_id) JOIN locations l USING (location_id) ORDER BY s.row_number`,
    );
    expect(held).toEqual(
      rows.map(({ sku, location, day, onHand, committed }, index) => ({
        row_number: index + 2, sku, code: location, as_of_instant: Date.parse(at(day)), on_hand_scaled: onHand * 10_000, committed_scaled: committed * 10_000, available_scaled: null,
      })),
    );
  });

  test('of rows for one position the first is kept and every other is named with it', async () => {
    const fixture = openFixtureWorkbook();
    const texts = Array.from({ length: 500 }, (_none, index) => `erp,S${(index * 7) % 50},Depot,${at(30)},${index},1`);
    const { rehearsal } = await importFile(fixture, lines(SNAPSHOT_HEADER, ...texts));
    expect([rehearsal.rowsAccepted, rehearsal.rowsQuarantined]).toEqual([50, 450]);
    for (const bad of rehearsal.badRows) expect(bad.detail).toContain(`Row ${((bad.rowNumber - 2) % 50) + 2} gives`);
  });

  test('the same position at two instants is two rows, and the nearer one counts', async () => {
    const fixture = openFixtureWorkbook();
    const { rehearsal } = await importFile(fixture, lines(SNAPSHOT_HEADER, `erp,A,Depot,${at(30)},5,5`, `erp,A,Depot,${at(31)},7,7`, `erp,B,Depot,${at(31)},1,`));
    expect(rehearsal.rowsAccepted).toBe(3);
    expect(rehearsal.totals.map(({ measure, after }) => [measure, after])).toEqual([['on_hand', '8'], ['available', '7']]);
  });
});

describe('movements', () => {
  const posting = fc.record({
    system: fc.constantFrom('erp', 'storefront'), document: fc.nat(2), line: fc.constantFrom('', '1'), sku: fc.constantFrom('A', 'B'),
    quantity: fc.integer({ min: 1, max: 2 }), day: fc.integer({ min: 2, max: 4 }), remark: fc.constantFrom('', 'x'),
  });
  type Posting = typeof posting extends fc.Arbitrary<infer Each> ? Each : never;
  const textOf = ({ system, document, line, sku, quantity, day, remark }: Posting) =>
    `${system},order,D${document},${line},${sku},Depot,${quantity},${at(day)},${at(day)},,${remark}`;
  /** What makes two rows the same posting: all but the column that is not used. */
  const sameOf = (each: Posting) => textOf({ ...each, remark: '' });

  test('rows that are the same, word for word, wait; what an earlier file holds is passed over', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(posting, { minLength: 1, maxLength: 40 }), { minLength: 1, maxLength: 3 }), async (files) => {
        const fixture = await withItems();
        const held = new Set<string>();
        let expectedRows = 0;
        for (const [index, rows] of files.entries()) {
          const seen = new Map<string, number>();
          const expected = rows.map((each, place) => {
            if (held.has(sameOf(each))) return 'already_held';
            const first = seen.get(textOf(each));
            if (first !== undefined) return first;
            seen.set(textOf(each), place + 2);
            return 'accepted';
          });
          const text = `${lines(MOVEMENTS_HEADER, ...rows.map(textOf)).text}${'\n'.repeat(index + 1)}`;
          const { rehearsal } = await importFile(fixture, { name: `m${index}.csv`, text });
          expect(rehearsal.rowsAccepted).toBe(expected.filter((each) => each === 'accepted').length);
          expect(rehearsal.ignoredByReason.find(({ reason }) => reason === 'already_held')?.rows ?? 0).toBe(expected.filter((each) => each === 'already_held').length);
          const duplicates = expected.flatMap((first, place) => (typeof first === 'number' ? [[place + 2, first]] : []));
          expect(rehearsal.badRows.map(({ rowNumber, detail }) => [rowNumber, Number(/^Row (\d+) says/.exec(detail)?.[1])])).toEqual(duplicates);
          for (const each of rows) held.add(sameOf(each));
          expectedRows += rehearsal.rowsAccepted;
        }
        expect(fixture.workbook.get('SELECT count(*) AS rows FROM movements')).toEqual({ rows: expectedRows });
      }),
      { numRuns: 25 },
    );
  });
});

describe('after an import', () => {
  const SNAPSHOT = lines(SNAPSHOT_HEADER, `erp,NEW-1,Depot,${at(31)},1,1`, `erp,NEW-2,Yard,${at(31)},2,`, 'erp,,,,,');
  const MOVEMENTS = lines(MOVEMENTS_HEADER, ...Array.from({ length: 100 }, (_none, index) => `erp,order,D${index >> 1},1,A,Depot,1,${at(2)},${at(3)},R,`));

  test.each([['a snapshot', SNAPSHOT], ['movements', MOVEMENTS]])('of %s the schema, its references and its constraints hold, and the connection checks them again', async (_what, file) => {
    const fixture = await withItems();
    const { workbook } = fixture;
    const fresh = memoryWorkbook();
    accepted(await rehearseImport(fixture.context, requestFor(fixture, file)));
    accepted(await commitImport(fixture.context, requestFor(fixture, file)));
    expect(schemaOf(workbook)).toEqual(schemaOf(fresh));
    fresh.database.close();
    expect(workbook.database.pragma('foreign_key_check')).toEqual([]);
    expect(workbook.database.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(workbook.database.pragma('foreign_keys', { simple: true })).toBe(1);
    expect(workbook.database.pragma('ignore_check_constraints', { simple: true })).toBe(0);
    expect(workbook.database.pragma('cache_size', { simple: true })).toBe(-65_536);
    expect(() => workbook.run("UPDATE snapshots SET system = 'till'")).toThrow(/CHECK/);
  });

  test('that was refused midway, the connection checks as before too', async () => {
    const fixture = await withItems();
    const outcome = await commitImport(fixture.context, requestFor(fixture, lines(MOVEMENTS_HEADER, `erp,order,D1,1,A,Depot,1,${at(2)},${at(3)},R,`, '"never closed')));
    expect(outcome).toMatchObject({ ok: false, failure: 'quote_not_closed' });
    expect(fixture.workbook.database.pragma('ignore_check_constraints', { simple: true })).toBe(0);
    expect(fixture.workbook.database.pragma('foreign_keys', { simple: true })).toBe(1);
    const fresh = memoryWorkbook();
    expect(schemaOf(fixture.workbook)).toEqual(schemaOf(fresh));
    fresh.database.close();
  });
});
