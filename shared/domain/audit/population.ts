/**
 * The population of an audit sample: the lines of a period with their book quantity and book value, in one order and with
 * one text form, so that its hash tells whether a sample can still be drawn again from it.
 */
import { z } from 'zod';

export const PopulationItem = z.strictObject({
  stockKeyId: z.int(),
  sku: z.string(),
  itemName: z.string(),
  location: z.string(),
  tier: z.enum(['A', 'B', 'C']),
  /** On hand in the books at the cut-off; null: unknown. */
  bookScaled: z.int().nullable(),
  unitCostScaled: z.int().nullable(),
  /** Book quantity times unit cost, rounded half-even; null where one of them is unknown. */
  bookMinor: z.int().nullable(),
});
export type PopulationItem = z.infer<typeof PopulationItem>;

/** Why an item is not in what is sampled. */
export const SET_ASIDE = ['no_value', 'zero', 'negative'] as const;
export type SetAside = (typeof SET_ASIDE)[number];

export interface Population {
  /** With a value above zero, by SKU and location. */
  readonly items: readonly (PopulationItem & { readonly bookScaled: number; readonly bookMinor: number })[];
  readonly totalMinor: bigint;
  readonly setAside: Readonly<Record<SetAside, { readonly items: number; readonly valueMinor: bigint }>>;
}

/** By code units, so that the order is the same on every machine. */
const byPlace = (left: PopulationItem, right: PopulationItem): number =>
  left.sku < right.sku ? -1 : left.sku > right.sku ? 1 : left.location < right.location ? -1 : left.location > right.location ? 1 : 0;

/**
 * Puts items in order and sets aside what cannot be sampled by value: nothing is lost, each is counted under its reason.
 *
 * Negative and zero values have no monetary unit to be hit, and are tested apart (AICPA Audit Guide *Audit Sampling*, chapter 6).
 */
export function populationOf(items: readonly PopulationItem[]): Population {
  const setAside = Object.fromEntries(SET_ASIDE.map((reason) => [reason, { items: 0, valueMinor: 0n }])) as Record<SetAside, { items: number; valueMinor: bigint }>;
  const kept: Population['items'][number][] = [];
  for (const item of [...items].sort(byPlace)) {
    const { bookMinor, bookScaled } = item;
    if (bookMinor !== null && bookScaled !== null && bookMinor > 0) {
      kept.push({ ...item, bookMinor, bookScaled });
      continue;
    }
    const aside = setAside[bookMinor === null || bookScaled === null ? 'no_value' : bookMinor === 0 ? 'zero' : 'negative'];
    aside.items += 1;
    aside.valueMinor += BigInt(bookMinor ?? 0);
  }
  return { items: kept, totalMinor: kept.reduce((sum, { bookMinor }) => sum + BigInt(bookMinor), 0n), setAside };
}

/**
 * One line per item: number from 1, SKU, location, tier, book quantity in ten-thousandths, book value in minor units,
 * tabs between and a line feed after each. Its SHA-256 is the hash of the population.
 */
export const populationText = ({ items }: Population): string =>
  items.map(({ sku, location, tier, bookScaled, bookMinor }, index) => `${[index + 1, sku, location, tier, bookScaled, bookMinor].join('\t')}\n`).join('');
