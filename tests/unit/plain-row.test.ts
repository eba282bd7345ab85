import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ImportProfile } from '@shared/domain/import-profile';
import { RowReader, type RowValues } from '../../electron/files/profiles/read-row';
import { matchHeader, type HeaderMatch } from '../../electron/files/profiles/recognise';
import { parseRecord, recordText } from '../../electron/files/readers/table';
import { WallClock } from '../../electron/files/wall-clock';
import { BUILT_IN_PROFILES } from '../../electron/services/imports/profiles/built-in-profiles';
import { RowPacker } from '../../electron/services/imports/loading/pack-rows';
import { firstTexts, PlainRows } from '../../electron/services/imports/loading/plain-batch';
import { plainPlan, type PlainPlan } from '../../electron/services/imports/loading/plain-plan';

const HEADERS: Readonly<Record<string, readonly string[]>> = {
  'plain-snapshot': ['system', 'sku', 'location', 'as_of', 'on_hand', 'available', 'remark', 'committed', 'unit_cost', 'currency'],
  'plain-movements': ['system', 'type', 'document', 'line', 'sku', 'location', 'quantity', 'occurred_at', 'posted_at', 'reference', 'reason'],
};

const profileOf = (id: string): ImportProfile => BUILT_IN_PROFILES.find((each) => each.id === id)!;

function matchOf(id: string): HeaderMatch {
  const header = HEADERS[id]!;
  return matchHeader(profileOf(id), [{ rowNumber: 1, cells: header, raw: header.join(',') }])!;
}

const newReader = (match: HeaderMatch) => new RowReader(match, { currency: 'USD', clock: new WallClock('America/Los_Angeles'), shortRowsAreWhole: false });

/** Cells as they come: nearly all usual, some that only look so. */
const text = fc.constantFrom('SKU-1', 'Lamp oak', 'Reno', ' x', 'x ', '\u00a0y', 'y\u2003', 'caf\u00e9', '\u68da1', 'lost\ufffd', 'say "no"', "'0012", '', '=1+1', 'sku');
const number = fc.oneof(
  fc.integer({ min: -2_000_000_000, max: 2_000_000_000 }).map(String),
  fc.tuple(fc.nat(99_999), fc.nat(99_999_999)).map(([whole, fraction]) => `${whole}.${fraction}`),
  fc.constantFrom('0', '-0', '-0.0000', '1.', '.5', '1,5', '1.2.3', '1e3', '+1', '--1', '-', '(1)', '1 ', ' 1', '$1', '007', '1234567890', '0.123456', '0.1234567', '', 'Not stocked', 'on_hand'),
);
const twoDigits = (max: number) => fc.nat(max).map((value) => String(value).padStart(2, '0'));
const instant = fc.oneof(
  fc
    .tuple(fc.constantFrom('2026-10-31', '2026-11-01', '2026-02-29', '2024-02-29', '2026-13-01'), twoDigits(25), twoDigits(61), twoDigits(61), fc.constantFrom('Z', '-07:00', '+05:30', '', '-7:00', '+00:00'))
    .map(([day, hour, minute, second, offset]) => `${day}T${hour}:${minute}:${second}${offset}`),
  fc.constantFrom('', '2026-10-31', '2026-10-31 22:00:00-07:00', '2026-10-31T22:00-07:00', '2026-10-31T22:00:00.123-07:00', '31.10.2026', 'yesterday', '2026-10-31T22:00:00-07:00'),
);
const CELLS: Readonly<Record<string, fc.Arbitrary<string>>> = {
  system: fc.constantFrom('erp', 'storefront', 'warehouse', 'ERP', 'shop', '', 'system'),
  type: fc.constantFrom('order', 'shipment', 'refund', 'Order', 'sale', ''),
  currency: fc.constantFrom('USD', 'usd', 'EUR', ''),
  as_of: instant, occurred_at: instant, posted_at: instant,
  on_hand: number, available: number, committed: number, unit_cost: number, quantity: number,
};
const usualInstant = fc.constantFrom('2026-10-31T23:59:00-07:00', '2026-10-30T00:00:00Z');
const usualNumber = fc.constantFrom('1', '-12', '3.25');
const USUAL: Readonly<Record<string, fc.Arbitrary<string>>> = {
  system: fc.constantFrom('erp', 'storefront', 'warehouse'),
  type: fc.constantFrom('order', 'shipment', 'count_post'),
  currency: fc.constant('USD'),
  as_of: usualInstant, occurred_at: usualInstant, posted_at: usualInstant,
  on_hand: usualNumber, available: usualNumber, committed: usualNumber, unit_cost: usualNumber, quantity: usualNumber,
};

