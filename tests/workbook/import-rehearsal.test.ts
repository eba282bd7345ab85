import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Rehearsal } from '@shared/domain/import';
import { JobCancelled, type Job } from '../../electron/services/context';
import { commitImport, importSummary, originalRow, rehearseImport } from '../../electron/services/imports';
import { setTag } from '../../electron/services/tags';
import { findChainBreak } from '../../electron/workbook/audit';
import { periodFrame, sourceFileBySha256 } from '../../electron/workbook/tables/imports';
import { AS_OF, accepted, contentOf, fixturePath, importBasics, importFile, lines, rehearse, requestFor } from '../support/imports';
import { totalsHeld } from '../support/totals-held';
import { openFixtureWorkbook, type WorkbookFixture } from '../support/workbook-fixture';

const FILES: readonly { readonly name: string; readonly asOf: boolean }[] = [
  { name: 'netsuite-item-search.csv', asOf: true },
  { name: 'netsuite-script.csv', asOf: true },
  { name: 'shopify-inventory.csv', asOf: true },
  { name: 'plain-snapshot.csv', asOf: false },
  { name: 'plain-movements.csv', asOf: false },
  { name: 'plain-count.csv', asOf: false },
  { name: 'plain-items.csv', asOf: false },
  { name: 'plain-trial-balance.csv', asOf: false },
  { name: 'plain-tags.csv', asOf: false },
];

/** The totals that the workbook now holds, as the rehearsal states them. */
function totalsNow(fixture: WorkbookFixture, rehearsal: Rehearsal) {
  const frame = periodFrame(fixture.workbook, fixture.periodId)!;
  return totalsHeld(fixture.workbook, frame, rehearsal.kind)
    .filter(({ system }) => system === null || rehearsal.systems.includes(system))
    .map(({ system, location, measure, value }) => [system, location, measure, value].join('|'))
    .sort();
}

const afterOf = (rehearsal: Rehearsal) =>
  rehearsal.totals
    .filter(({ after }) => after !== null)
    .map(({ system, location, measure, after }) => [system, location, measure, after].join('|'))
    .sort();

/** What must hold of every rehearsal and the commit that follows it. */
async function rehearsalComesTrue(fixture: WorkbookFixture, request: ReturnType<typeof requestFor>): Promise<Rehearsal> {
  const before = contentOf(fixture);
  const rehearsal = accepted(await rehearseImport(fixture.context, request));
  expect(contentOf(fixture)).toEqual(before);
  expect(rehearsal.rowsRead).toBe(rehearsal.rowsAccepted + rehearsal.rowsQuarantined + rehearsal.rowsIgnored);
  const result = accepted(await commitImport(fixture.context, request, rehearsal.token));
  expect(result.rehearsal).toEqual(rehearsal);
  expect(totalsNow(fixture, rehearsal)).toEqual(afterOf(rehearsal));
  expect(
    fixture.workbook.get('SELECT rows_read, rows_accepted, rows_quarantined, rows_ignored FROM imports WHERE import_id = ?', result.importId),
  ).toEqual({
    rows_read: rehearsal.rowsRead, rows_accepted: rehearsal.rowsAccepted, rows_quarantined: rehearsal.rowsQuarantined, rows_ignored: rehearsal.rowsIgnored,
  });
  const waiting = fixture.workbook.all(
    'SELECT row_number AS rowNumber, raw_text AS raw, reason, subject, detail FROM quarantine_rows WHERE import_id = ? ORDER BY row_number', result.importId,
  );
  expect(waiting).toEqual(rehearsal.badRows.map(({ whatWouldMend: _mend, ...row }) => row));
  return rehearsal;
}

test.each(FILES)('what the rehearsal of $name says is what the commit writes', async ({ name, asOf }) => {
  const fixture = openFixtureWorkbook();
  if (!name.startsWith('netsuite')) await importBasics(fixture);
  await rehearsalComesTrue(fixture, requestFor(fixture, name, asOf ? { asOfInstant: AS_OF } : {}));
  expect(findChainBreak(fixture.workbook)).toBeUndefined();
});

