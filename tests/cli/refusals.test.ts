import fs from 'node:fs';
import os from 'node:os';
import { describe, expect, test } from 'vitest';
import { commandLine, hashOfContent, hashOfFile, monthFile, withEmptyWorkbook, type CommandLine } from '../support/command-line';
import { tamperBy } from '../support/tamper';

const PERIOD = ['--period', '2026-10'];

/** One line on stderr that holds every part, nothing on stdout. */
const refusal = (...parts: readonly string[]) => ({
  exitCode: 3,
  stdout: '',
  stderr: expect.stringMatching(new RegExp(`^(?=.*${parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join(')(?=.*')})[^\\n]+\\n$`)),
});

/** Another process's lock: that of this test, which is alive. */
function holdElsewhere({ at }: CommandLine): void {
  const holder = { pid: process.pid, host: os.hostname(), person: 'Ben Okafor', openedInstant: Date.UTC(2026, 10, 3, 12) };
  fs.writeFileSync(at('.~Close.tieout.lock'), JSON.stringify(holder));
}

describe('a workbook that cannot be opened', () => {
  test('is named with what is wrong with it: missing, a folder, something else, damaged, newer', async () => {
    const tieout = await withEmptyWorkbook();
    fs.mkdirSync(tieout.at('folder.tieout'));
    fs.writeFileSync(tieout.at('notes.tieout'), 'sku,quantity\n');
    const bytes = fs.readFileSync(tieout.workbook);
    fs.writeFileSync(tieout.at('damaged.tieout'), Buffer.concat([bytes.subarray(0, 8192), Buffer.alloc(65_536, 0xaa), bytes.subarray(73_728)]));
    fs.copyFileSync(tieout.workbook, tieout.at('newer.tieout'));
    const header = fs.openSync(tieout.at('newer.tieout'), 'r+');
    fs.writeSync(header, Buffer.from([0, 0, 0, 99]), 0, 4, 60);
    fs.closeSync(header);
    const lines = (file: string) => tieout.run('lines', file, ...PERIOD);
    const [missing, folder, notes, damaged, newer] = await Promise.all(
      ['missing.tieout', 'folder.tieout', 'notes.tieout', 'damaged.tieout', 'newer.tieout'].map(lines),
    );
    expect(missing).toMatchObject(refusal('missing.tieout is not there.', 'Check'));
    expect(folder).toMatchObject(refusal('folder.tieout is a folder', 'Give'));
    expect(notes).toMatchObject(refusal('notes.tieout is not a Tieout workbook.'));
    expect(damaged).toMatchObject(refusal('damaged.tieout', 'damaged', 'Open the last backup beside it.'));
    expect(newer).toMatchObject(refusal('newer.tieout', 'schema 99', 'Update Tieout'));
  });

  test('open elsewhere: it is read, not written, and the holder is named', async () => {
    const tieout = await withEmptyWorkbook();
    holdElsewhere(tieout);
    const before = hashOfFile(tieout.workbook);
    const [read, written] = await Promise.all([
      tieout.run('verify', tieout.workbook),
      tieout.run('import', tieout.workbook, monthFile('snapshot.csv'), ...PERIOD),
    ]);
    expect(read.exitCode).toBe(0);
    expect(written).toMatchObject(refusal('Close.tieout is open elsewhere: Ben Okafor', '2026-11-03 12:00 UTC', 'Close it there, then try again.'));
    expect(hashOfFile(tieout.workbook)).toBe(before);
  });
});

describe('a new workbook', () => {
  test('is refused with a currency or a time zone that is none, or where it cannot be written', async () => {
    const tieout = await withEmptyWorkbook();
    fs.writeFileSync(tieout.at('file'), '');
    const [lower, none, zone, folder, exists] = await Promise.all([
      tieout.run('new', 'a', '--currency', 'usd'),
      tieout.run('new', 'b', '--currency', 'ZZZ'),
      tieout.run('new', 'c', '--time-zone', 'Mars/Phobos'),
      tieout.run('new', 'file/d'),
      tieout.run('new', 'Close'),
    ]);
    expect(lower).toMatchObject(refusal('usd is no currency code', 'such as USD'));
    expect(none).toMatchObject(refusal('ZZZ is no currency code', 'such as USD'));
    expect(zone).toMatchObject(refusal('Mars/Phobos is no time zone', 'such as America/New_York'));
    expect(folder).toMatchObject(refusal('file/d.tieout', 'ENOTDIR'));
    expect(exists).toMatchObject(refusal('Close.tieout exists already', 'Choose another name'));
    expect(fs.readdirSync(tieout.folder).sort()).toEqual(['Close.tieout', 'file']);
  });
});

