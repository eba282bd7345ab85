/**
 * Words and figures as screens show them, read back.
 */
import type { Locator } from '@playwright/test';

/** A figure as it stands on a screen, as plain decimal text: `1,476.41` as `1476.41`, `−2` as `-2`. */
export const decimalIn = (text: string): string => text.replaceAll(/[,\s]/g, '').replace('\u2212', '-').replace(/^\+/, '');

/** The figure in a place that holds a label above it and perhaps a note below. */
export async function figureIn(place: Locator): Promise<string> {
  return decimalIn((await place.innerText()).split('\n')[1] ?? '');
}

/** Every row of a plain table as the texts of its cells, once the table is there; heads and feet left out. */
export async function rowsOf(table: Locator): Promise<string[][]> {
  await table.waitFor();
  return table.locator('tbody tr').evaluateAll((rows) =>
    rows.map((row) => [...(row as HTMLTableRowElement).cells].map((cell) => cell.innerText.trim())),
  );
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Matches names that begin with the text. */
export const startingWith = (text: string): RegExp => new RegExp(`^${escaped(text)}`);
