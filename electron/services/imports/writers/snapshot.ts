/**
 * Snapshot rows: what a system says it has of an item at a location, at one instant.
 */
import { formatInstant } from '@shared/domain/instant';
import { QUANTITY_STATES, SYSTEMS, type System } from '@shared/domain/states';
import type { RowValues } from '../../../files/profiles/read-row';
import { SNAPSHOT_FIGURES, SnapshotInserter } from '../../../workbook/tables/snapshot-inserter';
import { DenseTable } from '../loading/dense-table';
import { NumberTable } from '../loading/number-table';
import type { PlainRows } from '../loading/plain-batch';
import { PlainPlaces } from '../loading/plain-places';
import type { PlainPlan } from '../loading/plain-plan';
import { addFigures, type PositionFigures } from './added-positions';
import {
  ACCEPTED, bad, FAR_OUTSIDE_MS, isNearPeriod, mayCreate, outsidePeriod, placeOf, systemOf, usualRow, type BadVerdict, type Place, type RowToWrite,
  type RowWriter, type Verdict, type WriterSetting,
} from './writer';

const FIND_ROW = `SELECT row_number FROM snapshots
  WHERE import_id = ? AND stock_key_id = ? AND system = ? AND as_of_instant = ?`;

const HELD = `SELECT ${QUANTITY_STATES.map((state) => `${state}_scaled AS ${state}`).join(', ')}, unit_cost_scaled AS unit_cost FROM snapshots
  WHERE import_id = ? AND stock_key_id = ? AND system = ? AND as_of_instant = ?`;
const ADD = `UPDATE snapshots SET ${QUANTITY_STATES.map((state) => `${state}_scaled = ?`).join(', ')}, unit_cost_scaled = ?
  WHERE import_id = ? AND stock_key_id = ? AND system = ? AND as_of_instant = ?`;
const ADD_PART = 'INSERT OR IGNORE INTO snapshot_parts (import_id, stock_key_id, row_number) VALUES (?, ?, ?)';

/** A series and a stock key in one number: as many keys as are ever met. */
const STOCK_KEYS_MAX = 2 ** 28;
/** In 16 MB; below the second series. */
const DENSE_KEYS_MAX = 2 ** 22;
/** As many rows as a file of 2 GB can have, each with an instant of its own. */
const SERIES_MAX = 2 ** 25;

/** Which rows an import gave for which positions: by system and instant (a series), then by stock key. */
class PositionsGiven {
  readonly #rows = new NumberTable();
  /** Of the first series: most files have no other. */
  readonly #firstSeries = new DenseTable();
  readonly #series = new Map<string, number>();
  #last: { readonly system: System; readonly asOfInstant: number; readonly series: number } | undefined;

  #keyOf(stockKeyId: number, system: System, asOfInstant: number): number {
    if (this.#last?.asOfInstant !== asOfInstant || this.#last.system !== system) {
      const name = `${system}:${asOfInstant}`;
      const series = this.#series.get(name) ?? this.#series.size;
      if (series === SERIES_MAX || stockKeyId >= STOCK_KEYS_MAX) throw new Error('an import with more positions than a file can hold');
      this.#series.set(name, series);
      this.#last = { system, asOfInstant, series };
    }
    return this.#last.series * STOCK_KEYS_MAX + stockKeyId;
  }

  /** The first row that gave the position; 0 where none did. */
  rowOf(stockKeyId: number, system: System, asOfInstant: number): number {
    const key = this.#keyOf(stockKeyId, system, asOfInstant);
    return key < DENSE_KEYS_MAX ? this.#firstSeries.get(key) : this.#rows.get(key);
  }

  add(stockKeyId: number, system: System, asOfInstant: number, rowNumber: number): void {
    const key = this.#keyOf(stockKeyId, system, asOfInstant);
    if (key < DENSE_KEYS_MAX) this.#firstSeries.set(key, rowNumber);
    else this.#rows.set(key, rowNumber);
  }
}

/** Where the batches of a file tell what a snapshot is made of. */
interface PlainSlots {
  readonly system: number;
  readonly asOf: number;
  /** By `SNAPSHOT_FIGURES`, those that the file has. */
  readonly figures: readonly { readonly index: number; readonly slot: number }[];
  readonly places: PlainPlaces;
}

interface Position {
  readonly place: Place;
  readonly system: System;
  readonly asOfInstant: number;
  readonly values: RowValues;
}

