/**
 * Undoing an import: everything it brought goes, everything others use stays, and what it was stays as evidence.
 */
import { expect, test } from 'vitest';
import { auditPage } from '../../electron/services/audit-trail';
import { commitImport, importSummary, originalRow, previewUndo, undoImport } from '../../electron/services/imports';
import { attachFiles } from '../../electron/services/notes/attachments';
import { addNote, notesAndAttachments } from '../../electron/services/notes/notes';
import { correctRow, listQuarantine, mapAlias } from '../../electron/services/quarantine';
import { reconcilePeriod } from '../../electron/services/reconciliation/reconcile';
import { setTag } from '../../electron/services/tags';
import { findChainBreak } from '../../electron/workbook/audit';
import { AS_OF, accepted, contentOf, importBasics, importFile, lines, requestFor } from '../support/imports';
import { openFixtureWorkbook, type WorkbookFixture } from '../support/workbook-fixture';

const MOVEMENTS = 'system,type,document,line,sku,location,quantity,occurred_at,posted_at';
const COUNTS = 'sheet,line,sku,location,counted,counted_at';
const SNAPSHOT = 'system,sku,location,as_of,on_hand,unit_cost,currency';
const WHEN = '2026-10-31T22:30:00-07:00';
const posting = (document: string, quantity: number) => `erp,receipt,${document},1,RUG-200,Pier 9,${quantity},${WHEN},${WHEN}`;

const why = 'Wrong file: the export was of another company';
const undo = async (fixture: WorkbookFixture, importId: number) => accepted(await undoImport(fixture.context, { importId, why }));

/** The figures: every table but those that tell what happened. */
function figuresOf(fixture: WorkbookFixture): Record<string, unknown[]> {
  const { audit_events: _events, imports: _imports, source_files: _files, source_file_parts: _parts, quarantine_rows: _rows, ...figures } = contentOf(fixture);
  return figures;
}

test('an undone import leaves the figures as they were, and stays as evidence with who, when and why', async () => {
  const fixture = openFixtureWorkbook();
  await importBasics(fixture);
  const before = figuresOf(fixture);
  const { importId } = await importFile(fixture, lines(SNAPSHOT, `erp,LAMP-9,Attic,${WHEN},12,4.50,USD`, `erp,RUG-200,Pier 9,${WHEN},7,,`, `erp,,Pier 9,${WHEN},1,,`));
  expect(figuresOf(fixture)).not.toEqual(before);

  const undone = await undo(fixture, importId);
  expect(undone).toMatchObject({ importId, rowsLeaving: 2, quarantine: { waiting: 1, mended: 0, ignored: 0 }, blockedBy: [], kept: { count: 0 } });
  expect(undone.removed.named.map(({ name }) => name)).toEqual(['LAMP-9', 'Attic']);
  expect(figuresOf(fixture)).toEqual(before);
  expect(listQuarantine(fixture.workbook, fixture.periodId)).toMatchObject({ waiting: 0, rows: [] });
  const listed = importSummary(fixture.workbook, fixture.periodId).imports.find((each) => each.importId === importId);
  expect(listed).toMatchObject({ state: 'undone', stateBy: 'Ana Reyes <ana@example.com>', stateWhy: why, rowsAccepted: 2, waiting: 0 });
  expect(accepted(await originalRow(fixture.workbook, importId, 2)).cells[1]).toBe('LAMP-9');
  expect(auditPage(fixture.workbook, { offset: 0, limit: 1, text: '', periodId: null }).events[0]!.sentence).toBe(`Undid import ${importId}, file.csv: ${why}`);
  expect(findChainBreak(fixture.workbook)).toBeUndefined();
});

test('an item on whose line a person wrote a note or put a file stays when its import is undone', async () => {
  const fixture = openFixtureWorkbook();
  await importBasics(fixture);
  const { importId } = await importFile(fixture, lines(SNAPSHOT, `erp,LAMP-9,Pier 9,${WHEN},12,4.50,USD`, `erp,LAMP-10,Pier 9,${WHEN},1,4.50,USD`, `erp,LAMP-11,Pier 9,${WHEN},1,4.50,USD`));
  const lineOf = (sku: string) => ({
    periodId: fixture.periodId,
    stockKeyId: fixture.workbook.get<{ key: number }>('SELECT stock_key_id AS key FROM stock_keys JOIN items USING (item_id) WHERE sku = ?', sku)!.key,
  });
  const [noted, attached] = [lineOf('LAMP-9'), lineOf('LAMP-10')];
  accepted(addNote(fixture.context, { ...noted, text: 'Asked the dock' }));
  accepted(attachFiles(fixture.context, { ...attached, files: [{ name: 'mail.txt', bytes: new TextEncoder().encode('Two are broken') }], said: '' }));
  const undone = await undo(fixture, importId);
  expect(undone.removed.named.map(({ name }) => name)).toEqual(['LAMP-11']);
  expect(undone.kept.named.map(({ name, note }) => [name, note]).sort()).toEqual([['LAMP-10', 'item: a file is attached to a line of it'], ['LAMP-9', 'item: a person wrote a note to a line of it']]);
  expect(notesAndAttachments(fixture.workbook, noted).notes).toHaveLength(1);
  expect(notesAndAttachments(fixture.workbook, attached).attachments).toHaveLength(1);
});

