/**
 * Records against csv-parse, which is slower and right, wherever a file is cut into pieces.
 */
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ROW_LENGTH_MAX } from '../../electron/files/readers/limits';
import { ByteRecords, RecordRow, textOf } from '../../electron/files/readers/byte-records';
import { parseRecord, RecordScanner, recordText } from '../../electron/files/readers/records';

interface Scanned {
  readonly rows: readonly { readonly rowNumber: number; readonly cells: readonly string[]; readonly raw: string }[];
  readonly failure: string | undefined;
}

/** Scans a text that comes in pieces. */
function scan(pieces: readonly string[], dialect: string): Scanned {
  const scanner = new RecordScanner(dialect, 'file.csv');
  const rows = [];
  for (const piece of pieces) {
    const completed = scanner.take(piece, false);
    rows.push(...completed.rows);
    if (completed.failure) return { rows, failure: completed.failure.failure };
  }
  const { rows: last, failure } = scanner.take('', true);
  return { rows: [...rows, ...last], failure: failure?.failure };
}

const cellsOf = (text: string, dialect = ',') => scan([text], dialect).rows.map((row) => row.cells);

/** What csv-parse makes of it: the cells, and each record's text with its line break. */
function reference(text: string, delimiter: string): { readonly cells: string[]; readonly raw: string }[] {
  const options = { delimiter, record_delimiter: ['\r\n', '\n', '\r'], relax_column_count: true, relax_quotes: true, raw: true };
  return (parse(text, options) as unknown as { record: string[]; raw: string }[]).map(({ record, raw }) => ({ cells: record, raw }));
}

const DELIMITERS = [',', ';', '\t', '|', '^'];
const ALPHABET = ['a', 'B', '7', ' ', '.', '-', "'", '"', ',', ';', '\t', '|', '^', '\n', '\r', 'é', '日', '\u{1f4e6}', 'a long text that is no copy'];
const cellText = fc.array(fc.constantFrom(...ALPHABET), { maxLength: 5 }).map((parts) => parts.join(''));

/** A cell as it may stand in a file: quoted, or not where it need not be, or with quotes in the middle. */
const cell = (delimiter: string) =>
  fc.oneof(
    cellText.map((text) => `"${text.replaceAll('"', '""')}"`),
    cellText.map((text) => text.replaceAll(delimiter, '').replace(/[\r\n]/g, '').replace(/^"+/, '')),
    fc.constantFrom('', '""', 'Shelf 12" deep', "'0042", '""""'),
  );

const file = fc.constantFrom(...DELIMITERS).chain((delimiter) =>
  fc.record({
    delimiter: fc.constant(delimiter),
    rows: fc.array(fc.tuple(fc.array(cell(delimiter), { maxLength: 5 }), fc.constantFrom('\n', '\r\n', '\r')), { maxLength: 6 }),
    endsOpen: fc.boolean(),
  }),
).map(({ delimiter, rows, endsOpen }) => {
  const text = rows.map(([cells, lineBreak]) => cells.join(delimiter) + lineBreak).join('');
  return { delimiter, text: endsOpen ? text.replace(/[\r\n]+$/, '') : text };
});

test('every record is what csv-parse makes of it, at whatever place the text is cut in two', () => {
  fc.assert(
    fc.property(file, ({ delimiter, text }) => {
      const expected = reference(text, delimiter);
      for (let cut = 0; cut <= text.length; cut += 1) {
        const { rows, failure } = scan([text.slice(0, cut), text.slice(cut)], delimiter);
        expect(failure).toBeUndefined();
        expect(rows.map((row) => row.cells)).toEqual(expected.map((each) => each.cells));
        expect(rows.map((row) => row.rowNumber)).toEqual(expected.map((_row, index) => index + 1));
      }
    }),
    { numRuns: 600, seed: 20261031 },
  );
});

test('the texts of the records and the line breaks between them are the file, character by character', () => {
  fc.assert(
    fc.property(file, ({ delimiter, text }) => {
      let rest = text;
      for (const { raw, cells } of scan([text], delimiter).rows) {
        expect(rest.startsWith(raw)).toBe(true);
        rest = rest.slice(raw.length).replace(/^(\r\n|\n|\r)/, '');
        expect(parseRecord(raw, delimiter)).toEqual(cells);
      }
      expect(rest).toBe('');
    }),
    { numRuns: 600, seed: 1031 },
  );
});

test('any text at all gives rows or one named refusal, the same in one piece and character by character', () => {
  const anything = fc.array(fc.constantFrom(...ALPHABET, '"', '"', '\r\n', ','), { maxLength: 40 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(anything, fc.constantFrom(',', ';', '|', '",'), (text, dialect) => {
      const whole = scan([text], dialect);
      expect(scan([...text], dialect)).toEqual(whole);
      expect([undefined, 'quote_not_closed']).toContain(whole.failure);
      for (const { raw, cells } of whole.rows) expect(parseRecord(raw, dialect)).toEqual(cells);
      if (!text.includes('"')) expect(whole.rows.map((row) => row.raw)).toEqual(text.replace(/(\r\n|\n|\r)$/, '').split(/\r\n|\n|\r/).slice(0, text === '' ? 0 : undefined));
    }),
    { numRuns: 3_000, seed: 7 },
  );
});

/** Cuts bytes that come in pieces. */
function cutBytes(pieces: readonly Uint8Array[], delimiter: string): Scanned {
  const records = new ByteRecords(delimiter, 'file.csv');
  const rows: { rowNumber: number; cells: readonly string[]; raw: string }[] = [];
  for (const [index, piece] of [...pieces, new Uint8Array(0)].entries()) {
    const { bytes, count, firstRowNumber, starts, ends, failure } = records.take(piece, index === pieces.length);
    for (let at = 0; at < count; at += 1) {
      const row = new RecordRow(firstRowNumber + at, textOf(bytes, starts[at]!, ends[at]!), delimiter);
      rows.push({ rowNumber: row.rowNumber, cells: row.cells, raw: row.raw });
    }
    if (failure) return { rows, failure: failure.message };
  }
  return { rows, failure: undefined };
}

test('bytes are cut where text is, into the same cells and with the same refusal, whole and byte by byte', () => {
  const anything = fc.array(fc.constantFrom(...ALPHABET, '"', '"', '\r\n', ','), { maxLength: 40 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(anything, fc.constantFrom(',', ';', '\t', '^'), (text, delimiter) => {
      const scanner = new RecordScanner(delimiter, 'file.csv');
      const { rows, failure } = scanner.take(text, true);
      const expected = { rows: rows.map(({ rowNumber, cells, raw }) => ({ rowNumber, cells, raw })), failure: failure?.message };
      const bytes = Buffer.from(text);
      expect(cutBytes([bytes], delimiter)).toEqual(expected);
      expect(cutBytes(Array.from(bytes, (byte) => Uint8Array.of(byte)), delimiter)).toEqual(expected);
    }),
    { numRuns: 3_000, seed: 17 },
  );
});

test('a record of too many characters is refused by its characters, not by its bytes', () => {
  const long = 'é'.repeat(ROW_LENGTH_MAX);
  expect(() => cutBytes([Buffer.from(`a\n${long}\nb\n`)], ',')).toThrow('Row 2, column 1 holds');
  const { rows, failure } = cutBytes([Buffer.from(`a\n${long}é\nb\n`)], ',');
  expect(rows.map(({ raw }) => raw)).toEqual(['a']);
  expect(failure).toContain(`row 2 is longer than ${ROW_LENGTH_MAX} characters`);
});

test('cells survive the way into a record and back', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(cellText, fc.constant('-----')), { minLength: 1, maxLength: 4 }), fc.constantFrom(...DELIMITERS, '",', '";'), (cells, delimiter) => {
      expect(parseRecord(recordText(cells, delimiter), delimiter)).toEqual(cells);
    }),
    { numRuns: 2_000, seed: 11 },
  );
});

