/** CSV as the systems write it: UTF-8, comma, quotes only where needed. */

const cellText = (cell) => {
  const text = cell === null || cell === undefined ? '' : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** @param rows lists of cells, the header first */
export const csvText = (rows) => rows.map((row) => `${row.map(cellText).join(',')}\n`).join('');

/** Thousandths as decimal text with six places, as costs are exchanged: 4125 is `4.125000`. */
export const costText = (thousandths) =>
  `${Math.floor(thousandths / 1000)}.${String(thousandths % 1000).padStart(3, '0')}000`;
/** Cents as decimal text with two places. */
export const amountText = (cents) => `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
