/**
 * The evidence sheet: everything that is known of an import on one page, which no text of a file can turn into anything else.
 */
import fs from 'node:fs';
import path from 'node:path';
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { evidenceHtml } from '../../electron/files/evidence-html';
import { escapeHtml } from '../../electron/files/html-page';
import { evidenceOf, undoImport } from '../../electron/services/imports';
import { saveEvidence } from '../../electron/services/imports/life/save-text';
import { ignoreRows, listQuarantine } from '../../electron/services/quarantine';
import { AS_OF, accepted, fixturePath, importBasics, importFile } from '../support/imports';
import { openFixtureWorkbook } from '../support/workbook-fixture';

const COUNTS = 'sheet,line,sku,location,counted,counted_at';
const WHEN = '2026-10-31T22:30:00-07:00';

test('the sheet says where an import comes from, how it was read and what became of every row', async () => {
  const fixture = openFixtureWorkbook();
  const { importId, rehearsal } = await importFile(fixture, 'netsuite-item-search.csv', { asOfInstant: AS_OF });
  const bytes = fs.readFileSync(fixturePath('netsuite-item-search.csv'));
  const sheet = accepted(evidenceOf(fixture.workbook, importId));
  expect(sheet).toMatchObject({
    importId, state: 'standing', kind: 'snapshot', systems: ['erp'], profileId: 'netsuite-item-search', profileVersion: rehearsal.profile.version,
    why: rehearsal.profile.why, fileName: 'netsuite-item-search.csv', sha256: createHash('sha256').update(bytes).digest('hex'), byteLength: bytes.length,
    encoding: rehearsal.encoding, delimiter: rehearsal.delimiter, headerRow: rehearsal.headerRow, asOfGivenInstant: AS_OF, asOfFromInstant: AS_OF,
    rowsRead: rehearsal.rowsRead, rowsAccepted: rehearsal.rowsAccepted, rowsQuarantined: rehearsal.rowsQuarantined, rowsIgnored: rehearsal.rowsIgnored,
    controlTotals: rehearsal.controlTotals, totals: rehearsal.totals, columnsUsed: rehearsal.columnsUsed, importedBy: 'Ana Reyes <ana@example.com>', isComplete: true,
    created: { items: rehearsal.newItems.length, locations: rehearsal.newLocations.length },
  });
  expect(sheet.passedOver.reduce((sum, each) => sum + each.rows, 0)).toBe(rehearsal.rowsIgnored);
  expect(sheet.history.map(({ sentence }) => sentence)).toEqual([expect.stringMatching(/^Imported netsuite-item-search\.csv: /)]);
});

test('what happened later stands on the sheet: ignored rows with their reason, and that it was undone', async () => {
  const fixture = openFixtureWorkbook();
  await importBasics(fixture);
  const { importId } = await importFile(fixture, { name: 'c.csv', text: `${[COUNTS, `S,1,RUG-200,Pier 9,-3,${WHEN}`, `S,2,NOBODY,Pier 9,3,${WHEN}`].join('\n')}\n` });
  const row = listQuarantine(fixture.workbook, fixture.periodId).rows.find((each) => each.reason === 'negative_count')!;
  accepted(ignoreRows(fixture.context, { rows: { quarantineRowIds: [row.quarantineRowId] }, why: 'counted twice' }));
  accepted(await undoImport(fixture.context, { importId, why: 'wrong shelf' }));
  const sheet = accepted(evidenceOf(fixture.workbook, importId));
  expect(sheet).toMatchObject({ state: 'undone', stateWhy: 'wrong shelf', stateBy: 'Ana Reyes <ana@example.com>' });
  expect(sheet.settled).toEqual([{ rowNumber: 2, reason: 'negative_count', became: 'ignored', note: 'counted twice' }]);
  expect(sheet.quarantined).toContainEqual({ reason: 'unknown_item', waiting: 1, mended: 0, ignored: 0 });
  expect(sheet.history.map(({ sentence }) => sentence)).toEqual([
    'Imported c.csv: 0 rows written, 2 to the quarantine', `Ignored import ${importId}: counted twice`, `Undid import ${importId}, c.csv: wrong shelf`,
  ]);
  const html = evidenceHtml(sheet);
  expect(html).toContain('Undone by Ana Reyes &lt;ana@example.com&gt;: wrong shelf');
});

test('texts of files and people cannot become markup, script or anything loaded from elsewhere', async () => {
  const fixture = openFixtureWorkbook();
  const evil = '"><script>alert(1)</script><img src=x onerror=alert(2)>';
  const formula = '=HYPERLINK("http://example.com","x")';
  const header = `sku,name,tier,"${evil.replaceAll('"', '""')}","${formula.replaceAll('"', '""')}"`;
  const { importId } = await importFile(fixture, { name: `${evil.replaceAll('/', '')}.csv`, text: `${header}\nA,Lamp,B,1,2\n` });
  accepted(await undoImport(fixture.context, { importId, why: `${evil} \u0000 \ud800` }));
  const saved = path.join(fixture.folder, 'sheet.html');
  accepted(saveEvidence(accepted(evidenceOf(fixture.workbook, importId)), saved));
  const html = fs.readFileSync(saved, 'utf8');
  expect(html).toContain('&lt;script&gt;alert(1)');
  expect(html).toContain('=HYPERLINK(&quot;http://example.com&quot;,&quot;x&quot;)');
  expect(html.match(/<(script|img|iframe|link|object|a)\b/gi)).toBeNull();
  expect(html).not.toMatch(/[\u0000\ud800-\udfff]/);
  expect(html.match(/<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">/)).not.toBeNull();
  // Every element that is opened is closed: nothing a text holds opened or closed one.
  const count = (pattern: RegExp) => (html.match(pattern) ?? []).length;
  for (const element of ['table', 'tr', 'td', 'th', 'p', 'section', 'h1', 'h2']) expect(count(new RegExp(`<${element}[ >]`, 'g'))).toBe(count(new RegExp(`</${element}>`, 'g')));
  expect(fs.readdirSync(fixture.folder).filter((name) => name.includes('partial'))).toEqual([]);
});

test('escaping leaves pairs of surrogates as they are', () => {
  expect(escapeHtml('\u{1f4e6} <b> & "x" \'y\' \u0007')).toBe('\u{1f4e6} &lt;b&gt; &amp; &quot;x&quot; &#39;y&#39; \ufffd');
});

test('a sheet that cannot be written is refused with the place', async () => {
  const fixture = openFixtureWorkbook();
  const { importId } = await importFile(fixture, { name: 'i.csv', text: 'sku,name,tier\nA,Lamp,B\n' });
  const sheet = accepted(evidenceOf(fixture.workbook, importId));
  expect(saveEvidence(sheet, fixture.folder)).toMatchObject({ ok: false, failure: 'file_unwritable', message: expect.stringContaining(fixture.folder) as string });
  expect(evidenceOf(fixture.workbook, 99)).toMatchObject({ ok: false, failure: 'import_unknown' });
});
