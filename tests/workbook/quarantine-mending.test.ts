/**
 * Many rows of the quarantine mended at once, told beforehand and kept in each row's history.
 */
import { expect, test } from 'vitest';
import {
  acceptSuggestions, correctRow, historyOfRow, ignoreRows, listQuarantine, mapAlias, quarantinePage, replaceValue, replayQuarantine,
  restoreRows, suggestNames, touchedBy,
} from '../../electron/services/quarantine';
import { JobCancelled, silentJob } from '../../electron/services/context';
import { auditPage } from '../../electron/services/audit-trail';
import { findChainBreak } from '../../electron/workbook/audit';
import { accepted, contentOf, importBasics, importFile, lines } from '../support/imports';
import { openFixtureWorkbook, type WorkbookFixture } from '../support/workbook-fixture';

const COUNTS = 'sheet,line,sku,location,counted,counted_at';
const WHEN = '2026-10-31T22:30:00-07:00';

const waitingRows = (fixture: WorkbookFixture) => quarantinePage(fixture.workbook, { periodId: fixture.periodId, state: 'waiting', offset: 0, limit: 1000 }).rows;
const steps = (fixture: WorkbookFixture, quarantineRowId: number) =>
  accepted(historyOfRow(fixture.workbook, quarantineRowId)).map(({ step, sentence, why }) => [step, sentence, why]);
const counts = (fixture: WorkbookFixture) => fixture.workbook.get('SELECT rows_read, rows_accepted, rows_quarantined, rows_ignored FROM imports ORDER BY import_id DESC LIMIT 1');

/** Four rows whose instant cannot be read, of which one also has an unknown item, and one whose count cannot. */
async function badDates(): Promise<WorkbookFixture> {
  const fixture = openFixtureWorkbook();
  await importBasics(fixture);
  await importFile(fixture, lines(COUNTS, 'S,1,RUG-200,Pier 9,1,last night', 'S,2,CARPET,Pier 9,2,last night', 'S,3,RUG-200,Pier 9,3,Saturday', 'S,4,RUG-200,Pier 9,4,last night', `S,5,RUG-200,Pier 9,dozen,${WHEN}`));
  return fixture;
}

const BAD_DATES = (fixture: WorkbookFixture) => ({ periodId: fixture.periodId, source: 'plain', reason: 'unreadable_date' as const });

test('how many rows an action would touch is told before it is carried out, and nothing is changed by it', async () => {
  const fixture = await badDates();
  const before = contentOf(fixture);
  expect(accepted(touchedBy(fixture.workbook, { rows: BAD_DATES(fixture), column: 'Counted_At', from: 'last night' }))).toEqual({
    rows: 3, files: ['file.csv'], values: [{ value: 'last night', rows: 3 }, { value: 'Saturday', rows: 1 }],
  });
  expect(accepted(touchedBy(fixture.workbook, { rows: { ...BAD_DATES(fixture), subject: 'Saturday' } }))).toEqual({ rows: 1, files: ['file.csv'], values: [] });
  expect(accepted(touchedBy(fixture.workbook, { rows: { ...BAD_DATES(fixture), subject: 'Sunday' } }))).toEqual({ rows: 0, files: [], values: [] });
  expect(contentOf(fixture)).toEqual(before);
});

