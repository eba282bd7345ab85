/**
 * Names, units and recipes meet the workbook: real files, and what is kept of how each name came to be known.
 */
import { describe, expect, test } from 'vitest';
import type { ImportProfileText } from '@shared/domain/import-profile';
import { ImportProfile } from '@shared/domain/import-profile';
import { parseInstant } from '@shared/domain/instant';
import {
  acceptSuggestions, historyOfRow, listAliases, listQuarantine, mapAlias, rehearseTakeBack, replayQuarantine, setUnit, suggestNames,
  takeBackAliases,
} from '../../electron/services/quarantine';
import { silentJob } from '../../electron/services/context';
import { findChainBreak } from '../../electron/workbook/audit';
import { AS_OF, accepted, contentOf, importBasics, importFile, lines } from '../support/imports';
import { openFixtureWorkbook, type WorkbookFixture } from '../support/workbook-fixture';

const COUNTS = 'sheet,line,sku,location,counted,counted_at';
const WHEN = '2026-10-31T22:30:00-07:00';
const EARLIER = '2026-10-05T09:00:00-07:00';

const profile = (text: Partial<ImportProfileText> & Pick<ImportProfileText, 'kind' | 'columns'>): ImportProfile =>
  ImportProfile.parse({
    id: 'own', version: 1, name: 'Own', source: 'shelf', system: null, recognise: { requiredFields: [] },
    effect: 'sets', ...text,
  });
const columns = (...fields: ImportProfile['columns'][number]['field'][]) => fields.map((field) => ({ field, headers: [field] }));
const COUNT_PROFILE = profile({ kind: 'count', columns: columns('sheet', 'line', 'sku', 'location', 'counted', 'counted_at', 'name', 'barcode', 'uom') });
const COUNT_HEADER = 'sheet,line,sku,location,counted,counted_at,name,barcode,uom';
const SNAPSHOT_PROFILE = profile({ kind: 'snapshot', system: 'erp', columns: columns('sku', 'location', 'as_of', 'on_hand', 'unit_cost', 'uom') });
const MOVEMENTS_PROFILE = profile({ kind: 'movements', system: 'erp', effect: 'adds', columns: columns('type', 'document', 'sku', 'location', 'quantity', 'occurred_at', 'posted_at', 'uom') });

const suggestions = (fixture: WorkbookFixture) => suggestNames(fixture.workbook, fixture.periodId, silentJob);
const aliases = (fixture: WorkbookFixture, acceptedOnly = true) =>
  listAliases(fixture.workbook, { source: null, text: '', acceptedOnly, offset: 0, limit: 100 }).rows;
const counted = (fixture: WorkbookFixture) =>
  fixture.workbook.all<{ sku: string; counted_scaled: number }>(
    'SELECT i.sku, c.counted_scaled FROM counts c JOIN stock_keys USING (stock_key_id) JOIN items i USING (item_id) ORDER BY c.import_id, c.row_number',
  );

async function basics(): Promise<WorkbookFixture> {
  const fixture = openFixtureWorkbook();
  await importBasics(fixture);
  await importFile(fixture, lines('sku,name,barcode,pack_size', 'RUG-200,Wool rug 200,0790123456785,', 'LAMP-OAK-L,"Lamp, oak",0790123456792,6'));
  return fixture;
}