test('rehearsal and commit agree on generated files, good rows and bad', async () => {
  const cell = (...values: string[]) => fc.constantFrom(...values);
  const row = fc.tuple(
    cell('erp', 'storefront', 'warehouse', 'shop', ''), cell('LAMP-OAK-L', 'lamp-oak-l ', 'RUG-200', 'NEW-1', 'NEW-2', '', '4.00001E+12'),
    cell('Canal Street', 'PIER 9', 'Depot', ''), cell('2026-10-31T22:00:00-07:00', '2026-11-01T01:00:00-07:00', '2026-02-30T00:00:00Z', '2024-01-01T00:00:00Z', ''),
    cell('1', '-2.5', '0', '', '1.23456', 'x', '900000000'), cell('', '3', '9007199254740993'), cell('', 'USD', 'EUR'),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 25 }), async (rows) => {
      const fixture = openFixtureWorkbook();
      await importBasics(fixture);
      const file = lines('system,sku,location,as_of,on_hand,available,currency', ...rows.map((each) => each.join(',')));
      const rehearsal = await rehearsalComesTrue(fixture, requestFor(fixture, file, { asOfInstant: AS_OF }));
      expect(rehearsal.rowsRead).toBe(rows.length);
    }),
    { seed: 11, numRuns: 25 },
  );
});

test('the totals before are those that the imports before it left', async () => {
  const fixture = openFixtureWorkbook();
  await importBasics(fixture);
  const later = lines('Name,Inventory Location,Location On Hand', 'LAMP-OAK-L,Canal Street,40');
  const rehearsal = await rehearse(fixture, later, { asOfInstant: AS_OF + 60_000 });
  expect(rehearsal.totals.find(({ location, measure }) => location === 'Canal Street' && measure === 'on_hand')).toEqual({
    system: 'erp', measure: 'on_hand', location: 'Canal Street', before: '38', after: '42',
  });
  // Further from the cut-off than what is held: it would be kept, and change no position.
  const earlier = await rehearse(fixture, later, { asOfInstant: AS_OF - 3_600_000 });
  expect(earlier.totals.find(({ location, measure }) => location === 'Canal Street' && measure === 'on_hand')).toMatchObject({ before: '38', after: '38' });
});

test('the same file twice is noticed by the rehearsal and refused by the commit', async () => {
  const fixture = openFixtureWorkbook();
  await importBasics(fixture);
  const first = await importFile(fixture, 'plain-movements.csv');
  const request = requestFor(fixture, 'plain-movements.csv');
  const again = accepted(await rehearseImport(fixture.context, request));
  expect(again.alreadyImported).toMatchObject({ importId: first.importId });
  expect(again.totals.every(({ before, after }) => before === after)).toBe(true);
  expect(await commitImport(fixture.context, request, again.token)).toMatchObject({ ok: false, failure: 'already_imported' });
});

test('a movement that another file of the period gave already is passed over, so that overlapping exports add nothing twice', async () => {
  const fixture = openFixtureWorkbook();
  await importBasics(fixture);
  const header = 'system,type,document,line,sku,location,quantity,occurred_at,posted_at';
  const held = 'erp,receipt,PO-1,1,RUG-200,Pier 9,5,2026-10-15T09:00:00-07:00,2026-10-15T09:00:00-07:00';
  await importFile(fixture, lines(header, held));
  const { rehearsal } = await importFile(fixture, lines(header, held, held.replace('PO-1', 'PO-2')));
  expect(rehearsal).toMatchObject({ rowsAccepted: 1, rowsIgnored: 1, ignoredByReason: [{ reason: 'already_held', rows: 1 }] });
});

