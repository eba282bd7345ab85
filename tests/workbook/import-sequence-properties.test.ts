/**
 * Whatever is done to imports, names and waiting rows, in whatever order: every reference finds its row, every row of a
 * file is counted once, and the figures are those of a new workbook that was given the standing files with the names that hold.
 */
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SheetChoice } from '@shared/domain/count-sheet';
import { issueCountSheets } from '../../electron/services/count-sheets/issue';
import { voidCountSheets } from '../../electron/services/count-sheets/void';
import { importSummary, undoImport } from '../../electron/services/imports';
import { correctRow, ignoreRows, listQuarantine, mapAndReplay, replayQuarantine, restoreRows, takeBackAliases } from '../../electron/services/quarantine';
import { findChainBreak } from '../../electron/workbook/audit';
import { accepted, importFile } from '../support/imports';
import { runs } from '../support/runs';
import { openFixtureWorkbook, type WorkbookFixture } from '../support/workbook-fixture';

const WHEN = '2026-10-31T22:30:00-07:00';
const HEADERS = {
  snapshot: 'system,sku,location,as_of,on_hand',
  movements: 'system,type,document,line,sku,location,quantity,occurred_at,posted_at',
  count: 'sheet,line,sku,location,counted,counted_at',
} as const;
type Kind = keyof typeof HEADERS;

/** Names that no item has, and what each means where somebody said so. */
const MEANINGS: Readonly<Record<string, string>> = { ALPHA: 'A', BETA: 'B' };
const SKUS = ['A', 'B', 'C', 'ALPHA', 'BETA', 'NOBODY'];

/** One file may call an item by its code, another by a name that has to be mapped. */
const spelt = (number: number, plain: boolean) => (plain ? (MEANINGS[SKUS[number]!] ?? SKUS[number]!) : SKUS[number]!);

const some = <T>(values: readonly T[]) => fc.subarray([...values], { minLength: 1, maxLength: 4 });
const ROWS: Readonly<Record<Kind, fc.Arbitrary<string[]>>> = {
  snapshot: fc.tuple(some(['A', 'C', 'NEW-1', 'NEW-2']), fc.constantFrom('Depot', 'Store'), fc.integer({ min: 1, max: 9 }), fc.boolean())
    .map(([items, place, units, front]) => [
      ...items.map((item) => `erp,${item},${place},${WHEN},${units}`),
      ...(front ? [`storefront,ALPHA,${place},${WHEN},${units}`, `storefront,NEW-1,${place},${WHEN},x`] : []),
    ]),
  // What a document or a line of a sheet says is always the same, so that the order of files makes no difference.
  movements: fc.tuple(some([0, 1, 2, 3, 4, 5]), fc.boolean()).map(([documents, plain]) =>
    documents.map((number) => `erp,receipt,D-${number},1,${spelt(number, plain)},Depot,${number + 1},${WHEN},${WHEN}`)),
  count: fc.tuple(some([0, 1, 2, 3, 4, 5]), fc.boolean()).map(([lines, plain]) =>
    lines.map((number) => `S,${number + 1},${spelt(number, plain)},Depot,${number === 2 ? -3 : number},${WHEN}`)),
};
const kinds = fc.constantFrom<Kind[]>('snapshot', 'movements', 'count');
const file = kinds.chain((kind) => ROWS[kind].map((rows) => ({ kind, rows })));
const which = fc.nat({ max: 30 });
const operation = fc.oneof(
  { weight: 5, arbitrary: fc.record({ step: fc.constant('import' as const), file }) },
  { weight: 3, arbitrary: fc.record({ step: fc.constant('replace' as const), file, which }) },
  { weight: 4, arbitrary: fc.record({ step: fc.constant('undo' as const), which }) },
  { weight: 3, arbitrary: fc.record({ step: fc.constantFrom('map' as const, 'takeBack' as const), alias: fc.constantFrom('ALPHA', 'BETA') }) },
  { weight: 4, arbitrary: fc.record({ step: fc.constantFrom('ignore' as const, 'correct' as const, 'restore' as const, 'replay' as const), which }) },
  { weight: 1, arbitrary: fc.record({ step: fc.constantFrom('issue' as const, 'void' as const), which }) },
);
type Operation = typeof operation extends fc.Arbitrary<infer Each> ? Each : never;

