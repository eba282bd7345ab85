import { beforeAll, describe, expect, test } from 'vitest';
import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { JournalWorkbookContent } from '@shared/domain/journal-workbook';
import { cellText, pageText } from '../../electron/files/journal-xlsx/cell-text';
import { DecimalTooLongForExcel, fitsExcelNumber, sumOf } from '../../electron/files/journal-xlsx/decimal-cells';
import { readNamedSigners, signersWithoutSignature } from '../../electron/files/journal-xlsx/named-signers';
import { wrappedLines } from '../../electron/files/journal-xlsx/paper';
import { wallClockDate } from '../../electron/files/journal-xlsx/wall-clock';
import { writeJournalWorkbook } from '../../electron/files/journal-xlsx/write-journal-workbook';
import { signPackage } from '../../electron/files/signatures/sign-package';
import { verifyPackage } from '../../electron/files/signatures/verify-package';
import { childrenNamed, descendantAt, parseXml } from '../../electron/files/signatures/xml-reading';
import { journalContent } from '../support/journal-content';
import { itemsOf, SIGNED_INSTANT, signerNamed, textOfItem, withText } from '../support/signing';

const SPREADSHEET = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const content = journalContent();
let bytes: Uint8Array;
let workbook: ExcelJS.Workbook;

async function read(file: Uint8Array): Promise<ExcelJS.Workbook> {
  const opened = new ExcelJS.Workbook();
  await opened.xlsx.load(Uint8Array.from(file).buffer);
  return opened;
}
function sheet(name: string, from: ExcelJS.Workbook = workbook): ExcelJS.Worksheet {
  const found = from.getWorksheet(name);
  if (found === undefined) throw new Error(`no sheet ${name}`);
  return found;
}
const rowOf = (worksheet: ExcelJS.Worksheet, first: string): number => {
  let found = 0;
  worksheet.eachRow((row, number) => {
    if (row.getCell(1).value === first) found = number;
  });
  if (found === 0) throw new Error(`no row ${first}`);
  return found;
};

function cellXml(part: string, cell: string): string {
  return new RegExp(`<c r="${cell}".*?</c>`).exec(textOfItem(bytes, part))?.[0] ?? '';
}

beforeAll(async () => {
  bytes = await writeJournalWorkbook(JournalWorkbookContent.parse(content));
  workbook = await read(bytes);
});