/** A position that rows are still added to. */
interface AddedPosition extends Omit<Position, 'values'> {
  readonly firstRow: number;
  readonly furtherRows: Set<number>;
  figures: PositionFigures;
}

const samePosition = (one: Position, other: Position) =>
  one.place.stockKeyId === other.place.stockKeyId && one.system === other.system && one.asOfInstant === other.asOfInstant;

export class SnapshotWriter implements RowWriter {
  readonly #given = new PositionsGiven();
  readonly #inserter: SnapshotInserter;
  /** Of a file whose rows add up: what its rows gave so far, written when the last was read. */
  readonly #added = new Map<string, AddedPosition>();
  #lastSystem: System | undefined;
  #lastAsOf: number | undefined;
  #slots: PlainSlots | undefined;

  constructor(readonly setting: WriterSetting) {
    const { context, importId, load } = setting;
    this.#inserter = new SnapshotInserter(context.workbook, importId, load?.rowsPerStatement ?? 1);
  }

  /** The row of this import that gave the position already; 0 where none did. */
  #firstRow(position: Position): number {
    const { setting } = this;
    if (!setting.replay) return this.#given.rowOf(position.place.stockKeyId, position.system, position.asOfInstant);
    const held = setting.context.workbook.get<{ row_number: number }>(
      FIND_ROW, setting.importId, position.place.stockKeyId, position.system, position.asOfInstant,
    );
    return held?.row_number ?? 0;
  }

  write({ rowNumber, records }: RowToWrite): Verdict {
    const positions: Position[] = [];
    for (const values of records) {
      const position = this.#position(values);
      if ('verdict' in position) return position;
      if (this.setting.profile.sameKey === 'add_up') {
        positions.push(position);
        continue;
      }
      const twin = positions.length > 0 && positions.some((each) => samePosition(each, position));
      const first = twin ? rowNumber : this.#firstRow(position);
      if (first > 0) return this.#heldAlready(first, position);
      positions.push(position);
    }
    for (const position of positions) {
      if (this.setting.profile.sameKey === 'add_up') this.#add(position, rowNumber);
      else this.#write(position, position.values.numbers, rowNumber);
    }
    return ACCEPTED;
  }

  #slotsOf(plan: PlainPlan): PlainSlots {
    return {
      system: plan.codes.indexOf('system'),
      asOf: plan.instants.indexOf('as_of'),
      figures: SNAPSHOT_FIGURES.flatMap((field, index) => {
        const slot = plan.numbers.indexOf(field);
        return slot < 0 ? [] : [{ index, slot }];
      }),
      places: new PlainPlaces(this.setting, plan),
    };
  }

  /** What nearly every row is: a position that nobody gave before, of an item and a location that are known or new. */
  writePlain(rows: PlainRows, at: number): Verdict {
    const { setting } = this;
    const { profile, frame, replay, tally } = setting;
    const { system: systemSlot, asOf, figures, places } = (this.#slots ??= this.#slotsOf(rows.plan));
    const { codes, instants, numbers } = rows.columns;
    const systemIndex = systemSlot < 0 ? SYSTEMS.indexOf(profile.system!) : codes[systemSlot]![at]! - 1;
    const told = asOf < 0 ? Number.NaN : instants[asOf]![at]!;
    const asOfInstant = Number.isNaN(told) ? (setting.asOfInstant ?? Number.NaN) : told;
    const system = SYSTEMS[systemIndex];
    const isKnown = figures.some(({ index, slot }) => index < QUANTITY_STATES.length && !Number.isNaN(numbers[slot]![at]!));
    if (!system || !isKnown || replay || profile.sameKey === 'add_up' || !isNearPeriod(frame, asOfInstant, FAR_OUTSIDE_MS)) return this.write(usualRow(rows, at));
    const stockKeyId = places.stockKeyOf(rows, at, system);
    if (stockKeyId === 0 || this.#given.rowOf(stockKeyId, system, asOfInstant) > 0) return this.write(usualRow(rows, at));
    const rowNumber = rows.rowNumber(at);
    this.#given.add(stockKeyId, system, asOfInstant, rowNumber);
    this.#inserter.begin(stockKeyId, systemIndex, asOfInstant, rowNumber);
    const sums = tally.sums.at(systemIndex, places.locationId);
    for (let each = 0; each < figures.length; each += 1) {
      const { index, slot } = figures[each]!;
      const figure = numbers[slot]![at]!;
      if (Number.isNaN(figure)) continue;
      this.#inserter.put(index, figure);
      if (index < QUANTITY_STATES.length) sums.add(index, figure);
    }
    this.#inserter.end();
    this.#noteAsOf(system, asOfInstant);
    return ACCEPTED;
  }

  /** A part of a position that other rows give other parts of. */
  #add(position: Position, rowNumber: number): void {
    const { place, system, asOfInstant, values: { numbers } } = position;
    if (this.setting.replay) {
      this.#addToWritten(position, rowNumber);
      return;
    }
    const key = `${system}:${asOfInstant}:${place.stockKeyId}`;
    const held = this.#added.get(key);
    if (!held) {
      this.#added.set(key, { place, system, asOfInstant, firstRow: rowNumber, furtherRows: new Set(), figures: { ...numbers } });
      return;
    }
    held.figures = addFigures(held.figures, numbers);
    if (rowNumber !== held.firstRow) held.furtherRows.add(rowNumber);
  }

  #addToWritten(position: Position, rowNumber: number): void {
    const { importId, context: { workbook } } = this.setting;
    const { place: { stockKeyId }, system, asOfInstant, values: { numbers } } = position;
    const held = workbook.get<Record<string, number | null>>(HELD, importId, stockKeyId, system, asOfInstant);
    if (!held) {
      this.#write(position, numbers, rowNumber);
      return;
    }
    const known = Object.fromEntries(Object.entries(held).filter(([, figure]) => figure !== null)) as PositionFigures;
    const figures = addFigures(known, numbers);
    workbook.run(ADD, ...QUANTITY_STATES.map((state) => figures[state] ?? null), figures.unit_cost ?? null, importId, stockKeyId, system, asOfInstant);
    if (this.#firstRow(position) !== rowNumber) workbook.run(ADD_PART, importId, stockKeyId, rowNumber);
  }

  #writeAdded(): void {
    const { importId, identities, context: { workbook } } = this.setting;
    if (this.#added.size === 0) return;
    // A part hangs on a key that may still wait to be written.
    identities.flush();
    for (const { figures, firstRow, furtherRows, ...position } of this.#added.values()) {
      this.#write(position, figures, firstRow);
      for (const row of furtherRows) workbook.run(ADD_PART, importId, position.place.stockKeyId, row);
    }
    this.#added.clear();
  }

  #write(position: Omit<Position, 'values'>, numbers: PositionFigures, rowNumber: number): void {
    const { place, system, asOfInstant } = position;
    const { tally, replay } = this.setting;
    if (!replay) this.#given.add(place.stockKeyId, system, asOfInstant, rowNumber);
    this.#inserter.insert(place.stockKeyId, system, asOfInstant, rowNumber, numbers);
    const sums = tally.sums.at(SYSTEMS.indexOf(system), place.locationId);
    for (let state = 0; state < QUANTITY_STATES.length; state += 1) {
      const figure = numbers[QUANTITY_STATES[state]!];
      if (figure !== undefined) sums.add(state, figure);
    }
    this.#noteAsOf(system, asOfInstant);
  }

  #noteAsOf(system: System, asOfInstant: number): void {
    if (system === this.#lastSystem && asOfInstant === this.#lastAsOf) return;
    const { tally } = this.setting;
    [this.#lastSystem, this.#lastAsOf] = [system, asOfInstant];
    const asOfBefore = tally.asOfInstants.get(system);
    if (asOfBefore === asOfInstant) return;
    tally.systems.add(system);
    tally.asOfInstants.set(system, asOfBefore === undefined ? asOfInstant : null);
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
    const found = placeOf(setting, values, mayCreate(profile.createsItems, system), mayCreate(profile.createsLocations, system));
    if (!found.ok) return { verdict: 'bad', problem: found.problem };
    // The item may be one that waits to be written.
    if (values.text.uom !== undefined) setting.identities.flush();
    const base = setting.units.convert(found.place.itemId, values, asOfInstant);
    if (!base.ok) return { verdict: 'bad', problem: base.problem };
    return { place: found.place, system, asOfInstant, values: base.values };
  }

  finish(): [] {
    this.#writeAdded();
    this.#inserter.flush();
    return [];
  }
}
