/**
 * What is known of lines: their names, postings, positions and counts, read for many at once. With `readLineFacts`, what
 * of it is shown of one line: its states at the cut-off and its identity, in the steps that `positions.ts` takes in SQL.
 */
import type { LineName } from '@shared/domain/explanation/line-case';
import { happeningsHere, type Surroundings } from '@shared/domain/explanation/surroundings';
import { comparePostings, matchEvents, systemsPosting, type StockEvent } from '@shared/domain/explanation/events';
import {
  identityOf,
  rollToCutOff,
  statesAtCutOff,
  type Identity,
  type RolledPosting,
  type StatesAtCutOff,
  type SystemPosition,
} from '@shared/domain/explanation/positions';
import type { Tier } from '@shared/domain/lines';
import { SYSTEMS, type System } from '@shared/domain/states';
import type { Posting } from '@shared/domain/variance';
import { countRowsOfKeys, type CountRowRead } from '../../workbook/tables/counts';
import { documentKey, postingsOfDocuments, postingsOfKeys } from '../../workbook/tables/movements';
import { nearestSnapshots } from '../../workbook/tables/snapshots';
import type { ReadableWorkbook } from '../../workbook/workbook';
import type { Bounds } from './bounds';
import { truthFor, type PeriodScope, type ReconciliationScope } from './scope';

export interface LineIdentity extends LineName {
  readonly itemName: string;
  readonly uom: string;
  readonly packSizeScaled: number | null;
  readonly category: string | null;
  readonly tier: Tier;
  readonly locationName: string;
}

/** What the rows say of a line. */
export interface LineRows {
  readonly name: LineIdentity;
  readonly bounds: Bounds;
  readonly postings: readonly Posting[];
  readonly positions: Readonly<Record<System, SystemPosition | null>>;
  readonly countRows: readonly CountRowRead[];
  /** Null where nothing was counted. */
  readonly count: { readonly countedScaled: number; readonly countedInstant: number } | null;
}

export interface LineFacts extends LineRows {
  readonly states: Readonly<Record<System, StatesAtCutOff | null>>;
  readonly identity: Identity;
}

interface NameRow {
  readonly stock_key_id: number;
  readonly item_id: number;
  readonly sku: string;
  readonly name: string;
  readonly uom: string;
  readonly pack_size_scaled: number | null;
  readonly category: string | null;
  readonly tier: Tier;
  readonly location_id: number;
  readonly code: string;
  readonly location_name: string;
}

function readLineNames(workbook: ReadableWorkbook, stockKeyIds: readonly number[]): readonly LineIdentity[] {
  return workbook
    .all<NameRow>(
      `SELECT k.stock_key_id, k.item_id, i.sku, i.name, i.uom, i.pack_size_scaled, i.category, i.tier, k.location_id, l.code,
         l.name AS location_name
       FROM json_each(?) asked CROSS JOIN stock_keys k ON k.stock_key_id = asked.value JOIN items i USING (item_id)
       JOIN locations l USING (location_id)`,
      JSON.stringify(stockKeyIds),
    )
    .map((row) => ({
      stockKeyId: row.stock_key_id,
      itemId: row.item_id,
      sku: row.sku,
      itemName: row.name,
      uom: row.uom,
      packSizeScaled: row.pack_size_scaled,
      category: row.category,
      tier: row.tier,
      locationId: row.location_id,
      location: row.code,
      locationName: row.location_name,
    }));
}

/** More names than this are not kept: a period may have a million. */
const NAMES_KEPT_MAX = 20_000;

/** Names by stock key, looked up once as long as they are kept. */
export class LineNames {
  readonly #names = new Map<number, LineIdentity>();

  constructor(private readonly workbook: ReadableWorkbook) {}

