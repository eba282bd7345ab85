/** The way back from a row of a file to the lines that it stands behind, on the sample company's closed month. */
import { expect, onTestFinished, test } from 'vitest';
import { linesOfRow } from '../../electron/services/imports';
import { accepted } from '../support/imports';
import { openSample } from '../support/sample-session';

test('every row that a component names leads back to its line, and a row of data to the line it is a position or count of', async () => {
  const { session: { workbook } } = await openSample(onTestFinished);
  const components = workbook.all<{ period_id: number; stock_key_id: number; evidence: string }>("SELECT period_id, stock_key_id, evidence FROM components WHERE evidence <> '[]' LIMIT 60");
  expect(components.length).toBeGreaterThan(10);
  for (const { period_id, stock_key_id, evidence } of components) {
    for (const [importId, row] of JSON.parse(evidence) as [number, number][]) {
      const line = accepted(linesOfRow(workbook, importId, row)).lines.find((each) => each.periodId === period_id && each.stockKeyId === stock_key_id);
      expect(line?.uses).toContain('component');
    }
  }
  const count = workbook.get<{ import_id: number; row_number: number; stock_key_id: number }>('SELECT c.* FROM counts c JOIN lines USING (stock_key_id) LIMIT 1')!;
  const { lines, whyNone } = accepted(linesOfRow(workbook, count.import_id, count.row_number));
  expect(lines.filter(({ uses }) => uses.includes('count')).map(({ stockKeyId }) => stockKeyId)).toEqual([count.stock_key_id]);
  expect(whyNone).toBe('');
});

test('a row that no line uses says what became of it, and an import that is not there is refused', async () => {
  const { session: { workbook } } = await openSample(onTestFinished);
  const { import_id: importId, header_row: headerRow } = workbook.get<{ import_id: number; header_row: number }>('SELECT import_id, header_row FROM imports LIMIT 1')!;
  expect(accepted(linesOfRow(workbook, importId, headerRow))).toMatchObject({ lines: [], whyNone: expect.stringContaining('it is the head') });
  expect(linesOfRow(workbook, 99, 1)).toMatchObject({ ok: false, failure: 'import_unknown' });
});
