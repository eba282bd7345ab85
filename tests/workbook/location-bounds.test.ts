/** Locations that close a period at instants of their own, and days on which the clocks change. */
import { expect, test } from 'vitest';
import { parseInstant } from '@shared/domain/instant';
import { createPeriod } from '../../electron/services/periods';
import { locationBounds, setLocationBounds, setLocationTimeZone } from '../../electron/services/location-bounds';
import { lineDetail, linesJson } from '../../electron/services/lines';
import { dueAfterDays } from '../../electron/services/reconciliation/bounds';
import { readScope } from '../../electron/services/reconciliation/scope';
import { isStale } from '../../electron/services/reconciliation/staleness';
import { rollForwardTotals } from '../../electron/services/roll-forward';
import { EngineWorkbook } from '../support/engine-workbook';

const at = (text: string): number => parseInstant(text)!;
const iso = (instant: number): string => new Date(instant).toISOString().replace('.000Z', 'Z');

function value<T>(outcome: { ok: true; value: T } | { ok: false; message: string }): T {
  if (!outcome.ok) throw new Error(outcome.message);
  return outcome.value;
}

/** A workbook in one time zone with locations in their own; '' is the workbook's. */
function bookOf(timeZone: string, zones: Readonly<Record<string, string>>): EngineWorkbook {
  const book = new EngineWorkbook({ timeZone });
  for (const [location, zone] of Object.entries(zones)) {
    book.key('MUG', location);
    if (zone !== '') value(setLocationTimeZone(book.context, { location, timeZone: zone, why: 'It keeps its own clock' }));
  }
  return book;
}

const boundsOf = (book: EngineWorkbook, periodId: number) =>
  Object.fromEntries(
    value(locationBounds(book.workbook, periodId)).map((each) => [each.code, `${iso(each.startInstant)} to ${iso(each.cutOffInstant)}`]),
  );

/** Positions at the cut-off by location, from the lines and from the line shown alone. */
function atCutOff(book: EngineWorkbook, periodId: number, source: 'erp' | 'storefront' | 'count', sku = 'MUG'): Record<string, number> {
  book.reconcile(periodId);
  const column = { erp: 'erp_at_cut_off_scaled', storefront: 'storefront_at_cut_off_scaled', count: 'counted_at_cut_off_scaled' }[source];
  const rows = book.workbook.all<{ stock_key_id: number; code: string; figure: number }>(
    `SELECT l.stock_key_id, o.code, l.${column} AS figure FROM lines l JOIN stock_keys k USING (stock_key_id) JOIN items i USING (item_id)
     JOIN locations o USING (location_id) WHERE l.period_id = ? AND i.sku = ?`,
    periodId,
    sku,
  );
  return Object.fromEntries(
    rows.map(({ stock_key_id, code, figure }) => {
      const shown = lineDetail(book.workbook, periodId, stock_key_id)!.positions.find((position) => position.source === source)!;
      expect(shown.atCutOffScaled, `${code}, shown alone`).toBe(figure);
      return [code, figure / 10_000];
    }),
  );
}

test('a period made anew closes at each location at the first instant of the next month there, whatever the clocks did', () => {
  const book = bookOf('America/Los_Angeles', {
    Portland: '', Berlin: 'Europe/Berlin', Phoenix: 'America/Phoenix', 'Lord Howe': 'Australia/Lord_Howe', Havana: 'America/Havana',
  });
  const october = value(createPeriod(book.context, '2026-10', 48));
  expect(boundsOf(book, october.periodId)).toEqual({
    // The clocks go back at two in the morning of the first of November: the cut-off itself is still in summer time.
    Portland: '2026-10-01T07:00:00Z to 2026-11-01T07:00:00Z',
    // The clocks went back on the 25th of October.
    Berlin: '2026-09-30T22:00:00Z to 2026-10-31T23:00:00Z',
    // No change of clocks.
    Phoenix: '2026-10-01T07:00:00Z to 2026-11-01T07:00:00Z',
    // Half an hour forward on the 4th of October.
    'Lord Howe': '2026-09-30T13:30:00Z to 2026-10-31T13:00:00Z',
    // Midnight comes twice on the first of November: the first one counts.
    Havana: '2026-10-01T04:00:00Z to 2026-11-01T04:00:00Z',
  });
});

