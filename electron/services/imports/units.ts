/**
 * Figures of a row in the item's base unit: the one place where writers convert.
 *
 * A row without a unit is in the base unit already. The factor is the one that was in force at the row's instant.
 */
import { formatQuantity, ONE_UNIT_SCALED } from '@shared/domain/quantity';
import { PACK_UNITS, toBaseQuantity, toBaseUnitCost, unitOf, unknownUnitSubject } from '@shared/domain/units';
import { normaliseIdentifier } from '@shared/domain/identity-text';
import { TARGET_FIELDS, type TargetField } from '@shared/domain/import-profile';
import type { RowProblem, RowValues } from '../../files/profiles/read-row';
import { addAliasUse, aliasesOf } from '../../workbook/tables/aliases';
import { itemById, listItemUnits, type ItemUnitRow } from '../../workbook/tables/items';
import type { SqliteWorkbook } from '../../workbook/workbook';

interface ItemUnits {
  readonly sku: string;
  readonly base: string;
  readonly units: readonly ItemUnitRow[];
}

export type FactorFound = { readonly ok: true; readonly factorScaled: number } | { readonly ok: false; readonly problem: RowProblem };
export type InBaseUnit = { readonly ok: true; readonly values: RowValues } | { readonly ok: false; readonly problem: RowProblem };

/** The units that a source's rows are written in. */
export class Units {
  readonly #items = new Map<number, ItemUnits>();
  readonly #words = new Map<string, { readonly alias: string; readonly unit: string }>();
  readonly #used = new Set<string>();

  constructor(
    readonly workbook: SqliteWorkbook,
    source: string,
  ) {
    for (const { alias, target } of aliasesOf(workbook, 'unit', source)) {
      this.#words.set(normaliseIdentifier(alias), { alias, unit: target as string });
    }
  }

  #itemOf(itemId: number): ItemUnits {
    let item = this.#items.get(itemId);
    if (!item) {
      const row = itemById(this.workbook, itemId)!;
      item = { sku: row.sku, base: unitOf(row.uom), units: listItemUnits(this.workbook, itemId) };
      this.#items.set(itemId, item);
    }
    return item;
  }

  /** The unit that the source means by a word. */
  unitOf(text: string): string {
    const word = this.#words.get(normaliseIdentifier(text));
    if (!word) return unitOf(text);
    this.#used.add(word.alias);
    return word.unit;
  }

  /** How many base units of an item one unit holds at an instant. */
  factor(itemId: number, unitText: string, atInstant: number): FactorFound {
    const item = this.#itemOf(itemId);
    const unit = this.unitOf(unitText);
    if (unit === item.base) return { ok: true, factorScaled: ONE_UNIT_SCALED };
    const inForce = (name: string) => item.units.find((row) => row.unit === name && row.valid_from_instant <= atInstant);
    const found = inForce(unit) ?? (PACK_UNITS.has(unit) ? inForce('case') : undefined);
    if (found) return { ok: true, factorScaled: found.factor_scaled };
    const detail = `Nobody said how many ${item.base} of ${item.sku} are in one "${unitText}".`;
    return { ok: false, problem: { reason: 'unknown_unit', subject: unknownUnitSubject(unitText, item.sku), detail } };
  }

  /**
   * Every quantity of a row in the base unit, exactly, and its unit cost for one base unit, half-even to six places.
   *
   * @param atInstant the row's instant: a pack may have held another number before
   */
  convert(itemId: number, values: RowValues, atInstant: number): InBaseUnit {
    const unitText = values.text.uom;
    if (unitText === undefined) return { ok: true, values };
    const found = this.factor(itemId, unitText, atInstant);
    if (!found.ok) return found;
    if (found.factorScaled === ONE_UNIT_SCALED) return { ok: true, values };
    const numbers: Partial<Record<TargetField, number>> = { ...values.numbers };
    for (const [field, scaled] of Object.entries(values.numbers) as [TargetField, number][]) {
      if (TARGET_FIELDS[field].shape === 'unit_cost') numbers[field] = toBaseUnitCost(scaled, found.factorScaled);
      if (TARGET_FIELDS[field].shape !== 'quantity') continue;
      const inBase = toBaseQuantity(scaled, found.factorScaled);
      if (inBase === undefined) {
        const { sku, base } = this.#itemOf(itemId);
        const quantity = formatQuantity(scaled);
        const detail = `${quantity} ${unitText} of ${formatQuantity(found.factorScaled)} are no exact number of ${base} of ${sku}.`;
        return { ok: false, problem: { reason: 'unreadable_number', subject: `${quantity} ${unitText}`, detail } };
      }
      numbers[field] = inBase;
    }
    return { ok: true, values: { ...values, numbers } };
  }

  /** Keeps with an import which words for units its rows were read by. */
  keepAliasUses(importId: number): void {
    for (const alias of this.#used) addAliasUse(this.workbook, importId, 'unit', alias);
  }
}
