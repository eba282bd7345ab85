/**
 * A locked period that holds every kind of import and everything that can become of one: it verifies, it can be compared
 * with, and a value changed behind the program's back is found and named in each table that imports fill.
 */
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SheetChoice } from '@shared/domain/count-sheet';
import { silentJob } from '../../electron/services/context';
import { issueCountSheets } from '../../electron/services/count-sheets/issue';
import { compareWithPeriod, evidenceOf, importSummary, undoImport } from '../../electron/services/imports';
import { correctRow, ignoreRows, listQuarantine, mapAlias, replayQuarantine } from '../../electron/services/quarantine';
import { reconcilePeriod } from '../../electron/services/reconciliation/reconcile';
import { lockPeriod } from '../../electron/services/sign-off/lock';
import { verifyWorkbook } from '../../electron/services/sign-off/verify-workbook';
import { openWorkbookFile } from '../../electron/workbook/open';
import { fileOf, filled, rowsOf } from '../support/count-sheets';
import { formatFile } from '../support/formats';
import { AS_OF, accepted, importFile, requestFor, type Given } from '../support/imports';
import { PASS_PHRASE, signOffBench } from '../support/sign-off';
import { tamperBy } from '../support/tamper';
import { NOW, type WhenFinished } from '../support/workbooks';

const WHEN = '2026-10-31T22:30:00-07:00';
const named = (name: string, ...rows: string[]) => ({ name, text: `${rows.join('\n')}\n` });
const MOVEMENTS = 'system,type,document,line,sku,location,quantity,occurred_at,posted_at';
const COUNTS = 'sheet,line,sku,location,counted,counted_at';
const posting = (document: string, sku: string) => `erp,receipt,${document},1,${sku},Depot,2,${WHEN},${WHEN}`;

let workbookPath = '';
const cleanups: (() => void)[] = [];
const whenFinished: WhenFinished = (cleanup) => void cleanups.push(() => void cleanup());
const compared = new Map<string, string>();

beforeAll(async () => {
  const bench = await signOffBench(whenFinished);
  const { context, periodId, identitiesFolder, approver } = bench;
  workbookPath = bench.workbookPath;
  const { workbook } = context;
  const fixture = { workbook, context, periodId, folder: path.dirname(workbookPath), contextWith: () => context };
  const files: { file: Parameters<typeof requestFor>[1]; given?: Given }[] = [];
  const given = async (file: Parameters<typeof requestFor>[1], rest?: Given) => {
    files.push({ file, ...(rest && { given: rest }) });
    return (await importFile(fixture, file, rest)).importId;
  };
  await given(formatFile('places.csv'));
  await given(named('items.csv', 'sku,name,tier,pack_size', 'RUG-200,Rug,B,6'));
  await given(formatFile('fishbowl-inventory-quantity.csv'), { asOfInstant: AS_OF });
  await given(formatFile('netsuite-journal.csv'));
  await given(named('tb.csv', 'period,account,name,debit,credit,currency', '2026-10,1300,Inventory,10.00,,USD'));
  await given(named('tags.csv', 'sku,location,reason,owner,note,due', 'MUG-BLU-11,Portland,PHY-FOUND,warehouse,,'));
  accepted(mapAlias(context, { source: 'plain', kind: 'item', alias: 'CARPET', targetCode: 'RUG-200' }));
  const first = await importFile(fixture, named('moves.csv', MOVEMENTS, posting('D-1', 'CARPET'), posting('D-2', 'LAMP-OAK-L')));
  await given(named('moves.csv', MOVEMENTS, posting('D-1', 'CARPET'), posting('D-3', 'LAMP-OAK-L')), { supersedesImportId: first.importId });
  await given(named('count.csv', COUNTS, `S,1,CARPET,Depot,-2,${WHEN}`, `S,2,NOBODY,Depot,2,${WHEN}`, `S,3,RUG-200,Depot,2,${WHEN}`));
  const [negative, nobody] = listQuarantine(workbook, periodId).rows;
  accepted(correctRow(context, { quarantineRowId: negative!.quarantineRowId, cells: negative!.cells.with(4, '2'), why: 'a slip' }));
  accepted(ignoreRows(context, { rows: { quarantineRowIds: [nobody!.quarantineRowId] }, why: 'not ours' }));
  const undone = await importFile(fixture, named('undone.csv', MOVEMENTS, posting('D-9', 'RUG-200')));
  accepted(await undoImport(context, { importId: undone.importId, why: 'twice' }));
  const sheets = path.join(fixture.folder, 'sheets.csv');
  accepted(await issueCountSheets(context, { ...SheetChoice.parse({ periodId, locations: ['Canal Street'] }), path: sheets, paper: null }));
  await given(fileOf(rowsOf(sheets).map((row, index) => filled(row, String(index)))));
  accepted(replayQuarantine(context, periodId));
  accepted(reconcilePeriod(context, periodId));
  accepted(lockPeriod(context, identitiesFolder, { periodId, fingerprint: approver, passPhrase: PASS_PHRASE, override: 'A test' }));
  for (const { importId } of importSummary(workbook, periodId).imports) {
    const evidence = accepted(evidenceOf(workbook, importId));
    expect(evidence.rowsRead, evidence.fileName).toBe(evidence.rowsAccepted + evidence.rowsQuarantined + evidence.rowsIgnored);
  }
  for (const { file, given: { supersedesImportId: _replaced, ...rest } = {} } of files) {
    const outcome = await compareWithPeriod(context, requestFor(fixture, file, rest));
    const name = typeof file === 'string' ? file : file.name;
    compared.set(name, outcome.ok ? JSON.stringify(outcome.value.counts) : outcome.failure);
  }
  bench.close();
});
afterAll(() => {
  for (const cleanup of cleanups) cleanup();
});