test('March in Berlin is an hour short, and April begins where March ended', () => {
  const book = bookOf('Europe/Berlin', { Berlin: '', Phoenix: 'America/Phoenix' });
  const march = value(createPeriod(book.context, '2026-03', 48));
  const april = value(createPeriod(book.context, '2026-04', 48));
  expect(boundsOf(book, march.periodId)).toEqual({
    Berlin: '2026-02-28T23:00:00Z to 2026-03-31T22:00:00Z',
    Phoenix: '2026-03-01T07:00:00Z to 2026-04-01T07:00:00Z',
  });
  expect(boundsOf(book, april.periodId)).toEqual({
    Berlin: '2026-03-31T22:00:00Z to 2026-04-30T22:00:00Z',
    Phoenix: '2026-04-01T07:00:00Z to 2026-05-01T07:00:00Z',
  });
});

test('a location that gets its time zone between two periods begins where it ended before', () => {
  const book = bookOf('America/Los_Angeles', { Portland: '', Berlin: '' });
  value(createPeriod(book.context, '2026-09', 48));
  value(setLocationTimeZone(book.context, { location: 'Berlin', timeZone: 'Europe/Berlin', why: 'It keeps its own clock' }));
  const october = value(createPeriod(book.context, '2026-10', 48));
  expect(boundsOf(book, october.periodId)['Berlin']).toBe('2026-10-01T07:00:00Z to 2026-10-31T23:00:00Z');
});

test('postings around local midnight fall on the side of their own location’s cut-off', () => {
  const book = bookOf('America/Los_Angeles', { Portland: '', Berlin: 'Europe/Berlin', 'Lord Howe': 'Australia/Lord_Howe' });
  const { periodId } = value(createPeriod(book.context, '2026-10', 48));
  // Each location's figure is from the noon before its own midnight, and each has one posting just before and one just after it.
  book.snapshot(periodId, 'erp.csv', `
    system,sku,location,as_of,on_hand
    erp,MUG,Portland,2026-10-31T12:00:00-07:00,100
    erp,MUG,Berlin,2026-10-31T12:00:00+01:00,100
    erp,MUG,Lord Howe,2026-10-31T12:00:00+11:00,100`);
  book.movements(periodId, 'postings.csv', `
    system,type,document,sku,location,quantity,occurred_at,posted_at
    erp,receipt,PO-1,MUG,Portland,1,2026-10-31T23:59:59-07:00,2026-10-31T23:59:59-07:00
    erp,receipt,PO-2,MUG,Portland,10,2026-11-01T00:00:01-07:00,2026-11-01T00:00:01-07:00
    erp,receipt,PO-3,MUG,Berlin,1,2026-10-31T23:59:59+01:00,2026-10-31T23:59:59+01:00
    erp,receipt,PO-4,MUG,Berlin,10,2026-11-01T00:00:01+01:00,2026-11-01T00:00:01+01:00
    erp,receipt,PO-5,MUG,Lord Howe,1,2026-10-31T23:59:59+11:00,2026-10-31T23:59:59+11:00
    erp,receipt,PO-6,MUG,Lord Howe,10,2026-11-01T00:00:01+11:00,2026-11-01T00:00:01+11:00`);
  expect(atCutOff(book, periodId, 'erp')).toEqual({ Portland: 101, Berlin: 101, 'Lord Howe': 101 });
});