test('one value is put for another in many rows: what can be written is, and what waits for something else keeps the correction', async () => {
  const fixture = await badDates();
  const request = { rows: BAD_DATES(fixture), column: 'counted_at', from: 'last night', to: WHEN, why: 'Team 2 counted until half past ten' };
  expect(accepted(replaceValue(fixture.context, request))).toEqual({ tried: 3, written: 2, stillWaiting: 1 });
  expect(counts(fixture)).toEqual({ rows_read: 5, rows_accepted: 2, rows_quarantined: 3, rows_ignored: 0 });
  expect(fixture.workbook.all('SELECT row_number, counted_scaled FROM counts ORDER BY row_number')).toEqual([{ row_number: 2, counted_scaled: 10_000 }, { row_number: 5, counted_scaled: 40_000 }]);
  const [carpet] = waitingRows(fixture);
  expect(carpet).toMatchObject({ reason: 'unknown_item', subject: 'CARPET', raw: 'S,2,CARPET,Pier 9,2,last night', corrected: `S,2,CARPET,Pier 9,2,${WHEN}` });
  accepted(mapAlias(fixture.context, { source: 'plain', kind: 'item', alias: 'CARPET', targetCode: 'RUG-200' }));
  expect(accepted(replayQuarantine(fixture.context, fixture.periodId))).toEqual({ tried: 3, written: 1, stillWaiting: 2 });
  expect(steps(fixture, carpet!.quarantineRowId)).toEqual([
    ['came_in', 'Row 3 of file.csv came in and waited for: Unreadable date last night', ''],
    ['corrected', `Corrected. Reads S,2,CARPET,Pier 9,2,${WHEN}; waits for: Unknown item CARPET`, 'Team 2 counted until half past ten'],
    ['written', 'Replayed and written: is RUG-200', ''],
  ]);
  const { events } = auditPage(fixture.workbook, { offset: 0, limit: 10, text: '', periodId: null });
  expect(events.map(({ sentence }) => sentence)).toContain(`Corrected import 2, counted_at: last night is now ${WHEN}; Team 2 counted until half past ten`);
  expect(findChainBreak(fixture.workbook)).toBeUndefined();
});

test('a correction that makes no row better is refused and leaves no trace', async () => {
  const fixture = await badDates();
  const before = contentOf(fixture);
  const request = { rows: BAD_DATES(fixture), column: 'counted_at', from: null, to: 'yesterday', why: 'x' };
  expect(replaceValue(fixture.context, request)).toMatchObject({ ok: false, failure: 'still_bad', message: expect.stringContaining('yesterday') });
  expect(replaceValue(fixture.context, { ...request, column: 'shelf' })).toMatchObject({ ok: false, failure: 'column_unknown' });
  expect(replaceValue(fixture.context, { ...request, from: 'Monday' })).toMatchObject({ ok: false, failure: 'nothing_chosen' });
  expect(replaceValue(fixture.context, { ...request, rows: { quarantineRowIds: [999] } })).toMatchObject({ ok: false, failure: 'row_unknown' });
  expect(contentOf(fixture)).toEqual(before);
});

test('a whole group is ignored with a reason, and a row of it is brought back with another', async () => {
  const fixture = await badDates();
  expect(accepted(ignoreRows(fixture.context, { rows: BAD_DATES(fixture), why: 'Practice sheet' }))).toEqual({ ignored: 4 });
  expect(counts(fixture)).toEqual({ rows_read: 5, rows_accepted: 0, rows_quarantined: 1, rows_ignored: 4 });
  expect(ignoreRows(fixture.context, { rows: BAD_DATES(fixture), why: 'again' })).toMatchObject({ ok: false, failure: 'nothing_chosen' });
  const { rows } = quarantinePage(fixture.workbook, { periodId: fixture.periodId, state: 'settled', offset: 0, limit: 10 });
  const { quarantineRowId } = rows[2]!;
  expect(accepted(restoreRows(fixture.context, { quarantineRowIds: [quarantineRowId], why: 'Line 3 was real' }))).toEqual({ restored: 1 });
  expect(counts(fixture)).toEqual({ rows_read: 5, rows_accepted: 0, rows_quarantined: 2, rows_ignored: 3 });
  expect(restoreRows(fixture.context, { quarantineRowIds: [quarantineRowId], why: 'x' })).toMatchObject({ ok: false, failure: 'row_waits' });
  const cells = ['S', '3', 'RUG-200', 'Pier 9', '3', WHEN];
  accepted(correctRow(fixture.context, { quarantineRowId, cells, why: 'Saturday at half past ten' }));
  expect(restoreRows(fixture.context, { quarantineRowIds: [quarantineRowId], why: 'x' })).toMatchObject({ ok: false, failure: 'row_settled' });
  expect(steps(fixture, quarantineRowId).map(([step, , why]) => [step, why])).toEqual([
    ['came_in', ''], ['ignored', 'Practice sheet'], ['brought_back', 'Line 3 was real'], ['corrected', 'Saturday at half past ten'],
  ]);
});