describe('the journal workbook', () => {
  test('has its sheets in reading order', () => {
    expect(workbook.worksheets.map(({ name }) => name)).toEqual([
      'Journal',
      'Variance lines',
      'Reason summary',
      'Unit costs',
      'Roll-forward',
      'Source files',
      'Attachments',
      'Sign-off',
    ]);
  });

  test('the same content gives the same bytes', async () => {
    expect(await writeJournalWorkbook(content)).toEqual(bytes);
  });

  test('every journal line stands with real numbers in the format of the currency', () => {
    const journal = sheet('Journal');
    content.lines.forEach((line, index) => {
      const row = journal.getRow(9 + index);
      expect(row.getCell(1).value).toBe(line.lineNumber);
      expect(row.getCell(2).value).toBe(line.accountCode);
      expect(row.getCell(4).value).toBe(line.debit === null ? null : Number(line.debit));
      expect(row.getCell(5).value).toBe(line.credit === null ? null : Number(line.credit));
      expect(row.getCell(9).value).toBe(Number(line.exactAmount));
    });
    expect(journal.getCell('D9').numFmt).toBe('#,##0.00;-#,##0.00');
    expect(journal.getCell('I9').numFmt).toBe('#,##0.000;-#,##0.000');
  });

  test('totals are formulas over all lines with their results, and the journal balances', () => {
    const journal = sheet('Journal');
    const total = rowOf(journal, 'Total');
    expect(total).toBe(9 + content.lines.length);
    const result = Number(sumOf(content.lines.map((line) => line.debit)));
    expect(journal.getCell(`D${total}`).value).toEqual({ formula: `SUM(D9:D${total - 1})`, result });
    expect(journal.getCell(`E${total}`).value).toEqual({ formula: `SUM(E9:E${total - 1})`, result });
    expect(cellXml('xl/worksheets/sheet1.xml', `D${total + 1}`)).toMatch(
      new RegExp(`<f>ROUND\\(D${total}-E${total},2\\)</f><v>0</v>`),
    );
    expect(journal.getCell(`E${total + 1}`).value).toMatchObject({ result: 'balanced' });
  });

  test('every formula in the file has a cached result', () => {
    let formulas = 0;
    for (const [name, xml] of itemsOf(bytes)) {
      if (!name.startsWith('xl/worksheets/')) continue;
      const root = parseXml(xml).documentElement ?? undefined;
      for (const row of childrenNamed(descendantAt(root, SPREADSHEET, 'sheetData'), SPREADSHEET, 'row')) {
        for (const cell of childrenNamed(row, SPREADSHEET, 'c')) {
          if (childrenNamed(cell, SPREADSHEET, 'f').length === 0) continue;
          formulas += 1;
          expect(childrenNamed(cell, SPREADSHEET, 'v')[0]?.textContent, cell.getAttribute('r') ?? '').toMatch(/./);
        }
      }
    }
    expect(formulas).toBeGreaterThanOrEqual(18);
  });

  test('a journal that does not balance says so', async () => {
    const [first, ...rest] = content.lines;
    if (first === undefined) throw new Error('no line');
    const journal = sheet(
      'Journal',
      await read(await writeJournalWorkbook({ ...content, lines: [{ ...first, debit: '12.18' }, ...rest] })),
    );
    const total = rowOf(journal, 'Total');
    expect(journal.getCell(`D${total + 1}`).value).toMatchObject({ result: 0.01 });
    expect(journal.getCell(`E${total + 1}`).value).toMatchObject({ result: 'out of balance' });
  });

  test('the head of the journal says what it is, with real dates in the zone of the workbook', () => {
    const journal = sheet('Journal');
    expect(journal.getCell('A1').value).toBe('Harbor & Pine Trading Co.');
    expect(journal.getCell('A2').value).toBe('Adjustment journal HP-2026-10-001');
    expect(journal.getCell('E4').value).toEqual(new Date('2026-10-31T23:59:59Z'));
    expect(journal.getCell('H4').value).toEqual(new Date('2026-11-02T09:15:00Z'));
    expect(journal.getCell('E5').value).toBe('America/Los_Angeles');
  });

  test('a line that was not counted shows unknown, never nothing and never 0', () => {
    const variances = sheet('Variance lines');
    const index = content.supportingLines.findIndex((line) => line.countVariance === null);
    expect(variances.getCell(`G${7 + index}`).value).toBe('unknown');
    const total = rowOf(variances, 'Total');
    const result = Number(sumOf(content.supportingLines.map((line) => line.countVariance)));
    expect(variances.getCell(`G${total}`).value).toEqual({ formula: `SUM(G7:G${total - 1})`, result });
  });

  test('quantities with fractions get the same number of places in the whole column', async () => {
    const supportingLines = content.supportingLines.map((line, index) =>
      index === 3 ? { ...line, adjustmentQuantity: '2.125' } : line,
    );
    const variances = sheet('Variance lines', await read(await writeJournalWorkbook({ ...content, supportingLines })));
    expect(variances.getCell('L7').numFmt).toBe('#,##0.000;-#,##0.000');
    expect(variances.getCell('L10').value).toBe(2.125);
    expect(sheet('Variance lines').getCell('L7').numFmt).toBe('#,##0;-#,##0');
  });

  test('headings stay in view, tables can be filtered, pages are landscape, one wide and numbered', () => {
    for (const [name, headingRow, filter] of [
      ['Journal', 8, 'A8:K36'],
      ['Variance lines', 6, 'A6:P54'],
    ] as const) {
      const worksheet = sheet(name);
      expect(worksheet.views[0]).toMatchObject({ state: 'frozen', ySplit: headingRow });
      expect(worksheet.autoFilter).toBe(filter);
      expect(worksheet.pageSetup).toMatchObject({
        orientation: 'landscape',
        fitToPage: true,
        fitToWidth: 1,
        fitToHeight: 0,
      });
      expect(worksheet.pageSetup.printTitlesRow).toBe(`${headingRow}:${headingRow}`);
      expect(worksheet.headerFooter.oddHeader).toContain('Harbor && Pine Trading Co.');
      expect(worksheet.headerFooter.oddFooter).toContain('Page &P of &N');
    }
  });

  test('the sign-off sheet names both people and ties to the journal', () => {
    const signOff = sheet('Sign-off');
    const debits = signOff.getCell(`B${rowOf(signOff, 'Debits USD')}`).value;
    expect(debits).toEqual({ formula: 'Journal!D37', result: Number(sumOf(content.lines.map((line) => line.debit))) });
    expect(readNamedSigners(bytes)).toEqual([
      { part: 'preparer', name: 'Jonas Feld', fingerprintSha256: content.signOff.preparer.fingerprintSha256 },
      { part: 'approver', name: 'Rosa Marín, CPA', fingerprintSha256: content.signOff.approver?.fingerprintSha256 },
    ]);
  });

  test('a journal without lines and without a named approver can be written', async () => {
    const empty = {
      ...content,
      lines: [],
      supportingLines: [],
      reasons: [],
      signOff: { ...content.signOff, approver: null },
    };
    const written = await writeJournalWorkbook(empty);
    const journal = sheet('Journal', await read(written));
    expect(journal.getCell('D9').value).toBe(0);
    expect(journal.getCell('E10').value).toMatchObject({ result: 'balanced' });
    expect(readNamedSigners(written)).toHaveLength(1);
  });

  test('a currency without minor digits is written without decimals', async () => {
    const header = { ...content.header, currency: 'JPY', currencyMinorDigits: 0 };
    const lines = content.lines.map((line) => ({
      ...line,
      debit: line.debit && '1200',
      credit: line.credit && '1200',
    }));
    const journal = sheet('Journal', await read(await writeJournalWorkbook({ ...content, header, lines })));
    expect(journal.getCell('D9').numFmt).toBe('#,##0;-#,##0');
  });
});

