/**
 * A page of the grid on its way from the workbook process to the window: columns, as the contract has them, against the
 * same lines as an array of objects. What a MessagePort does with a message is what structuredClone does.
 */
import { LINE_COLUMNS, type LineColumns } from '@shared/domain/lines';
import type { Benchmark, Sizes } from './benchmark';

const TEXTS: Readonly<Partial<Record<keyof LineColumns, (index: number) => string | null>>> = {
  sku: (index) => `SKU-${index}`,
  itemName: (index) => `Stoneware mug, blue, ${index}`,
  location: (index) => ['Portland', 'Reno'][index & 1]!,
  tier: (index) => 'ABC'[index % 3]!,
  class: () => 'unexplained',
  cause: () => 'residual',
  status: () => 'open',
  reasonCode: () => null,
  owner: () => null,
  suggestedOwner: () => 'warehouse',
  note: () => '',
  clearedBy: () => null,
  nextStep: (index) => `Recount SKU-${index} at Portland, check open orders, reservations and returns, then give a reason.`,
};

function rowsOf({ rows }: Sizes): Record<string, string | number | boolean | null>[] {
  return Array.from({ length: rows! }, (_none, index) =>
    Object.fromEntries(LINE_COLUMNS.map((column) => [column, column === 'hasSuggestion' ? index % 9 === 0 : TEXTS[column] ? TEXTS[column](index) : index * 7919])),
  );
}

async function clone(page: unknown, passes: number, measure: (work: () => void) => Promise<void>): Promise<void> {
  for (let pass = 0; pass < passes / 4; pass += 1) structuredClone(page);
  await measure(() => {
    for (let pass = 0; pass < passes; pass += 1) structuredClone(page);
  });
}

export const gridPage: Benchmark = {
  name: 'grid-page',
  reference: 'structuredClone of an array of row objects',
  sizes: { full: { rows: 1000, pages: 200 }, quick: { rows: 1000, pages: 60 } },
  figures: [{ name: 'grid-page', tieout: 'clone', reference: 'clone' }],
  tieout: async ({ sizes, measure }) => {
    const rows = rowsOf(sizes);
    const columns = Object.fromEntries(LINE_COLUMNS.map((column) => [column, rows.map((row) => row[column])]));
    await clone({ total: 1_000_000, offset: 0, columns }, sizes['pages']!, (work) => measure('clone', work, sizes['pages']));
  },
  referenceRun: async ({ sizes, measure }) => {
    await clone({ total: 1_000_000, offset: 0, rows: rowsOf(sizes) }, sizes['pages']!, (work) => measure('clone', work, sizes['pages']));
  },
};
