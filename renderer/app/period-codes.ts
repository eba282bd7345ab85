/** Period codes in order, and what a person types for a window. */

/** The month after: `2026-12` to `2027-01`. */
export function nextPeriodCode(code: string): string {
  const [year, month] = code.split('-').map(Number) as [number, number];
  return month === 12 ? `${year + 1}-01` : `${year}-${String(month + 1).padStart(2, '0')}`;
}

/** Hours of a reconciliation window, 0 to 744 (31 days); undefined where the text is none. */
export function parseWindowHours(text: string): number | undefined {
  const hours = /^\d{1,3}$/.test(text.trim()) ? Number(text.trim()) : Number.NaN;
  return hours <= 744 ? hours : undefined;
}