test('an item of whose line a person looked something up stays; of one that goes, nothing that a reconciliation wrote is left', async () => {
  const fixture = openFixtureWorkbook();
  await importBasics(fixture);
  const { workbook, periodId } = fixture;
  const snapshot = 'system,sku,location,as_of,on_hand,available,committed,reserved,damaged,quarantined,unit_cost';
  const rows = ['LAMP-9', 'LAMP-10'].flatMap((sku) => [`erp,${sku},Pier 9,${WHEN},12,9,0,0,0,0,4.50`, `storefront,${sku},Pier 9,${WHEN},40,40,0,0,0,0,`]);
  const { importId } = await importFile(fixture, lines(snapshot, ...rows));
  accepted(reconcilePeriod(fixture.context, periodId));
  const keyOf = (sku: string) => workbook.get<{ key: number }>('SELECT stock_key_id AS key FROM stock_keys JOIN items USING (item_id) WHERE sku = ?', sku)!.key;
  const [looked, gone] = [keyOf('LAMP-9'), keyOf('LAMP-10')];
  // As a check and a clearing by tolerance write them.
  workbook.run("INSERT INTO person_checks VALUES (?, ?, 'Nothing open.', 1, 'Ana', NULL, -30000)", periodId, looked);
  workbook.run("INSERT OR IGNORE INTO line_checks VALUES (?, ?, 1, '[]')", periodId, gone);
  workbook.run("INSERT OR IGNORE INTO waived_differences VALUES (?, ?, 'count', -10000, 'physical')", periodId, gone);
  const written = () => ['lines', 'components', 'line_checks', 'waived_differences', 'identity_differences'].filter((table) => workbook.get(`SELECT 1 FROM ${table} WHERE stock_key_id = ?`, gone));
  expect(written()).toEqual(expect.arrayContaining(['lines', 'line_checks', 'waived_differences', 'identity_differences']));
  const undone = await undo(fixture, importId);
  expect(undone.removed.named.map(({ name }) => name)).toEqual(['LAMP-10']);
  expect(undone.kept.named).toEqual([{ name: 'LAMP-9', note: 'item: a person looked something up for a line of it' }]);
  expect(written()).toEqual([]);
});

test('a preview says exactly what undoing does, and leaves nothing behind', async () => {
  const fixture = openFixtureWorkbook();
  await importBasics(fixture);
  const { importId } = await importFile(fixture, lines(SNAPSHOT, `erp,LAMP-9,Attic,${WHEN},12,4.50,USD`));
  const before = contentOf(fixture);
  const preview = accepted(await previewUndo(fixture.context, importId));
  expect(contentOf(fixture)).toEqual(before);
  expect(preview.totals).toEqual([{ system: 'erp', measure: 'on_hand', location: 'Attic', before: '12', after: null }]);
  expect(accepted(await undoImport(fixture.context, { importId, why }, preview.token))).toEqual(preview);
});

test('undoing is refused where the workbook changed since it was listed', async () => {
  const fixture = openFixtureWorkbook();
  await importBasics(fixture);
  const { importId } = await importFile(fixture, lines(COUNTS, `S,1,RUG-200,Pier 9,3,${WHEN}`));
  const { token } = accepted(await previewUndo(fixture.context, importId));
  await importFile(fixture, lines(COUNTS, `S,2,RUG-200,Pier 9,4,${WHEN}`));
  expect(await undoImport(fixture.context, { importId, why }, token)).toMatchObject({ ok: false, failure: 'workbook_changed' });
});

test('the same file can be imported again after it was undone, and only then', async () => {
  const fixture = openFixtureWorkbook();
  await importBasics(fixture);
  const file = lines(COUNTS, `S,1,RUG-200,Pier 9,3,${WHEN}`);
  const { importId } = await importFile(fixture, file);
  expect(await commitImport(fixture.context, requestFor(fixture, file))).toMatchObject({ ok: false, failure: 'already_imported' });
  await undo(fixture, importId);
  const again = await importFile(fixture, file);
  expect(again.importId).toBeGreaterThan(importId);
  expect(fixture.workbook.all('SELECT import_id, counted_scaled FROM counts')).toEqual([{ import_id: again.importId, counted_scaled: 30_000 }]);
  expect(await undoImport(fixture.context, { importId, why })).toMatchObject({ ok: false, failure: 'import_not_standing' });
});