test('a count line that another file of the period gave is not counted twice: equal it is passed over, different it waits', async () => {
  const fixture = openFixtureWorkbook();
  await importBasics(fixture);
  const header = 'sheet,line,sku,location,counted,counted_at';
  const when = '2026-10-31T22:30:00-07:00';
  await importFile(fixture, lines(header, `S-1,1,RUG-200,Pier 9,3,${when}`, `S-1,2,RUG-200,Pier 9,4,${when}`));
  const { rehearsal } = await importFile(fixture, lines(header, `S-1,1,RUG-200,Pier 9,3,${when}`, `S-1,2,RUG-200,Pier 9,5,${when}`, `S-1,3,RUG-200,Pier 9,1,${when}`));
  expect(rehearsal).toMatchObject({ rowsAccepted: 1, rowsQuarantined: 1, rowsIgnored: 1, duplicates: 2 });
  expect(rehearsal.badRows[0]!.detail).toContain('row 3 of import 2');
});

test('a commit is refused when the workbook changed after the rehearsal', async () => {
  const fixture = openFixtureWorkbook();
  await importBasics(fixture);
  const request = requestFor(fixture, 'plain-count.csv');
  const { token } = accepted(await rehearseImport(fixture.context, request));
  const { stock_key_id } = fixture.workbook.get<{ stock_key_id: number }>('SELECT stock_key_id FROM stock_keys LIMIT 1')!;
  accepted(setTag(fixture.context, { periodId: fixture.periodId, stockKeyId: stock_key_id, change: { note: 'seen' } }));
  const before = contentOf(fixture);
  expect(await commitImport(fixture.context, request, token)).toMatchObject({ ok: false, failure: 'workbook_changed' });
  expect(contentOf(fixture)).toEqual(before);
});

test('a commit is refused when the file changed after the rehearsal', async () => {
  const fixture = openFixtureWorkbook();
  await importBasics(fixture);
  const filePath = path.join(fixture.folder, 'count.csv');
  const request = { filePath, fileName: 'count.csv', periodId: fixture.periodId };
  writeFileSync(filePath, 'sku,location,counted,counted_at\nRUG-200,Pier 9,3,2026-10-31T22:30:00-07:00\n');
  const { token } = accepted(await rehearseImport(fixture.context, request));
  writeFileSync(filePath, 'sku,location,counted,counted_at\nRUG-200,Pier 9,4,2026-10-31T22:30:00-07:00\n');
  expect(await commitImport(fixture.context, request, token)).toMatchObject({ ok: false, failure: 'workbook_changed' });
});

test.each(['the first chance', 'the last moment'])('a cancel at %s leaves the workbook as it was', async (when) => {
  const fixture = openFixtureWorkbook();
  const rows = Array.from({ length: 9_000 }, (_unused, index) => `erp,SKU-${index},Depot,2026-10-31T22:00:00-07:00,1`);
  const request = requestFor(fixture, lines('system,sku,location,as_of,on_hand', ...rows));
  let checks = 0;
  const job = (limit: number): Job => ({
    progress: () => undefined,
    checkCancelled: () => {
      checks += 1;
      if (checks >= limit) throw new JobCancelled();
    },
  });
  accepted(await rehearseImport(fixture.contextWith(job(Number.POSITIVE_INFINITY)), request));
  const last = checks;
  expect(last).toBeGreaterThan(4);
  checks = 0;
  const before = contentOf(fixture);
  const outcome = await commitImport(fixture.contextWith(job(when === 'the first chance' ? 1 : last)), request);
  expect(outcome).toMatchObject({ ok: false, failure: 'cancelled' });
  expect(contentOf(fixture)).toEqual(before);
});

test('progress is told in rows, and never goes back within a stage', async () => {
  const fixture = openFixtureWorkbook();
  const rows = Array.from({ length: 20_000 }, (_unused, index) => `erp,SKU-${index},Depot,2026-10-31T22:00:00-07:00,1`);
  const seen: [string, number, number | null][] = [];
  const job: Job = { progress: (...step) => void seen.push(step), checkCancelled: () => undefined };
  accepted(await commitImport(fixture.contextWith(job), requestFor(fixture, lines('system,sku,location,as_of,on_hand', ...rows))));
  const done = seen.filter(([stage]) => stage === 'Reading rows').map(([, rowsDone]) => rowsDone);
  expect(new Set(done).size).toBeGreaterThan(2);
  expect(done).toEqual([...done].sort((one, other) => one - other));
  expect(done.at(-1)).toBe(20_000);
});

