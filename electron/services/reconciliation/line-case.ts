/**
 * Puts together what the rules are handed of lines: their rows, and what they need of other lines. Many lines at once, so
 * that each kind of row is asked for once.
 */
import type { KitTie, LineCase } from '@shared/domain/explanation/line-case';
import { comparePostings, matchEvents } from '@shared/domain/explanation/events';
import { identityOf, type StatesAtCutOff } from '@shared/domain/explanation/positions';
import { HOUR_MS } from '@shared/domain/instant';
import { SYSTEMS, type System } from '@shared/domain/states';
import type { Posting, VarianceKind } from '@shared/domain/variance';
import { postingsOfKeys, transfersFromElsewhere } from '../../workbook/tables/movements';
import type { ReadableWorkbook } from '../../workbook/workbook';
import { CountSheets } from './count-sheets';
import { readElsewhere, readLineRows, type LineNames, type LineRows } from './line-facts';
import { truthFor, type ReconciliationScope } from './scope';

interface Recipe {
  readonly itemId: number;
  readonly recipes: KitTie['recipes'];
}

interface ResidualRow {
  readonly stock_key_id: number;
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

/** What the reconciliation has found of a line that is to be explained. */
export interface FoundLine {
  readonly stockKeyId: number;
  readonly identityScaled: number | null;
  readonly variances: Readonly<Record<VarianceKind, number | null>>;
}

export interface LineToExplain {
  readonly rows: LineRows;
  readonly line: LineCase;
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

  /** What recipes tie to the lines at their own location: the postings of those other lines, by item and location. */
  #tied(lines: readonly LineRows[]): (recipes: readonly Recipe[] | undefined, locationId: number) => readonly KitTie[] {
    const wanted = lines.flatMap(({ name }) =>
      [this.#kitsOf, this.#partsOf].flatMap((tied) => (tied.get(name.itemId) ?? []).map(({ itemId }) => [itemId, name.locationId])),
    );
    if (wanted.length === 0) return () => [];
    const found = this.workbook.all<{ stock_key_id: number; item_id: number; location_id: number; sku: string }>(
      `SELECT DISTINCT k.stock_key_id, k.item_id, k.location_id, i.sku FROM json_each(?) asked
       CROSS JOIN stock_keys k ON k.item_id = asked.value ->> 0 AND k.location_id = asked.value ->> 1 JOIN items i USING (item_id)`,
      JSON.stringify(wanted),
    );
    const postings = postingsOfKeys(this.workbook, this.scope.movements, found.map((row) => row.stock_key_id));
    const at = new Map(found.map((row) => [`${row.item_id} ${row.location_id}`, row]));
    return (recipes, locationId) =>
      (recipes ?? []).flatMap(({ itemId, recipes: dated }) => {
        const tied = at.get(`${itemId} ${locationId}`);
        return tied ? [{ sku: tied.sku, recipes: dated, postings: postings.get(tied.stock_key_id) ?? [] }] : [];
      });
  }

  /** Transfers sent towards each line; none are looked for where no system posts any. */
  #inboundTransfers(lines: readonly LineRows[]): ReadonlyMap<number, readonly Posting[]> {
    const { reach, movements, locationByName } = this.scope;
    if (!SYSTEMS.some((system) => reach[system].coveredTypes.has('transfer_out'))) return new Map();
    const sent = transfersFromElsewhere(this.workbook, movements, lines.map(({ name }) => name.stockKeyId));
    return new Map(
      lines.map(({ name }) => [
        name.stockKeyId,
        (sent.get(name.stockKeyId) ?? [])
          .filter((posting) => locationByName.get(posting.reference.toLowerCase()) === name.locationId)
          .sort(comparePostings),
      ]),
    );
  }