test('what others use stays: an item of another file, a tagged line, a mapped name', async () => {
  const fixture = openFixtureWorkbook();
  const { importId } = await importFile(fixture, lines(SNAPSHOT, ...['A', 'B', 'C', 'D'].map((sku) => `erp,${sku},Depot,${WHEN},1,,`)));
  await importFile(fixture, lines(COUNTS, `S,1,A,Depot,3,${WHEN}`));
  accepted(mapAlias(fixture.context, { source: 'plain', kind: 'item', alias: 'BEE', targetCode: 'B' }));
  const key = fixture.workbook.get<{ stock_key_id: number }>("SELECT stock_key_id FROM stock_keys JOIN items USING (item_id) WHERE sku = 'C'")!;
  accepted(setTag(fixture.context, { periodId: fixture.periodId, stockKeyId: key.stock_key_id, change: { reason: 'SHRINK' } }));
  const undone = await undo(fixture, importId);
  expect(undone.removed.named).toEqual([{ name: 'D', note: 'item' }]);
  expect(undone.kept.named).toEqual([
    { name: 'C', note: 'item: a person gave a line of it a reason or an owner' },
    { name: 'B', note: 'item: BEE of plain was mapped to it' },
    { name: 'A', note: 'item: another import has a count of it' },
    { name: 'Depot', note: 'location: another import has a count of it' },
  ]);
  expect(undone.taggedLines.named).toEqual([{ name: 'C at Depot', note: 'SHRINK, warehouse' }]);
  expect(fixture.workbook.all<{ sku: string }>('SELECT sku FROM items ORDER BY sku').map(({ sku }) => sku)).toEqual(['A', 'B', 'C']);
});

test('values that an items file set come back, but not where somebody changed them since', async () => {
  const fixture = openFixtureWorkbook();
  await importFile(fixture, lines('sku,name,tier,unit_cost', 'A,Lamp,B,2.50', 'B,Rug,C,9.00', 'K,Kit,C,'));
  const { importId } = await importFile(fixture, lines('sku,name,tier,unit_cost,kit_of', 'A,Lampe,A,3.00,', 'B,Rug,C,10.00,', 'NEW,New,C,1.00,', 'K,Kit,C,,A*2'));
  await importFile(fixture, lines('sku,name,tier', 'A,,C'));
  const undone = await undo(fixture, importId);
  expect(undone.leftAsTheyAre.named).toEqual([{ name: 'A', note: 'tier was set to A and is C now: somebody changed it since' }]);
  expect(undone.restored.named).toContainEqual({ name: 'B', note: 'unitCost is 9.00 again, not 10.00' });
  expect(undone.removed.named).toEqual([{ name: 'NEW', note: 'item' }]);
  expect(fixture.workbook.all('SELECT sku, name, tier, unit_cost_scaled FROM items ORDER BY sku')).toEqual([
    { sku: 'A', name: 'Lamp', tier: 'C', unit_cost_scaled: 2_500_000 },
    { sku: 'B', name: 'Rug', tier: 'C', unit_cost_scaled: 9_000_000 },
    { sku: 'K', name: 'Kit', tier: 'C', unit_cost_scaled: null },
  ]);
  expect(fixture.workbook.all('SELECT * FROM kit_parts')).toEqual([]);
});

test('tags that a file set come back, but not where a person changed them since', async () => {
  const fixture = openFixtureWorkbook();
  await importFile(fixture, lines(SNAPSHOT, `erp,A,Depot,${WHEN},1,,`, `erp,B,Depot,${WHEN},1,,`));
  const keyOf = (sku: string) => fixture.workbook.get<{ stock_key_id: number }>('SELECT stock_key_id FROM stock_keys JOIN items USING (item_id) WHERE sku = ?', sku)!.stock_key_id;
  const { importId } = await importFile(fixture, lines('sku,location,reason,owner,note', 'A,Depot,SHRINK,,', 'B,Depot,SHRINK,,'));
  accepted(setTag(fixture.context, { periodId: fixture.periodId, stockKeyId: keyOf('B'), change: { reason: 'TIMING' } }));
  const undone = await undo(fixture, importId);
  expect(undone.restored.named).toEqual([{ name: 'A at Depot', note: 'is no reason, no owner again, not SHRINK, warehouse' }]);
  expect(undone.leftAsTheyAre.named).toEqual([{ name: 'B at Depot', note: 'is TIMING, warehouse: somebody changed it since' }]);
  const tagOf = (sku: string) => fixture.workbook.get('SELECT reason_code, owner FROM tags WHERE stock_key_id = ?', keyOf(sku));
  expect([tagOf('A'), tagOf('B')]).toEqual([{ reason_code: null, owner: null }, { reason_code: 'TIMING', owner: 'warehouse' }]);
});