describe('what Excel would read as something else', () => {
  const withMemo = async (memo: string): Promise<ExcelJS.CellValue> => {
    const lines = content.lines.map((line) => ({ ...line, memo }));
    return sheet('Journal', await read(await writeJournalWorkbook({ ...content, lines }))).getCell('H9').value;
  };

  test.each([
    '=1+1',
    '+SUM(A1)',
    '-2+3',
    '@x',
    '=HYPERLINK("https://example.com/?a=1&b=2")',
    '00123',
    '1e5',
    'a < b & c',
  ])('the text %s stays a text', async (memo) => {
    expect(await withMemo(memo)).toBe(memo);
  });

  test('no part of the file links outside or holds a link with &', () => {
    const names = [...itemsOf(bytes).keys()].filter((name) => name.endsWith('.rels'));
    expect(names).toEqual(['_rels/.rels', 'xl/_rels/workbook.xml.rels']);
    for (const name of names) expect(textOfItem(bytes, name)).not.toMatch(/TargetMode|&/);
  });

  test('characters that XML cannot hold are dropped, escapes are kept literally, long texts say what is missing', () => {
    expect(cellText('a\u0000b\u001f\r\nc\ud800')).toBe('ab\nc');
    expect(cellText('bin _x0041_ and _x_')).toBe('bin _x005F_x0041_ and _x_');
    const long = cellText('n'.repeat(40_000));
    expect(long).toHaveLength(32_767);
    expect(long).toContain('40000 characters');
    expect(pageText('Harbor & Pine\n&P')).toBe('Harbor && Pine &&P');
  });

  test('an amount with more than 15 significant digits is refused by cell and value', async () => {
    const [first, ...rest] = content.lines;
    if (first === undefined) throw new Error('no line');
    const lines = [{ ...first, debit: '12345678901234.567' }, ...rest];
    const attempt = writeJournalWorkbook({ ...content, lines });
    await expect(attempt).rejects.toThrow(DecimalTooLongForExcel);
    await expect(attempt).rejects.toMatchObject({ sheet: 'Journal', cell: 'D9', decimal: '12345678901234.567' });
  });

  test('an exact value with more than 15 significant digits is written as exact text, and so is its total', async () => {
    const supportingLines = content.supportingLines.map((line, index) =>
      index === 0 ? { ...line, exactValue: '1234567.8901234567' } : line,
    );
    const variances = sheet('Variance lines', await read(await writeJournalWorkbook({ ...content, supportingLines })));
    expect(variances.getCell('N7').value).toBe('1,234,567.8901234567');
    const total = rowOf(variances, 'Total');
    expect(String(variances.getCell(`N${total}`).value).replace(/,/g, '')).toBe(
      sumOf(supportingLines.map((line) => line.exactValue)),
    );
    expect(variances.getCell(`A${total + 2}`).value).toContain('1 value has more than 15 significant digits');
  });
});

