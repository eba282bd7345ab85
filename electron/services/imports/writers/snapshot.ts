/**
 * Snapshot rows: what a system says it has of an item at a location, at one instant.
 */
import { divideHalfEven, toSafeInteger } from '@shared/domain/decimal';
import { formatInstant } from '@shared/domain/instant';
import { addQuantities } from '@shared/domain/quantity';
import { QUANTITY_STATES, SYSTEMS, type System } from '@shared/domain/states';
import type { RowValues } from '../../../files/profiles/read-row';
import { SnapshotInserter } from '../../../workbook/tables/snapshot-inserter';
import { NumberTable } from '../number-table';
import {
  ACCEPTED, bad, FAR_OUTSIDE_MS, outsidePeriod, placeOf, systemOf, type BadVerdict, type Place, type RowToWrite, type RowWriter,
  type Verdict, type WriterSetting,
} from './writer';

const FIND_ROW = `SELECT row_number FROM snapshots
  WHERE import_id = ? AND stock_key_id = ? AND system = ? AND as_of_instant = ?`;

const HELD = 'SELECT * FROM snapshots WHERE import_id = ? AND stock_key_id = ? AND system = ? AND as_of_instant = ?';
const ADD = `UPDATE snapshots SET ${QUANTITY_STATES.map((state) => `${state}_scaled = ?`).join(', ')}, unit_cost_scaled = ?
  WHERE import_id = ? AND stock_key_id = ? AND system = ? AND as_of_instant = ?`;
const ADD_PART = 'INSERT OR IGNORE INTO snapshot_parts (import_id, stock_key_id, row_number) VALUES (?, ?, ?)';

interface Part {
  readonly quantityScaled: number | null;
  readonly unitCostScaled: number | null;
}

/** The unit cost of two parts together: equal, or weighted by their quantities, half-even; unknown where a part's is. */
function weightedCost(held: Part, added: Part): number | null {
  if (held.unitCostScaled === null || added.unitCostScaled === null) return null;
  if (held.unitCostScaled === added.unitCostScaled) return held.unitCostScaled;
  if (held.quantityScaled === null || added.quantityScaled === null) return null;
  const quantity = BigInt(held.quantityScaled) + BigInt(added.quantityScaled);
  if (quantity <= 0n) return null;
  const value = BigInt(held.quantityScaled) * BigInt(held.unitCostScaled) + BigInt(added.quantityScaled) * BigInt(added.unitCostScaled);
  return toSafeInteger(divideHalfEven(value, quantity));
}

/** A series and a stock key in one number: as many keys as are ever met. */
const STOCK_KEYS_MAX = 2 ** 28;
/** As many rows as a file of 2 GB can have, each with an instant of its own. */
const SERIES_MAX = 2 ** 25;

/** Which rows an import gave for which positions: by system and instant (a series), then by stock key. */
class PositionsGiven {
  readonly #rows = new NumberTable();
  readonly #series = new Map<string, number>();
  #last: { readonly system: System; readonly asOfInstant: number; readonly series: number } | undefined;

  #keyOf({ place, system, asOfInstant }: Position): number {
    if (this.#last?.asOfInstant !== asOfInstant || this.#last.system !== system) {
      const name = `${system}:${asOfInstant}`;
      const series = this.#series.get(name) ?? this.#series.size;
      if (series === SERIES_MAX || place.stockKeyId >= STOCK_KEYS_MAX) throw new Error('an import with more positions than a file can hold');
      this.#series.set(name, series);
      this.#last = { system, asOfInstant, series };
    }
    return this.#last.series * STOCK_KEYS_MAX + place.stockKeyId;
  }

  /** The first row that gave the position; 0 where none did. */
  rowOf(position: Position): number {
    return this.#rows.get(this.#keyOf(position));
  }

  add(position: Position, rowNumber: number): void {
    this.#rows.set(this.#keyOf(position), rowNumber);
  }
}

interface Position {
  readonly place: Place;
  readonly system: System;
  readonly asOfInstant: number;
  readonly values: RowValues;
}

const samePosition = (one: Position, other: Position) =>
  one.place.stockKeyId === other.place.stockKeyId && one.system === other.system && one.asOfInstant === other.asOfInstant;

export class SnapshotWriter implements RowWriter {
  readonly #given = new PositionsGiven();
  readonly #inserter: SnapshotInserter;

  constructor(readonly setting: WriterSetting) {
    const { context, importId, load } = setting;
    this.#inserter = new SnapshotInserter(context.workbook, importId, load?.rowsPerStatement ?? 1);
  }

