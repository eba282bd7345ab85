/**
 * Item rows: identity, units, risk, recipes. A filled cell sets, an empty one leaves what is there.
 */
import type { CanonicalValue } from '@shared/domain/canonical';
import { formatUnitCost } from '@shared/domain/money';
import { formatQuantity, parseQuantity } from '@shared/domain/quantity';
import type { RowValues } from '../../../files/profiles/read-row';
import { appendAudit } from '../../../workbook/audit';
import { itemById, listItemUnits, listKitParts, lockedPeriodOfItem, lockedPeriodReading, setItemUnit, setKitParts, updateItem, type ItemChange, type ItemRow, type KitPart } from '../../../workbook/tables/items';
import { actorText } from '../../context';
import { ACCEPTED, bad, type RowToWrite, type RowWriter, type Verdict, type WriterSetting } from './writer';

function changeOf({ text, numbers }: RowValues): ItemChange {
  return {
    ...(text.name !== undefined && { name: text.name }),
    ...(text.barcode !== undefined && { barcode: text.barcode }),
    ...(text.category !== undefined && { category: text.category }),
    ...(text.uom !== undefined && { uom: text.uom }),
    ...(text.tier !== undefined && { tier: text.tier.toUpperCase() as ItemRow['tier'] }),
    ...(numbers.pack_size !== undefined && { pack_size_scaled: numbers.pack_size }),
    ...(numbers.unit_cost !== undefined && { unit_cost_scaled: numbers.unit_cost }),
  };
}

const told = (row: ItemChange, parts: readonly KitPart[]): CanonicalValue => ({
  name: row.name ?? '',
  barcode: row.barcode ?? null,
  category: row.category ?? null,
  uom: row.uom ?? '',
  packSize: row.pack_size_scaled == null ? null : formatQuantity(row.pack_size_scaled),
  tier: row.tier ?? '',
  unitCost: row.unit_cost_scaled == null ? null : formatUnitCost(row.unit_cost_scaled),
  kitOf: parts.map((part) => [part.partItemId, formatQuantity(part.quantityScaled)]),
});

type Recipe = { readonly ok: true; readonly parts: readonly KitPart[] } | { readonly ok: false; readonly verdict: Verdict; readonly unknownPart: boolean };

export class ItemWriter implements RowWriter {
  readonly #rowOf = new Map<number | string, number>();
  /** Kits wait for the end of the file: their parts may stand below them. */
  readonly #kits: RowToWrite[] = [];

  constructor(readonly setting: WriterSetting) {}

  write(row: RowToWrite): Verdict {
    const { numbers, text } = row.records[0];
    if (numbers.pack_size !== undefined && numbers.pack_size <= 0) {
      return bad('unknown_value', formatQuantity(numbers.pack_size), 'A pack holds more than nothing.');
    }
    if (text.kit_of === undefined) return this.#write(row, undefined);
    this.#kits.push(row);
    return { verdict: 'deferred' };
  }

