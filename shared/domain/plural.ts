/**
 * Counts in sentences: `1 line`, `1,204 lines`.
 */

/** A whole number with thousands separated, as English texts of services and the command line write it. */
export const countText = (count: number): string => count.toLocaleString('en-US');

/** The count with its noun in the right number. */
export const plural = (count: number, one: string, many = `${one}s`): string => `${countText(count)} ${count === 1 ? one : many}`;