describe('decimals', () => {
  const decimal = fc
    .tuple(fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n }), fc.integer({ min: 0, max: 10 }))
    .map(([units, places]) => {
      const digits = (units < 0n ? -units : units).toString().padStart(places + 1, '0');
      const split = digits.length - places;
      return `${units < 0n ? '-' : ''}${digits.slice(0, split)}${places > 0 ? `.${digits.slice(split)}` : ''}`;
    });

  test('a decimal of at most 15 digits comes back exactly from the number that Excel keeps', () => {
    fc.assert(
      fc.property(decimal, (text) => {
        if (!fitsExcelNumber(text)) return;
        const kept = Number(text).toPrecision(15);
        if (!kept.includes('e'))
          expect(sumOf([kept.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '')])).toBe(sumOf([text]));
      }),
    );
  });

  test('sums are exact in any order', () => {
    expect(sumOf(['0.1', '0.2', '-0.3'])).toBe('0');
    expect(sumOf(['99999999999999.99', '0.01', null])).toBe('100000000000000');
    fc.assert(
      fc.property(fc.array(decimal), (decimals) => {
        expect(sumOf([...decimals].reverse())).toBe(sumOf(decimals));
      }),
    );
  });

  test('15 digits fit, 16 do not, zeros at either end do not count', () => {
    expect(fitsExcelNumber('123456789012.345')).toBe(true);
    expect(fitsExcelNumber('-1234567890123.456')).toBe(false);
    expect(fitsExcelNumber('0.000000123456789012345')).toBe(true);
    expect(fitsExcelNumber('123456789012345000.000')).toBe(true);
  });
});

describe('times and heights', () => {
  test('a wall clock follows daylight saving', () => {
    expect(wallClockDate('2026-10-31T23:59:59.999-07:00', 'America/Los_Angeles')).toEqual(
      new Date('2026-10-31T23:59:59Z'),
    );
    expect(wallClockDate('2026-11-01T09:30:00Z', 'America/Los_Angeles')).toEqual(new Date('2026-11-01T01:30:00Z'));
    expect(wallClockDate('2026-03-31T22:00:00Z', 'Europe/Berlin')).toEqual(new Date('2026-04-01T00:00:00Z'));
  });

  test('a wrapped text takes the lines that its words need', () => {
    expect(wrappedLines('Portland', 12)).toBe(1);
    expect(wrappedLines('Recounted on 2 Nov by the warehouse lead; shelf and overstock both checked.', 36)).toBe(2);
    expect(wrappedLines('one\ntwo\n\nfour', 30)).toBe(4);
    expect(wrappedLines('x'.repeat(100), 10)).toBeGreaterThanOrEqual(8);
    expect(wrappedLines('', 10)).toBe(1);
  });
});

describe('the journal under signatures', () => {
  test('prepared and approved, it holds; a changed text names its sheet; a missing approval is noticed', async () => {
    const [preparer, approver] = await Promise.all([
      signerNamed('Jonas Feld', 'jonas.feld@harborandpine.example', 'accountant', 'ecdsa-p256'),
      signerNamed('Rosa Marín', 'rosa.marin@harborandpine.example', 'controller', 'ecdsa-p256'),
    ]);
    const signOff = {
      ...content.signOff,
      preparer: { name: preparer.name, email: preparer.email, fingerprintSha256: preparer.fingerprintSha256 },
      approver: { name: approver.name, email: approver.email, fingerprintSha256: approver.fingerprintSha256 },
    };
    const options = {
      signedAtInstant: SIGNED_INSTANT,
      role: 'Preparer',
      commitment: 'creation',
      purpose: 'Journal',
    } as const;
    const unsigned = await writeJournalWorkbook({ ...content, signOff });
    const prepared = signPackage(unsigned, preparer, options);
    expect(verifyPackage(prepared).holds).toBe(true);
    expect(signersWithoutSignature(readNamedSigners(prepared), verifyPackage(prepared))).toMatchObject([
      { part: 'approver', name: 'Rosa Marín' },
    ]);

    const approved = signPackage(prepared, approver, { ...options, role: 'Approver', commitment: 'approval' });
    const verification = verifyPackage(approved);
    expect(verification.findings).toEqual([]);
    expect(verification.holds).toBe(true);
    expect(signersWithoutSignature(readNamedSigners(approved), verification)).toEqual([]);

    const tampered = verifyPackage(withText(approved, 'xl/worksheets/sheet1.xml', 'October count', 'September count'));
    expect(tampered.holds).toBe(false);
    expect(tampered.findings).toMatchObject([{ sheet: 'Journal' }, { sheet: 'Journal' }]);
    expect(readNamedSigners(new Uint8Array(10))).toEqual([]);
  });
});