describe('an import that is refused', () => {
  test('says which file and what would help, and leaves no trace: no period, no event', async () => {
    const tieout = await withEmptyWorkbook();
    fs.mkdirSync(tieout.at('folder.csv'));
    fs.writeFileSync(tieout.at('empty.csv'), '');
    fs.writeFileSync(tieout.at('other.csv'), 'colour,weight\nblue,3\n');
    fs.writeFileSync(tieout.at('undated.csv'), 'system,sku,location,on_hand\nerp,MUG,Portland,3\n');
    const [adjustments, stock] = ['External ID,Adjustment Location,Item,Adjust Qty. By,Date\nA,Portland,MUG,1,', 'Material;Plant;Unrestricted\n1;1000;'];
    fs.writeFileSync(tieout.at('either.csv'), `${adjustments}10/05/2026\n`);
    fs.writeFileSync(tieout.at('sign.csv'), `${stock}1,200\n`);
    fs.writeFileSync(tieout.at('no-profile.json'), '{"id": 1}');
    fs.writeFileSync(tieout.at('no-json.json'), '{');
    const before = hashOfContent(tieout.workbook);
    // One after the other: each holds the workbook while it looks.
    const imports = async (...words: string[]) => tieout.run('import', tieout.workbook, ...words, ...PERIOD);
    expect(await imports('missing.csv')).toMatchObject(refusal('missing.csv', 'there is no such file'));
    expect(await imports(monthFile('snapshot.csv'), 'missing.csv')).toMatchObject(refusal('missing.csv', 'there is no such file'));
    expect(await imports('folder.csv')).toMatchObject(refusal('folder.csv is no file'));
    expect(await imports('empty.csv')).toMatchObject(refusal('empty.csv is empty (0 bytes)'));
    expect(await imports('other.csv')).toMatchObject(refusal('other.csv is of no kind that a profile knows', 'tieout profiles', '--mapping FILE'));
    expect(await imports('undated.csv')).toMatchObject(refusal('undated.csv does not say when it was taken', '--as-of'));
    expect(await imports('either.csv')).toMatchObject(refusal('either.csv: no date tells day from month', '--date-style day-first or month-first'));
    expect(await imports('sign.csv', '--as-of', '2026-10-31T22:00:00-07:00')).toMatchObject(refusal('sign.csv: no number tells its decimal sign', '--number-style point or comma'));
    expect(await imports('other.csv', '--mapping', 'no-json.json')).toMatchObject(refusal('--mapping no-json.json cannot be read'));
    expect(await imports('other.csv', '--mapping', 'no-profile.json')).toMatchObject(refusal('--mapping no-profile.json is no profile'));
    expect(await tieout.run('lines', tieout.workbook, ...PERIOD)).toMatchObject(refusal('2026-10 is not in this workbook', 'Import a file'));
    expect(hashOfContent(tieout.workbook)).toBe(before);
  });

  test('names a profile that does not fit, and the workbook that was forgotten', async () => {
    const tieout = await withEmptyWorkbook();
    expect(await tieout.run('import', tieout.workbook, monthFile('count.csv'), ...PERIOD, '--profile', 'plain-snapshot')).toMatchObject({
      exitCode: 3, stderr: expect.stringContaining('count.csv is no Plain snapshot'),
    });
    expect(await tieout.run('import', tieout.workbook, monthFile('count.csv'), ...PERIOD, '--profile', 'abacus')).toMatchObject({
      exitCode: 3, stderr: expect.stringContaining('There is no profile abacus. Known are: shopify-inventory'),
    });
    expect(await tieout.run('import', monthFile('count.csv'), monthFile('snapshot.csv'), ...PERIOD)).toMatchObject(refusal('count.csv is not a Tieout workbook'));
  });
});