test.each([
  ['12" in a cell that is not quoted', 'a,Shelf 12" deep,b\n', [['a', 'Shelf 12" deep', 'b']]],
  ['text after a closing quote', 'a,"b"c,d\n1,2,3\n', [['a', '"b"c', 'd'], ['1', '2', '3']]],
  ['a delimiter inside such quotes', 'a,"b, c"d,e\n', [['a', '"b, c"d', 'e']]],
  ['a space after the closing quote', '"a" ,b\n', [['"a" ', 'b']]],
  ['a stray quote that a quote of a later row seems to close', '1,"note\n2,"other",x\n3,y\n', [['1', '"note'], ['2', 'other', 'x'], ['3', 'y']]],
  ['a line of nothing but delimiters', ',,\n', [['', '', '']]],
  ['an empty first line', '\na,b\n', [[''], ['a', 'b']]],
  ['line breaks of three kinds', 'a\rb\nc\r\nd', [['a'], ['b'], ['c'], ['d']]],
])('%s loses no row', (_name, text, expected) => {
  expect(cellsOf(text)).toEqual(expected);
});

test('lines that are quoted as a whole are read once more, others of the same file as they are', () => {
  const text = 'sku;name;qty\n"A;""Lamp; oak"";3";\n"B;Rug;4"\nC;Mug;5\n"D; only";"E";\n';
  const { rows } = scan([text], '";');
  expect(rows.map((row) => row.cells)).toEqual([
    ['sku', 'name', 'qty'], ['A', 'Lamp; oak', '3'], ['B', 'Rug', '4'], ['C', 'Mug', '5'], ['D; only', 'E', ''],
  ]);
  for (const { raw, cells } of rows) expect(parseRecord(raw, '";')).toEqual(cells);
});

test('the lines that a list saved as text is drawn with hold no cells', () => {
  const text = '-----------\n|Material|Plnt|\n|--------+----|\n|000417-A|1000|\n| - |   |\n-----------\n';
  expect(cellsOf(text, '|')).toEqual([[], ['', 'Material', 'Plnt', ''], [], ['', '000417-A', '1000', ''], ['', ' - ', '   ', ''], []]);
});

test('a quote that is never closed is refused in its own row, after the rows before it', () => {
  const scanner = new RecordScanner(',', 'stock.csv');
  const { rows, failure } = scanner.take('a,b\n1,"open\n2,3\n', true);
  expect(rows.map((row) => row.cells)).toEqual([['a', 'b']]);
  expect(failure).toMatchObject({ failure: 'quote_not_closed' });
  expect(failure?.message).toContain('row 2');
});

test.each([
  ['plain text', 'x'],
  ['quoted text', '"x'],
  ['quotes alone', '"'],
  ['delimiters', ','],
])('a row of %s without end is refused soon after its limit, whatever is still to come', (_name, start) => {
  const scanner = new RecordScanner(',', 'file.csv');
  const piece = (start.at(-1)!).repeat(65_536);
  let failure = scanner.take(start, false).failure;
  let taken = 0;
  while (!failure && taken < 4 * ROW_LENGTH_MAX) {
    failure = scanner.take(piece, false).failure;
    taken += piece.length;
  }
  expect(failure?.failure).toBe('cell_too_large');
  expect(taken).toBeLessThan(3 * ROW_LENGTH_MAX);
});