const pick = <T>(values: readonly T[], index: number): T | undefined => values[index % Math.max(values.length, 1)];
const nameOf = (alias: string) => ({ source: 'plain', kind: 'item', alias }) as const;
const hasAlias = ({ workbook }: WorkbookFixture, alias: string) => workbook.get('SELECT 1 FROM item_aliases WHERE alias = ?', alias) !== undefined;

let written = 0;
const textOf = (kind: Kind, rows: readonly string[]) => {
  // A last row that is no data makes each file another one.
  written += 1;
  return `${[HEADERS[kind], ...rows, ','.repeat(5) + ' '.repeat(written)].join('\n')}\n`;
};

async function carryOut(fixture: WorkbookFixture, operation: Operation, texts: Map<number, { readonly kind: Kind; readonly rows: readonly string[] }>): Promise<void> {
  const { context, periodId, workbook } = fixture;
  const standing = importSummary(workbook, periodId).imports.filter(({ state, importId }) => state === 'standing' && texts.has(importId));
  const settled = () => listQuarantine(workbook, periodId).rows;
  switch (operation.step) {
    case 'import':
    case 'replace': {
      const { kind, rows } = operation.file;
      const replaced = operation.step === 'replace' ? pick(standing.filter((each) => each.kind === kind), operation.which) : undefined;
      const given = replaced ? { supersedesImportId: replaced.importId } : {};
      const { importId } = await importFile(fixture, { name: `${kind}.csv`, text: textOf(kind, rows) }, given);
      texts.set(importId, operation.file);
      return;
    }
    case 'undo': {
      const found = pick(standing, operation.which);
      if (found) accepted(await undoImport(context, { importId: found.importId, why: 'property' }));
      return;
    }
    case 'map':
      if (!hasAlias(fixture, operation.alias)) accepted(mapAndReplay(context, periodId, { ...nameOf(operation.alias), targetCode: MEANINGS[operation.alias]! }));
      return;
    case 'takeBack':
      if (hasAlias(fixture, operation.alias)) accepted(await takeBackAliases(context, { aliases: [nameOf(operation.alias)], why: 'property' }));
      return;
    case 'ignore': {
      const row = pick(settled().filter(({ state }) => state === 'waiting'), operation.which);
      if (row) accepted(ignoreRows(context, { rows: { quarantineRowIds: [row.quarantineRowId] }, why: 'property' }));
      return;
    }
    case 'restore': {
      const row = pick(settled().filter(({ state, settledNote }) => state === 'ignored' && settledNote === 'property'), operation.which);
      if (row) accepted(restoreRows(context, { quarantineRowIds: [row.quarantineRowId], why: 'property' }));
      return;
    }
    case 'correct': {
      const row = pick(settled().filter(({ state, reason }) => state === 'waiting' && reason !== 'duplicate_row'), operation.which);
      // Nobody is C; less than nothing and no number are three. It may still wait for something else.
      if (row) correctRow(context, { quarantineRowId: row.quarantineRowId, cells: row.cells.map((cell) => ({ NOBODY: 'C', x: '3', '-3': '3' })[cell] ?? cell), why: 'property' });
      return;
    }
    case 'replay':
      accepted(replayQuarantine(context, periodId));
      return;
    case 'issue':
      await issueCountSheets(context, { ...SheetChoice.parse({ periodId }), path: path.join(fixture.folder, `${(written += 1)}.csv`), paper: null });
      return;
    case 'void': {
      const sheet = pick(workbook.all<{ id: number }>('SELECT count_sheet_id AS id FROM count_sheets WHERE voided_instant IS NULL'), operation.which);
      if (sheet) accepted(voidCountSheets(context, { countSheetIds: [sheet.id], why: 'property' }));
      return;
    }
  }
}