test('in the hour that comes twice, a posting counts by its instant and not by what the clock showed', () => {
  const book = bookOf('America/Los_Angeles', { Portland: '' });
  const { periodId } = value(createPeriod(book.context, '2026-10', 48));
  // Half past one happens twice on the first of November; the figure is from between the two.
  book.snapshot(periodId, 'erp.csv', `
    system,sku,location,as_of,on_hand
    erp,MUG,Portland,2026-11-01T01:45:00-07:00,100`);
  book.movements(periodId, 'postings.csv', `
    system,type,document,sku,location,quantity,occurred_at,posted_at
    erp,receipt,PO-1,MUG,Portland,1,2026-11-01T01:30:00-07:00,2026-11-01T01:30:00-07:00
    erp,receipt,PO-2,MUG,Portland,10,2026-11-01T01:30:00-08:00,2026-11-01T01:30:00-08:00`);
  expect(atCutOff(book, periodId, 'erp')).toEqual({ Portland: 99 });
});

test('each position is carried from its own instant with the postings of its own system, before and after the cut-off', () => {
  const book = bookOf('America/Los_Angeles', { Portland: '', Berlin: 'Europe/Berlin' });
  const { periodId } = value(createPeriod(book.context, '2026-10', 48));
  // Two files of the ERP with different instants: the nearer one stands, here before the cut-off and there after it.
  book.snapshot(periodId, 'erp-early.csv', `
    system,sku,location,as_of,on_hand
    erp,MUG,Portland,2026-10-31T22:00:00-07:00,100
    erp,MUG,Berlin,2026-10-30T22:00:00-07:00,500`);
  book.snapshot(periodId, 'erp-late.csv', `
    system,sku,location,as_of,on_hand
    erp,MUG,Portland,2026-11-02T00:00:00-07:00,700
    erp,MUG,Berlin,2026-10-31T18:00:00-07:00,100`);
  book.snapshot(periodId, 'shop.csv', `
    system,sku,location,as_of,available
    storefront,MUG,Portland,2026-11-01T06:00:00-07:00,100
    storefront,MUG,Berlin,2026-10-31T10:00:00-07:00,100`);
  book.movements(periodId, 'postings.csv', `
    system,type,document,sku,location,quantity,occurred_at,posted_at
    erp,receipt,PO-1,MUG,Portland,1,2026-10-31T23:00:00-07:00,2026-10-31T23:00:00-07:00
    storefront,receipt,PO-1,MUG,Portland,2,2026-10-31T23:00:00-07:00,2026-10-31T23:00:00-07:00
    storefront,order,SO-1,MUG,Portland,4,2026-11-01T05:00:00-07:00,2026-11-01T05:00:00-07:00
    erp,receipt,PO-2,MUG,Portland,8,2026-11-01T05:00:00-07:00,2026-11-01T05:00:00-07:00
    erp,receipt,PO-3,MUG,Berlin,1,2026-10-31T17:00:00-07:00,2026-10-31T17:00:00-07:00
    storefront,order,SO-2,MUG,Berlin,2,2026-10-31T15:00:00-07:00,2026-10-31T15:00:00-07:00
    storefront,order,SO-3,MUG,Berlin,4,2026-10-31T17:00:00-07:00,2026-10-31T17:00:00-07:00`);
  // Berlin closes at 16:00 by Portland's clock: the ERP's later figure gives back PO-3, the shop's earlier one takes in SO-2 alone.
  expect(atCutOff(book, periodId, 'erp')).toEqual({ Portland: 101, Berlin: 99 });
  expect(atCutOff(book, periodId, 'storefront')).toEqual({ Portland: 104, Berlin: 98 });
});

