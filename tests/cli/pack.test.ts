/**
 * `tieout pack` and what opens one: the period is closed by the demo, packed, read by every reading command, and verified.
 */
import fs from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commandLine, hashOfFile, type CommandLine } from '../support/command-line';
import { readSampleManifest } from '../../electron/services/sample';

const PERIOD = ['--period', '2026-10'];
const ana = readSampleManifest().people.find(({ name }) => name.startsWith('Ana'))!;

let tieout: CommandLine;
let workbook: string;
let pack: string;

beforeAll(async () => {
  tieout = commandLine(afterAll);
  await tieout.run('demo', '--out', 'out');
  workbook = tieout.at('out', 'Harbor & Pine.tieout');
  pack = tieout.at('October.zip');
});

const asAna = () => tieout.with({ TIEOUT_PASS_PHRASE: ana.passPhrase });

describe('tieout pack', () => {
  test('needs to know who signs, and refuses a wrong pass phrase without leaving a file', async () => {
    expect(await tieout.run('pack', workbook, ...PERIOD, '--out', pack)).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--as EMAIL') });
    const wrong = tieout.with({ TIEOUT_PASS_PHRASE: 'not this one' });
    expect(await wrong.run('pack', workbook, ...PERIOD, '--as', ana.email, '--out', pack)).toMatchObject({ exitCode: 3 });
    expect(fs.readdirSync(tieout.folder).filter((name) => name.includes('October'))).toEqual([]);
  });

  test('makes the pack, tells what to tell the auditor, and leaves the workbook as it was', async () => {
    const before = hashOfFile(workbook);
    const made = await asAna().run('pack', workbook, ...PERIOD, '--as', ana.email, '--out', pack);
    expect(made).toMatchObject({ exitCode: 0 });
    expect(made.stdout).toMatch(/^Packed 2026-10: \d+ files, [\d,]+ bytes, in .*October\.zip\.\nSigned by Ana Reyes .*: [0-9a-f]{64}\nSHA-256 of MANIFEST\.txt: [0-9a-f]{64}\n$/);
    expect(hashOfFile(workbook)).toBe(before);
  });

  test('a pack is read by the commands that read a workbook, and written by none', async () => {
    const [fromPack, fromWorkbook] = await Promise.all([pack, workbook].map((file) => tieout.json('lines', file, ...PERIOD, '--only', 'exceptions')));
    expect(fromPack!.json['lines']).toEqual(fromWorkbook!.json['lines']);
    const explained = await tieout.run('explain', pack, ...PERIOD, '--sku', 'MUG-BLU-11', '--location', 'Portland');
    expect(explained).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('SO-10481') });
    const written = await tieout.run('reconcile', pack, ...PERIOD);
    expect(written).toMatchObject({ exitCode: 3, stderr: expect.stringContaining(`Read from the audit pack October.zip, signed by Ana Reyes <${ana.email}>. A pack is only read.`) });
  });

  test('verify names it by its file, then its path, and writes the page for paper', async () => {
    const verified = await tieout.run('verify', pack, '--out', 'page.html');
    expect(verified).toMatchObject({ exitCode: 0 });
    expect(verified.stdout.split('\n').slice(0, 2)).toEqual(['Holds: October.zip', pack]);
    const page = fs.readFileSync(tieout.at('page.html'), 'utf8');
    const code = /lodged code ([0-9A-Z-]{34})/.exec(verified.stdout)![1]!;
    expect(page).toContain(code);
    for (const said of ['Verification of October.zip', 'Ben Okafor', '2026-10, seal 1', 'Without Tieout: ']) expect(page).toContain(said);
    expect(page).not.toMatch(/<script|https?:\/\//);
    expect(await tieout.run('verify', pack, '--out', 'page.txt')).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('End its name with .html') });
    const journal = await tieout.json('verify', tieout.at('out', 'journal-2026-10.xlsx'), '--workbook', pack);
    expect(journal).toMatchObject({ exitCode: 0, json: { holds: true } });
  });
});
