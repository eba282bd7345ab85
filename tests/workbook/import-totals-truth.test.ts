/**
 * The totals of a rehearsal, before and after, held against a plain count of every row in the workbook, for files of every
 * format imported one after the other into one period, again, and in the place of each other.
 */
import { expect, test } from 'vitest';
import { EFFECTS, QUANTITY_STATES, type MovementType } from '@shared/domain/states';
import { formatQuantity } from '@shared/domain/quantity';
import type { Rehearsal } from '@shared/domain/import';
import { FORMAT_FILES, formatFile, openFormatWorkbook } from '../support/formats';
import { AS_OF, importFile, lines } from '../support/imports';
import type { WorkbookFixture } from '../support/workbook-fixture';

type Row = Record<string, number | string | null>;
const PLACE = 'JOIN stock_keys USING (stock_key_id) JOIN locations l USING (location_id)';

/** Every total of a period, by system, location and measure: of the rows one by one. */
function truthOf({ workbook, periodId }: WorkbookFixture, kind: Rehearsal['kind']): Map<string, string> {
  const totals = new Map<string, bigint>();
  const add = (system: unknown, location: unknown, measure: string, figure: bigint) => {
    const key = `${String(system ?? '')} ${String(location ?? '')} ${measure}`;
    totals.set(key, (totals.get(key) ?? 0n) + figure);
  };
  const rows = (sql: string) => workbook.all<Row>(`${sql} WHERE i.period_id = ? AND i.state = 'standing'`, periodId);
  if (kind === 'snapshot') {
    const cutOff = workbook.get<{ cut: number }>('SELECT cut_off_instant AS cut FROM periods WHERE period_id = ?', periodId)!.cut;
    const best = new Map<string, Row>();
    for (const row of rows(`SELECT s.*, l.code FROM snapshots s JOIN imports i USING (import_id) ${PLACE}`)) {
      const key = `${row['stock_key_id']} ${row['system']}`;
      const held = best.get(key);
      const away = (each: Row) => Math.abs(Number(each['as_of_instant']) - cutOff);
      if (!held || away(row) < away(held) || (away(row) === away(held) && Number(row['import_id']) > Number(held['import_id']))) best.set(key, row);
    }
    for (const row of best.values()) {
      for (const state of QUANTITY_STATES) if (row[`${state}_scaled`] !== null) add(row['system'], row['code'], state, BigInt(row[`${state}_scaled`] as number));
    }
  }
  if (kind === 'movements') {
    for (const row of rows(`SELECT m.*, l.code FROM movements m JOIN imports i USING (import_id) ${PLACE}`)) {
      for (const [state, sign] of Object.entries(EFFECTS[row['type'] as MovementType])) add(row['system'], row['code'], state, BigInt(sign) * BigInt(row['quantity_scaled'] as number));
    }
  }
  if (kind === 'count') {
    const all = rows(`SELECT c.*, l.code FROM counts c JOIN imports i USING (import_id) ${PLACE}`).filter((row) => row['counted_scaled'] !== null);
    const latest = new Map<unknown, number>();
    for (const row of all) latest.set(row['stock_key_id'], Math.max(latest.get(row['stock_key_id']) ?? 0, Number(row['count_no'])));
    for (const row of all) if (latest.get(row['stock_key_id']) === row['count_no']) add(null, row['code'], 'counted', BigInt(row['counted_scaled'] as number));
  }
  return new Map([...totals].map(([key, sum]) => [key, formatQuantity(sum)]));
}

const told = (rehearsal: Rehearsal, side: 'before' | 'after') =>
  new Map(rehearsal.totals.flatMap((total) => (total[side] === null ? [] : [[`${total.system ?? ''} ${total.location ?? ''} ${total.measure}`, total[side]]])));

/** Of the truth, what a file speaks of or changes. */
const spokenOf = (truth: Map<string, string>, other: Map<string, string>, { kind, systems }: Rehearsal) =>
  new Map([...truth].filter(([key, value]) => kind === 'count' || systems.some((system) => key.startsWith(`${system} `)) || other.get(key) !== value).sort());
const sorted = (map: Map<string, string>) => new Map([...map].sort());

const HELD = new Set(['snapshot', 'movements', 'count']);

test('files of every format, one after the other', async () => {
  const fixture = await openFormatWorkbook();
  for (const { file, given } of FORMAT_FILES) {
    const rest = { locationCode: 'Canal Street', asOfInstant: AS_OF, ...given };
    const content = formatFile(file);
    const kinds = ['snapshot', 'movements', 'count'] as const;
    const truths = new Map(kinds.map((kind) => [kind, truthOf(fixture, kind)]));
    if (fixture.workbook.get('SELECT 1 FROM imports WHERE file_name = ?', file)) continue;
    const { rehearsal } = await importFile(fixture, content, rest);
    if (!HELD.has(rehearsal.kind)) continue;
    const [before, after] = [truths.get(rehearsal.kind as 'snapshot')!, truthOf(fixture, rehearsal.kind)];
    expect([file, sorted(told(rehearsal, 'before'))]).toEqual([file, spokenOf(before, after, rehearsal)]);
    expect([file, sorted(told(rehearsal, 'after'))]).toEqual([file, spokenOf(after, before, rehearsal)]);
  }
});

test('a file in the place of one that spoke of more systems tells what goes with it', async () => {
  const fixture = await openFormatWorkbook();
  const header = 'system,sku,location,as_of,on_hand,available';
  const when = '2026-10-31T22:30:00-07:00';
  const { importId } = await importFile(fixture, lines(header, `warehouse,RUG-200,Pier 9,${when},4,`, `storefront,RUG-200,Pier 9,${when},,3`));
  const before = truthOf(fixture, 'snapshot');
  const { rehearsal } = await importFile(fixture, lines(header, `warehouse,RUG-200,Pier 9,${when},5,`), { supersedesImportId: importId });
  const after = truthOf(fixture, 'snapshot');
  expect(sorted(told(rehearsal, 'before'))).toEqual(spokenOf(before, after, rehearsal));
  expect(sorted(told(rehearsal, 'after'))).toEqual(spokenOf(after, before, rehearsal));
  expect(rehearsal.totals).toContainEqual({ system: 'storefront', measure: 'available', location: 'Pier 9', before: '3', after: null });
});