test('a count is carried to its location’s own cut-off', () => {
  const book = bookOf('America/Los_Angeles', { Portland: '', Berlin: 'Europe/Berlin' });
  const { periodId } = value(createPeriod(book.context, '2026-10', 48));
  book.count(periodId, 'count.csv', `
    sheet,line,sku,location,counted,counted_at
    S,1,MUG,Portland,50,2026-10-31T12:00:00-07:00
    S,2,MUG,Berlin,50,2026-10-31T12:00:00-07:00`);
  book.movements(periodId, 'picks.csv', `
    system,type,document,sku,location,quantity,occurred_at,posted_at
    warehouse,shipment,SH-1,MUG,Portland,1,2026-10-31T18:00:00-07:00,2026-10-31T18:00:00-07:00
    warehouse,shipment,SH-2,MUG,Berlin,1,2026-10-31T15:00:00-07:00,2026-10-31T15:00:00-07:00
    warehouse,shipment,SH-3,MUG,Berlin,1,2026-10-31T18:00:00-07:00,2026-10-31T18:00:00-07:00`);
  expect(atCutOff(book, periodId, 'count')).toEqual({ Portland: 49, Berlin: 49 });
});

test('whether a late posting is timing is asked of its location’s own window', () => {
  const book = bookOf('America/Los_Angeles', { Portland: '', Reno: '' });
  const { periodId } = value(createPeriod(book.context, '2026-10', 48));
  value(setLocationBounds(book.context, { periodId, location: 'Reno', close: 'with_period', windowHours: 12, why: 'It posts at once' }));
  book.snapshot(periodId, 'erp.csv', `
    system,sku,location,as_of,on_hand
    erp,MUG,Portland,2026-10-31T23:59:00-07:00,50
    erp,MUG,Reno,2026-10-31T23:59:00-07:00,50`);
  book.count(periodId, 'count.csv', `
    sheet,line,sku,location,counted,counted_at
    S,1,MUG,Portland,48,2026-10-31T23:59:00-07:00
    S,2,MUG,Reno,48,2026-10-31T23:59:00-07:00`);
  book.movements(periodId, 'shipments.csv', `
    system,type,document,sku,location,quantity,occurred_at,posted_at
    warehouse,shipment,SH-1,MUG,Portland,2,2026-10-31T20:00:00-07:00,2026-10-31T20:00:00-07:00
    erp,shipment,SH-1,MUG,Portland,2,2026-10-31T20:00:00-07:00,2026-11-01T20:00:00-08:00
    warehouse,shipment,SH-2,MUG,Reno,2,2026-10-31T20:00:00-07:00,2026-10-31T20:00:00-07:00
    erp,shipment,SH-2,MUG,Reno,2,2026-10-31T20:00:00-07:00,2026-11-01T20:00:00-08:00`);
  book.reconcile(periodId);
  const lines = linesJson(book.workbook, periodId).lines;
  expect(Object.fromEntries(lines.map((line) => [line.location, line.variances[0]!.components.map(({ cause, quantity }) => `${cause} ${quantity}`)]))).toEqual({
    Portland: ['posted_later -2'],
    Reno: ['missing_posting -2'],
  });
});

test('a transfer between two locations is seen by each at its own cut-off', () => {
  const book = bookOf('America/Los_Angeles', { Portland: '', Berlin: 'Europe/Berlin' });
  const { periodId } = value(createPeriod(book.context, '2026-10', 48));
  book.snapshot(periodId, 'erp.csv', `
    system,sku,location,as_of,on_hand
    erp,MUG,Portland,2026-10-31T12:00:00-07:00,100
    erp,MUG,Berlin,2026-10-31T12:00:00-07:00,100`);
  // Sent and received at 20:00 in Portland, which is past midnight in Berlin.
  book.movements(periodId, 'transfers.csv', `
    system,type,document,sku,location,quantity,occurred_at,posted_at,reference
    erp,transfer_out,TR-1,MUG,Portland,12,2026-10-31T20:00:00-07:00,2026-10-31T20:00:00-07:00,Berlin
    erp,transfer_in,TR-1,MUG,Berlin,12,2026-10-31T20:00:00-07:00,2026-10-31T20:00:00-07:00,Portland`);
  expect(atCutOff(book, periodId, 'erp')).toEqual({ Portland: 88, Berlin: 100 });
});

