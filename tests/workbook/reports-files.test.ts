/**
 * Reports as files: Excel read back by other means than those it was written with, the page for paper, and CSV.
 */
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formatDecimal } from '@shared/domain/decimal';
import { formatAmount } from '@shared/domain/money';
import { type Report, REPORT_IDS, ReportRequest } from '@shared/domain/report';
import { writeReportHtml } from '../../electron/files/report/write-html';
import { writeReportXlsx } from '../../electron/files/report/write-xlsx';
import { findPeriodByCode } from '../../electron/services/periods';
import { saveReport } from '../../electron/services/reports/save';
import type { SqliteWorkbook } from '../../electron/workbook/workbook';
import { linesOf, reportOf, sectionOf, totalOf } from '../support/report-sums';
import { openSample } from '../support/sample-session';
import { temporaryFolder } from '../support/workbooks';
import { readXlsx, type SheetCells } from '../support/xlsx-reader';

let workbook: SqliteWorkbook;
let september: number;

beforeAll(async () => {
  ({ workbook } = (await openSample(afterAll)).session);
  september = findPeriodByCode(workbook, '2026-09')!.periodId;
});

/** The row of the headings and the letter of each column, found by a heading that no other text of the sheet is. */
function headingsOf(cells: SheetCells, title: string): { readonly row: number; readonly letters: ReadonlyMap<string, string> } {
  const found = [...cells].find(([, text]) => text === title);
  if (!found) throw new Error(`no heading ${title}`);
  const row = Number(/\d+$/.exec(found[0])![0]);
  const letters = new Map([...cells].filter(([address]) => address.replace(/^[A-Z]+/, '') === String(row)).map(([address, text]) => [text, address.replace(/\d+$/, '')]));
  return { row, letters };
}

const excelName = (title: string) => title.split(',')[0]!.replace(/[[\]:*?/\\]/g, ' ').slice(0, 31);