describe('names are met', () => {
  test('through an alias in another case, with other spaces or dashes', async () => {
    const fixture = await basics();
    accepted(mapAlias(fixture.context, { source: 'plain', kind: 'item', alias: 'Big-Carpet', targetCode: 'RUG-200' }));
    const { rehearsal } = await importFile(fixture, lines(COUNTS, `S,1,BIG\u2013CARPET,Pier 9,3,${WHEN}`, `S,2,big-carpet,PIER  9,4,${WHEN}`));
    expect(rehearsal).toMatchObject({ rowsAccepted: 2, rowsQuarantined: 0 });
    expect(aliases(fixture)).toMatchObject([{ alias: 'Big-Carpet', rowsOpenMost: 2, rowsLockedMost: 0, how: 'by_hand', acceptedBy: 'Ana Reyes <ana@example.com>' }]);
  });

  test('with other leading zeros only where the profile says that they do not count', async () => {
    const fixture = await basics();
    const file = lines(COUNT_HEADER, `S,1,417-V,Pier 9,3,${WHEN},,,`);
    const strict = await importFile(fixture, file, { mapping: COUNT_PROFILE });
    expect(strict.rehearsal).toMatchObject({ rowsAccepted: 0, rowsQuarantined: 1 });
    const lenient = ImportProfile.parse({ ...COUNT_PROFILE, identifiers: { sku: 'ignore_leading_zeros', location: 'as_written' } });
    const { rehearsal } = await importFile(fixture, lines(COUNT_HEADER, `T,1,417-V,Pier 9,3,${WHEN},,,`), { mapping: lenient });
    expect(rehearsal).toMatchObject({ rowsAccepted: 1, rowsQuarantined: 0 });
    fixture.workbook.run("INSERT INTO items (sku) VALUES ('0417-V')");
    const several = await importFile(fixture, lines(COUNT_HEADER, `U,1,417-V,Pier 9,3,${WHEN},,,`), { mapping: lenient });
    expect(several.rehearsal.badRows[0]).toMatchObject({ reason: 'unknown_item', detail: expect.stringContaining('more than one item') });
  });

  test('never by likeness: what is one character off waits', async () => {
    const fixture = await basics();
    const { rehearsal } = await importFile(fixture, lines(COUNTS, `S,1,RUG-20O,Pier 9,3,${WHEN}`));
    expect(rehearsal).toMatchObject({ rowsAccepted: 0, rowsQuarantined: 1, badRows: [{ reason: 'unknown_item' }] });
    expect(counted(fixture)).toEqual([]);
  });
});

describe('suggestions', () => {
  const FILE = lines(
    COUNT_HEADER,
    `S,1,RUG-20O,Pier 9,3,${WHEN},,,`,
    `S,2,Deckchair,Pier 9,2,${WHEN},Lounger,0790123456792,`,
    `S,3,RUG-20O,Pier 9,1,${WHEN},,,`,
    `S,4,NOBODY,Pier 9,1,${WHEN},,,`,
    `S,5,00417-V,Peir 9,1,${WHEN},,,`,
  );

  test('are told with their reason and with the rows that wait, and map nothing by themselves', async () => {
    const fixture = await basics();
    await importFile(fixture, FILE, { mapping: COUNT_PROFILE });
    const before = contentOf(fixture);
    expect(suggestions(fixture).map(({ alias, kind, rows, suggestions: each }) => [alias, kind, rows, each.map(({ reason, targetCode }) => `${reason} ${targetCode}`)])).toEqual([
      ['RUG-20O', 'item', 2, ['one_character RUG-200']],
      ['Deckchair', 'item', 1, ['same_barcode LAMP-OAK-L']],
      ['Peir 9', 'location', 1, ['one_character Pier 9']],
    ]);
    expect(contentOf(fixture)).toEqual(before);
  });

  test('many are accepted at once: an event for each name, one replay, and how each name came is kept', async () => {
    const fixture = await basics();
    await importFile(fixture, FILE, { mapping: COUNT_PROFILE });
    const all = suggestions(fixture).map(({ source, kind, alias, suggestions: [first] }) => ({
      source, kind, alias, targetCode: first!.targetCode, reason: first!.reason,
    }));
    expect(accepted(acceptSuggestions(fixture.context, fixture.periodId, all))).toEqual({ tried: 5, written: 4, stillWaiting: 1 });
    expect(counted(fixture).map(({ sku }) => sku)).toEqual(['RUG-200', 'LAMP-OAK-L', 'RUG-200', '00417-V']);
    expect(aliases(fixture).map(({ alias, how, targetCode, rowsOpenMost }) => [alias, how, targetCode, rowsOpenMost]).sort()).toEqual([
      ['Deckchair', 'same_barcode', 'LAMP-OAK-L', 1], ['Peir 9', 'one_character', 'Pier 9', 4], ['RUG-20O', 'one_character', 'RUG-200', 2],
    ]);
    const actions = fixture.workbook.all<{ action: string }>('SELECT action FROM audit_events ORDER BY sequence').map(({ action }) => action);
    expect(actions.slice(-4)).toEqual(['alias.set', 'alias.set', 'alias.set', 'quarantine.replay']);
    expect(findChainBreak(fixture.workbook)).toBeUndefined();
  });

  test('where one of those accepted is no longer offered, none is', async () => {
    const fixture = await basics();
    await importFile(fixture, FILE, { mapping: COUNT_PROFILE });
    const before = contentOf(fixture);
    const good = { source: 'shelf', kind: 'item', alias: 'RUG-20O', targetCode: 'RUG-200', reason: 'one_character' } as const;
    const outcome = acceptSuggestions(fixture.context, fixture.periodId, [good, { ...good, alias: 'NOBODY' }]);
    expect(outcome).toMatchObject({ ok: false, failure: 'suggestion_gone' });
    expect(contentOf(fixture)).toEqual(before);
  });

  test('a neighbouring number is not suggested where the same file names both', async () => {
    const fixture = await basics();
    await importFile(fixture, lines(COUNTS, `S,1,RUG-300,Pier 9,3,${WHEN}`, `S,2,RUG-200,Pier 9,3,${WHEN}`));
    expect(suggestions(fixture)).toEqual([]);
    await importFile(fixture, lines(COUNTS, `T,1,RUG-400,Pier 9,3,${WHEN}`));
    expect(suggestions(fixture).map(({ alias }) => alias)).toEqual(['RUG-400']);
  });
});