test('the roll-forward takes in what the ERP posted between the location’s own start and cut-off', () => {
  const book = bookOf('America/Los_Angeles', { Portland: '', Berlin: 'Europe/Berlin' });
  const september = value(createPeriod(book.context, '2026-09', 48)).periodId;
  const { periodId } = value(createPeriod(book.context, '2026-10', 48));
  book.lock(september, [['MUG', 'Portland', '10'], ['MUG', 'Berlin', '10']]);
  book.snapshot(periodId, 'erp.csv', `
    system,sku,location,as_of,on_hand
    erp,MUG,Portland,2026-11-01T00:00:00-07:00,12
    erp,MUG,Berlin,2026-11-01T00:00:00+01:00,12`);
  book.movements(periodId, 'receipts.csv', `
    system,type,document,sku,location,quantity,occurred_at,posted_at
    erp,receipt,PO-1,MUG,Portland,2,2026-10-31T20:00:00-07:00,2026-10-31T20:00:00-07:00
    erp,receipt,PO-2,MUG,Berlin,2,2026-09-30T20:00:00-07:00,2026-09-30T20:00:00-07:00
    erp,receipt,PO-3,MUG,Berlin,4,2026-10-31T20:00:00-07:00,2026-10-31T20:00:00-07:00`);
  book.reconcile(periodId);
  expect(rollForwardTotals(book.workbook, periodId).map(({ location, columns }) => [location, columns.receipts! / 10_000, columns.expected! / 10_000, columns.difference])).toEqual([
    ['Berlin', 2, 12, 0],
    ['Portland', 2, 12, 0],
  ]);
});

test('due is the end of a local day at the location, also where the clocks change', () => {
  const book = bookOf('America/Los_Angeles', { Portland: '', Berlin: 'Europe/Berlin', 'Lord Howe': 'Australia/Lord_Howe' });
  book.rules({ due: { days: 1, urgentDays: 1 } });
  const { periodId } = value(createPeriod(book.context, '2026-10', 48));
  const scope = readScope(book.workbook, periodId)!;
  const dueAt = (location: string) => {
    const { location_id } = book.workbook.get<{ location_id: number }>('SELECT location_id FROM locations WHERE code = ?', location)!;
    return iso(dueAfterDays(scope.boundsAt(location_id), scope.rules.due.days));
  };
  // The first of November has 25 hours in Portland.
  expect(dueAt('Portland')).toBe('2026-11-02T07:59:59Z');
  expect(dueAt('Berlin')).toBe('2026-11-01T22:59:59Z');
  expect(dueAt('Lord Howe')).toBe('2026-11-01T12:59:59Z');
});

test('setting how a location closes leaves a trail, asks for another reconciliation, and moves the start of the next period', () => {
  const book = bookOf('America/Los_Angeles', { Portland: '', Berlin: '' });
  const { periodId } = value(createPeriod(book.context, '2026-10', 48));
  const november = value(createPeriod(book.context, '2026-11', 48)).periodId;
  book.snapshot(periodId, 'erp.csv', `
    system,sku,location,as_of,on_hand
    erp,MUG,Berlin,2026-10-31T12:00:00-07:00,100`);
  book.reconcile(periodId);
  expect(isStale(book.workbook, periodId)).toBe(false);
  const cutOffInstant = at('2026-11-01T00:00:00+01:00');
  const set = value(
    setLocationBounds(book.context, { periodId, location: 'Berlin', close: { startInstant: null, cutOffInstant }, windowHours: 24, why: 'It closes by its own clock' }),
  );
  expect(set).toMatchObject({ code: 'Berlin', cutOffInstant, windowHours: 24, hasOwnCutOff: true, hasOwnWindow: true });
  expect(isStale(book.workbook, periodId)).toBe(true);
  expect(boundsOf(book, november)['Berlin']).toBe('2026-10-31T23:00:00Z to 2026-12-01T08:00:00Z');
  const event = book.workbook.get<{ detail: string }>("SELECT detail FROM audit_events WHERE action = 'period.setLocation' AND period_id = ?", periodId)!;
  expect(JSON.parse(event.detail)).toEqual({
    location: 'Berlin',
    before: { startInstant: null, cutOffInstant: null, windowHours: null },
    after: { startInstant: at('2026-10-01T00:00:00-07:00'), cutOffInstant, windowHours: 24 },
    why: 'It closes by its own clock',
  });
  const back = value(setLocationBounds(book.context, { periodId, location: 'Berlin', close: 'with_period', windowHours: null, why: 'No longer' }));
  expect(back).toMatchObject({ hasOwnCutOff: false, hasOwnWindow: false, windowHours: 48 });
  expect(boundsOf(book, november)['Berlin']).toBe('2026-11-01T07:00:00Z to 2026-12-01T08:00:00Z');
});

