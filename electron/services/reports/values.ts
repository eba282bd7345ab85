/**
 * Sums of values in SQL, exact: quantity times unit cost does not fit 64 bits for a large stock, so its two halves are
 * added apart and put together as one whole number with ten places.
 */

/** Two columns, `NAME_whole` and `NAME_rest`, over lines `l`; both null where no line has a quantity and a cost. */
export const valueSumSql = (name: string, quantity: string): string =>
  `CAST(sum((${quantity}) * (l.unit_cost_scaled / 1000000)) AS TEXT) AS ${name}_whole,
   CAST(sum((${quantity}) * (l.unit_cost_scaled % 1000000)) AS TEXT) AS ${name}_rest`;

export type ValueRow = Readonly<Record<string, string | number | null>>;

/** The exact value of a row, with ten places; null where it is unknown. */
export function exactOf(row: ValueRow, name: string): bigint | null {
  const [whole, rest] = [row[`${name}_whole`], row[`${name}_rest`]];
  return typeof whole !== 'string' || typeof rest !== 'string' ? null : BigInt(whole) * 1_000_000n + BigInt(rest);
}

/** Hundredths of a percent, rounded down so that only the whole reads as 100 %; null of nothing. */
export const shareHundredths = (part: number | bigint, whole: number | bigint): number | null =>
  BigInt(whole) === 0n ? null : Number((BigInt(part) * 10_000n) / BigInt(whole));
