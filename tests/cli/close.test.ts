/**
 * A small month closed from plain files, command by command: each test goes on where the one before it ended.
 */
import fs from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LinesJson } from '@shared/domain/lines-json';
import { commandLine, hashOfContent, hashOfFile, MONTH_FILES, monthFile, withEmptyWorkbook, type CommandLine } from '../support/command-line';

const PERIOD = ['--period', '2026-10'];
const ANA = 'ana@harborpine.example';
const BEN = 'ben@harborpine.example';
const PASS_PHRASES = { [ANA]: 'slate gulls over the pier', [BEN]: 'nine cedar masts at noon' };

let tieout: CommandLine & { readonly workbook: string };
/** The command line as the person who signs, pass phrase in the environment. */
const as = (email: typeof ANA | typeof BEN) => tieout.with({ TIEOUT_PASS_PHRASE: PASS_PHRASES[email]! });

beforeAll(async () => {
  tieout = await withEmptyWorkbook(afterAll);
});

describe('import', () => {
  test('a rehearsal says what would be written, and writes not a byte', async () => {
    const before = hashOfFile(tieout.workbook);
    const { exitCode, stderr, json } = await tieout.json('import', tieout.workbook, ...MONTH_FILES, ...PERIOD, '--rehearse');
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: 'Would begin period 2026-10 with a reconciliation window of 48 hours.\n' });
    expect(json).toMatchObject({ period: '2026-10', rehearsed: true, imports: [{ importId: null, rowsRead: 8, rowsAccepted: 6, rowsQuarantined: 2 }, {}, {}, {}] });
    expect(hashOfFile(tieout.workbook)).toBe(before);
    expect(fs.readdirSync(tieout.folder)).toEqual(['Close.tieout']);
  });

  test('files in any order are taken in the order that knows the items, and the ERP snapshot makes the items', async () => {
    const shuffled = [...MONTH_FILES].reverse();
    const rehearsed = await tieout.json('import', tieout.workbook, ...MONTH_FILES, ...PERIOD, '--rehearse');
    const { exitCode, json } = await tieout.json('import', tieout.workbook, ...shuffled, ...PERIOD);
    expect(exitCode).toBe(1);
    expect(json['imports']).toMatchObject([
      { fileName: 'snapshot.csv', newItems: ['MUG-BLU-11', 'LAMP-OAK-L', 'TRAY-ASH', 'VASE-WHT-S'], newLocations: ['Portland', 'Reno'] },
      { fileName: 'movements.csv', rowsAccepted: 9, rowsQuarantined: 0 },
      { fileName: 'count.csv', rowsAccepted: 4, badRows: [{ rowNumber: 6, reason: 'negative_count' }] },
      { fileName: 'trial-balance.csv', rowsAccepted: 2 },
    ]);
    const effects = (imports: unknown) => (imports as object[]).map((each) => ({ ...each, importId: 0 }));
    expect(effects(json['imports'])).toEqual(effects(rehearsed.json['imports']));
  });

  test('the same file twice is refused, and so is a batch that holds one of them', async () => {
    const before = hashOfContent(tieout.workbook);
    for (const files of [[monthFile('count.csv')], [monthFile('tags.csv'), monthFile('count.csv')]]) {
      expect(await tieout.json('import', tieout.workbook, ...files, ...PERIOD)).toMatchObject({ exitCode: 3, json: { failure: 'already_imported' } });
    }
    expect(hashOfContent(tieout.workbook)).toBe(before);
  });
});

