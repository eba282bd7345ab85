/** The population of a sample, read from the lines of a period, and its hash. */
import type { Basis, SamplePlan } from '@shared/domain/audit/sample';
import { populationOf, populationText, SET_ASIDE, type Population } from '@shared/domain/audit/population';
import { TIERS } from '@shared/domain/audit/selection';
import { toSafeInteger } from '@shared/domain/decimal';
import { exactValue, roundToMinor } from '@shared/domain/money';
import { sha256Hex } from '../../workbook/hash';
import { populationRows } from '../../workbook/tables/audit-population';
import type { ReadableWorkbook } from '../../workbook/workbook';

export function readPopulation(workbook: ReadableWorkbook, periodId: number, basis: Basis, currency: string): Population {
  const rows = [...populationRows(workbook, periodId, basis === 'after')];
  return populationOf(
    rows.map(({ stock_key_id, sku, item_name, location, tier, book_scaled, unit_cost_scaled }) => ({
      stockKeyId: stock_key_id, sku, itemName: item_name, location, tier, bookScaled: book_scaled, unitCostScaled: unit_cost_scaled,
      bookMinor: book_scaled === null || unit_cost_scaled === null ? null : roundToMinor(exactValue(book_scaled, unit_cost_scaled), currency),
    })),
  );
}

export const populationHash = (population: Population): string => sha256Hex(populationText(population));

/** The figures of a population that a plan tells, whatever the method. */
export function populationFigures(population: Population): Pick<SamplePlan, 'populationItems' | 'populationMinor' | 'tierMinor' | 'setAside'> {
  const ofTier = (tier: string) => toSafeInteger(population.items.reduce((sum, item) => (item.tier === tier ? sum + BigInt(item.bookMinor) : sum), 0n));
  return {
    populationItems: population.items.length,
    populationMinor: toSafeInteger(population.totalMinor),
    tierMinor: Object.fromEntries(TIERS.map((tier) => [tier, ofTier(tier)])) as SamplePlan['tierMinor'],
    setAside: Object.fromEntries(
      SET_ASIDE.map((reason) => [reason, { items: population.setAside[reason].items, valueMinor: toSafeInteger(population.setAside[reason].valueMinor) }]),
    ) as SamplePlan['setAside'],
  };
}