describe('a name is taken back', () => {
  const CARPET = { kind: 'item', source: 'plain', alias: 'CARPET' } as const;

  test('rows that waited for it, and rows that never did, wait again; what the code itself names stays', async () => {
    const fixture = await basics();
    const first = await importFile(fixture, lines(COUNTS, `S,1,CARPET,Pier 9,3,${WHEN}`, `S,2,RUG-200,Pier 9,4,${WHEN}`));
    accepted(mapAlias(fixture.context, { ...CARPET, targetCode: 'RUG-200' }));
    accepted(replayQuarantine(fixture.context, fixture.periodId));
    const second = await importFile(fixture, lines(COUNTS, `T,1,CARPET,Pier 9,5,${WHEN}`, `T,2,carpet,Pier 9,6,${WHEN}`));
    expect(counted(fixture)).toHaveLength(4);

    const before = contentOf(fixture);
    const rehearsed = accepted(await rehearseTakeBack(fixture.context, [CARPET]));
    expect(rehearsed).toEqual({
      aliases: 1, rowsReturned: 3, rowsLockedMost: 0,
      byImport: [
        { importId: first.importId, fileName: 'file.csv', periodCode: '2026-10', rows: 1 },
        { importId: second.importId, fileName: 'file.csv', periodCode: '2026-10', rows: 2 },
      ],
    });
    expect(contentOf(fixture)).toEqual(before);

    expect(accepted(await takeBackAliases(fixture.context, { aliases: [CARPET], why: 'It is the runner' }))).toEqual(rehearsed);
    expect(counted(fixture)).toEqual([{ sku: 'RUG-200', counted_scaled: 40_000 }]);
    expect(aliases(fixture)).toEqual([]);
    const { waiting, rows } = listQuarantine(fixture.workbook, fixture.periodId);
    expect(waiting).toBe(3);
    expect(rows.map(({ subject, reason, raw }) => [reason, subject, raw.split(',')[4]])).toEqual([
      ['unknown_item', 'CARPET', '3'], ['unknown_item', 'CARPET', '5'], ['unknown_item', 'carpet', '6'],
    ]);
    expect(fixture.workbook.all('SELECT rows_read, rows_accepted, rows_quarantined FROM imports ORDER BY import_id DESC LIMIT 2')).toEqual([
      { rows_read: 2, rows_accepted: 0, rows_quarantined: 2 }, { rows_read: 2, rows_accepted: 1, rows_quarantined: 1 },
    ]);
    const steps = accepted(historyOfRow(fixture.workbook, rows[0]!.quarantineRowId));
    expect(steps.map(({ step, why }) => [step, why])).toEqual([['came_in', ''], ['written', ''], ['taken_back', 'It is the runner']]);
    expect(steps[0]!.sentence).toContain('waited for: Unknown item CARPET');
    expect(accepted(historyOfRow(fixture.workbook, rows[1]!.quarantineRowId))[0]!.sentence).toBe('Row 2 of file.csv was written');

    accepted(mapAlias(fixture.context, { ...CARPET, targetCode: 'LAMP-OAK-L' }));
    expect(accepted(replayQuarantine(fixture.context, fixture.periodId))).toEqual({ tried: 3, written: 3, stillWaiting: 0 });
    expect(counted(fixture).map(({ sku }) => sku).sort()).toEqual(['LAMP-OAK-L', 'LAMP-OAK-L', 'LAMP-OAK-L', 'RUG-200']);
    expect(findChainBreak(fixture.workbook)).toBeUndefined();
  });

  test('rows of a locked period stay, and their number is told', async () => {
    const fixture = await basics();
    accepted(mapAlias(fixture.context, { ...CARPET, targetCode: 'RUG-200' }));
    await importFile(fixture, lines(COUNTS, `S,1,CARPET,Pier 9,3,${WHEN}`));
    fixture.workbook.run("UPDATE periods SET state = 'locked', locked_instant = 1");
    expect(aliases(fixture)).toMatchObject([{ rowsOpenMost: 0, rowsLockedMost: 1 }]);
    expect(accepted(await takeBackAliases(fixture.context, { aliases: [CARPET], why: 'wrong' }))).toEqual({ aliases: 1, rowsReturned: 0, rowsLockedMost: 1, byImport: [] });
    expect(counted(fixture)).toHaveLength(1);
    expect(aliases(fixture)).toEqual([]);
  });

  test('a location, and a name that nobody keeps', async () => {
    const fixture = await basics();
    accepted(mapAlias(fixture.context, { source: 'plain', kind: 'location', alias: 'The Pier', targetCode: 'Pier 9' }));
    await importFile(fixture, lines(COUNTS, `S,1,RUG-200,The Pier,3,${WHEN}`, `S,2,RUG-200,Pier 9,3,${WHEN}`));
    const pier = { kind: 'location', source: 'plain', alias: 'The Pier' } as const;
    expect(accepted(await takeBackAliases(fixture.context, { aliases: [pier], why: 'another pier' }))).toMatchObject({ rowsReturned: 1 });
    expect(listQuarantine(fixture.workbook, fixture.periodId).rows).toMatchObject([{ reason: 'unknown_location', subject: 'The Pier', rowNumber: 2 }]);
    expect(await takeBackAliases(fixture.context, { aliases: [pier], why: 'again' })).toMatchObject({ ok: false, failure: 'alias_unknown' });
  });

  test('a position that other rows share goes whole, and those rows are written anew', async () => {
    const fixture = await basics();
    accepted(mapAlias(fixture.context, { source: 'plain', kind: 'item', alias: 'CARPET', targetCode: 'RUG-200' }));
    const header = 'system,sku,location,as_of,on_hand';
    const { importId } = await importFile(fixture, lines(header, `storefront,CARPET,Pier 9,${WHEN},3`, `erp,RUG-200,Pier 9,${WHEN},9`, `storefront,RUG-200,Pier 9,${WHEN},5`));
    // As where a file gives an item by lot: the second row was added to the position of the first.
    fixture.workbook.run('INSERT INTO snapshot_parts SELECT import_id, stock_key_id, 4 FROM snapshots WHERE import_id = ? AND row_number = 2', importId);
    fixture.workbook.run('DELETE FROM quarantine_rows WHERE import_id = ?', importId);
    fixture.workbook.run('UPDATE imports SET rows_accepted = 3, rows_quarantined = 0 WHERE import_id = ?', importId);
    expect(accepted(await takeBackAliases(fixture.context, { aliases: [CARPET], why: 'x' }))).toMatchObject({ rowsReturned: 1 });
    expect(fixture.workbook.all("SELECT row_number, i.sku FROM snapshots JOIN stock_keys USING (stock_key_id) JOIN items i USING (item_id) WHERE import_id = ? ORDER BY 1", importId)).toEqual([
      { row_number: 3, sku: 'RUG-200' }, { row_number: 4, sku: 'RUG-200' },
    ]);
    expect(fixture.workbook.all('SELECT * FROM snapshot_parts')).toEqual([]);
    expect(fixture.workbook.get('SELECT rows_read, rows_accepted, rows_quarantined FROM imports WHERE import_id = ?', importId)).toEqual({ rows_read: 3, rows_accepted: 2, rows_quarantined: 1 });
    expect(listQuarantine(fixture.workbook, fixture.periodId)).toMatchObject({ waiting: 1, rows: [{ subject: 'CARPET' }, { state: 'replayed', rowNumber: 3 }, { state: 'replayed', rowNumber: 4 }] });
  });

  test('a path that a file spelled out is learnt, listed, and taken back without touching what its last part names', async () => {
    const fixture = openFixtureWorkbook();
    await importFile(fixture, lines('Name,Inventory Location,Location On Hand', 'RUGS : RUG-9,Pier 9,1'), { asOfInstant: AS_OF });
    expect(aliases(fixture, false)).toMatchObject([{ kind: 'item', alias: 'RUGS : RUG-9', targetCode: 'RUG-9', how: 'learnt_path', rowsOpenMost: 1 }]);
    expect(aliases(fixture)).toEqual([]);
    const key = { kind: 'item', source: 'netsuite', alias: 'RUGS : RUG-9' } as const;
    expect(accepted(await takeBackAliases(fixture.context, { aliases: [key], why: 'x' }))).toMatchObject({ rowsReturned: 0 });
    expect(fixture.workbook.all('SELECT 1 FROM snapshots')).toHaveLength(1);
  });
});