async function findingsAfter(...statements: string[]): Promise<string[]> {
  const copy = path.join(path.dirname(workbookPath), `copy-${Math.random()}.tieout`);
  fs.copyFileSync(workbookPath, copy);
  for (const statement of statements) tamperBy(copy, 'dropped and put back', statement);
  const opened = await openWorkbookFile(copy, { person: 'Dee Park', now: NOW, readOnly: true });
  if (!opened.ok) throw new Error(opened.message);
  const verification = verifyWorkbook(opened.value.workbook, silentJob);
  opened.value.close();
  expect(verification.holds).toBe(verification.checks.every(({ findings }) => findings.length === 0));
  return verification.checks.flatMap(({ findings }) => findings);
}

test('it verifies', async () => {
  expect(await findingsAfter()).toEqual([]);
});

test('each of its files differs in nothing when it is compared again', () => {
  for (const [name, outcome] of compared) {
    if (name === 'items.csv' || name === 'tags.csv') expect([name, outcome]).toEqual([name, 'nothing_to_compare']);
    else expect([name, JSON.parse(outcome)]).toMatchObject([name, { added: 0, removed: 0, changed: 0 }]);
  }
});

test.each([
  ["UPDATE count_sheets SET choice = 'x'", /^count_sheets, count_sheet_id 1: choice was .* is "x"$/],
  ["UPDATE count_sheet_lines SET bin = 'x' WHERE line = 1", /^count_sheet_lines, count_sheet_id 1, line 1 .*: bin was "", is "x"$/],
  ['UPDATE withdrawn_rows SET row_count = row_count + 1 WHERE piece_number = 1', /^withdrawn_rows, import_id \d+, piece_number 1: row_count was 2, is 3$/],
  ["UPDATE withdrawn_rows SET deflated_rows = x'00' WHERE piece_number = 1", /^withdrawn_rows, import_id \d+, piece_number 1: deflated_rows was "sha256:/],
  ['UPDATE import_differences SET after_scaled = 1 WHERE after_scaled IS NOT NULL', /^import_differences, import_id \d+, place \d+: after_scaled was 20000, is 1$/],
  ["UPDATE alias_uses SET alias = 'OTHER' WHERE alias = 'CARPET'", /^alias_uses, import_id \d+, kind "item", alias "(CARPET": the row is gone|OTHER": the row was added after the seal)$/],
  ["UPDATE quarantine_steps SET note = 'x'", /^quarantine_steps, quarantine_row_id \d+, sequence \d+: note was ".*", is "x"$/],
  ["UPDATE quarantine_rows SET corrected_text = 'x' WHERE corrected_text IS NOT NULL", /^quarantine_rows, import_id \d+, row_number 2: corrected_text was ".*", is "x"$/],
  ['UPDATE snapshot_parts SET row_number = 4', /^snapshot_parts, import_id \d+, row_number [34], stock_key_id \d+.*: the row (is gone|was added after the seal)$/],
  ['UPDATE ledger_entries SET debit_minor = debit_minor + 1 WHERE row_number = 2', /^ledger_entries, import_id \d+, row_number 2: debit_minor was 4081, is 4082$/],
  ['UPDATE trial_balances SET debit_minor = debit_minor + 1', /^trial_balances, import_id \d+, row_number 2: debit_minor was 1000, is 1001$/],
  ["UPDATE imports SET state = 'standing' WHERE state = 'undone'", /^imports, import_id \d+: state was "undone", is "standing"$/],
  ["UPDATE imports SET summary = '{}'", /^imports, import_id \d+: summary was /],
  ["UPDATE source_file_parts SET deflated_content = CAST(deflated_content || x'00' AS BLOB) WHERE rowid = 1", /^source_files, .*: the content no longer has the SHA-256/],
  ["UPDATE source_file_parts SET deflated_content = CAST(substr(deflated_content, 1, 20) || x'00' || substr(deflated_content, 22) AS BLOB) WHERE rowid = 1", /^source_files, .*: the content no longer has the SHA-256/],
  ['DELETE FROM source_file_parts WHERE rowid = 1', /^source_files, .*: the content no longer has the SHA-256/],
  ["INSERT INTO source_file_parts SELECT sha256, part_number + 100, x'00' FROM source_file_parts WHERE rowid = 1", /^source_files, .*: the content no longer has the SHA-256/],
])('a change behind the back is named: %s', async (statement, finding) => {
  const findings = await findingsAfter(statement);
  expect(findings.length).toBeGreaterThan(0);
  for (const each of findings) expect(each).toMatch(finding);
});