  #countVariance(stockKeyId: number): number | null {
    const row = this.workbook.get<{ count_variance_scaled: number | null }>(
      'SELECT count_variance_scaled FROM lines WHERE period_id = ? AND stock_key_id = ?', this.scope.periodId, stockKeyId,
    );
    return row?.count_variance_scaled ?? null;
  }

  #previous(lines: readonly LineRows[]): ReadonlyMap<number, NonNullable<LineCase['previous']>> {
    const { previous } = this.scope;
    if (!previous) return new Map();
    const rows = this.workbook.all<ResidualRow>(
      `SELECT l.stock_key_id, l.count_residual_scaled, l.channel_residual_scaled, l.ledger_residual_scaled, l.age_days
       FROM json_each(?) asked CROSS JOIN lines l ON l.period_id = ? AND l.stock_key_id = asked.value`,
      JSON.stringify(lines.map(({ name }) => name.stockKeyId)),
      previous.periodId,
    );
    return new Map(
      rows.map((row) => [
        row.stock_key_id,
        {
          code: previous.code,
          ageDays: row.age_days,
          residuals: {
            count: row.count_residual_scaled,
            channel: row.channel_residual_scaled,
            ledger: row.ledger_residual_scaled,
          },
        },
      ]),
    );
  }

  /** Which system's figure stands for each state. Carrying a figure to the cut-off never makes it known or unknown. */
  #heldBy({ positions, name }: LineRows): LineCase['heldBy'] {
    const states = Object.fromEntries(
      SYSTEMS.map((system) => [system, positions[system]?.statesScaled ?? null]),
    ) as Record<System, StatesAtCutOff | null>;
    return identityOf(states, truthFor(this.scope.truthRules, name.locationId, name.category)).heldBy;
  }

  /** The cases of lines with the variances that the reconciliation found, in their order. */
  of(found: readonly FoundLine[]): readonly LineToExplain[] {
    const { workbook, scope, names } = this;
    const lines = readLineRows(workbook, scope, names, found.map((each) => each.stockKeyId));
    const elsewhereOf = readElsewhere(workbook, scope, lines.map(({ name, postings }) => ({ stockKeyId: name.stockKeyId, events: matchEvents(postings) })));
    const inboundOf = this.#inboundTransfers(lines);
    const previousOf = this.#previous(lines);
    const ties = this.#tied(lines);
    names.load([...elsewhereOf.values(), ...inboundOf.values()].flatMap((postings) => postings.map((posting) => posting.stockKeyId)));
    return lines.map((rows, index) => {
      const { name, bounds, positions } = rows;
      const { stockKeyId } = name;
      const elsewhere = elsewhereOf.get(stockKeyId) ?? [];
      const inboundTransfers = inboundOf.get(stockKeyId) ?? [];
      const availableScaled = positions.storefront?.statesScaled.available ?? null;
      const line: LineCase = {
        stockKeyId,
        itemId: name.itemId,
        sku: name.sku,
        locationId: name.locationId,
        location: name.location,
        packSizeScaled: name.packSizeScaled,
        startInstant: bounds.startInstant,
        cutOffInstant: bounds.cutOffInstant,
        windowMs: bounds.windowMs,
        transferWindowMs: scope.rules.transferWindowHours === null ? bounds.windowMs : scope.rules.transferWindowHours * HOUR_MS,
        settledBeforeInstant: bounds.settledBeforeInstant,
        reach: scope.reach,
        heldBy: this.#heldBy(rows),
        storefront: positions.storefront && availableScaled !== null ? { ...positions.storefront, quantityScaled: availableScaled } : null,
        identityScaled: found[index]!.identityScaled,
        variances: found[index]!.variances,
        postings: rows.postings,
        elsewhere,
        names: names.named([...elsewhere, ...inboundTransfers].map((posting) => posting.stockKeyId)),
        countVarianceOf: (key) => this.#countVariance(key),
        inboundTransfers,
        kits: ties(this.#kitsOf.get(name.itemId), name.locationId),
        parts: ties(this.#partsOf.get(name.itemId), name.locationId),
        counted: rows.countRows
          .filter((row) => row.isUsed)
          .map((row) => ({ ...row, countedScaled: row.countedScaled ?? 0 })),
        countedInstant: rows.count?.countedInstant ?? null,
        sheets: this.#sheets.of(rows.countRows),
        previous: previousOf.get(stockKeyId) ?? null,
        words: scope.words,
      };
      return { rows, line };
    });
  }
}
