/** Rows in groups: heads between the rows, places on the screen and in the source. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GroupedPlaces } from '../../renderer/grid/model/groups';

const places = new GroupedPlaces([{ rows: 3, isOpen: true }, { rows: 5, isOpen: false }, { rows: 2, isOpen: true }]);

test('a closed group shows its head alone, an open one its rows below', () => {
  expect(places.total).toBe(3 + 3 + 2);
  expect(places.pieces(0, 8)).toEqual([{ group: 0 }, { from: 0, to: 2 }, { group: 1 }, { group: 2 }, { from: 8, to: 9 }]);
  expect(places.pieces(2, 4)).toEqual([{ from: 1, to: 2 }, { group: 1 }, { group: 2 }]);
  expect(places.pieces(7, 100)).toEqual([{ from: 9, to: 9 }]);
});

test('a head that is chosen stands for the rows of its closed group', () => {
  expect(places.rowsAt([{ from: 0, to: 1 }])).toEqual([{ from: 0, to: 0 }]);
  expect(places.rowsAt([{ from: 3, to: 6 }])).toEqual([{ from: 2, to: 8 }]);
  expect(places.rowsAt([{ from: 0, to: 0 }])).toEqual([]);
});

test('a row is found on the screen, or in its closed group', () => {
  expect([places.placeOf(0), places.placeOf(2), places.placeOf(4), places.placeOf(9)]).toEqual([1, 3, undefined, 7]);
  expect([places.groupOf(2), places.groupOf(3), places.groupOf(9)]).toEqual([0, 1, 2]);
  expect([places.rowBefore(-1), places.rowBefore(0), places.rowBefore(2), places.rowBefore(4), places.rowBefore(7)]).toEqual([-1, -1, 1, 2, 9]);
});

test('any page of any groups is the same part of the whole screen', () => {
  const part = fc.record({ rows: fc.nat(6), isOpen: fc.boolean() });
  fc.assert(
    fc.property(fc.array(part, { maxLength: 6 }), fc.nat(30), fc.integer({ min: 1, max: 12 }), (parts, offset, limit) => {
      const grouped = new GroupedPlaces(parts);
      const flat = (from: number, most: number) =>
        grouped.pieces(from, most).flatMap((piece): (string | number)[] => ('group' in piece ? [`head ${piece.group}`] : Array.from({ length: piece.to - piece.from + 1 }, (_none, step) => piece.from + step)));
      const whole = flat(0, grouped.total);
      expect(whole).toHaveLength(grouped.total);
      expect(flat(offset, limit)).toEqual(whole.slice(offset, offset + limit));
      whole.forEach((each, place) => {
        if (typeof each === 'number') expect(grouped.placeOf(each)).toBe(place);
      });
    }),
  );
});
