/**
 * Exact decimals on their way into cells: sums without binary fractions, the limit of Excel's numbers, number formats.
 *
 * Excel keeps 15 significant digits of a number. A decimal with more is never rounded here: it is refused, or written
 * as text where a column allows that.
 */

/** Enough for a quantity (4 places) times a unit cost (6 places). */
const SCALE_MAX = 12;
const SIGNIFICANT_DIGITS_MAX = 15;

/** A decimal that Excel cannot hold exactly as a number; the message names sheet, cell and value. */
export class DecimalTooLongForExcel extends Error {
  override readonly name = 'DecimalTooLongForExcel';
  readonly sheet: string;
  readonly cell: string;
  readonly decimal: string;
  constructor(sheet: string, cell: string, decimal: string) {
    super(
      `${sheet}!${cell}: ${decimal} has more than ${SIGNIFICANT_DIGITS_MAX} significant digits, which an Excel ` +
        'number cannot hold exactly. Split the line, or check the quantity and the unit cost.',
    );
    this.sheet = sheet;
    this.cell = cell;
    this.decimal = decimal;
  }
}

/** Decimal places as written, trailing zeros not counted. */
export function placesOf(decimal: string): number {
  return (decimal.split('.')[1] ?? '').replace(/0+$/, '').length;
}

/** True when Excel holds the decimal exactly as a number of at most 15 significant digits. */
export function fitsExcelNumber(decimal: string): boolean {
  const [whole = '', fraction = ''] = decimal.replace('-', '').split('.');
  const digits = `${whole}${fraction.replace(/0+$/, '')}`.replace(/^0+/, '');
  const significant = fraction.replace(/0+$/, '') === '' ? digits.replace(/0+$/, '') : digits;
  return significant.length <= SIGNIFICANT_DIGITS_MAX;
}

function scaled(decimal: string): bigint {
  const [whole = '0', fraction = ''] = decimal.replace('-', '').split('.');
  if (fraction.length > SCALE_MAX) throw new RangeError(`${decimal} has more than ${SCALE_MAX} decimal places.`);
  const magnitude = BigInt(`${whole}${fraction.padEnd(SCALE_MAX, '0')}`);
  return decimal.startsWith('-') ? -magnitude : magnitude;
}

function decimalOf(scaledValue: bigint): string {
  const magnitude = (scaledValue < 0n ? -scaledValue : scaledValue).toString().padStart(SCALE_MAX + 1, '0');
  const fraction = magnitude.slice(-SCALE_MAX).replace(/0+$/, '');
  const whole = magnitude.slice(0, -SCALE_MAX);
  return `${scaledValue < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/** The exact sum of decimals; unknown ones (null) do not count. */
export function sumOf(decimals: Iterable<string | null>): string {
  let total = 0n;
  for (const decimal of decimals) if (decimal !== null) total += scaled(decimal);
  return decimalOf(total);
}

/** The exact difference. */
export function differenceOf(left: string, right: string): string {
  return decimalOf(scaled(left) - scaled(right));
}

export type ZeroStyle = 'zero' | 'dash';

/** A number format with thousands separators and a fixed number of places; zero as 0 or as a quiet dash. */
export function numberFormat(places: number, zero: ZeroStyle): string {
  const positive = places === 0 ? '#,##0' : `#,##0.${'0'.repeat(places)}`;
  return zero === 'dash' ? `${positive};-${positive};"–"` : `${positive};-${positive}`;
}

/** A decimal with thousands separators, for the rare value that is written as text. */
export function groupedText(decimal: string): string {
  const [whole = '', fraction] = decimal.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}
