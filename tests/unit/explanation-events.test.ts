import { expect, test } from 'vitest';
import { happenings, matchEvents, totalScaled } from '@shared/domain/explanation/events';
import { posting, units } from '../support/engine-line';

test('postings of two systems meet by document and line', () => {
  const events = matchEvents([
    posting('erp', 'shipment', 'SO-1', 2, '10-20 10:00', '10-20 12:00', { line: '1' }),
    posting('warehouse', 'shipment', 'SO-1', 2, '10-20 10:00', '10-20 10:05', { line: '1' }),
    posting('warehouse', 'shipment', 'SO-1', 3, '10-20 10:00', '10-20 10:05', { line: '2' }),
  ]);
  expect(events.map((event) => [event.line, event.postings.erp.length, event.postings.warehouse.length])).toEqual([
    ['1', 1, 1],
    ['2', 0, 1],
  ]);
});

test('a document whose lines one system does not number is one event', () => {
  const events = matchEvents([
    posting('erp', 'shipment', 'SO-1', 5, '10-20 10:00'),
    posting('warehouse', 'shipment', 'SO-1', 2, '10-20 10:00', '10-20 10:05', { line: '1' }),
    posting('warehouse', 'shipment', 'SO-1', 3, '10-20 10:00', '10-20 10:05', { line: '2' }),
  ]);
  expect(events).toHaveLength(1);
  expect(totalScaled(events[0]!.postings.warehouse)).toBe(units(5));
});

test('systems that number the lines of a document differently still meet', () => {
  const events = matchEvents([
    posting('erp', 'shipment', 'SO-1', 2, '10-20 10:00', '10-20 12:00', { line: '10' }),
    posting('warehouse', 'shipment', 'SO-1', 2, '10-20 10:00', '10-20 10:05', { line: '1' }),
  ]);
  expect(events).toHaveLength(1);
});

test('a shipment named by its own number meets the one named by the order it refers to', () => {
  const events = matchEvents([
    posting('erp', 'shipment', 'IF-88', 2, '10-20 10:00', '10-20 12:00', { reference: 'SO-1' }),
    posting('storefront', 'shipment', 'SO-1', 2, '10-20 10:00', '10-20 10:05'),
  ]);
  expect(events).toHaveLength(1);
  expect(events[0]!.document).toBe('SO-1');
});

test('transfers do not meet by reference, which names a place there', () => {
  const events = matchEvents([
    posting('erp', 'transfer_out', 'TO-1', 2, '10-20 10:00', '10-20 12:00', { reference: 'Reno' }),
    posting('warehouse', 'transfer_out', 'TO-2', 2, '10-21 10:00', '10-21 10:05', { reference: 'Reno' }),
  ]);
  expect(events).toHaveLength(2);
});

test('the same quantity posted twice for one instant is a repeat', () => {
  const [event] = matchEvents([
    posting('erp', 'receipt', 'PO-1', 24, '10-20 10:00', '10-20 12:00', { line: '1' }),
    posting('erp', 'receipt', 'PO-1', 24, '10-20 10:00', '10-21 09:00', { line: '1' }),
  ]);
  expect(event!.repeats.erp.map((each) => each.postedInstant)).toEqual([
    event!.postings.erp[0]!.postedInstant + 21 * 3_600_000,
  ]);
});

test('the same quantity posted twice is a repeat where leaving it out agrees with the other system', () => {
  const [event] = matchEvents([
    posting('warehouse', 'receipt', 'PO-1', 24, '10-20 10:00'),
    posting('erp', 'receipt', 'PO-1', 24, '10-20 10:00', '10-20 12:00'),
    posting('erp', 'receipt', 'PO-1', 24, '10-22 10:00', '10-22 12:00'),
  ]);
  expect(event!.repeats.erp).toHaveLength(1);
  expect(totalScaled(event!.postings.erp)).toBe(units(24));
});

test('two equal deliveries that the other system also has are no repeat', () => {
  const [event] = matchEvents([
    posting('warehouse', 'receipt', 'PO-1', 48, '10-22 10:00'),
    posting('erp', 'receipt', 'PO-1', 24, '10-20 10:00', '10-20 12:00'),
    posting('erp', 'receipt', 'PO-1', 24, '10-22 10:00', '10-22 12:00'),
  ]);
  expect(event!.repeats.erp).toEqual([]);
});

test('two equal deliveries that nobody else knows of are only a possible repeat', () => {
  const [event] = matchEvents([
    posting('erp', 'receipt', 'PO-1', 24, '10-20 10:00', '10-20 12:00'),
    posting('erp', 'receipt', 'PO-1', 24, '10-22 10:00', '10-22 12:00'),
  ]);
  expect(event!.repeats.erp).toEqual([]);
  expect(event!.possibleRepeats.erp).toHaveLength(1);
});

test('the warehouse is believed before the storefront and the ERP about what happened', () => {
  const [event] = matchEvents([
    posting('erp', 'shipment', 'SO-1', 5, '10-20 10:00'),
    posting('storefront', 'shipment', 'SO-1', 4, '10-20 10:00'),
    posting('warehouse', 'shipment', 'SO-1', 6, '10-20 10:00'),
  ]);
  expect(totalScaled(happenings(event!))).toBe(units(6));
});

test('the booking of a count moves no shelf', () => {
  const [event] = matchEvents([posting('erp', 'count_post', 'CC-1', -2, '10-31 23:00')]);
  expect(happenings(event!)).toEqual([]);
});