  /** Looks up together what is not known yet; forgets the oldest first. */
  load(stockKeyIds: Iterable<number>): void {
    const unknown = [...new Set(stockKeyIds)].filter((key) => !this.#names.has(key));
    if (unknown.length === 0) return;
    if (this.#names.size > NAMES_KEPT_MAX) this.#names.clear();
    for (const name of readLineNames(this.workbook, unknown)) this.#names.set(name.stockKeyId, name);
  }

  /** Undefined where the key is unknown. */
  of(stockKeyId: number): LineIdentity | undefined {
    if (!this.#names.has(stockKeyId)) this.load([stockKeyId]);
    return this.#names.get(stockKeyId);
  }

  named(stockKeyIds: Iterable<number>): ReadonlyMap<number, LineName> {
    const names = new Map<number, LineName>();
    for (const stockKeyId of stockKeyIds) {
      const name = this.of(stockKeyId);
      if (name) names.set(stockKeyId, name);
    }
    return names;
  }
}

const NO_POSITIONS: LineRows['positions'] = { erp: null, storefront: null, warehouse: null };

/** Reads the rows of these lines, in the order of the keys. Memory grows with the lines and their postings. */
export function readLineRows(
  workbook: ReadableWorkbook,
  scope: PeriodScope,
  names: LineNames,
  stockKeyIds: readonly number[],
): readonly LineRows[] {
  names.load(stockKeyIds);
  const named = stockKeyIds.map((stockKeyId) => {
    const name = names.of(stockKeyId);
    if (!name) throw new Error(`no stock key ${stockKeyId}`);
    return { name, bounds: scope.boundsAt(name.locationId) };
  });
  const cutOffs = new Map(named.map(({ name, bounds }) => [name.stockKeyId, bounds.cutOffInstant]));
  const postings = postingsOfKeys(workbook, scope.movements, stockKeyIds);
  const positions = nearestSnapshots(workbook, scope.periodId, stockKeyIds, (key) => cutOffs.get(key)!);
  const countRows = countRowsOfKeys(workbook, scope.periodId, stockKeyIds);
  return named.map(({ name, bounds }) => {
    const rows = countRows.get(name.stockKeyId) ?? [];
    const used = rows.filter((row) => row.isUsed);
    return {
      name,
      bounds,
      postings: [...(postings.get(name.stockKeyId) ?? [])].sort(comparePostings),
      positions: positions.get(name.stockKeyId) ?? NO_POSITIONS,
      countRows: rows,
      count:
        used.length === 0
          ? null
          : {
              countedScaled: used.reduce((sum, row) => sum + (row.countedScaled ?? 0), 0),
              countedInstant: Math.max(...used.map((row) => row.countedInstant)),
            },
    };
  });
}

/** The rows of one line, carried to its cut-off and put together. */
export function readLineFacts(workbook: ReadableWorkbook, scope: PeriodScope, names: LineNames, stockKeyId: number): LineFacts {
  const rows = readLineRows(workbook, scope, names, [stockKeyId])[0]!;
  const { name, bounds, positions, postings } = rows;
  const states = Object.fromEntries(
    SYSTEMS.map((system) => {
      const own = positions[system];
      return [system, own && statesAtCutOff(system, own, bounds.cutOffInstant, postings)];
    }),
  ) as Record<System, StatesAtCutOff | null>;
  return { ...rows, states, identity: identityOf(states, truthFor(scope.truthRules, name.locationId, name.category)) };
}

/** A line's events, for finding what other lines say of the same documents. */
export interface LineEvents {
  readonly stockKeyId: number;
  readonly events: readonly StockEvent[];
}

/**
 * Postings of the lines' documents on other lines, by line, where a system that posts such things is missing here. A
 * line without any is left out.
 *
 * @param scope with `reach`, how far the systems reach; without it every one-sided event is looked up
 */
export function readElsewhere(
  workbook: ReadableWorkbook,
  scope: PeriodScope & Partial<Pick<ReconciliationScope, 'reach'>>,
  lines: readonly LineEvents[],
): ReadonlyMap<number, readonly Posting[]> {
  const wanted = new Map<string, Pick<Posting, 'type' | 'document'>>();
  const ofLine = new Map<number, Set<string>>();
  for (const { stockKeyId, events } of lines) {
    const keys = new Set<string>();
    for (const event of events) {
      const posting = systemsPosting(event);
      const missing = SYSTEMS.filter((system) => !posting.includes(system));
      if (!missing.some((system) => scope.reach?.[system].coveredTypes.has(event.type) ?? true)) continue;
      for (const { document } of posting.flatMap((system) => event.postings[system])) {
        const key = documentKey(event.type, document);
        keys.add(key);
        wanted.set(key, { type: event.type, document });
      }
    }
    if (keys.size > 0) ofLine.set(stockKeyId, keys);
  }
  // A document may have very many lines: it is put in order once, and not again for each of them.
  const found = new Map(
    [...postingsOfDocuments(workbook, scope.movements, [...wanted.values()])].map(([key, postings]) => [key, [...postings].sort(comparePostings)]),
  );
  const elsewhere = new Map<number, readonly Posting[]>();
  for (const [stockKeyId, keys] of ofLine) {
    const others = [...keys].flatMap((key) => found.get(key) ?? []).filter((posting) => posting.stockKeyId !== stockKeyId);
    if (others.length > 0) elsewhere.set(stockKeyId, others.sort(comparePostings));
  }
  return elsewhere;
}

/** A count that may have to be carried to the cut-off. */
export interface CountToCarry {
  readonly name: LineName;
  readonly cutOffInstant: number;
  readonly countedInstant: number;
  readonly postings: readonly Posting[];
}

const eventsSince = ({ cutOffInstant, countedInstant, postings }: CountToCarry): readonly StockEvent[] => {
  const [after, until] = countedInstant < cutOffInstant ? [countedInstant, cutOffInstant] : [cutOffInstant, countedInstant];
  return matchEvents(postings).filter((event) =>
    systemsPosting(event).some((system) =>
      event.postings[system].some((posting) => posting.occurredInstant > after && posting.occurredInstant <= until),
    ),
  );
};

/**
 * What happened on each shelf between the count and the cut-off, each thing once, whoever posted it; in the order of the
 * counts. Other lines are asked what they say of the same documents.
 */
export function countRollsOf(
  workbook: ReadableWorkbook,
  scope: PeriodScope & Partial<Pick<ReconciliationScope, 'reach'>>,
  names: LineNames,
  counts: readonly CountToCarry[],
): readonly (readonly RolledPosting[])[] {
  const lines = counts.map((count) => ({ stockKeyId: count.name.stockKeyId, events: eventsSince(count) }));
  const elsewhere = readElsewhere(workbook, scope, lines);
  names.load([...elsewhere.values()].flatMap((postings) => postings.map((posting) => posting.stockKeyId)));
  return counts.map(({ name, cutOffInstant, countedInstant }, index) => {
    const others = elsewhere.get(name.stockKeyId) ?? [];
    const surroundings: Surroundings = { ...name, elsewhere: others, names: names.named(others.map((posting) => posting.stockKeyId)) };
    const happened = lines[index]!.events.flatMap((event) => happeningsHere(event, surroundings));
    return rollToCutOff('on_hand', countedInstant, cutOffInstant, happened, (posting) => posting.occurredInstant);
  });
}