test('a group larger than an event names one by one is told by its number and a hash, and each row still has its step', async () => {
  const fixture = openFixtureWorkbook();
  await importBasics(fixture);
  const rows = Array.from({ length: 1_200 }, (_, index) => `S,${index},NOBODY,Pier 9,1,${WHEN}`);
  await importFile(fixture, lines(COUNTS, ...rows));
  accepted(ignoreRows(fixture.context, { rows: { periodId: fixture.periodId, source: 'plain', reason: 'unknown_item' }, why: 'Samples' }));
  const { detail } = fixture.workbook.get<{ detail: string }>("SELECT detail FROM audit_events WHERE action = 'quarantine.ignore'")!;
  expect(JSON.parse(detail)).toEqual({ rowCount: 1_200, rowsSha256: expect.stringMatching(/^[0-9a-f]{64}$/), why: 'Samples' });
  expect(fixture.workbook.get("SELECT count(*) AS steps FROM quarantine_steps WHERE step = 'ignored'")).toEqual({ steps: 1_200 });
});

test('groups stand reason by reason, and rows come by the page', async () => {
  const fixture = await badDates();
  const listing = listQuarantine(fixture.workbook, fixture.periodId, 0);
  expect(listing.groups.map(({ reason, subject, rows }) => [reason, subject, rows])).toEqual([
    ['unreadable_date', 'last night', 3], ['unreadable_date', 'Saturday', 1], ['unreadable_number', 'dozen', 1],
  ]);
  expect(listing.reasons).toEqual([
    { reason: 'unreadable_date', source: 'plain', rows: 4, groups: 2 }, { reason: 'unreadable_number', source: 'plain', rows: 1, groups: 1 },
  ]);
  const page = quarantinePage(fixture.workbook, { periodId: fixture.periodId, state: 'waiting', source: 'plain', reason: 'unreadable_date', subject: 'last night', offset: 1, limit: 1 });
  expect(page.total).toBe(3);
  expect(page.rows.map(({ rowNumber }) => rowNumber)).toEqual([3]);
});

test('a replay that is cancelled leaves the quarantine as it was, accepted names and all', async () => {
  const fixture = openFixtureWorkbook();
  await importBasics(fixture);
  await importFile(fixture, lines(COUNTS, ...Array.from({ length: 600 }, (_, index) => `S,${index},RUG-20O,Pier 9,1,${WHEN}`)));
  const before = contentOf(fixture);
  const cancelling = fixture.contextWith({
    ...silentJob,
    progress: (stage) => {
      if (stage === 'Replaying rows') throw new JobCancelled('cancelled');
    },
  });
  const [name] = suggestNames(fixture.workbook, fixture.periodId, silentJob);
  const { source, kind, alias } = name!;
  const request = [{ source, kind, alias, targetCode: 'RUG-200', reason: 'one_character' as const }];
  expect(acceptSuggestions(cancelling, fixture.periodId, request)).toMatchObject({ ok: false, failure: 'cancelled' });
  expect(contentOf(fixture)).toEqual(before);
  expect(accepted(acceptSuggestions(fixture.context, fixture.periodId, request))).toMatchObject({ written: 600 });
});

test('a cancelled ignoring of many rows leaves every one of them waiting', async () => {
  const fixture = openFixtureWorkbook();
  await importBasics(fixture);
  const rows = Array.from({ length: 4_100 }, (_, index) => `S,${index + 1},RUG-200,Pier 9,1,last night`);
  await importFile(fixture, lines(COUNTS, ...rows));
  const before = contentOf(fixture);
  let told = 0;
  const job = {
    progress: (_stage: string, done: number) => void (told = done),
    checkCancelled: () => {
      if (told > 0) throw new JobCancelled();
    },
  };
  const outcome = ignoreRows({ ...fixture.context, job }, { rows: BAD_DATES(fixture), why: 'Counted again on Sunday' });
  expect(outcome).toMatchObject({ ok: false, failure: 'cancelled' });
  expect(told).toBe(2_000);
  expect(contentOf(fixture)).toEqual(before);
});