test('rows that another file was not written for, because the undone one held them, come in', async () => {
  const fixture = openFixtureWorkbook();
  await importBasics(fixture);
  const first = await importFile(fixture, lines(MOVEMENTS, posting('PO-1', 1), posting('PO-2', 2)));
  const second = await importFile(fixture, { name: 'second.csv', text: `${[MOVEMENTS, posting('PO-2', 2), posting('PO-3', 3), posting('PO-2', 2)].join('\n')}\n` });
  expect(second.rehearsal).toMatchObject({ rowsAccepted: 1, rowsIgnored: 2 });
  const undone = await undo(fixture, first.importId);
  expect(undone.takesIn).toEqual([{ importId: second.importId, fileName: 'second.csv', accepted: 1, quarantined: 1 }]);
  expect(fixture.workbook.all('SELECT import_id, row_number, document FROM movements ORDER BY row_number')).toEqual([
    { import_id: second.importId, row_number: 2, document: 'PO-2' }, { import_id: second.importId, row_number: 3, document: 'PO-3' },
  ]);
  expect(fixture.workbook.get('SELECT rows_read, rows_accepted, rows_quarantined, rows_ignored FROM imports WHERE import_id = ?', second.importId))
    .toEqual({ rows_read: 3, rows_accepted: 2, rows_quarantined: 1, rows_ignored: 0 });
});

test('a mended row of the quarantine goes with its import', async () => {
  const fixture = openFixtureWorkbook();
  await importBasics(fixture);
  const { importId } = await importFile(fixture, lines(COUNTS, `S,1,RUG-200,Pier 9,-3,${WHEN}`));
  const { quarantineRowId, cells } = listQuarantine(fixture.workbook, fixture.periodId).rows[0]!;
  accepted(correctRow(fixture.context, { quarantineRowId, cells: cells.with(4, '3'), why: 'typing error' }));
  expect(await undo(fixture, importId)).toMatchObject({ rowsLeaving: 1, quarantine: { waiting: 0, mended: 1, ignored: 0 } });
  expect(fixture.workbook.all('SELECT * FROM counts')).toEqual([]);
  expect(correctRow(fixture.context, { quarantineRowId, cells, why: 'again' })).toMatchObject({ ok: false });
});

test('a waiting row of an undone import cannot be mended any more', async () => {
  const fixture = openFixtureWorkbook();
  await importBasics(fixture);
  const { importId } = await importFile(fixture, lines(COUNTS, `S,1,RUG-200,Pier 9,-3,${WHEN}`));
  const { quarantineRowId, cells } = listQuarantine(fixture.workbook, fixture.periodId).rows[0]!;
  await undo(fixture, importId);
  expect(correctRow(fixture.context, { quarantineRowId, cells: cells.with(4, '3'), why: 'late' })).toMatchObject({ ok: false, failure: 'row_settled' });
  expect(fixture.workbook.all('SELECT * FROM counts')).toEqual([]);
});

test('an import that was made before its summary was kept is undone as far as is known, and says so', async () => {
  const fixture = openFixtureWorkbook();
  const { importId } = await importFile(fixture, lines(SNAPSHOT, `erp,A,Depot,${WHEN},1,,`));
  fixture.workbook.run('UPDATE imports SET summary = NULL');
  const undone = await undo(fixture, importId);
  expect(undone).toMatchObject({ rowsLeaving: 1, removed: { count: 0 } });
  expect(undone.notes[0]).toContain('older than what is kept of imports now');
});

test('a prepared journal keeps an import where it is, and the refusal names it and the next step', async () => {
  const fixture = openFixtureWorkbook();
  await importBasics(fixture);
  const { importId } = await importFile(fixture, 'shopify-inventory.csv', { asOfInstant: AS_OF });
  fixture.workbook.run("INSERT INTO people (person_id, name, email, role, certificate_pem, fingerprint, added_instant) VALUES (1, 'A', 'a@x', 'accountant', '', 'f1', 0), (2, 'B', 'b@x', 'controller', '', 'f2', 0)");
  fixture.workbook.run("INSERT INTO journals (period_id, number, state, currency, content_hash, preparer_id, prepared_instant, named_approver_id, signed_file) VALUES (?, 'ADJ-2026-10-1', 'prepared', 'USD', '', 1, 0, 2, x'00')", fixture.periodId);
  const before = contentOf(fixture);
  expect(accepted(await previewUndo(fixture.context, importId)).blockedBy).toEqual([{ name: 'Journal ADJ-2026-10-1', note: expect.stringContaining('Take the journal back to draft first.') as string }]);
  const refusal = await undoImport(fixture.context, { importId, why });
  expect(refusal).toMatchObject({ ok: false, failure: 'journal_rests_on_it', message: expect.stringContaining('Journal ADJ-2026-10-1 is prepared') as string });
  expect(contentOf(fixture)).toEqual(before);
});