describe('the quarantine', () => {
  const quarantine = (...words: string[]) => tieout.json('quarantine', tieout.workbook, ...PERIOD, ...words);
  interface Row { readonly quarantineRowId: number; readonly reason: string; readonly subject: string; readonly rowNumber: number }

  test('lists each row with its reason and ends with 1 while rows wait', async () => {
    const { exitCode, json } = await quarantine();
    expect(exitCode).toBe(1);
    expect(json).toMatchObject({ waiting: 3, replayed: 0, ignored: 0, replay: null });
    const reasons = (json['rows'] as Row[]).map(({ reason, subject, rowNumber }) => [reason, subject, rowNumber]);
    expect(reasons).toEqual([['unknown_item', 'TRAY ASH WOOD', 8], ['unknown_location', 'Reno Annex', 9], ['negative_count', '-1', 6]]);
  });

  test('takes all of a request or nothing: a name that cannot be mapped leaves the rest undone', async () => {
    const before = hashOfContent(tieout.workbook);
    const refused = await quarantine('--map-item', 'plain:TRAY ASH WOOD=TRAY-ASH', '--map-location', 'plain:Reno Annex=Nowhere', '--replay');
    expect(refused).toMatchObject({ exitCode: 3, json: { failure: 'target_unknown', message: 'There is no location Nowhere in this workbook. Choose one that it has, or import the file that brings it.' } });
    expect(hashOfContent(tieout.workbook)).toBe(before);
  });

  test('says what names may stand for and how many rows an action would touch, and changes nothing by it', async () => {
    const before = hashOfContent(tieout.workbook);
    const suggested = await quarantine('--suggest');
    expect(suggested.json['suggestions']).toMatchObject([]);
    expect(await quarantine('--ignore', 'negative_count', '--why', 'x', '--rehearse')).toMatchObject({ exitCode: 0, json: { touched: { rows: 1, files: ['count.csv'] } } });
    expect(await quarantine('--accept-suggestions', 'same_name')).toMatchObject({ exitCode: 3, json: { failure: 'nothing_chosen' } });
    expect(await quarantine('--accept-suggestions', 'looks_alike')).toMatchObject({ exitCode: 2 });
    expect(hashOfContent(tieout.workbook)).toBe(before);
  });

  test('mapped names are replayed, a row is ignored with its reason, and 0 says that nothing waits', async () => {
    const taken = await quarantine('--add-location', 'plain:Reno Annex=reno');
    expect([taken.exitCode, taken.stderr]).toEqual([3, expect.stringContaining('reno is written like Reno, a location of the workbook already. Map the name to it instead.')]);
    const mapped = await quarantine('--map-item', 'plain:TRAY ASH WOOD=TRAY-ASH', '--map-location', 'plain:Reno Annex=Reno', '--replay');
    expect(mapped).toMatchObject({ exitCode: 1, json: { waiting: 1, replayed: 2, replay: { tried: 3, written: 2, stillWaiting: 1 } } });
    const [waiting] = (mapped.json['rows'] as (Row & { state: string })[]).filter(({ state }) => state === 'waiting');
    const ignored = await quarantine('--ignore', String(waiting!.quarantineRowId), '--why', 'Struck through on the sheet');
    expect(ignored).toMatchObject({ exitCode: 0, json: { waiting: 0, replayed: 2, ignored: 1 } });
    expect((await tieout.run('quarantine', tieout.workbook, ...PERIOD)).stdout).toBe('0 rows wait, 2 were replayed, 1 ignored.\n');
    const restored = await quarantine('--restore', String(waiting!.quarantineRowId), '--why', 'It was another sheet');
    expect(restored).toMatchObject({ exitCode: 1, json: { waiting: 1, ignored: 0 } });
    const wrong = await quarantine('--correct', 'counted=-2', '--rows', 'negative_count', '--reads=-1', '--why', 'x');
    expect(wrong).toMatchObject({ exitCode: 3, json: { failure: 'still_bad' } });
    expect(await quarantine('--ignore', 'negative_count:-1', '--why', 'Struck through on the sheet')).toMatchObject({ exitCode: 0, json: { waiting: 0, ignored: 1 } });
    const { json } = await tieout.json('quarantine', tieout.workbook, ...PERIOD, '--history', String(waiting!.quarantineRowId));
    expect((json['history'] as { step: string }[]).map(({ step }) => step)).toEqual(['came_in', 'ignored', 'brought_back', 'ignored']);
  });

  test('a name is listed with how it came, taken back with its rows, and mapped again', async () => {
    const aliases = (...words: string[]) => tieout.json('aliases', tieout.workbook, ...words);
    const listed = (await aliases()).json['aliases'] as { alias: string }[];
    expect(listed.toSorted((left, right) => (left.alias < right.alias ? -1 : 1))).toMatchObject([
      { kind: 'location', source: 'plain', alias: 'Reno Annex', targetCode: 'Reno', how: 'by_hand' },
      { kind: 'item', source: 'plain', alias: 'TRAY ASH WOOD', targetCode: 'TRAY-ASH', how: 'by_hand' },
    ]);
    const before = hashOfContent(tieout.workbook);
    const name = 'item:plain:TRAY ASH WOOD';
    expect(await aliases('--take-back', name)).toMatchObject({ exitCode: 2 });
    expect(await aliases('--take-back', name, '--rehearse')).toMatchObject({ exitCode: 0, json: { rehearsed: true, rowsReturned: 1 } });
    expect(hashOfContent(tieout.workbook)).toBe(before);
    expect(await aliases('--take-back', name, '--why', 'Wood, not ash')).toMatchObject({ exitCode: 1, json: { rowsReturned: 1, rowsLockedMost: 0 } });
    expect(await aliases('--take-back', name, '--why', 'again')).toMatchObject({ exitCode: 3, json: { failure: 'alias_unknown' } });
    expect(await quarantine('--map-item', 'plain:TRAY ASH WOOD=TRAY-ASH', '--replay')).toMatchObject({ exitCode: 0, json: { waiting: 0 } });
  });
});

