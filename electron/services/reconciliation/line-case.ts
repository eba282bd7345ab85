/**
 * Puts together what the rules are handed of one line: the facts, and what they need of other lines.
 */
import type { KitTie, LineCase, LineName } from '@shared/domain/explanation/line-case';
import { comparePostings, matchEvents } from '@shared/domain/explanation/events';
import { HOUR_MS } from '@shared/domain/instant';
import type { Posting, VarianceKind } from '@shared/domain/variance';
import { postingsOfKey, transfersFromElsewhere } from '../../workbook/tables/movements';
import type { ReadableWorkbook } from '../../workbook/workbook';
import { readElsewhere, readLineFacts, type LineFacts, type LineNames } from './line-facts';
import type { ReconciliationScope } from './scope';
import { CountSheets } from './count-sheets';

interface Recipe {
  readonly itemId: number;
  readonly recipes: KitTie['recipes'];
}

interface ResidualRow {
  readonly count_residual_scaled: number | null;
  readonly channel_residual_scaled: number | null;
  readonly ledger_residual_scaled: number | null;
  readonly age_days: number;
}

interface DatedRecipe {
  readonly kitItemId: number;
  readonly partItemId: number;
  readonly recipes: KitTie['recipes'];
}

/** For each kit and each part it ever had: how many it took, from when on. */
function datedRecipes(workbook: ReadableWorkbook): readonly DatedRecipe[] {
  const rows = workbook.all<{ kit_item_id: number; part_item_id: number; valid_from_instant: number; quantity_scaled: number }>(
    `SELECT part.kit_item_id, part.part_item_id, recipe.valid_from_instant, coalesce(p.quantity_scaled, 0) AS quantity_scaled
     FROM (SELECT DISTINCT kit_item_id, part_item_id FROM kit_parts) part
     JOIN (SELECT DISTINCT kit_item_id, valid_from_instant FROM kit_parts) recipe USING (kit_item_id)
     LEFT JOIN kit_parts p ON p.kit_item_id = part.kit_item_id AND p.part_item_id = part.part_item_id
       AND p.valid_from_instant = recipe.valid_from_instant
     JOIN items kit ON kit.item_id = part.kit_item_id JOIN items item ON item.item_id = part.part_item_id
     ORDER BY kit.sku, item.sku, recipe.valid_from_instant`,
  );
  const dated = new Map<string, DatedRecipe & { readonly recipes: KitTie['recipes'][number][] }>();
  for (const row of rows) {
    const key = `${row.kit_item_id} ${row.part_item_id}`;
    const held = dated.get(key) ?? { kitItemId: row.kit_item_id, partItemId: row.part_item_id, recipes: [] };
    held.recipes.push({ validFromInstant: row.valid_from_instant, partsPerKitScaled: row.quantity_scaled });
    dated.set(key, held);
  }
  return [...dated.values()];
}

/** Gathers line cases of one period; recipes are read once. */
export class LineCases {
  readonly #kitsOf = new Map<number, Recipe[]>();
  readonly #partsOf = new Map<number, Recipe[]>();
  readonly #sheets: CountSheets;

  constructor(
    private readonly workbook: ReadableWorkbook,
    private readonly scope: ReconciliationScope,
    private readonly names: LineNames,
  ) {
    this.#sheets = new CountSheets(workbook, scope.periodId);
    const add = (map: Map<number, Recipe[]>, key: number, recipe: Recipe) =>
      map.set(key, [...(map.get(key) ?? []), recipe]);
    for (const { kitItemId, partItemId, recipes } of datedRecipes(workbook)) {
      add(this.#kitsOf, partItemId, { itemId: kitItemId, recipes });
      add(this.#partsOf, kitItemId, { itemId: partItemId, recipes });
    }
  }

  #ties(recipes: readonly Recipe[] | undefined, locationId: number): readonly KitTie[] {
    return (recipes ?? []).flatMap(({ itemId, recipes: dated }) => {
      const key = this.workbook.get<{ stock_key_id: number; sku: string }>(
        'SELECT k.stock_key_id, i.sku FROM stock_keys k JOIN items i USING (item_id) WHERE k.item_id = ? AND k.location_id = ?',
        itemId,
        locationId,
      );
      if (!key) return [];
      return [
        {
          sku: key.sku,
          recipes: dated,
          postings: postingsOfKey(this.workbook, this.scope.movements, key.stock_key_id),
        },
      ];
    });
  }

  #inboundTransfers(name: LineName): readonly Posting[] {
    return [...transfersFromElsewhere(this.workbook, this.scope.movements, name.itemId, name.locationId)]
      .filter((posting) => this.scope.locationByName.get(posting.reference.toLowerCase()) === name.locationId)
      .sort(comparePostings);
  }