/** A usual row, of which a few cells are replaced by whatever comes. */
const cellsOf = (id: string) =>
  fc
    .tuple(
      fc.tuple(...HEADERS[id]!.map((header) => USUAL[header] ?? fc.constantFrom('A-1', 'Lamp oak', 'caf\u00e9'))),
      fc.tuple(...HEADERS[id]!.map((header) => CELLS[header] ?? text)),
      fc.uniqueArray(fc.nat(HEADERS[id]!.length - 1), { maxLength: 3 }),
    )
    .map(([usual, any, replaced]) => usual.map((cell, index) => (replaced.includes(index) ? any[index]! : cell)));

const told = ({ text: texts, numbers, instants }: RowValues) => [texts, numbers, instants];

/** Reads rows one batch after another by a plan: what each says where it is plain. */
function plainReader(plan: PlainPlan) {
  const packer = new RowPacker(plan);
  const known = firstTexts(plan);
  return (raws: readonly string[]): (RowValues | undefined)[] => {
    const rows = new PlainRows(plan, packer.packRows(raws.map((raw, index) => ({ rowNumber: index + 1, cells: [], raw }))), known);
    return raws.map((_raw, at) => (rows.isPlain(at) ? rows.valuesOf(at) : undefined));
  };
}

describe.each(Object.keys(HEADERS))('a plain row of %s', (id) => {
  test('says what the usual reader says, or is left to it', () => {
    let taken = 0;
    fc.assert(
      fc.property(cellsOf(id), fc.constantFrom(',', ';', '\t'), fc.nat(9), (cells, delimiter, oddity) => {
        const match = matchOf(id);
        const usual = newReader(match);
        const record = oddity === 1 ? [...cells, ''] : oddity === 2 ? cells.slice(0, -1) : cells;
        const raw = recordText(record, delimiter);
        const [values] = plainReader(plainPlan(match, delimiter, 'USD')!)([raw]);
        const expected = usual.read(parseRecord(raw, delimiter));
        if (!values) return;
        taken += 1;
        expect(expected.outcome).toBe('read');
        if (expected.outcome !== 'read') return;
        expect(expected.records.map(told)).toEqual([told(values)]);
      }),
      { numRuns: 8_000 },
    );
    expect(taken).toBeGreaterThan(1_000);
  });

  test('says nothing of the rows before it', () => {
    const match = matchOf(id);
    fc.assert(
      fc.property(fc.array(cellsOf(id), { minLength: 2, maxLength: 12 }), (rows) => {
        const [usual, read] = [newReader(match), plainReader(plainPlan(match, ',', 'USD')!)];
        const raws = rows.map((cells) => recordText(cells, ','));
        const half = Math.floor(rows.length / 2);
        const plain = [...read(raws.slice(0, half)), ...read(raws.slice(half))];
        for (const [index, cells] of rows.entries()) {
          const values = plain[index];
          const expected = usual.read(cells);
          if (values) expect(expected).toMatchObject({ outcome: 'read' });
          if (values && expected.outcome === 'read') expect(expected.records.map(told)).toEqual([told(values)]);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  test('is taken when it is written as exports write it', () => {
    const match = matchOf(id);
    const read = plainReader(plainPlan(match, ',', 'USD')!);
    const usual: Readonly<Record<string, string>> = {
      system: 'erp', type: 'order', currency: 'USD', as_of: '2026-10-31T23:59:00-07:00', occurred_at: '2026-10-02T08:00:00Z', posted_at: '2026-10-02T08:05:09+01:00',
      on_hand: '12', available: '-3.5', committed: '', unit_cost: '4.125', quantity: '1',
    };
    expect(read([HEADERS[id]!.map((header) => usual[header] ?? 'A-1').join(',')])).not.toContain(undefined);
  });
});

test('a profile that asks for more than plain cells has no plain rows', () => {
  const plainFor = (change: (match: HeaderMatch) => HeaderMatch, delimiter = ',') =>
    plainPlan(change(matchOf('plain-snapshot')), delimiter, 'USD');
  const withColumn = (change: object) => (match: HeaderMatch): HeaderMatch => ({
    ...match, matched: match.matched.map((each) => (each.column.field === 'on_hand' ? { ...each, column: { ...each.column, ...change } } : each)),
  });
  expect(plainFor((match) => match)).toBeDefined();
  expect(plainFor((match) => match, '|')).toBeUndefined();
  expect(plainFor((match) => match, '";')).toBeUndefined();
  expect(plainFor(withColumn({ somethingNew: true }))).toBeUndefined();
  expect(plainFor((match) => ({ ...match, profile: { ...match.profile, kind: 'count' } }))).toBeUndefined();
});