describe('reconcile, lines, explain', () => {
  test('a reconciliation ends with 1 while exceptions are open', async () => {
    const { exitCode, stderr, json } = await tieout.json('reconcile', tieout.workbook, ...PERIOD);
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' });
    expect(json).toMatchObject({ lines: 4, linesWithVariance: 3, exceptions: 2, byStatus: { open: { lines: 2 } } });
  });

  test('lines --json is the published interface, and each variance is the sum of its components and its residual', async () => {
    const { exitCode, stderr, json } = await tieout.json('lines', tieout.workbook, ...PERIOD);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const { lines, ...head } = LinesJson.parse(json);
    expect(head).toMatchObject({ period: '2026-10', currency: 'USD', timeZone: 'America/Los_Angeles', cutOff: '2026-11-01T00:00:00-07:00', windowHours: 48 });
    expect(lines.map(({ sku, location, status }) => [sku, location, status])).toEqual([
      ['LAMP-OAK-L', 'Portland', 'open'], ['MUG-BLU-11', 'Portland', 'cleared'], ['TRAY-ASH', 'Reno', 'cleared'], ['VASE-WHT-S', 'Reno', 'open'],
    ]);
    for (const { sku, variances } of lines) {
      for (const { kind, quantity, components, residual } of variances) {
        const firm = components.filter(({ suggested }) => !suggested).reduce((sum, component) => sum + Number(component.quantity), 0);
        expect(firm + Number(residual), `${sku} ${kind}`).toBe(Number(quantity));
      }
    }
    const exceptions = LinesJson.parse((await tieout.json('lines', tieout.workbook, ...PERIOD, '--only', 'exceptions')).json);
    expect(exceptions.lines.map(({ sku }) => sku)).toEqual(['LAMP-OAK-L', 'VASE-WHT-S']);
  });

  test('lines --csv has one row per line below its header, and --sku keeps one item', async () => {
    const [all, one] = await Promise.all([
      tieout.run('lines', tieout.workbook, ...PERIOD, '--csv'),
      tieout.run('lines', tieout.workbook, ...PERIOD, '--csv', '--sku', 'VASE-WHT-S'),
    ]);
    expect(all).toMatchObject({ exitCode: 0, stderr: '' });
    const [header, ...rows] = all.stdout.trimEnd().split('\n');
    expect(header).toBe(
      'sku,location,erp_on_hand,storefront_available,counted,count_variance,count_residual,channel_variance,channel_residual,' +
        'ledger_variance,ledger_residual,class,cause,status,reason,owner,due,next_step,age_closes,changed_since_tag,checks,recount',
    );
    expect(rows).toHaveLength(4);
    expect(rows[0]).toMatch(/^LAMP-OAK-L,Portland,40,40,33,-7,-7,0,0,,,unexplained,residual,open,,/);
    expect(one.stdout.trimEnd().split('\n')).toEqual([header, expect.stringMatching(/^VASE-WHT-S,Reno,12,12,16,4,4,/)]);
  });

  test('explain tells the mug: 48 counted, 52 in the storefront, 50 in the ERP, and the documents between them', async () => {
    const words = ['explain', tieout.workbook, ...PERIOD, '--sku', 'MUG-BLU-11', '--location', 'Portland'];
    const [told, { json }] = await Promise.all([tieout.run(...words), tieout.json(...words)]);
    expect(told).toMatchObject({ exitCode: 0, stderr: '' });
    for (const part of ['ERP on hand                           50', 'storefront available                  52', 'counted                               48', 'SO-10481', 'SO-10377']) {
      expect(told.stdout).toContain(part);
    }
    const { lines } = LinesJson.parse(json);
    expect(lines).toHaveLength(1);
    const line = lines[0]!;
    expect(line.positions).toMatchObject({ erp: { onHand: '50' }, storefront: { available: '52' }, count: { counted: '48' } });
    expect(line.variances.map(({ kind, quantity, residual }) => [kind, quantity, residual])).toEqual([['count', '-2', '0'], ['channel', '2', '0']]);
    const causes = line.variances.flatMap(({ components }) => components.map(({ cause, quantity, documents }) => [cause, quantity, ...documents]));
    expect(causes).toEqual([['posted_later', '-1', 'SO-10481'], ['posted_later', '-1', 'SO-10482'], ['refund_restocked', '2', 'SO-10377']]);
    expect(line.variances[0]!.components[0]!.evidence).toEqual([{ file: 'movements.csv', row: 7 }, { file: 'movements.csv', row: 9 }]);
    // Nine postings, two positions and the count.
    expect(line.timeline).toHaveLength(12);
  });
});

