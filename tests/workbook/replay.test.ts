/**
 * Replay on real workbooks: a period computed again from its files and decisions is the same; whatever was changed in it by plain SQL is named
 * with key, column, kept and computed; nothing is left behind, whatever happens.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { deflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { parseInstant } from '@shared/domain/instant';
import type { ReplayAnswer } from '@shared/domain/replay';
import type { Tier } from '@shared/domain/terms';
import { identityStore } from '../../electron/files/identities/identity-store';
import { JobCancelled, type ServiceContext, silentJob } from '../../electron/services/context';
import { enterCounts } from '../../electron/services/count-sheets/enter';
import { commitImport, undoImport } from '../../electron/services/imports';
import { setLocationTimeZone } from '../../electron/services/location-bounds';
import { addAndReplay, ignoreRows, mapAlias, replaceValue, replayQuarantine, restoreRows, setUnit, takeBackAliases } from '../../electron/services/quarantine';
import { reconcilePeriod } from '../../electron/services/reconciliation/reconcile';
import { replayPeriod } from '../../electron/services/replay/replay';
import { TEMPORARY_FOLDER } from '../../electron/services/replay/temporary-workbook';
import { addRiskWindow } from '../../electron/services/rules/risk-windows';
import { setItemTier } from '../../electron/services/rules/item-tier';
import { readSampleManifest, reconcileSampleMonth } from '../../electron/services/sample';
import { lockPeriod } from '../../electron/services/sign-off/lock';
import { reopenPeriod } from '../../electron/services/sign-off/reopen';
import { lockWorkbookFile } from '../../electron/workbook/file-lock';
import { attachToWorkbookFile } from '../../electron/workbook/open';
import { OCTOBER, SEPTEMBER } from '../support/calls';
import { countMonth, issue } from '../support/count-sheets';
import { accepted, importFile, lines } from '../support/imports';
import { passPhraseOf, sampleContext } from '../support/sample-session';
import { tamperBy } from '../support/tamper';
import { openFixtureWorkbook } from '../support/workbook-fixture';
import { NOW, temporaryFolder } from '../support/workbooks';

/** A folder for temporary files that no other test writes to. */
beforeAll(() => {
  const folder = temporaryFolder(afterAll);
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) vi.stubEnv(name, folder);
});
afterAll(() => void vi.unstubAllEnvs());

const leftBehind = (): string[] => fs.readdirSync(os.tmpdir()).filter((name) => name.startsWith(TEMPORARY_FOLDER));
const replayed = async (context: ServiceContext, periodId: number): Promise<ReplayAnswer> => accepted(await replayPeriod(context, { periodId }));
/** What a person reads of each difference. */
const told = ({ differences }: ReplayAnswer): string[] => differences.map(({ part, key, column, kept, computed }) => [part, key, column, kept, computed].join(' | '));
/** Nothing differs, and something of each of these parts was computed. */
function expectSame(answer: ReplayAnswer, ...parts: string[]): void {
  expect(told(answer)).toEqual([]);
  expect(answer).toMatchObject({ same: true, differencesInAll: 0 });
  expect(answer.parts.filter(({ kept, computed, same }) => kept !== computed || same !== kept)).toEqual([]);
  expect(answer.parts.map(({ part }) => part)).toEqual(expect.arrayContaining(parts));
}

