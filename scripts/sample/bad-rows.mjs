/**
 * Rows that cannot be used as they stand, of each usual kind, and how a person answers each. With the answers given
 * every figure is what it would have been without them.
 */
import { isQuiet } from './planted-lines.mjs';

const position = (rows, column) => {
  const at = rows[0].indexOf(column);
  if (at < 0) throw new Error(`no column ${column}`);
  return at;
};
/** Answers name rows by number, counted from 1 with the header, once nothing is inserted any more. */
const numbered = (answers) =>
  answers.map(({ rows, row, action, file, ...rest }) =>
    rows ? { action, file, rowNumber: rows.indexOf(row) + 1, ...rest } : { action, ...rest },
  );

/** The first row after the share `from` of the file that `suits`, given the cells by column name. */
function findRow(rows, from, suits) {
  const [header, ...data] = rows;
  const row = data
    .slice(Math.floor(data.length * from))
    .find((cells) => suits(Object.fromEntries(header.map((name, index) => [name, cells[index]]))));
  if (!row) throw new Error('no row suits');
  return row;
}

/** Spoils a cell; the answer puts the right value back. */
function spoil(answers, file, rows, row, column, written, note) {
  const at = position(rows, column);
  const right = String(row[at]);
  row[at] = written(right);
  answers.push({ action: 'correct', file, rows, row, column, value: right, note });
}

function insert(answers, file, rows, after, row, note) {
  rows.splice(rows.indexOf(after) + 1, 0, row);
  answers.push({ action: 'ignore', file, rows, row, note });
}

const giftCards = (location) => [
  'gift-card',
  'Gift card',
  'Denomination',
  '$50.00',
  '',
  '',
  '',
  '',
  'GIFT-CARD-50',
  '',
  '',
  location,
  '',
  0,
  0,
  0,
  500,
  500,
  '',
];

const untouched = (row) => !isQuiet(row.sku) && row.count_no === 1 && !row.bin.endsWith('-T') && !row.note;
const alone = (rows, sku, location) => rows.filter((row) => row[2] === sku && row[3] === location).length === 1;

/** @param files by name, changed in place; @returns the answers */
export function spoilSeptember(files) {
  const answers = [];
  const [shopify, count] = ['shopify-inventory-2026-09.csv', 'count-full-2026-09.csv'];
  const store = files[shopify];
  insert(answers, shopify, store, store.at(-1), giftCards('Portland Warehouse'), 'Gift cards are no stock');
  const rows = files[count];
  const row = findRow(
    rows,
    0.3,
    (cells) => untouched(cells) && /^1\d$/.test(String(cells.counted)) && alone(rows, cells.sku, cells.location),
  );
  spoil(
    answers,
    count,
    rows,
    row,
    'counted',
    (text) => text.replace('1', 'l'),
    'The sheet shows a one, typed as the letter l',
  );
  return numbered(answers);
}

/** The storefront's new name for the store and the warehouse's new name for a scarf are mapped, not corrected. */
export const MAPPINGS = [
  {
    source: 'shopify',
    kind: 'location',
    alias: 'Seattle Flagship',
    target: 'Seattle Store',
    note: 'The shop was renamed in the storefront in October',
  },
  { source: 'plain', kind: 'item', alias: 'SCARF-BLUE', target: 'SCARF-BLU', note: 'The warehouse relabelled the bin' },
];

export function spoilOctober(files) {
  const answers = MAPPINGS.map((mapping) => ({ action: 'map', ...mapping }));
  const [shopify, erp, warehouse, count] = [
    'shopify-inventory-2026-10.csv',
    'movements-erp-2026-10.csv',
    'movements-warehouse-2026-10.csv',
    'count-full-2026-10.csv',
  ];

  const moved = files[warehouse];
  const sku = position(moved, 'sku');
  const relabelled = moved.filter((row) => row[sku] === 'SCARF-BLU');
  if (relabelled.length < 3) throw new Error('the relabelled scarf hardly moves');
  for (const row of relabelled) row[sku] = 'SCARF-BLUE';

  const sheets = files[count];
  const free = (cells) => untouched(cells) && alone(sheets, cells.sku, cells.location);
  const inPortland = (cells) => free(cells) && cells.location === 'Portland';
  const zero = findRow(sheets, 0.05, (cells) => inPortland(cells) && /^[1-9]0\d?$/.test(String(cells.counted)));
  spoil(
    answers,
    count,
    sheets,
    zero,
    'counted',
    (text) => text.replace('0', 'O'),
    'The sheet shows a zero, typed as the letter O',
  );
  const nowhere = findRow(sheets, 0.3, (cells) => inPortland(cells) && cells.counted > 5);
  spoil(answers, count, sheets, nowhere, 'location', () => '', 'Sheet of Portland, the place was left out');
  const negative = findRow(sheets, 0.45, (cells) => inPortland(cells) && cells.counted > 5);
  spoil(
    answers,
    count,
    sheets,
    negative,
    'counted',
    (text) => `-${text}`,
    'A dash before the figure was typed as a minus',
  );
  const rounded = findRow(sheets, 0, (cells) => cells.sku === '4000010417283' && cells.location === 'Portland');
  spoil(
    answers,
    count,
    sheets,
    rounded,
    'sku',
    () => '4.00001E+12',
    'A spreadsheet rounded the number; bin and sheet are those of the postcard box',
  );

  const late = findRow(moved, 0.55, (cells) => cells.type === 'shipment' && !isQuiet(cells.sku));
  spoil(
    answers,
    warehouse,
    moved,
    late,
    'posted_at',
    (text) => `${text.slice(8, 10)}/${text.slice(5, 7)}/${text.slice(0, 4)} ${text.slice(11, 16)}`,
    'Entered by hand on the scanner, day before month',
  );
  insert(
    answers,
    warehouse,
    moved,
    findRow(moved, 0.4, (cells) => cells.type === 'receipt'),
    [
      'warehouse',
      'receipt',
      'POP-017',
      '1',
      'MUG-WHT-11',
      'Bellevue pop-up',
      4,
      '2026-10-10T11:00:00-07:00',
      '2026-10-10T11:02:00-07:00',
      '',
      '',
    ],
    'The pop-up sells on its own account; not our stock',
  );

  const posted = files[erp];
  const repeated = findRow(posted, 0.35, (cells) => cells.type === 'receipt' && !isQuiet(cells.sku));
  insert(answers, erp, posted, repeated, [...repeated], 'The same row twice, the export was resumed after a time-out');
  insert(
    answers,
    erp,
    posted,
    findRow(posted, 0.6, (cells) => cells.type === 'shipment'),
    [
      'erp',
      'adjustment',
      'ADJ-598',
      '1',
      'TOWEL-KELP',
      'Portland',
      -2,
      '2026-08-14T10:12:00-07:00',
      '2026-08-14T10:20:00-07:00',
      '',
      'sample for a buyer',
    ],
    'Posted in August, closed long ago and in the opening',
  );

  const store = files[shopify];
  insert(answers, shopify, store, store.at(-1), giftCards('Portland Warehouse'), 'Gift cards are no stock');
  return numbered(answers);
}