test('the source file is kept once, deflated, under its fingerprint, and gives back any row', async () => {
  const fixture = openFixtureWorkbook();
  await importBasics(fixture);
  const { importId, rehearsal } = await importFile(fixture, 'plain-count.csv');
  const bytes = readFileSync(fixturePath('plain-count.csv'));
  expect(rehearsal.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
  const kept = sourceFileBySha256(fixture.workbook, rehearsal.sha256)!;
  expect(kept.byte_length).toBe(bytes.length);
  expect(inflateSync(kept.deflated_content).equals(bytes)).toBe(true);
  const row = accepted(await originalRow(fixture.workbook, importId, 3));
  expect(row.header).toEqual(['sheet', 'line', 'sku', 'location', 'bin', 'count_no', 'counted', 'counted_at', 'counted_by', 'note']);
  expect(row.cells).toEqual(['S-1', '2', 'LAMP-OAK-L', 'Canal Street', 'A-9', '1', '14', '2026-10-31T22:31:00-07:00', 'team 1', 'two boxes,\none open']);
  expect(await originalRow(fixture.workbook, importId, 99)).toMatchObject({ ok: false, failure: 'row_unknown' });
});

test('the summary lists what the period was given and what a reconciliation still lacks', async () => {
  const fixture = openFixtureWorkbook();
  expect(importSummary(fixture.workbook, fixture.periodId)).toEqual({
    imports: [], waiting: 0, missing: ['erp_snapshot', 'storefront_snapshot', 'count', 'movements'],
  });
  await importBasics(fixture);
  await importFile(fixture, 'plain-count.csv');
  const summary = importSummary(fixture.workbook, fixture.periodId);
  expect(summary.missing).toEqual(['storefront_snapshot', 'movements']);
  expect(summary.waiting).toBe(3);
  expect(summary.imports.map(({ fileName, kind, system, waiting, asOfFromInstant }) => [fileName, kind, system, waiting, asOfFromInstant])).toEqual([
    ['netsuite-item-search.csv', 'snapshot', 'erp', 0, AS_OF],
    ['plain-count.csv', 'count', null, 3, null],
  ]);
});

test('each import is one event in the trail, with its figures', async () => {
  const fixture = openFixtureWorkbook();
  await importBasics(fixture);
  const event = fixture.workbook.get<{ actor: string; subject: string; detail: string }>("SELECT * FROM audit_events WHERE action = 'import.commit'")!;
  expect(event).toMatchObject({ actor: 'Ana Reyes <ana@example.com>', subject: 'import:1' });
  expect(JSON.parse(event.detail)).toMatchObject({ profile: 'netsuite-item-search@2', rowsRead: 6, newItems: 5, asOf: '2026-10-31T23:00:00-07:00' });
});

test('a file is rehearsed as it will be written after the files before it, and nothing of them stays', async () => {
  const fixture = openFixtureWorkbook();
  const before = contentOf(fixture);
  const count = lines('sku,location,counted,counted_at', 'RUG-900,Pier 9,3,2026-10-31T22:30:00-07:00');
  const snapshot = lines('system,sku,location,as_of,on_hand', 'erp,RUG-900,Pier 9,2026-10-31T23:59:00-07:00,3');
  const asRequest = (fileName: string, content: { readonly text: string }) => ({ bytes: new TextEncoder().encode(content.text), fileName, periodId: fixture.periodId });
  const alone = accepted(await rehearseImport(fixture.context, asRequest('count.csv', count)));
  const after = accepted(
    await rehearseImport(fixture.context, asRequest('count.csv', count), [asRequest('snapshot.csv', snapshot)]),
  );
  expect([alone.rowsAccepted, alone.rowsQuarantined]).toEqual([0, 1]);
  expect([after.rowsAccepted, after.rowsQuarantined]).toEqual([1, 0]);
  expect(contentOf(fixture)).toEqual(before);
});