/** What the period was given, by what it says; which import says it where that matters. */
function figuresOf({ workbook }: WorkbookFixture): Record<string, unknown[]> {
  const named = 'JOIN stock_keys USING (stock_key_id) JOIN items USING (item_id) JOIN locations USING (location_id)';
  return {
    positions: workbook.all(`SELECT system, sku, code, as_of_instant, on_hand_scaled, count(*) AS times FROM snapshots ${named} GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5`),
    movements: workbook.all(`SELECT system, document, sku, code, quantity_scaled FROM movements ${named} ORDER BY 1, 2, 3, 4, 5`),
    counts: workbook.all(`SELECT sheet, line, sku, code, counted_scaled FROM counts ${named} ORDER BY 1, 2, 3, 4, 5`),
    waiting: workbook.all(
      `SELECT coalesce(corrected_text, raw_text) AS raw, reason, subject FROM quarantine_rows JOIN imports i USING (import_id)
       WHERE i.state = 'standing' AND quarantine_rows.state = 'waiting' ORDER BY 1, 2, 3`,
    ),
  };
}

function expectWhole({ workbook, periodId }: WorkbookFixture): void {
  expect(workbook.all('PRAGMA foreign_key_check')).toEqual([]);
  for (const each of importSummary(workbook, periodId).imports) {
    expect(each.rowsAccepted + each.rowsQuarantined + each.rowsIgnored, each.fileName).toBe(each.rowsRead);
    if (each.state === 'standing') expect(each.waiting, each.fileName).toBe(each.rowsQuarantined);
  }
}

const month = async (): Promise<WorkbookFixture> => {
  const fixture = openFixtureWorkbook();
  await importFile(fixture, { name: 'start.csv', text: `${HEADERS.snapshot}\n${['A', 'B', 'C'].map((sku) => `erp,${sku},Depot,${WHEN},1`).join('\n')}\n` });
  return fixture;
};

/** The standing files with their rows as people left them, in a new workbook that knows the same items and names. */
async function givenAnew(fixture: WorkbookFixture, texts: Map<number, { readonly kind: Kind; readonly rows: readonly string[] }>): Promise<WorkbookFixture> {
  const { workbook, periodId } = fixture;
  const fresh = await month();
  for (const sku of workbook.all<{ sku: string }>('SELECT sku FROM items')) fresh.workbook.run('INSERT OR IGNORE INTO items (sku) VALUES (?)', sku.sku);
  for (const { code } of workbook.all<{ code: string }>('SELECT code FROM locations')) fresh.workbook.run('INSERT OR IGNORE INTO locations (code) VALUES (?)', code);
  for (const alias of Object.keys(MEANINGS)) {
    if (hasAlias(fixture, alias)) accepted(mapAndReplay(fresh.context, fresh.periodId, { ...nameOf(alias), targetCode: MEANINGS[alias]! }));
  }
  const standing = importSummary(workbook, periodId).imports.filter(({ state, importId }) => state === 'standing' && texts.has(importId));
  for (const { importId } of standing.toSorted((left, right) => left.importId - right.importId)) {
    const { kind, rows } = texts.get(importId)!;
    const touched = new Map(
      workbook.all<{ row_number: number; corrected_text: string | null; ignored: 0 | 1 }>(
        `SELECT row_number, corrected_text, state = 'ignored' AND settled_note = 'property' AS ignored FROM quarantine_rows WHERE import_id = ?`, importId,
      ).map((row) => [row.row_number, row]),
    );
    const left = rows.flatMap((row, index) => {
      const touch = touched.get(index + 2);
      return touch?.ignored === 1 ? [] : [touch?.corrected_text ?? row];
    });
    await importFile(fresh, { name: `${kind}.csv`, text: textOf(kind, left) });
  }
  accepted(replayQuarantine(fresh.context, fresh.periodId));
  return fresh;
}

test('every sequence of steps leaves what the standing files say', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(operation, { minLength: 4, maxLength: 14 }), async (operations) => {
      const fixture = await month();
      const texts = new Map<number, { readonly kind: Kind; readonly rows: readonly string[] }>();
      for (const each of operations) {
        await carryOut(fixture, each, texts);
        expectWhole(fixture);
      }
      accepted(replayQuarantine(fixture.context, fixture.periodId));
      expectWhole(fixture);
      expect(findChainBreak(fixture.workbook)).toBeUndefined();
      expect(figuresOf(fixture)).toEqual(figuresOf(await givenAnew(fixture, texts)));
    }),
    { numRuns: runs(30, 300), seed: 20261123 },
  );
}, 600_000);