describe('a command before its time', () => {
  test('says what comes first', async () => {
    const tieout = await withEmptyWorkbook();
    expect(await tieout.run('import', tieout.workbook, monthFile('movements.csv'), ...PERIOD)).toMatchObject({ exitCode: 1 });
    const [reconcile, draft, lines, explain] = await Promise.all([
      tieout.run('reconcile', tieout.workbook, ...PERIOD),
      tieout.run('journal', tieout.workbook, ...PERIOD),
      tieout.run('lines', tieout.workbook, ...PERIOD, '--csv'),
      tieout.run('explain', tieout.workbook, ...PERIOD, '--sku', 'MUG-BLU-11', '--location', 'Portland'),
    ]);
    expect(reconcile).toMatchObject(refusal('2026-10 has no snapshot and no count yet', 'Import'));
    expect(draft).toMatchObject(refusal('2026-10 is not reconciled yet', 'tieout reconcile'));
    expect(lines).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('2026-10 is not reconciled yet') });
    expect(lines.stdout.trim().split('\n')).toHaveLength(1);
    expect(explain).toMatchObject(refusal('MUG-BLU-11 at Portland is no line of this period', 'Reconcile first'));
  });

  test('signing needs an identity of this machine and its pass phrase', async () => {
    const tieout = await withEmptyWorkbook();
    const lock = ['lock', tieout.workbook, ...PERIOD, '--as', 'ben@example.com'];
    const [without, unreadable, unknown] = await Promise.all([
      tieout.run(...lock),
      tieout.run(...lock, '--pass-phrase-file', 'none.txt'),
      tieout.with({ TIEOUT_PASS_PHRASE: 'nine cedar masts' }).run(...lock),
    ]);
    expect(without).toEqual({ exitCode: 2, stdout: '', stderr: 'Signing needs a pass phrase: give --pass-phrase-file FILE, or set TIEOUT_PASS_PHRASE.\n' });
    expect(unreadable).toMatchObject(refusal('none.txt cannot be read'));
    expect(unknown).toMatchObject(refusal('ben@example.com has no identity on this machine', 'tieout identity new --name'));
  });
});

describe('verify', () => {
  test('says of what it cannot verify what it is', async () => {
    const tieout = commandLine();
    fs.mkdirSync(tieout.at('folder.xlsx'));
    fs.writeFileSync(tieout.at('notes.txt'), 'hello');
    fs.writeFileSync(tieout.at('notes.xlsx'), 'hello');
    const [missing, folder, text, renamed, noWorkbook] = await Promise.all([
      tieout.run('verify', 'missing.xlsx'),
      tieout.run('verify', 'folder.xlsx'),
      tieout.run('verify', 'notes.txt'),
      tieout.run('verify', 'notes.xlsx'),
      tieout.run('verify', 'notes.xlsx', '--workbook', 'missing.tieout'),
    ]);
    expect(missing).toMatchObject(refusal('missing.xlsx is not there'));
    expect(folder).toMatchObject(refusal('folder.xlsx', 'is a folder'));
    expect(text).toMatchObject(refusal('notes.txt is not a Tieout workbook'));
    expect(renamed).toMatchObject({ exitCode: 1, stderr: '', stdout: expect.stringContaining('no zip file') });
    expect(noWorkbook).toMatchObject(refusal('missing.tieout is not there'));
  });
});

describe('demo', () => {
  test('writes only into a folder, and only over a sample workbook that nobody has open', async () => {
    const tieout = commandLine();
    fs.writeFileSync(tieout.at('file'), '');
    fs.mkdirSync(tieout.at('taken'));
    fs.writeFileSync(tieout.at('taken/Harbor & Pine.tieout'), 'somebody else');
    const [file, taken] = await Promise.all([tieout.run('demo', '--out', 'file'), tieout.run('demo', '--out', 'taken')]);
    expect(file).toMatchObject(refusal('file', 'Check the path'));
    expect(taken).toMatchObject(refusal('Harbor & Pine.tieout is not a Tieout workbook'));
    expect(fs.readFileSync(tieout.at('taken/Harbor & Pine.tieout'), 'utf8')).toBe('somebody else');
  });

  test('leaves alone a workbook of that name that is no sample or is open elsewhere', async () => {
    const tieout = await withEmptyWorkbook();
    fs.mkdirSync(tieout.at('out'));
    const target = tieout.at('out', 'Harbor & Pine.tieout');
    fs.copyFileSync(tieout.workbook, target);
    expect(await tieout.run('demo', '--out', 'out')).toMatchObject(refusal('Harbor & Pine.tieout', 'no sample', 'Choose another folder'));
    const holder = { pid: process.pid, host: os.hostname(), person: 'Ben Okafor', openedInstant: Date.UTC(2026, 10, 3, 12) };
    fs.writeFileSync(tieout.at('out', '.~Harbor & Pine.tieout.lock'), JSON.stringify(holder));
    tamperBy(target, 'kept', 'UPDATE workbook SET is_sample = 1');
    expect(await tieout.run('demo', '--out', 'out')).toMatchObject(refusal('Harbor & Pine.tieout is open elsewhere: Ben Okafor'));
    expect(fs.existsSync(target)).toBe(true);
  });
});
