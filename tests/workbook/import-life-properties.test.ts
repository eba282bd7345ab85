/**
 * Whatever is imported, in whatever order, beside or in the place of another: undoing the last of it leaves the figures as
 * they were before it, and a difference adds up.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { importSummary, previewUndo, undoImport } from '../../electron/services/imports';
import { findChainBreak } from '../../electron/workbook/audit';
import { differenceOfDecimalTexts } from '../../shared/domain/decimal-text';
import { accepted, contentOf, importFile } from '../support/imports';
import { runs } from '../support/runs';
import { openFixtureWorkbook, type WorkbookFixture } from '../support/workbook-fixture';

const WHEN = '2026-10-31T22:30:00-07:00';
const HEADERS = {
  snapshot: 'system,sku,location,as_of,on_hand,unit_cost,currency',
  movements: 'system,type,document,line,sku,location,quantity,occurred_at,posted_at',
  count: 'sheet,line,sku,location,counted,counted_at',
} as const;
type Kind = keyof typeof HEADERS;

const sku = fc.constantFrom('A', 'B', 'C', 'NOBODY');
const quantity = fc.integer({ min: -2, max: 9 });
const rows: Readonly<Record<Kind, fc.Arbitrary<string[]>>> = {
  snapshot: fc.array(fc.tuple(fc.constantFrom('A', 'B', 'C', 'NEW-1', 'NEW-2'), fc.constantFrom('Depot', 'Store'), quantity)
    .map(([item, place, units]) => `erp,${item},${place},${WHEN},${units},,`), { minLength: 1, maxLength: 6 }),
  movements: fc.array(fc.tuple(fc.constantFrom('receipt', 'shipment'), fc.integer({ min: 1, max: 4 }), sku, quantity)
    .map(([type, document, item, units]) => `erp,${type},D-${document},1,${item},Depot,${units},${WHEN},${WHEN}`), { minLength: 1, maxLength: 6 }),
  count: fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), sku, quantity)
    .map(([line, item, units]) => `S,${line},${item},Depot,${units},${WHEN}`), { minLength: 1, maxLength: 6 }),
};
const file = fc.constantFrom<Kind[]>('snapshot', 'movements', 'count').chain((kind) => rows[kind].map((lines) => ({ kind, lines })));
const steps = fc.array(fc.record({ file, replaces: fc.boolean() }), { minLength: 1, maxLength: 4 });

/** Everything but what tells what happened, and the numbers of lines: a number that nothing uses is no figure. */
function figuresOf(fixture: WorkbookFixture): Record<string, unknown[]> {
  const {
    audit_events: _events, imports: _imports, source_files: _files, source_file_parts: _parts, quarantine_rows: _rows, import_differences: _differences, stock_keys: _keys, ...figures
  } = contentOf(fixture);
  return figures;
}

const countersOf = (fixture: WorkbookFixture) =>
  importSummary(fixture.workbook, fixture.periodId).imports.filter(({ state }) => state === 'standing')
    .map(({ importId, rowsRead, rowsAccepted, rowsQuarantined, rowsIgnored, waiting }) => ({ importId, rowsRead, rowsAccepted, rowsQuarantined, rowsIgnored, waiting }));

test('undoing the last import leaves figures and counters as they were before it, and the preview tells the same', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      const fixture = openFixtureWorkbook();
      await importFile(fixture, { name: 'items.csv', text: 'sku,name,tier\nA,a,C\nB,b,C\nC,c,C\n' });
      await importFile(fixture, { name: 'start.csv', text: `${HEADERS.snapshot}\nerp,A,Depot,${WHEN},1,,\nerp,B,Depot,${WHEN},1,,\nerp,C,Depot,${WHEN},1,,\n` });
      for (const [index, step] of all.entries()) {
        const before = { figures: figuresOf(fixture), counters: countersOf(fixture) };
        const same = importSummary(fixture.workbook, fixture.periodId).imports.filter((each) => each.state === 'standing' && each.kind === step.file.kind).at(-1);
        const given = step.replaces && same ? { supersedesImportId: same.importId } : {};
        const text = `${[HEADERS[step.file.kind], ...step.file.lines, `,,,,,,${index}`].join('\n')}\n`;
        const { importId, rehearsal } = await importFile(fixture, { name: `${index}.csv`, text }, given);
        for (const total of rehearsal.difference?.totals ?? []) expect(Number(differenceOfDecimalTexts(total.after, total.before))).toBe(Number(total.delta));
        const after = { figures: figuresOf(fixture), counters: countersOf(fixture) };
        const preview = accepted(await previewUndo(fixture.context, importId));
        expect({ figures: figuresOf(fixture), counters: countersOf(fixture) }).toEqual(after);
        expect(accepted(await undoImport(fixture.context, { importId, why: 'property' }, preview.token))).toEqual(preview);
        expect({ figures: figuresOf(fixture), counters: countersOf(fixture) }).toEqual(before);
        await importFile(fixture, { name: `${index}.csv`, text }, given);
        expect(countersOf(fixture).map(({ importId: _id, ...counters }) => counters)).toEqual(after.counters.map(({ importId: _id, ...counters }) => counters));
      }
      expect(findChainBreak(fixture.workbook)).toBeUndefined();
    }),
    { numRuns: runs(40, 400), seed: 20261031 },
  );
}, 600_000);