test('a time zone makes open periods ask for another reconciliation, and leaves locked ones alone', () => {
  const book = bookOf('America/Los_Angeles', { Berlin: '' });
  const september = value(createPeriod(book.context, '2026-09', 48)).periodId;
  const october = value(createPeriod(book.context, '2026-10', 48)).periodId;
  for (const [period, day] of [[september, '2026-09-30'], [october, '2026-10-31']] as const) {
    book.snapshot(period, `erp-${day}.csv`, `
      system,sku,location,as_of,on_hand
      erp,MUG,Berlin,${day}T12:00:00-07:00,100`);
    book.reconcile(period);
  }
  book.lock(september);
  value(setLocationTimeZone(book.context, { location: 'Berlin', timeZone: 'Europe/Berlin', why: 'It keeps its own clock' }));
  expect([isStale(book.workbook, september), isStale(book.workbook, october)]).toEqual([false, true]);
});

test.each([
  ['a locked period', { period: 'september', close: 'with_period' }, 'period_locked', '2026-09 is locked'],
  ['a location that is not there', { location: 'Nowhere', close: 'with_period' }, 'location_unknown', 'No location has the code Nowhere'],
  ['a time zone that nobody set', { close: 'by_time_zone' }, 'time_zone_missing', 'Portland has no time zone of its own'],
  ['a cut-off before the start', { close: { startInstant: null, cutOffInstant: at('2026-09-30T00:00:00-07:00') } }, 'bounds_order', 'Give a later cut-off'],
  [
    'a gap after the locked period before',
    { close: { startInstant: at('2026-10-02T00:00:00-07:00'), cutOffInstant: at('2026-11-01T00:00:00-07:00') } },
    'bounds_gap',
    '2026-09 is locked and ended at Portland at 2026-10-01T00:00:00-07:00',
  ],
] as const)('%s is refused, and nothing is written', (_, asked, failure, words) => {
  const book = bookOf('America/Los_Angeles', { Portland: '' });
  const september = value(createPeriod(book.context, '2026-09', 48)).periodId;
  const october = value(createPeriod(book.context, '2026-10', 48)).periodId;
  book.lock(september);
  const outcome = setLocationBounds(book.context, {
    periodId: 'period' in asked ? september : october,
    location: 'location' in asked ? asked.location : 'Portland',
    close: asked.close,
    windowHours: null,
    why: 'test',
  });
  expect(outcome).toMatchObject({ ok: false, failure, message: expect.stringContaining(words) });
  expect(book.workbook.all('SELECT * FROM period_locations')).toEqual([]);
});

test('a word that is no time zone is refused', () => {
  const book = bookOf('America/Los_Angeles', { Portland: '' });
  expect(setLocationTimeZone(book.context, { location: 'Portland', timeZone: 'Mars/Olympus', why: 'test' })).toMatchObject({ ok: false, failure: 'invalid_time_zone' });
});
