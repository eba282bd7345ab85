/**
 * `tieout report`: what the sample company's October comes to, as it was once looked through and kept;
 * files by their extension; findings and refusals by their exit codes.
 */
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { REPORT_IDS } from '@shared/domain/report';
import { commandLine, type CommandLine } from '../support/command-line';
import { readXlsx } from '../support/xlsx-reader';

const GOLDEN = path.resolve(import.meta.dirname, '../fixtures/reports');

let tieout: CommandLine;
let workbook: string;

beforeAll(async () => {
  tieout = commandLine(afterAll);
  await tieout.json('demo', '--out', 'out');
  workbook = tieout.at('out', 'Harbor & Pine.tieout');
});

const report = (name: string, ...words: string[]) => tieout.run('report', workbook, '--period', '2026-10', '--report', name, ...words);

/** Without what differs from run to run: the instant of the reconciliation, by the clock of the machine. */
const settled = (text: string): string => text.replace(/^( {2}Reconciled {2}).*$/m, '$1(when it was)');

describe('tieout report', () => {
  test.each(REPORT_IDS)('%s prints what was looked through once', async (name) => {
    const { exitCode, stdout, stderr } = await report(name, '--rows', '5');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const file = path.join(GOLDEN, `${name}.txt`);
    if (process.env['TIEOUT_KEEP_REPORTS']) fs.writeFileSync(file, settled(stdout));
    expect(settled(stdout)).toBe(fs.readFileSync(file, 'utf8'));
  });

  test('as JSON every row goes by the ids of its columns, figures as decimal text', async () => {
    const { json } = await tieout.json('report', workbook, '--period', '2026-10', '--report', 'roll-forward', '--rows', '1');
    const [places, lines] = json['sections'] as { id: string; linesInAll: number; rows: Record<string, string | null>[]; total: Record<string, string> }[];
    expect(places!.total).toMatchObject({ location: 'Total', difference: '5' });
    expect(lines!.rows.map(({ row }) => row)).toEqual(['line', 'other']);
    expect(Number(lines!.rows[0]!['difference']) + Number(lines!.rows[1]!['difference'])).toBe(5);
    expect(json['standsFor']).toMatchObject({ periodCode: '2026-10', isStale: false });
  });

  test('is saved as Excel, as a page and as CSV, by the name of the file', async () => {
    for (const extension of ['xlsx', 'html', 'csv']) {
      const target = tieout.at(`exceptions.${extension}`);
      expect(await report('exceptions', '--out', target)).toEqual({ exitCode: 0, stdout: `Exceptions by owner is saved as ${target}.\n`, stderr: '' });
    }
    expect([...readXlsx(fs.readFileSync(tieout.at('exceptions.xlsx'))).sheet('By line').values()]).toContain('BASKET-RND-M');
    expect(fs.readFileSync(tieout.at('exceptions.html'), 'utf8')).toContain('<title>Exceptions by owner, Harbor &amp; Pine, 2026-10</title>');
    expect(fs.readFileSync(tieout.at('exceptions.csv'), 'utf8').split('\r\n')).toHaveLength(1 + 41 + 1);
    await report('exceptions', '--out', tieout.at('classes.csv'), '--section', 'by-class');
    expect(fs.readFileSync(tieout.at('classes.csv'), 'utf8')).toMatch(/^\ufeffclass,cause,lines,/);
  });

  test.each([
    [['--report', 'moon'], 2, /^--report knows inventory, exceptions, .*; moon is none of them\.\n$/],
    [['--report', 'inventory', '--rows', '0'], 2, /^--rows 0 is no whole number from 1 to 1000000\.\n$/],
    [['--report', 'inventory', '--location', 'Nowhere'], 3, /^There is no location Nowhere in this workbook\./],
    [['--report', 'proof-of-quantity', '--left', 'erp', '--right', 'erp'], 3, /^A proof of quantity holds two systems against each other; both are the ERP\./],
    [['--report', 'inventory', '--out', 'inventory.pdf'], 3, /^inventory\.pdf is no file that a report is written as\./],
  ] as const)('%j is refused', async (words, exitCode, message) => {
    const run = await tieout.run('report', workbook, '--period', '2026-10', ...words);
    expect(run).toMatchObject({ exitCode, stdout: '' });
    expect(run.stderr).toMatch(message);
  });
});

describe('a proposed tier', () => {
  test('that is accepted is proposed no more', async () => {
    const { json } = await tieout.json('report', workbook, '--period', '2026-10', '--report', 'repeat-offenders');
    const [proposal] = json['proposals'] as { sku: string; from: string; to: string; evidence: string }[];
    expect(await tieout.run('tier', workbook, '--sku', proposal!.sku, '--to', proposal!.to, '--why', proposal!.evidence)).toMatchObject({ exitCode: 0 });
    const after = await tieout.json('report', workbook, '--period', '2026-10', '--report', 'repeat-offenders');
    expect((after.json['proposals'] as { sku: string }[]).map(({ sku }) => sku)).not.toContain(proposal!.sku);
    expect(await tieout.json('verify', workbook)).toMatchObject({ exitCode: 0, json: { holds: true } });
    // A locked month stays as it was judged, and says so no differently.
    expect(await report('inventory')).toMatchObject({ exitCode: 0, stderr: '' });
  });
});