  #countVariance(stockKeyId: number): number | null {
    const row = this.workbook.get<{ count_variance_scaled: number | null }>(
      'SELECT count_variance_scaled FROM lines WHERE period_id = ? AND stock_key_id = ?',
      this.scope.periodId,
      stockKeyId,
    );
    return row?.count_variance_scaled ?? null;
  }

  #previous(stockKeyId: number): LineCase['previous'] {
    if (!this.scope.previous) return null;
    const row = this.workbook.get<ResidualRow>(
      `SELECT count_residual_scaled, channel_residual_scaled, ledger_residual_scaled, age_days FROM lines
       WHERE period_id = ? AND stock_key_id = ?`,
      this.scope.previous.periodId,
      stockKeyId,
    );
    return row
      ? {
          code: this.scope.previous.code,
          ageDays: row.age_days,
          residuals: {
            count: row.count_residual_scaled,
            channel: row.channel_residual_scaled,
            ledger: row.ledger_residual_scaled,
          },
        }
      : null;
  }

  /** The case of a line with the variances that the reconciliation found. */
  of(
    stockKeyId: number,
    variances: Readonly<Record<VarianceKind, number | null>>,
  ): { readonly facts: LineFacts; readonly line: LineCase } {
    const { workbook, scope } = this;
    const facts = readLineFacts(workbook, scope, stockKeyId);
    const { name, postings } = facts;
    const elsewhere = readElsewhere(workbook, scope, stockKeyId, matchEvents(postings));
    const inboundTransfers = this.#inboundTransfers(name);
    const line: LineCase = {
      stockKeyId,
      itemId: name.itemId,
      sku: name.sku,
      locationId: name.locationId,
      location: name.location,
      packSizeScaled: name.packSizeScaled,
      startInstant: scope.startInstant,
      cutOffInstant: scope.cutOffInstant,
      windowMs: scope.windowMs,
      transferWindowMs: scope.rules.transferWindowHours === null ? scope.windowMs : scope.rules.transferWindowHours * HOUR_MS,
      settledBeforeInstant: scope.settledBeforeInstant,
      reach: scope.reach,
      heldBy: facts.identity.heldBy,
      storefront:
        facts.positions.storefront?.statesScaled.available == null
          ? null
          : { ...facts.positions.storefront, quantityScaled: facts.positions.storefront.statesScaled.available },
      identityScaled: facts.identity.quantityScaled,
      variances,
      postings,
      elsewhere,
      names: this.names.named([...elsewhere, ...inboundTransfers].map((posting) => posting.stockKeyId)),
      countVarianceOf: (key) => this.#countVariance(key),
      inboundTransfers,
      kits: this.#ties(this.#kitsOf.get(name.itemId), name.locationId),
      parts: this.#ties(this.#partsOf.get(name.itemId), name.locationId),
      counted: facts.countRows
        .filter((row) => row.isUsed)
        .map((row) => ({ ...row, countedScaled: row.countedScaled ?? 0 })),
      countedInstant: facts.count?.countedInstant ?? null,
      sheets: this.#sheets.of(facts.countRows),
      previous: this.#previous(stockKeyId),
      words: scope.words,
    };
    return { facts, line };
  }
}