describe('the sample company', () => {
  let context: ServiceContext;
  beforeAll(async () => {
    ({ context } = await sampleContext(afterAll));
    accepted(await reconcileSampleMonth(context, '2026-10'));
  });

  test('comes out the same in September, which is locked: lines, closing and journal', async () => {
    const answer = await replayed(context, SEPTEMBER);
    expectSame(answer, 'sources', 'imports', 'snapshots', 'movements', 'counts', 'quarantine', 'lines', 'components', 'closings', 'journals');
    expect(answer.message).toMatch(/^2026-09 computed again from its source files: 1,075 lines, [\d,]+ rows compared, all the same\.$/);
    expect(answer.carriedOver).toContainEqual({ name: 'locations given by hand', rows: readSampleManifest().locations.length });
  });

  test('comes out the same in October, with what September closed with and what was mapped, corrected and ignored', async () => {
    const answer = await replayed(context, OCTOBER);
    expectSame(answer, 'quarantine', 'lines', 'components', 'checks');
    expect(answer.parts.find(({ part }) => part === 'lines')).toMatchObject({ kept: 1099, computed: 1099 });
  });

  test('comes out the same from a workbook that is open for reading only, and leaves its bytes and no folder', async () => {
    const file = context.workbook.path;
    context.workbook.database.pragma('wal_checkpoint(TRUNCATE)');
    const before = fs.readFileSync(file);
    const { workbook, close } = attachToWorkbookFile(file, true);
    onTestFinished(close);
    expectSame(await replayed({ ...context, workbook, actor: { name: '', email: '' } }, SEPTEMBER));
    expect(fs.readFileSync(file).equals(before)).toBe(true);
    expect(leftBehind()).toEqual([]);
  });

  test('is not computed where the lines do not stand for the files, and says what to do', async () => {
    const { context: fresh } = await sampleContext(onTestFinished);
    expect(await replayPeriod(fresh, { periodId: OCTOBER })).toMatchObject({ ok: false, failure: 'not_reconciled', message: expect.stringContaining('Run the reconciliation') });
    expect(await replayPeriod(fresh, { periodId: 99 })).toMatchObject({ ok: false, failure: 'period_missing' });
  });

  test('is refused where somebody works on meanwhile', async () => {
    const { context: busy } = await sampleContext(onTestFinished);
    const { sku, tier } = busy.workbook.get<{ sku: string; tier: Tier }>('SELECT sku, tier FROM items LIMIT 1')!;
    let isDone = false;
    const job = {
      ...silentJob,
      progress: (stage: string) => {
        if (isDone || stage !== 'Comparing what was read') return;
        isDone = true;
        accepted(setItemTier(busy, sku, tier === 'A' ? 'B' : 'A', 'Counted more often.'));
      },
    };
    expect(await replayPeriod({ ...busy, job }, { periodId: SEPTEMBER })).toMatchObject({ ok: false, failure: 'workbook_changed' });
  });

  test('takes away what a replay left behind that was ended by force, and leaves one that runs', async () => {
    const [abandoned, held] = ['gone', 'runs'].map((name) => {
      const folder = path.join(os.tmpdir(), `${TEMPORARY_FOLDER}${name}`);
      fs.mkdirSync(folder);
      fs.writeFileSync(path.join(folder, 'Replay.tieout'), 'figures');
      return folder;
    }) as [string, string];
    expect(lockWorkbookFile(path.join(held, 'Replay.tieout'), 'Tieout', NOW)).toMatchObject({ held: true });
    await replayed(context, SEPTEMBER);
    expect(leftBehind()).toEqual([path.basename(held)]);
    fs.rmSync(held, { recursive: true });
    expect(fs.existsSync(abandoned)).toBe(false);
  });

  test.each(['Computing again', 'Reading the file', 'explanation', 'Comparing what was read', 'Comparing what was computed'])('leaves no folder where it is cancelled at “%s”', async (stage) => {
    let isReached = false;
    let during: string[] = [];
    const job = {
      progress: (name: string) => void (isReached ||= name === stage),
      checkCancelled: () => {
        if (!isReached) return;
        during = leftBehind();
        throw new JobCancelled('cancelled');
      },
    };
    await expect(replayPeriod({ ...context, job }, { periodId: SEPTEMBER })).rejects.toThrow(JobCancelled);
    expect(during).toHaveLength(1);
    expect(leftBehind()).toEqual([]);
  });
});

