/**
 * Cells to other programs and back: tab-separated text and HTML.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CopiedCell, htmlOf, textOf } from '../../renderer/grid/clipboard/copied-cells';
import { readTsv, tsvOf } from '../../renderer/grid/clipboard/tsv';

const figure = (decimal: string): CopiedCell => ({ kind: 'figure', decimal });
const text = (content: string): CopiedCell => ({ kind: 'text', text: content });

test('tab-separated text comes back as it went, whatever the fields hold', () => {
  const field = fc.string({ unit: fc.constantFrom('a', '"', '\t', '\n', ' ', "'", '=', ',') });
  const block = fc.integer({ min: 1, max: 4 }).chain((width) => fc.array(fc.array(field, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 5 }));
  fc.assert(
    fc.property(block, (rows) => {
      expect(readTsv(tsvOf(rows))).toEqual(rows);
    }),
    { numRuns: 500 },
  );
});

test('text of other programs is read: no break at the end, short rows, a quote inside a field, an open quote', () => {
  expect(readTsv('a\tb\nc')).toEqual([['a', 'b'], ['c', '']]);
  expect(readTsv('5" pipe\tx\r\n')).toEqual([['5" pipe', 'x']]);
  expect(readTsv('"open\tx')).toEqual([['"open', 'x']]);
  expect(readTsv('a\t\n')).toEqual([['a', '']]);
  expect(readTsv('')).toEqual([]);
});

test('figures go with every digit and the decimal sign of the receiver, never with signs between thousands', () => {
  const table = [[figure('-1234567.1234'), figure('0')]];
  expect(textOf(table, '.')).toBe('-1234567.1234\t0\r\n');
  expect(textOf(table, ',')).toBe('-1234567,1234\t0\r\n');
  const html = htmlOf(table, ',');
  expect(html).toContain('sdval="-1234567.1234"');
  expect(html).toContain('>-1234567,1234</td>');
});

test('text that looks like a formula, a figure or a date stays text', () => {
  expect(textOf([[text('=2+2'), text('@x'), text('-SKU'), text('plain')]], '.', ['Head', 'b', 'c', 'd'])).toBe("Head\tb\tc\td\r\n'=2+2\t'@x\t'-SKU\tplain\r\n");
  const html = htmlOf([[text('=2+2'), text('00041'), text('1-2'), text('Mug & <cup>')]], '.');
  expect(html.match(/mso-number-format:'\\@'/g)).toHaveLength(3);
  expect(html).toContain('<td>Mug &amp; &lt;cup&gt;</td>');
});