describe('units of measure', () => {
  const count = (...rows: string[]) => lines(COUNT_HEADER, ...rows.map((row, index) => `S,${index + 1},${row}`));

  test('a quantity in cases becomes the base unit exactly, and words for each are the base unit', async () => {
    const fixture = await basics();
    const { rehearsal } = await importFile(
      fixture,
      count(`LAMP-OAK-L,Pier 9,2,${WHEN},,,case`, `LAMP-OAK-L,Pier 9,5,${WHEN},,,EA`, `LAMP-OAK-L,Pier 9,0.5,${WHEN},,,CS`, `LAMP-OAK-L,Pier 9,1,${WHEN},,,pack`),
      { mapping: COUNT_PROFILE },
    );
    expect(rehearsal).toMatchObject({ rowsAccepted: 4, rowsQuarantined: 0 });
    expect(counted(fixture).map(({ counted_scaled }) => counted_scaled)).toEqual([120_000, 50_000, 30_000, 60_000]);
  });

  test('an unknown unit waits, the factor is given once, and every row that needs it is written', async () => {
    const fixture = await basics();
    const file = count(`RUG-200,Pier 9,2,${WHEN},,,roll of 3`, `RUG-200,Pier 9,1,${WHEN},,,Roll of 3`, `LAMP-OAK-L,Pier 9,1,${WHEN},,,roll of 3`);
    const { rehearsal } = await importFile(fixture, file, { mapping: COUNT_PROFILE });
    expect(rehearsal.badRows.map(({ reason, subject }) => [reason, subject])).toEqual([
      ['unknown_unit', 'roll of 3 \u00b7 RUG-200'], ['unknown_unit', 'Roll of 3 \u00b7 RUG-200'], ['unknown_unit', 'roll of 3 \u00b7 LAMP-OAK-L'],
    ]);
    const request = { periodId: fixture.periodId, itemCode: 'RUG-200', unit: 'roll of 3', source: 'shelf' };
    expect(setUnit(fixture.context, { ...request, factor: '0' })).toMatchObject({ ok: false, failure: 'factor_unreadable' });
    expect(setUnit(fixture.context, { ...request, itemCode: 'NOBODY', factor: '3' })).toMatchObject({ ok: false, failure: 'target_unknown' });
    expect(setUnit(fixture.context, { ...request, unit: 'pcs', factor: '3' })).toMatchObject({ ok: false, failure: 'factor_unreadable' });
    expect(accepted(setUnit(fixture.context, { ...request, factor: '3' }))).toEqual({ tried: 3, written: 2, stillWaiting: 1 });
    expect(counted(fixture).map(({ counted_scaled }) => counted_scaled)).toEqual([60_000, 30_000]);
    // What was written by it would go on saying three.
    expect(setUnit(fixture.context, { ...request, factor: '4' })).toMatchObject({
      ok: false, failure: 'unit_in_use', message: expect.stringMatching(/^One roll of 3 of RUG-200 holds 3 each, and rows of import \d+ \(file\.csv\) were read by it\. Undo that import first/) as string,
    });
    expect(accepted(setUnit(fixture.context, { ...request, itemCode: 'LAMP-OAK-L', factor: '4' }))).toMatchObject({ written: 1 });
  });

  test("a source's own word for a unit is mapped like a name, and taken back like one", async () => {
    const fixture = await basics();
    await importFile(fixture, count(`LAMP-OAK-L,Pier 9,2,${WHEN},,,KAR`), { mapping: COUNT_PROFILE });
    accepted(mapAlias(fixture.context, { source: 'shelf', kind: 'unit', alias: 'KAR', targetCode: 'case' }));
    expect(accepted(replayQuarantine(fixture.context, fixture.periodId))).toMatchObject({ written: 1 });
    expect(counted(fixture)).toEqual([{ sku: 'LAMP-OAK-L', counted_scaled: 120_000 }]);
    const key = { kind: 'unit', source: 'shelf', alias: 'KAR' } as const;
    expect(accepted(await takeBackAliases(fixture.context, { aliases: [key], why: 'it is a carton of 4' }))).toMatchObject({ rowsReturned: 1 });
    expect(listQuarantine(fixture.workbook, fixture.periodId).rows).toMatchObject([{ reason: 'unknown_unit', subject: 'KAR \u00b7 LAMP-OAK-L' }]);
  });

  test('what has no exact figure in the base unit waits', async () => {
    const fixture = await basics();
    accepted(setUnit(fixture.context, { periodId: fixture.periodId, itemCode: 'RUG-200', unit: 'strip', factor: '0.3333' }));
    const { rehearsal } = await importFile(fixture, count(`RUG-200,Pier 9,0.5,${WHEN},,,strip`), { mapping: COUNT_PROFILE });
    expect(rehearsal.badRows).toMatchObject([{ reason: 'unreadable_number', subject: '0.5 strip' }]);
  });

  test('a snapshot and a movement convert too, the unit cost divided half-even, each by what held at its instant', async () => {
    const fixture = await basics();
    const header = 'sku,location,as_of,on_hand,unit_cost,uom';
    await importFile(fixture, lines(header, `LAMP-OAK-L,Pier 9,${WHEN},10,100.00,case`), { mapping: SNAPSHOT_PROFILE });
    expect(fixture.workbook.get("SELECT on_hand_scaled, unit_cost_scaled FROM snapshots ORDER BY import_id DESC LIMIT 1")).toEqual({ on_hand_scaled: 600_000, unit_cost_scaled: 16_666_667 });
    // The pack of the item grows with the period's own items file; what happened before the period began is of the old one.
    await importFile(fixture, lines('sku,name,pack_size', 'LAMP-OAK-L,,8'));
    const moves = 'type,document,sku,location,quantity,occurred_at,posted_at,uom';
    const before = '2026-09-20T09:00:00-07:00';
    await importFile(fixture, lines(moves, `receipt,PO-1,LAMP-OAK-L,Pier 9,1,${before},${before},case`, `receipt,PO-2,LAMP-OAK-L,Pier 9,1,${EARLIER},${EARLIER},case`), { mapping: MOVEMENTS_PROFILE });
    expect(fixture.workbook.all('SELECT document, quantity_scaled FROM movements ORDER BY document')).toEqual([
      { document: 'PO-1', quantity_scaled: 60_000 }, { document: 'PO-2', quantity_scaled: 80_000 },
    ]);
    expect(fixture.workbook.get("SELECT pack_size_scaled FROM items WHERE sku = 'LAMP-OAK-L'")).toEqual({ pack_size_scaled: 80_000 });
  });

  test('an item that an ERP snapshot brings takes the unit of its row as its base unit', async () => {
    const fixture = await basics();
    const creating = ImportProfile.parse({ ...SNAPSHOT_PROFILE, createsItems: 'always' });
    const { rehearsal } = await importFile(fixture, lines('sku,location,as_of,on_hand,unit_cost,uom', `FLOUR,Pier 9,${WHEN},2.5,1.10,KG`), { mapping: creating });
    expect(rehearsal).toMatchObject({ rowsAccepted: 1, newItems: ['FLOUR'] });
    expect(fixture.workbook.get("SELECT uom FROM items WHERE sku = 'FLOUR'")).toEqual({ uom: 'kg' });
  });
});

test('a recipe holds from the start of the period it is imported into; the one before stays for what happened earlier', async () => {
  const fixture = await basics();
  await importFile(fixture, lines('sku,name,kit_of', 'SET,Set,RUG-200*1;LAMP-OAK-L*2'));
  await importFile(fixture, lines('sku,name,kit_of', 'SET,,RUG-200*3'));
  const recipe = fixture.workbook.all(
    'SELECT valid_from_instant, p.sku, quantity_scaled FROM kit_parts JOIN items p ON p.item_id = part_item_id ORDER BY valid_from_instant, p.sku',
  );
  const start = parseInstant('2026-10-01T00:00:00-07:00');
  expect(recipe).toEqual([
    { valid_from_instant: 0, sku: 'LAMP-OAK-L', quantity_scaled: 20_000 },
    { valid_from_instant: 0, sku: 'RUG-200', quantity_scaled: 10_000 },
    { valid_from_instant: start, sku: 'RUG-200', quantity_scaled: 30_000 },
  ]);
});
