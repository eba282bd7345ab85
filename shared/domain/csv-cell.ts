/**
 * A cell of comma-separated text as it leaves the program: a text that a spreadsheet would take for a formula is marked
 * as text, so that what a file brought in cannot act on whoever opens what goes out.
 */

/** Whether a spreadsheet would take the text for a formula; a negative number is none. */
export const looksLikeFormula = (text: string): boolean => /^[=+@\t\r]|^-(?![\d.])/.test(text);

export function csvCell(value: string | null): string {
  const text = value ?? '';
  const safe = looksLikeFormula(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