  *finish(): Generator<{ readonly row: RowToWrite; readonly verdict: Verdict }> {
    let waiting = this.#kits.splice(0);
    // A kit may be part of another kit: as long as one more can be written, the others are tried again.
    for (let before = -1; waiting.length > 0 && waiting.length !== before; ) {
      before = waiting.length;
      const still: RowToWrite[] = [];
      for (const row of waiting) {
        const recipe = this.#recipe(row.records[0].text.kit_of!, row.records[0].text.sku!);
        if (!recipe.ok && recipe.unknownPart) still.push(row);
        else yield { row, verdict: recipe.ok ? this.#write(row, recipe.parts) : recipe.verdict };
      }
      waiting = still;
    }
    for (const row of waiting) {
      const recipe = this.#recipe(row.records[0].text.kit_of!, row.records[0].text.sku!);
      yield { row, verdict: recipe.ok ? this.#write(row, recipe.parts) : recipe.verdict };
    }
  }

  #recipe(written: string, sku: string): Recipe {
    const fail = (verdict: Verdict, unknownPart = false): Recipe => ({ ok: false, verdict, unknownPart });
    const parts = new Map<number, KitPart>();
    for (const piece of written.split(';').map((text) => text.trim()).filter(Boolean)) {
      const star = piece.lastIndexOf('*');
      const partSku = piece.slice(0, star).trim();
      const quantityScaled = star < 0 ? undefined : parseQuantity(piece.slice(star + 1).trim());
      if (quantityScaled === undefined || quantityScaled <= 0 || partSku === '') {
        return fail(bad('unreadable_number', piece, `"${piece}" is no part of a recipe: they read SKU*quantity.`));
      }
      if (partSku === sku) return fail(bad('unknown_value', partSku, `${sku} cannot be a part of itself.`));
      const part = this.setting.identities.item(partSku);
      if (!part.found) return fail({ verdict: 'bad', problem: part.problem }, true);
      if (parts.has(part.id)) return fail(bad('unknown_value', partSku, `${partSku} stands in the recipe twice.`));
      parts.set(part.id, { partItemId: part.id, quantityScaled });
    }
    return { ok: true, parts: [...parts.values()].sort((left, right) => left.partItemId - right.partItemId) };
  }

  /** Why the size of a pack, or the recipe, cannot change from this instant on: a locked period read the item by it. */
  #frozen(itemId: number, packSizeScaled: number | null, hasNewRecipe: boolean | undefined, fromInstant: number): string | undefined {
    const { workbook } = this.setting.context;
    const locked = lockedPeriodReading(workbook, itemId, fromInstant);
    if (locked === undefined) return undefined;
    const held = listItemUnits(workbook, itemId).find(({ unit, valid_from_instant }) => unit === 'case' && valid_from_instant <= fromInstant);
    if (packSizeScaled !== null && held && held.factor_scaled !== packSizeScaled) return `comes in cases of ${formatQuantity(held.factor_scaled)} in ${locked}, which is locked: the size of its pack cannot change before that period ends.`;
    return hasNewRecipe ? `is a line of ${locked}, which is locked: its recipe cannot change before that period ends.` : undefined;
  }

  #write({ rowNumber, records: [values] }: RowToWrite, parts: readonly KitPart[] | undefined): Verdict {
    const { setting } = this;
    const { identities, context } = setting;
    const { workbook } = context;
    const sku = values.text.sku!;
    const known = identities.item(sku);
    if (!known.found && (!known.creatable || setting.profile.createsItems === 'never')) return { verdict: 'bad', problem: known.problem };
    const firstRow = known.found ? this.#rowOf.get(known.id) : undefined;
    if (firstRow !== undefined) return bad('duplicate_row', sku, `Row ${firstRow} gives ${sku} already.`);
    const change = changeOf(values);
    if (known.found && change.uom !== undefined && change.uom !== itemById(workbook, known.id)!.uom) {
      const locked = lockedPeriodOfItem(workbook, known.id);
      if (locked !== undefined) {
        const unit = itemById(workbook, known.id)!.uom;
        return bad('unknown_value', change.uom, `${sku} is counted in ${unit} in ${locked}, which is locked: its unit cannot become ${change.uom}. Give the file’s unit a factor, or bring the item under another SKU.`);
      }
    }
    const itemId = known.found ? known.id : identities.createItem(known.code, change.name ?? '');
    this.#rowOf.set(itemId, rowNumber);
    const before = itemById(workbook, itemId)!;
    // What a file of a period says holds from the period's start: what happened before is read by what held then.
    const fromInstant = setting.frame.startInstant;
    const partsBefore = listKitParts(workbook, itemId, fromInstant);
    const toldBefore = told(before, partsBefore);
    const toldAfter = told({ ...before, ...change }, parts ?? partsBefore);
    if (JSON.stringify(toldBefore) === JSON.stringify(toldAfter)) return ACCEPTED;
    const frozen = known.found ? this.#frozen(itemId, change.pack_size_scaled ?? null, parts && JSON.stringify(parts) !== JSON.stringify(partsBefore), fromInstant) : undefined;
    if (frozen !== undefined) return bad('unknown_value', sku, `${sku} ${frozen} Say it in a file of a later period.`);
    updateItem(workbook, itemId, change);
    if (parts) setKitParts(workbook, itemId, parts, fromInstant);
    if (change.pack_size_scaled != null) setItemUnit(workbook, itemId, 'case', change.pack_size_scaled, fromInstant);
    if (known.found) {
      setting.tally.changedItems += 1;
      appendAudit(workbook, {
        atInstant: context.now(),
        actor: actorText(context.actor),
        action: 'item.set',
        periodId: setting.frame.periodId,
        subject: `item:${itemId}`,
        detail: { sku: before.sku, before: toldBefore, after: toldAfter, importId: setting.importId, rowNumber },
      });
    }
    return ACCEPTED;
  }
}