describe('a workbook that was changed by plain SQL', () => {
  let folder: string;
  let original: string;
  beforeAll(async () => {
    const { context } = await sampleContext(afterAll);
    folder = temporaryFolder(afterAll);
    accepted(await reconcileSampleMonth(context, '2026-10'));
    context.workbook.database.pragma('wal_checkpoint(TRUNCATE)');
    original = context.workbook.path;
  });

  /** Replays September of a copy after the change. */
  async function after(...changes: string[]): Promise<ReplayAnswer> {
    const file = path.join(fs.mkdtempSync(path.join(folder, 'changed-')), 'Changed.tieout');
    fs.copyFileSync(original, file);
    for (const change of changes) tamperBy(file, 'dropped and put back', change);
    const { workbook, close } = attachToWorkbookFile(file, true);
    onTestFinished(close);
    return replayed({ workbook, actor: { name: 'Noor Haddad', email: '' }, now: () => NOW, job: silentJob }, SEPTEMBER);
  }
  const line = `period_id = ${SEPTEMBER} AND stock_key_id = (SELECT stock_key_id FROM stock_keys k JOIN items i USING (item_id) JOIN locations l USING (location_id) WHERE i.sku = 'MUG-BLU-11' AND l.code = 'Portland')`;

  test('in a line: SKU, location, column, both figures, and the row of the file behind it', async () => {
    const answer = await after(`UPDATE lines SET erp_on_hand_scaled = erp_on_hand_scaled + 70000 WHERE ${line}`);
    expect(told(answer)).toEqual([expect.stringMatching(/^lines \| MUG-BLU-11 at Portland \| erp_on_hand_scaled \| \d+ \| \d+$/)]);
    const { kept, computed, behind } = answer.differences[0]!;
    expect(Number(kept) - Number(computed)).toBe(7);
    expect(behind).toMatchObject({ fileName: expect.stringContaining('netsuite'), rowNumber: expect.any(Number) });
    expect(answer).toMatchObject({ same: false, differencesInAll: 1, message: expect.stringMatching(/, 1 difference\.$/) });
  });

  test('in a line that was taken away whole, with what hangs on it', async () => {
    const answer = await after(`DELETE FROM lines WHERE ${line}`);
    expect(told(answer)).toContain('lines | MUG-BLU-11 at Portland |  | not there | there');
  });

  test('in a component: kind, place and sentence', async () => {
    const answer = await after(`UPDATE components SET sentence = 'Lost in the post.' WHERE component_id = (SELECT min(component_id) FROM components WHERE period_id = ${SEPTEMBER})`);
    expect(told(answer)).toEqual([expect.stringMatching(/^components \| \S+ at [^|]+ (count|channel|ledger) 0?\d* ?\| sentence \| Lost in the post\. \| (?!Lost)./)]);
  });

  test('in a movement: file and row', async () => {
    const answer = await after(`UPDATE movements SET quantity_scaled = quantity_scaled + 10000 WHERE (import_id, row_number, record_number) =
      (SELECT m.import_id, m.row_number, m.record_number FROM movements m JOIN imports USING (import_id) WHERE period_id = ${SEPTEMBER} ORDER BY 1, 2, 3 LIMIT 1)`);
    expect(told(answer)).toEqual([expect.stringMatching(/^movements \| \S+\.csv, row \d+ \| quantity_scaled \| \S+ \| \S+$/)]);
    expect(answer.differences[0]!.behind?.rowNumber).toBeGreaterThan(1);
  });

  test('in the bytes of a source file: the file, both hashes, and the position that follows from the change', async () => {
    const { file } = readSampleManifest().periods[0]!.files.find((each) => each.file.includes('netsuite'))!;
    const rows = fs.readFileSync(path.join('resources/sample', file), 'utf8').split(/\r?\n/);
    const changed = rows.map((row) => (row.includes('MUG-BLU-11') && row.includes('Portland') ? row.replace('MUG-BLU-11', 'MUG-BLU-99') : row)).join('\n');
    const answer = await after(
      `UPDATE source_files SET deflated_content = x'${deflateSync(changed).toString('hex')}' WHERE file_name = '${path.basename(file)}'`,
      `DELETE FROM source_file_parts WHERE sha256 = (SELECT sha256 FROM source_files WHERE file_name = '${path.basename(file)}')`,
    );
    expect(told(answer)[0]).toMatch(new RegExp(`^sources \\| ${path.basename(file)} \\| sha256 \\| [0-9a-f]{64} \\| [0-9a-f]{64}$`));
    expect(told(answer)).toContainEqual(expect.stringContaining('MUG-BLU-99 at Portland'));
  });

  test('in the rules: the lines that other rules would have let pass', async () => {
    const answer = await after(`UPDATE rule_sets SET rules = json_set(rules, '$.tolerances[0].unitsScaled', 9000000, '$.tolerances[0].valueMinor', 99000000, '$.tolerances[0].percentHundredths', 10000)`);
    expect(told(answer)).toContainEqual(expect.stringMatching(/^lines \| .* \| (cleared_by|next_step|suggested_owner) \|/));
  });

  test('in a name: what it means now, and what files and decisions come to', async () => {
    const alias = `(SELECT a.alias FROM location_aliases a JOIN alias_uses u ON u.kind = 'location' AND u.alias = a.alias JOIN imports m ON m.import_id = u.import_id AND m.source = a.source AND m.period_id = ${SEPTEMBER} JOIN locations l USING (location_id) WHERE l.code = 'Portland' LIMIT 1)`;
    const answer = await after(`UPDATE location_aliases SET location_id = (SELECT location_id FROM locations WHERE code = 'Reno') WHERE alias = ${alias} AND location_id = (SELECT location_id FROM locations WHERE code = 'Portland')`);
    expect(told(answer)).toContainEqual(expect.stringMatching(/^names \| location .* of \S+ \| means \| Reno \| Portland$/));
  });

  test('in a journal: number, line, column and both amounts', async () => {
    const answer = await after(`UPDATE journal_lines SET debit_minor = debit_minor + 100 WHERE line_number = 1 AND debit_minor > 0 OR line_number = 2 AND debit_minor > 0`);
    expect(told(answer)).toContainEqual(expect.stringMatching(/^journals \| \S+2026-09\S*, line \d \| debit_minor \| [\d.]+ \| [\d.]+$/));
  });

  test('in a row of the quarantine and in what the period closed with', async () => {
    expect(told(await after(`UPDATE quarantine_rows SET raw_text = raw_text || 'x' WHERE quarantine_row_id = (SELECT min(quarantine_row_id) FROM quarantine_rows)`))).toContainEqual(expect.stringMatching(/^quarantine \| \S+, row \d+ \| raw_text \|/));
    expect(told(await after(`UPDATE closings SET quantity_scaled = quantity_scaled + 10000 WHERE ${line}`))).toEqual([expect.stringMatching(/^closings \| MUG-BLU-11 at Portland \| quantity_scaled \| \d+ \| \d+$/)]);
  });
});