  /** The row of this import that gave the position already; 0 where none did. */
  #firstRow(position: Position): number {
    const { setting } = this;
    if (!setting.replay) return this.#given.rowOf(position);
    const held = setting.context.workbook.get<{ row_number: number }>(
      FIND_ROW, setting.importId, position.place.stockKeyId, position.system, position.asOfInstant,
    );
    return held?.row_number ?? 0;
  }

  write({ rowNumber, records }: RowToWrite): Verdict {
    const addsUp = this.setting.profile.sameKey === 'add_up';
    const positions: Position[] = [];
    for (const values of records) {
      const position = this.#position(values);
      if ('verdict' in position) return position;
      const twin = !addsUp && positions.some((each) => samePosition(each, position));
      const first = addsUp ? 0 : twin ? rowNumber : this.#firstRow(position);
      if (first > 0) return this.#heldAlready(first, position);
      positions.push(position);
    }
    for (const position of positions) this.#write(position, rowNumber);
    return ACCEPTED;
  }

  #write(position: Position, rowNumber: number): void {
    const { place, system, asOfInstant, values: { numbers } } = position;
    const { tally, replay, profile } = this.setting;
    const firstRow = profile.sameKey === 'add_up' ? this.#firstRow(position) : 0;
    if (firstRow > 0) return this.#addTo(firstRow, rowNumber, position);
    if (!replay) this.#given.add(position, rowNumber);
    this.#inserter.insert(place.stockKeyId, system, asOfInstant, rowNumber, numbers);
    const sums = tally.sums.at(SYSTEMS.indexOf(system), place.locationId);
    for (let state = 0; state < QUANTITY_STATES.length; state += 1) {
      const figure = numbers[QUANTITY_STATES[state]!];
      if (figure !== undefined) sums.add(state, figure);
    }
    const asOfBefore = tally.asOfInstants.get(system);
    if (asOfBefore === asOfInstant) return;
    tally.systems.add(system);
    tally.asOfInstants.set(system, asOfBefore === undefined ? asOfInstant : null);
  }

  /** Adds a lot, bin or package to the position that an earlier row began. What either does not say is unknown of both. */
  #addTo(firstRow: number, rowNumber: number, { place, system, asOfInstant, values: { numbers } }: Position): void {
    const { importId, tally, context: { workbook } } = this.setting;
    this.#inserter.flush();
    const before = workbook.get<Record<string, number | null>>(HELD, importId, place.stockKeyId, system, asOfInstant)!;
    const sums = QUANTITY_STATES.map((state) => {
      const [held, added] = [before[`${state}_scaled`] ?? null, numbers[state] ?? null];
      return held === null || added === null ? null : addQuantities(held, added);
    });
    const cost = weightedCost(
      { quantityScaled: before['on_hand_scaled'] ?? before['available_scaled'] ?? null, unitCostScaled: before['unit_cost_scaled'] ?? null },
      { quantityScaled: numbers.on_hand ?? numbers.available ?? null, unitCostScaled: numbers.unit_cost ?? null },
    );
    workbook.run(ADD, ...sums, cost, importId, place.stockKeyId, system, asOfInstant);
    if (rowNumber !== firstRow) workbook.run(ADD_PART, importId, place.stockKeyId, rowNumber);
    // What was counted while writing is no longer what the table holds: the totals are to be read from there.
    tally.asOfInstants.set(system, null);
  }

  #heldAlready(firstRow: number, { system, asOfInstant, values }: Position): BadVerdict {
    const asOf = formatInstant(asOfInstant, this.setting.frame.timeZone);
    const line = `${values.text.sku} at ${values.text.location ?? this.setting.locationCode}`;
    return bad('duplicate_row', values.text.sku ?? '', `Row ${firstRow} gives ${line} for the ${system} as of ${asOf} already.`);
  }

  #position(values: RowValues): Position | BadVerdict {
    const { setting } = this;
    const { profile, frame } = setting;
    const system = systemOf(setting, values);
    const asOfInstant = values.instants.as_of ?? setting.asOfInstant;
    if (asOfInstant === null) return bad('missing_key', 'as_of', 'The row has no as-of instant, and none was given at import.');
    const outside = outsidePeriod(frame, asOfInstant, FAR_OUTSIDE_MS, 'As of');
    if (outside) return outside;
    if (!QUANTITY_STATES.some((state) => values.numbers[state] !== undefined)) {
      return bad('missing_key', 'quantity', 'The row gives no quantity at all.');
    }
    const mayCreate = (rule: typeof profile.createsItems) => rule === 'always' || (rule === 'erp_rows' && system === 'erp');
    const found = placeOf(setting, values, mayCreate(profile.createsItems), mayCreate(profile.createsLocations));
    if (!found.ok) return { verdict: 'bad', problem: found.problem };
    // The item may be one that waits to be written.
    if (values.text.uom !== undefined) setting.identities.flush();
    const base = setting.units.convert(found.place.itemId, values, asOfInstant);
    if (!base.ok) return { verdict: 'bad', problem: base.problem };
    return { place: found.place, system, asOfInstant, values: base.values };
  }

  finish(): [] {
    this.#inserter.flush();
    return [];
  }
}
