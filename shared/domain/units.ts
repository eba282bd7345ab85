/**
 * Units of measure: words that mean the same unit, and exact conversion into an item's base unit.
 *
 * Which unit holds how many of an item, and from when, is data of the workbook (`item_units`).
 */
import { divideHalfEven, toSafeInteger } from './decimal';
import { normaliseIdentifier } from './identity-text';
import { ONE_UNIT_SCALED } from './quantity';

/** Words that systems write for the same unit, among them the codes of UN/ECE Recommendation 20 (EA, C62, PCE, CS, PK, BX). */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  each: ['each', 'ea', 'eaches', 'pc', 'pcs', 'pce', 'piece', 'pieces', 'nos', 'no', 'unit', 'units', 'c62'],
  case: ['case', 'cases', 'cs'],
  pack: ['pack', 'packs', 'pk', 'pck'],
  box: ['box', 'boxes', 'bx'],
};
const UNIT_OF = new Map(Object.entries(WORDS).flatMap(([unit, words]) => words.map((word) => [word, unit] as const)));

/** The unit that a word names: `EA.` and `pcs` are `each`; a word of no list stands for itself. */
export function unitOf(text: string): string {
  const word = normaliseIdentifier(text).replace(/\.+$/, '');
  return UNIT_OF.get(word) ?? word;
}

/** A pack size speaks of either: what an items file gives as the pack size is kept as the case. */
export const PACK_UNITS: ReadonlySet<string> = new Set(['case', 'pack']);

/**
 * A quantity in the base unit; undefined where it has no exact figure of four places there.
 *
 * @param factorScaled how many base units one unit holds
 */
export function toBaseQuantity(quantityScaled: number, factorScaled: number): number | undefined {
  const product = BigInt(quantityScaled) * BigInt(factorScaled);
  return product % BigInt(ONE_UNIT_SCALED) === 0n ? toSafeInteger(product / BigInt(ONE_UNIT_SCALED)) : undefined;
}

/** What one base unit costs where the file gives the cost of a larger one; rounded half-even to the six places of a unit cost. */
export const toBaseUnitCost = (unitCostScaled: number, factorScaled: number): number =>
  toSafeInteger(divideHalfEven(BigInt(unitCostScaled) * BigInt(ONE_UNIT_SCALED), BigInt(factorScaled)));

/** Stands between unit and SKU in the value of a row whose unit is unknown; neither holds it. */
const BETWEEN = ' \u00b7 ';

/** What a row with an unknown unit waits for: this unit of this item. */
export const unknownUnitSubject = (unitText: string, sku: string): string => `${unitText}${BETWEEN}${sku}`;

export function partsOfUnknownUnit(subject: string): { readonly unit: string; readonly sku: string } | undefined {
  const place = subject.indexOf(BETWEEN);
  return place < 0 ? undefined : { unit: subject.slice(0, place), sku: subject.slice(place + BETWEEN.length) };
}