describe('tag, journal, lock', () => {
  test('the checklist and the lock are open while exceptions have no reason', async () => {
    const { exitCode, json } = await tieout.json('checklist', tieout.workbook, ...PERIOD);
    expect(exitCode).toBe(1);
    const answers = (json['answers'] as { holds: boolean }[]).map(({ holds }) => holds);
    expect(answers).toEqual([true, false, true, false, true, true, true]);
  });

  test('tags come from a file; a reason that nobody knows goes to the quarantine', async () => {
    fs.writeFileSync(tieout.at('wrong.csv'), 'sku,location,reason\nLAMP-OAK-L,Portland,NO-SUCH\n');
    const wrong = await tieout.json('tag', tieout.workbook, ...PERIOD, '--from', 'wrong.csv');
    expect(wrong).toMatchObject({ exitCode: 1, json: { rowsAccepted: 0, badRows: [{ rowNumber: 2, detail: 'There is no reason code NO-SUCH. Choose one from the list of reason codes.' }] } });
    const right = await tieout.run('tag', tieout.workbook, ...PERIOD, '--from', monthFile('tags.csv'));
    expect(right).toEqual({ exitCode: 0, stderr: '', stdout: '2 of 2 lines tagged, 0 to the quarantine.\n' });
    const listed = LinesJson.parse((await tieout.json('lines', tieout.workbook, ...PERIOD, '--only', 'exceptions')).json);
    expect(listed.lines.map(({ status, reason, owner, due }) => [status, reason, owner, due])).toEqual([
      ['tagged', 'PHY-SHRINK', 'warehouse', '2026-11-10'], ['tagged', 'PHY-FOUND', 'warehouse', expect.anything()],
    ]);
    const waiting = (await tieout.json('quarantine', tieout.workbook, ...PERIOD)).json['rows'] as { quarantineRowId: number; reason: string }[];
    const { quarantineRowId } = waiting.find(({ reason }) => reason === 'unknown_value')!;
    const settled = await tieout.run('quarantine', tieout.workbook, ...PERIOD, '--ignore', String(quarantineRowId), '--why', 'Tagged by the other file');
    expect(settled.exitCode).toBe(0);
  });

  test('identities are made with a pass phrase from a file or the environment, and each address once', async () => {
    fs.writeFileSync(tieout.at('phrase.txt'), `${PASS_PHRASES[ANA]}\n`);
    const ana = ['identity', '--name', 'Ana Reyes', '--email', ANA, '--role', 'accountant'];
    expect(await tieout.run(...ana, '--pass-phrase-file', 'phrase.txt')).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await as(BEN).run('identity', '--name', 'Ben Okafor', '--email', BEN, '--role', 'controller')).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await as(ANA).json(...ana)).toMatchObject({ exitCode: 3, json: { failure: 'identity_exists' } });
    const short = await tieout.with({ TIEOUT_PASS_PHRASE: 'short' }).json('identity', '--name', 'Cy', '--email', 'cy@example.com', '--role', 'auditor');
    expect(short).toMatchObject({ exitCode: 3, json: { failure: 'pass_phrase_short' } });
    const { json } = await tieout.json('identity');
    expect(json['identities']).toMatchObject([{ name: 'Ana Reyes', role: 'accountant' }, { name: 'Ben Okafor', role: 'controller' }]);
  });

  test('the journal is drafted, prepared by one, approved by the other and exported, and it balances', async () => {
    const journal = (...words: string[]) => ['journal', tieout.workbook, ...words, ...PERIOD];
    const draft = await tieout.json(...journal());
    expect(draft).toMatchObject({ exitCode: 0, json: { debitTotalMinor: 22_050 + 7_360, creditTotalMinor: 22_050 + 7_360, untaggedLines: 0 } });
    const early = await tieout.json(...journal('approve'), '--as', BEN, '--pass-phrase-file', 'phrase.txt');
    expect(early).toMatchObject({ exitCode: 3, json: { failure: 'journal_missing', message: 'No journal is prepared. The period has: none.' } });
    const wrong = await as(BEN).json(...journal('prepare'), '--as', ANA, '--approver', BEN);
    expect(wrong).toMatchObject({ exitCode: 3, json: { failure: 'wrong_pass_phrase' } });
    const alone = await as(ANA).json(...journal('prepare'), '--as', ANA, '--approver', ANA);
    expect(alone).toMatchObject({ exitCode: 3, json: { failure: 'approver_is_preparer' } });

    const prepared = await as(ANA).json(...journal('prepare'), '--as', ANA, '--approver', BEN);
    expect(prepared).toMatchObject({ exitCode: 0, stderr: '', json: { number: 'ADJ-2026-10-1', state: 'prepared', debitTotalMinor: 29_410, creditTotalMinor: 29_410 } });
    const unapproved = await tieout.json(...journal('export'), '--out', 'journal.xlsx');
    expect(unapproved).toMatchObject({ exitCode: 3, json: { failure: 'journal_missing', message: expect.stringContaining('ADJ-2026-10-1 (prepared)') } });
    const approved = await as(BEN).run(...journal('approve'), '--as', BEN);
    expect(approved).toMatchObject({ exitCode: 0, stderr: '', stdout: expect.stringContaining('Approved ADJ-2026-10-1, signed by Ben Okafor.') });
    fs.writeFileSync(tieout.at('file'), '');
    const nowhere = await tieout.json(...journal('export'), '--out', 'file/journal.xlsx');
    expect(nowhere).toMatchObject({ exitCode: 3, json: { failure: 'file_unwritable', message: expect.stringContaining('Choose another place.') } });
    const exported = await tieout.json(...journal('export'), '--out', 'journal.xlsx');
    expect(exported).toMatchObject({ exitCode: 0, json: { number: 'ADJ-2026-10-1', sha256: hashOfFile(tieout.at('journal.xlsx')) } });
  });

  test('the journal is written for the ledger’s own system, and what is missing is asked for', async () => {
    const forSystem = (...words: string[]) => ['journal', tieout.workbook, 'export', ...PERIOD, '--out', 'posting.csv', '--for', ...words];
    expect(await tieout.json(...forSystem('xero'))).toMatchObject({ exitCode: 3, json: { failure: 'setting_missing', message: expect.stringContaining('Give it as tax-rate.') } });
    const written = await tieout.json(...forSystem('xero', '--set', 'tax-rate=Tax Exempt (0%)', '--set', 'dates=MM/DD/YYYY'));
    expect(written).toMatchObject({ exitCode: 0, json: { system: 'xero', number: 'ADJ-2026-10-1', files: [{ path: 'posting.csv', sha256: hashOfFile(tieout.at('posting.csv')) }] } });
    expect(await tieout.run(...forSystem('xero'))).toMatchObject({ exitCode: 0, stderr: '', stdout: expect.stringContaining('With tax-rate Tax Exempt (0%), dates MM/DD/YYYY.') });
  });

  test('a controller locks once every question is answered, and a locked period takes nothing more', async () => {
    expect(await tieout.json('checklist', tieout.workbook, ...PERIOD)).toMatchObject({ exitCode: 0, json: { readyToLock: true } });
    const accountant = await as(ANA).json('lock', tieout.workbook, ...PERIOD, '--as', ANA);
    expect(accountant).toMatchObject({ exitCode: 3, json: { failure: 'role_refused' } });
    const locked = await as(BEN).json('lock', tieout.workbook, ...PERIOD, '--as', BEN);
    expect(locked).toMatchObject({ exitCode: 0, stderr: '', json: { periodCode: '2026-10', signer: 'Ben Okafor', override: '' } });
    const before = hashOfContent(tieout.workbook);
    const refusals = [
      await as(BEN).json('lock', tieout.workbook, ...PERIOD, '--as', BEN),
      await tieout.json('import', tieout.workbook, monthFile('tags.csv'), ...PERIOD),
      await tieout.json('reconcile', tieout.workbook, ...PERIOD),
      await tieout.json('quarantine', tieout.workbook, ...PERIOD, '--replay'),
      await as(ANA).json('journal', tieout.workbook, 'prepare', ...PERIOD, '--as', ANA, '--approver', BEN),
    ];
    for (const { exitCode, json } of refusals) expect({ exitCode, failure: json['failure'] }).toEqual({ exitCode: 3, failure: 'period_locked' });
    expect(hashOfContent(tieout.workbook)).toBe(before);
  });

  test('workbook and journal verify, also on a machine that knows nobody', async () => {
    const elsewhere = commandLine();
    const [workbook, journal, both] = await Promise.all([
      elsewhere.json('verify', tieout.workbook),
      elsewhere.json('verify', tieout.at('journal.xlsx')),
      elsewhere.json('verify', tieout.at('journal.xlsx'), '--workbook', tieout.workbook),
    ]);
    for (const each of [workbook, journal, both]) expect(each).toMatchObject({ exitCode: 0, stderr: '', json: { holds: true } });
    expect(fs.readdirSync(tieout.folder).filter((name) => name.startsWith('Close') || name.startsWith('.~'))).toEqual(['Close.tieout']);
  });
});
