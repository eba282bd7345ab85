/**
 * Figures typed into a count sheet come in by the way that a file takes that came back.
 */
import { expect, test } from 'vitest';
import { parseInstant } from '@shared/domain/instant';
import { enterCounts } from '../../electron/services/count-sheets/enter';
import { sheetLines } from '../../electron/services/count-sheets/standing';
import { voidCountSheets } from '../../electron/services/count-sheets/void';
import { undoImport } from '../../electron/services/imports/life/undo';
import { countMonth, issue, standingOf } from '../support/count-sheets';
import { accepted } from '../support/imports';

const COUNTED = { countedBy: 'L. Castillo', countedInstant: parseInstant('2026-10-31T21:15:00-07:00')! };
const figure = (line: number, countedScaled: number, countNo = 1) => ({ line, countNo, countedScaled });

test('what is typed is counted, 0 is none, and what is not typed stays unknown', async () => {
  const fixture = await countMonth();
  await issue(fixture);
  const result = accepted(await enterCounts(fixture.context, { countSheetId: 1, figures: [figure(2, 125_000), figure(1, 0), figure(2, 130_000, 2)], ...COUNTED }));
  expect(result).toMatchObject({ lines: 2, waiting: [], fileName: expect.stringMatching(/^CS-2026-10-001 typed in \d{4}-/) });
  const counts = sheetLines(fixture.workbook, 1)!.map(({ counts: own }) => own.map(({ countNo, countedScaled }) => [countNo, countedScaled]));
  expect(counts).toEqual([[[1, 0]], [[1, 125_000], [2, 130_000]], [], []]);
  expect(sheetLines(fixture.workbook, 1)![0]!.counts[0]).toMatchObject(COUNTED);
  expect(standingOf(fixture)[0]).toBe('CS-2026-10-001 partly_back 2/4');
});

test('the typed figures are a file in the workbook, with its row, its audit event and its undo', async () => {
  const fixture = await countMonth();
  await issue(fixture);
  const { importId, fileName } = accepted(await enterCounts(fixture.context, { countSheetId: 1, figures: [figure(1, 70_000)], ...COUNTED }));
  const kept = fixture.workbook.get<{ file_name: string; profile_id: string }>('SELECT file_name, profile_id FROM imports WHERE import_id = ?', importId)!;
  expect(kept).toMatchObject({ file_name: fileName, profile_id: 'tieout-count-sheet' });
  const event = fixture.workbook.get<{ action: string; detail: string }>('SELECT action, detail FROM audit_events ORDER BY sequence DESC LIMIT 1')!;
  expect(event.action).toMatch(/^import\./);
  expect(event.detail).toContain(fileName);
  expect((await undoImport(fixture.context, { importId, why: 'counted on the wrong shelf' })).ok).toBe(true);
  expect(standingOf(fixture)[0]).toBe('CS-2026-10-001 issued 0/4');
});

test('a figure that is in already, a line that is not on the sheet and a void sheet are refused by name', async () => {
  const fixture = await countMonth();
  await issue(fixture);
  accepted(await enterCounts(fixture.context, { countSheetId: 1, figures: [figure(1, 70_000)], ...COUNTED }));
  const other = accepted(await enterCounts(fixture.context, { countSheetId: 1, figures: [figure(1, 80_000), figure(3, 10_000)], ...COUNTED }));
  expect(other.lines).toBe(1);
  expect(other.waiting).toHaveLength(1);
  expect(sheetLines(fixture.workbook, 1)![0]!.counts).toMatchObject([{ countedScaled: 70_000 }]);
  expect(await enterCounts(fixture.context, { countSheetId: 1, figures: [figure(9, 0)], ...COUNTED })).toMatchObject({ ok: false, failure: 'line_unknown' });
  expect(await enterCounts(fixture.context, { countSheetId: 1, figures: [figure(1, 0, 3)], ...COUNTED })).toMatchObject({ ok: false, failure: 'line_unknown' });
  expect(await enterCounts(fixture.context, { countSheetId: 99, figures: [figure(1, 0)], ...COUNTED })).toMatchObject({ ok: false, failure: 'sheet_unknown' });
  voidCountSheets(fixture.context, { countSheetIds: [2], why: 'not needed' });
  expect(await enterCounts(fixture.context, { countSheetId: 2, figures: [figure(1, 0)], ...COUNTED })).toMatchObject({ ok: false, failure: 'sheet_void' });
});