describe('Excel', () => {
  test.each(REPORT_IDS)('%s holds every figure of every section as a number', async (id) => {
    const report = reportOf(workbook, september, id);
    const file = readXlsx(await writeReportXlsx(report, 'letter'));
    for (const section of report.sections) {
      const cells = file.sheet(excelName(section.title));
      const { row: headingRow, letters } = headingsOf(cells, section.columns.at(-1)!.title);
      const isGrouped = section.columns.some(({ group }) => group !== null);
      section.columns.forEach((column, index) => {
        // Columns of two groups share their titles; they stand in the order of the columns.
        const letter = isGrouped ? String.fromCharCode(65 + index) : letters.get(column.title)!;
        section.rows.slice(0, 40).forEach(({ cells: row, kind }, place) => {
          const shown = cells.get(`${letter}${headingRow + 1 + place}`);
          const cell = row[index] ?? null;
          const where = `${section.id} ${column.id} row ${place} (${kind})`;
          if (column.kind === 'text') expect(shown ?? '', where).toBe(String(cell ?? ''));
          else if (column.kind === 'instant') expect(shown === undefined, where).toBe(cell === null);
          else if (cell === null) expect(shown, where).toBe(kind === 'line' ? 'unknown' : undefined);
          else expect(Number(shown), where).toBe(Number(column.kind === 'quantity' ? formatDecimal(cell as number, 4) : column.kind === 'amount' ? formatAmount(cell as number, 'USD') : column.kind === 'percent' ? formatDecimal(cell as number, 2) : cell));
        });
        if (section.total && typeof section.total[index] === 'number' && section.rows.length > 0) {
          const total = cells.get(`${letter}${headingRow + 1 + section.rows.length}`);
          expect(Number(total), `${section.id} ${column.id} total`).toBeCloseTo(Number(section.total[index]) / (column.kind === 'quantity' ? 10_000 : column.kind === 'amount' || column.kind === 'percent' ? 100 : 1), 6);
        }
      });
    }
    const face = file.sheet(excelName(report.sections[0]!.title));
    for (const text of ['Harbor & Pine', '2026-09, locked', ...report.standsFor.ruleVersions, 'USD']) expect([...face.values()], text).toContain(text);
  });

  test('totals are formulas that pass over subtotals, headings are repeated on paper', async () => {
    const file = readXlsx(await writeReportXlsx(reportOf(workbook, september, 'exceptions'), 'a4'));
    const sheet = file.text('xl/worksheets/sheet1.xml');
    expect(sheet).toMatch(/<f>SUBTOTAL\(9,C\d+:C\d+\)<\/f>/);
    expect(sheet).toContain('orientation="landscape"');
    expect(sheet).toContain('paperSize="9"');
    expect(file.text('xl/workbook.xml')).toContain('Print_Titles');
    expect(sheet).toMatch(/oddFooter>[^<]*Page &amp;P of &amp;N/);
  });

  const hostile = (report: Report): Report => ({
    ...report,
    sections: report.sections.map((section) => ({
      ...section, rows: section.rows.map((row, index) => (index === 0 ? { ...row, cells: ['=HYPERLINK("http://x","y")<script>', ...row.cells.slice(1)] } : row)),
    })),
  });

  test('a text that looks like a formula or markup stands there as text', async () => {
    const report = hostile(reportOf(workbook, september, 'inventory'));
    const file = readXlsx(await writeReportXlsx(report, 'a4'));
    const sheet = file.text('xl/worksheets/sheet1.xml');
    expect([...file.sheet('By location').values()]).toContain('=HYPERLINK("http://x","y")<script>');
    expect(sheet).not.toMatch(/<f>[^<]*HYPERLINK/);
    const html = writeReportHtml(report, 'a4');
    expect(html).toContain('=HYPERLINK(&quot;http://x&quot;,&quot;y&quot;)&lt;script&gt;');
    expect(html).not.toContain('<script>');
  });

  test('a stale report says so on every sheet and on every page', async () => {
    const report = reportOf(workbook, september, 'inventory');
    const stale = { ...report, standsFor: { ...report.standsFor, isStale: true } };
    const file = readXlsx(await writeReportXlsx(stale, 'a4'));
    for (const { title } of report.sections) expect([...file.sheet(excelName(title)).values()].some((text) => text.startsWith('Stale: something came in'))).toBe(true);
    const html = writeReportHtml(stale, 'a4');
    expect(html).toContain('class="stale">Stale: something came in');
    expect(html).toMatch(/@top-right \{ content: "[^"]*STALE"/);
  });
});

describe('paper', () => {
  test('every section stands there with its total, its heads repeated, its pages numbered', () => {
    const report = reportOf(workbook, september, 'inventory');
    const html = writeReportHtml(report, 'a4');
    expect(html.match(/<table class="report">/g)).toHaveLength(report.sections.length);
    expect(html.match(/<tr class="total">/g)).toHaveLength(report.sections.filter(({ total, rows }) => total && rows.length > 0).length);
    expect(html).toContain('thead { display: table-header-group; }');
    expect(html).toContain('size: A4 landscape');
    expect(html).toContain('counter(page)');
    expect(html).not.toMatch(/<script|https?:/);
  });

  test('a company\'s name cannot end the style of the page', () => {
    const report = reportOf(workbook, september, 'inventory');
    const html = writeReportHtml({ ...report, standsFor: { ...report.standsFor, company: 'A"; } </style><script>x</script>' } }, 'letter');
    expect(html.match(/<\/style>/g)).toHaveLength(1);
    expect(html).not.toContain('<script>');
  });
});

describe('saving', () => {
  const request = (more: Partial<ReportRequest> = {}) => ReportRequest.parse({ periodId: september, report: 'inventory', linesMax: 1_000_000, ...more });

  test('CSV holds the lines of one section and no totals', async () => {
    const target = path.join(temporaryFolder(), 'inventory.csv');
    const saved = await saveReport(workbook, request(), { path: target, section: null });
    expect(saved).toMatchObject({ ok: true, value: { path: target, title: 'Reconciled inventory', isStale: false } });
    const report = reportOf(workbook, september, 'inventory');
    const [header, ...rows] = fs.readFileSync(target, 'utf8').replace(/^\ufeff/, '').trimEnd().split('\r\n');
    const lines = sectionOf(report, 'lines');
    expect(header).toBe(lines.columns.map(({ id }) => id).join(','));
    expect(rows).toHaveLength(linesOf(lines).length);
    const place = lines.columns.findIndex(({ id }) => id === 'on_hand');
    const added = rows.reduce((total, row) => total + Math.round(Number([...row.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)][place]![1]) * 10_000), 0);
    expect(added).toBe(totalOf(lines)['on_hand']);
  });

  test.each([
    ['a file of no such kind', 'format_unknown', {}, { path: 'report.pdf', section: null }, 'report.pdf is no file that a report is written as. End its name with .xlsx, .html, .csv.'],
    ['a period that is not there', 'period_missing', { periodId: 99 }, { path: 'x.csv', section: null }, /99/],
    ['a location that is not there', 'location_unknown', { location: 'Nowhere' }, { path: 'x.csv', section: null }, 'There is no location Nowhere in this workbook. Choose one from the list, or leave it out for all.'],
    ['a system against itself', 'systems_same', { report: 'proof-of-quantity', systems: { left: 'erp', right: 'erp' } }, { path: 'x.csv', section: null }, /both are the ERP/],
    ['a section that is not there', 'section_unknown', {}, { path: 'x.csv', section: 'by-moon' }, /^Reconciled inventory has no section by-moon\. It has by-location, /],
    ['a place that cannot be written', 'file_unwritable', {}, { path: '/dev/null/x.csv', section: null }, /cannot be written/],
  ] as const)('%s is refused', async (_what, failure, change, to, message) => {
    const outcome = await saveReport(workbook, request(change as Partial<ReportRequest>), to);
    expect(outcome).toMatchObject({ ok: false, failure, message: typeof message === 'string' ? message : expect.stringMatching(message) as unknown });
  });

  test('a period that was never reconciled is refused', async () => {
    const october = findPeriodByCode(workbook, '2026-10')!.periodId;
    expect(await saveReport(workbook, request({ periodId: october }), { path: 'x.csv', section: null })).toMatchObject({
      ok: false, failure: 'not_reconciled', message: '2026-10 is not reconciled yet, and a report reads only reconciled lines. Run the reconciliation first.',
    });
  });
});
