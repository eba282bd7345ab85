/**
 * What is known of one line: its name, postings, positions, identity and count. For explaining a line and for showing
 * it; all lines at once are `positions.ts`.
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
import { countRowsOfKey, type CountRowRead } from '../../workbook/tables/counts';
import { postingsOfDocument, postingsOfKey } from '../../workbook/tables/movements';
import { nearestSnapshots } from '../../workbook/tables/snapshots';
import type { ReadableWorkbook } from '../../workbook/workbook';
import { truthFor, type PeriodScope, type ReconciliationScope } from './scope';

export interface LineIdentity extends LineName {
  readonly itemName: string;
  readonly uom: string;
  readonly packSizeScaled: number | null;
  readonly category: string | null;
  readonly tier: Tier;
  readonly locationName: string;
}

export interface LineFacts {
  readonly name: LineIdentity;
  readonly postings: readonly Posting[];
  readonly positions: Readonly<Record<System, SystemPosition | null>>;
  readonly states: Readonly<Record<System, StatesAtCutOff | null>>;
  readonly identity: Identity;
  readonly countRows: readonly CountRowRead[];
  /** Null where nothing was counted. */
  readonly count: { readonly countedScaled: number; readonly countedInstant: number } | null;
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

/** Undefined where the key is unknown. */
export function readLineName(workbook: ReadableWorkbook, stockKeyId: number): LineIdentity | undefined {
  const row = workbook.get<NameRow>(
    `SELECT k.stock_key_id, k.item_id, i.sku, i.name, i.uom, i.pack_size_scaled, i.category, i.tier, k.location_id, l.code,
       l.name AS location_name
     FROM stock_keys k JOIN items i USING (item_id) JOIN locations l USING (location_id) WHERE k.stock_key_id = ?`,
    stockKeyId,
  );
  return (
    row && {
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
    }
  );
}

export function readLineFacts(workbook: ReadableWorkbook, scope: PeriodScope, stockKeyId: number): LineFacts {
  const name = readLineName(workbook, stockKeyId);
  if (!name) throw new Error(`no stock key ${stockKeyId}`);
  const postings = [...postingsOfKey(workbook, scope.movements, stockKeyId)].sort(comparePostings);
  const positions = nearestSnapshots(workbook, scope.periodId, stockKeyId, scope.cutOffInstant);
  const states = Object.fromEntries(
    SYSTEMS.map((system) => {
      const own = positions[system];
      return [system, own && statesAtCutOff(system, own, scope.cutOffInstant, postings)];
    }),
  ) as Record<System, StatesAtCutOff | null>;
  const countRows = countRowsOfKey(workbook, scope.periodId, stockKeyId);
  const used = countRows.filter((row) => row.isUsed);
  return {
    name,
    postings,
    positions,
    states,
    identity: identityOf(states, truthFor(scope.truthRules, name.locationId, name.category)),
    countRows,
    count:
      used.length === 0
        ? null
        : {
            countedScaled: used.reduce((sum, row) => sum + (row.countedScaled ?? 0), 0),
            countedInstant: Math.max(...used.map((row) => row.countedInstant)),
          },
  };
}

/** Names by stock key, each looked up once. */
export class LineNames {
  readonly #names = new Map<number, LineIdentity | undefined>();

  constructor(private readonly workbook: ReadableWorkbook) {}

  of(stockKeyId: number): LineIdentity | undefined {
    if (!this.#names.has(stockKeyId)) this.#names.set(stockKeyId, readLineName(this.workbook, stockKeyId));
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

/**
 * Postings of a line's documents on other lines, where a system that posts such things is missing here.
 *
 * @param reach how far the systems reach; without it every one-sided event is looked up
 */
export function readElsewhere(
  workbook: ReadableWorkbook,
  scope: PeriodScope & Partial<Pick<ReconciliationScope, 'reach'>>,
  stockKeyId: number,
  events: readonly StockEvent[],
): readonly Posting[] {
  const wanted = new Set<string>();
  for (const event of events) {
    const posting = systemsPosting(event);
    const missing = SYSTEMS.filter((system) => !posting.includes(system));
    if (!missing.some((system) => scope.reach?.[system].coveredTypes.has(event.type) ?? true)) continue;
    for (const { document } of posting.flatMap((system) => event.postings[system]))
      wanted.add(`${event.type}\n${document}`);
  }
  return [...wanted]
    .flatMap((key) => {
      const [type, document] = key.split('\n') as [Posting['type'], string];
      return postingsOfDocument(workbook, scope.movements, document, type);
    })
    .filter((posting) => posting.stockKeyId !== stockKeyId)
    .sort(comparePostings);
}

/** What happened on the shelf between the count and the cut-off, each thing once, whoever posted it. */
export function countRolls(
  countedInstant: number,
  scope: PeriodScope,
  postings: readonly Posting[],
  surroundingsOf: (events: readonly StockEvent[]) => Surroundings,
): readonly RolledPosting[] {
  const [after, until] =
    countedInstant < scope.cutOffInstant
      ? [countedInstant, scope.cutOffInstant]
      : [scope.cutOffInstant, countedInstant];
  const events = matchEvents(postings).filter((event) =>
    systemsPosting(event).some((system) =>
      event.postings[system].some((posting) => posting.occurredInstant > after && posting.occurredInstant <= until),
    ),
  );
  if (events.length === 0) return [];
  const surroundings = surroundingsOf(events);
  const happened = events.flatMap((event) => happeningsHere(event, surroundings));
  return rollToCutOff('on_hand', countedInstant, scope.cutOffInstant, happened, (posting) => posting.occurredInstant);
}

/** The count rolls of a line, with what other lines say of the same documents. */
export function countRollsOf(
  workbook: ReadableWorkbook,
  scope: PeriodScope & Partial<Pick<ReconciliationScope, 'reach'>>,
  names: LineNames,
  name: LineName,
  postings: readonly Posting[],
  countedInstant: number,
): readonly RolledPosting[] {
  return countRolls(countedInstant, scope, postings, (events) => {
    const elsewhere = readElsewhere(workbook, scope, name.stockKeyId, events);
    return { ...name, elsewhere, names: names.named(elsewhere.map((posting) => posting.stockKeyId)) };
  });
}