describe('the history of a period', () => {
  test('with an import replaced, one undone, names taken back and rows corrected comes out the same', async () => {
    const fixture = openFixtureWorkbook();
    const { context, periodId } = fixture;
    const stock = (...rows: readonly string[]) => lines('system,sku,location,on_hand,unit_cost,as_of', ...rows.map((row) => `${row},2026-10-31T23:00:00-07:00`));
    await importFile(fixture, lines('sku,name,barcode,category,uom,tier', 'MUG-1,Mug,,Kitchen,each,A', 'MUG-2,Mug two,,Kitchen,each,B'));
    const first = await importFile(fixture, stock('erp,MUG-1,Portland,40,2.50', 'erp,MUG-2,Reno,10,1.25'));
    const movements = (name: string, ...rows: readonly string[]) => ({ name, text: `system,type,document,line,sku,location,quantity,occurred_at,posted_at\n${rows.join('\n')}\n` });
    const shipped = (document: string, quantity: string) => `erp,shipment,${document},1,MUG-1,Portland,${quantity},2026-10-12T10:00:00-07:00,2026-10-12T10:00:00-07:00`;
    const early = await importFile(fixture, movements('early.csv', shipped('SO-1', '2'), shipped('SO-2', '1')));
    await importFile(fixture, movements('late.csv', shipped('SO-2', '1'), shipped('SO-3', '4'), shipped('SO-4', 'many'), shipped('SO-5', '1').replace('MUG-1', 'CUP-9')));
    accepted(mapAlias(context, { source: 'plain', kind: 'item', alias: 'CUP-9', targetCode: 'MUG-2' }));
    accepted(replayQuarantine(context, periodId));
    accepted(await takeBackAliases(context, { aliases: [{ source: 'plain', kind: 'item', alias: 'CUP-9' }], why: 'It is no mug.' }));
    const waiting = fixture.workbook.get<{ id: number }>("SELECT quarantine_row_id AS id FROM quarantine_rows WHERE reason = 'unreadable_number'")!.id;
    accepted(replaceValue(context, { rows: { quarantineRowIds: [waiting] }, column: 'quantity', from: 'many', to: '3', why: 'Read from the slip.' }));
    accepted(await undoImport(context, { importId: early.importId, why: 'Of another company.' }));
    await importFile(fixture, stock('erp,MUG-1,Portland,41,2.50', 'erp,MUG-2,Reno,10,1.25'), { supersedesImportId: first.importId });
    accepted(reconcilePeriod(context, periodId));
    const answer = await replayed(context, periodId);
    expectSame(answer, 'snapshots', 'movements', 'quarantine', 'lines');
    expect(fixture.workbook.all('SELECT DISTINCT state FROM imports ORDER BY state')).toEqual([{ state: 'standing' }, { state: 'superseded' }, { state: 'undone' }]);
  });

  test('with an item and a location added by hand, a unit, a tier, rows ignored and brought back, a risk window and other bounds comes out the same', async () => {
    const fixture = openFixtureWorkbook();
    const { context, periodId, workbook } = fixture;
    const rowsWaiting = () => workbook.column("SELECT quarantine_row_id FROM quarantine_rows WHERE state = 'waiting' ORDER BY quarantine_row_id");
    await importFile(fixture, lines('sku,name,barcode,category,uom,tier', 'MUG-1,Mug,,Kitchen,each,A', 'MUG-2,Mug two,,Kitchen,each,B'));
    await importFile(fixture, lines('system,sku,location,on_hand,unit_cost,as_of', 'erp,MUG-1,Portland,40,2.50,2026-10-31T23:00:00-07:00', 'erp,MUG-2,Reno,10,1.25,2026-10-31T23:00:00-07:00'));
    const row = (document: string, sku: string, location: string) => `erp,shipment,${document},1,${sku},${location},2,2026-10-12T10:00:00-07:00,2026-10-12T10:00:00-07:00`;
    await importFile(fixture, {
      name: 'moves.csv',
      text: `system,type,document,line,sku,location,quantity,occurred_at,posted_at\n${[row('SO-1', 'MUG-1', 'Portland'), row('SO-2', 'VASE-9', 'Reno'), row('SO-3', 'MUG-2', 'Annex'), row('SO-4', 'NOBODY', 'Reno')].join('\n')}\n`,
    });
    expect(rowsWaiting()).toHaveLength(3);
    accepted(ignoreRows(context, { rows: { quarantineRowIds: rowsWaiting() }, why: 'Asked the warehouse first.' }));
    accepted(restoreRows(context, { quarantineRowIds: workbook.column("SELECT quarantine_row_id FROM quarantine_rows WHERE state = 'ignored'"), why: 'They answered.' }));
    accepted(addAndReplay(context, periodId, { source: 'plain', kind: 'item', alias: 'VASE-9', code: 'VASE-9-NEW', name: 'Vase', unit: 'each' }));
    accepted(addAndReplay(context, periodId, { source: 'plain', kind: 'location', alias: 'Annex', code: 'Reno Annex', name: '', unit: 'each' }));
    accepted(ignoreRows(context, { rows: { quarantineRowIds: rowsWaiting() }, why: 'Of another company.' }));
    accepted(setUnit(context, { periodId, itemCode: 'MUG-1', unit: 'case', factor: '12' }));
    accepted(setItemTier(context, 'MUG-2', 'A', 'Stolen often.'));
    accepted(addRiskWindow(context, { kind: 'promotion', sku: 'MUG-1', location: null, fromInstant: parseInstant('2026-10-10T00:00:00Z')!, untilInstant: parseInstant('2026-10-20T00:00:00Z')!, note: 'Autumn' }, 'Planned'));
    accepted(setLocationTimeZone(context, { location: 'Reno', timeZone: 'America/Denver', why: 'Moved' }));
    accepted(reconcilePeriod(context, periodId));
    const answer = await replayed(context, periodId);
    expectSame(answer, 'movements', 'quarantine', 'lines');
    expect(workbook.all('SELECT state, count(*) AS rows FROM quarantine_rows GROUP BY state ORDER BY state')).toEqual([{ state: 'ignored', rows: 1 }, { state: 'replayed', rows: 2 }]);
  });

  test('with counts that were typed into a count sheet comes out the same', async () => {
    const fixture = await countMonth();
    await issue(fixture);
    accepted(await enterCounts(fixture.context, {
      countSheetId: 1, figures: [{ line: 1, countNo: 1, countedScaled: 70_000 }], countedBy: 'L. Castillo', countedInstant: parseInstant('2026-10-31T21:15:00-07:00')!,
    }));
    accepted(reconcilePeriod(fixture.context, fixture.periodId));
    expectSame(await replayed(fixture.context, fixture.periodId), 'counts', 'lines');
  });

  test('after it was reopened, given another file and locked a second time comes out the same', async () => {
    const { context, identitiesFolder } = await sampleContext(onTestFinished);
    const [ana, ben] = ['Ana Reyes', 'Ben Okafor'].map((name) => {
      const { email } = readSampleManifest().people.find((person) => person.name === name)!;
      return { fingerprint: identityStore(identitiesFolder).findByEmail(email)[0]!.fingerprintSha256, passPhrase: passPhraseOf(name) };
    });
    accepted(reopenPeriod(context, identitiesFolder, { periodId: SEPTEMBER, reason: 'A count came late', asker: ana!, controller: ben!, noSecondPerson: '' }));
    const late = 'sheet,line,sku,location,bin,count_no,counted,counted_at\nLATE-1,1,MUG-BLU-11,Reno,,1,3,2026-09-30T20:00:00-07:00\n';
    accepted(await commitImport(context, { fileName: 'late-count.csv', bytes: Buffer.from(late), periodId: SEPTEMBER }));
    accepted(reconcilePeriod(context, SEPTEMBER));
    accepted(lockPeriod(context, identitiesFolder, { periodId: SEPTEMBER, ...ben!, override: 'The late count waits for its reason.' }));
    expectSame(await replayed(context, SEPTEMBER), 'counts', 'lines', 'closings');
  });
});
