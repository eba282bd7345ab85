/**
 * Snapshot rows: what a system says it has of an item at a location, at one instant.
 */
import { formatInstant } from '@shared/domain/instant';
import { divideHalfEven, toSafeInteger } from '@shared/domain/decimal';
import { addQuantities } from '@shared/domain/quantity';
import { QUANTITY_STATES, type System } from '@shared/domain/states';
import type { RowValues } from '../../../files/profiles/read-row';
import {
  ACCEPTED, bad, FAR_OUTSIDE_MS, outsidePeriod, placeOf, systemOf, type BadVerdict, type RowToWrite, type RowWriter, type Verdict,
  type WriterSetting,
} from './writer';

const INSERT = `INSERT INTO snapshots (import_id, stock_key_id, system, as_of_instant, row_number,
    on_hand_scaled, available_scaled, committed_scaled, reserved_scaled, damaged_scaled, quarantined_scaled, unavailable_scaled,
    in_transit_scaled, incoming_scaled, unit_cost_scaled)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

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

interface Position {
  readonly stockKeyId: number;
  readonly system: System;
  readonly asOfInstant: number;
  readonly values: RowValues;
}

export class SnapshotWriter implements RowWriter {
  /** By system and instant: the keys this import holds already, with their rows. */
  readonly #held = new Map<string, Map<number, number>>();

  constructor(readonly setting: WriterSetting) {
    const held = setting.context.workbook.iterate<{ stock_key_id: number; system: System; as_of_instant: number; row_number: number }>(
      'SELECT stock_key_id, system, as_of_instant, row_number FROM snapshots WHERE import_id = ?', setting.importId,
    );
    for (const row of held) this.#rowsAt(row.system, row.as_of_instant).set(row.stock_key_id, row.row_number);
  }

  #rowsAt(system: System, asOfInstant: number): Map<number, number> {
    const key = `${system}:${asOfInstant}`;
    let rows = this.#held.get(key);
    if (!rows) {
      rows = new Map();
      this.#held.set(key, rows);
    }
    return rows;
  }

  write({ rowNumber, records }: RowToWrite): Verdict {
    const { setting } = this;
    const positions: Position[] = [];
    for (const values of records) {
      const position = this.#position(values);
      if ('verdict' in position) return position;
      if (setting.profile.sameKey === 'add_up') {
        positions.push(position);
        continue;
      }
      const twin = positions.some((each) => each.stockKeyId === position.stockKeyId && each.system === position.system && each.asOfInstant === position.asOfInstant);
      const first = twin ? rowNumber : this.#rowsAt(position.system, position.asOfInstant).get(position.stockKeyId);
      if (first !== undefined) return this.#heldAlready(first, position);
      positions.push(position);
    }
    for (const position of positions) {
      const { stockKeyId, system, asOfInstant, values: { numbers } } = position;
      const held = this.#rowsAt(system, asOfInstant);
      const firstRow = held.get(stockKeyId);
      if (firstRow !== undefined) {
        this.#addTo(firstRow, rowNumber, position);
        continue;
      }
      held.set(stockKeyId, rowNumber);
      setting.context.workbook.run(
        INSERT, setting.importId, stockKeyId, system, asOfInstant, rowNumber,
        numbers.on_hand ?? null, numbers.available ?? null, numbers.committed ?? null, numbers.reserved ?? null, numbers.damaged ?? null,
        numbers.quarantined ?? null, numbers.unavailable ?? null, numbers.in_transit ?? null, numbers.incoming ?? null,
        numbers.unit_cost ?? null,
      );
      setting.tally.systems.add(system);
    }
    return ACCEPTED;
  }

  /** Adds a lot, bin or package to the position that an earlier row began. What either does not say is unknown of both. */
  #addTo(firstRow: number, rowNumber: number, { stockKeyId, system, asOfInstant, values: { numbers } }: Position): void {
    const { importId, context: { workbook } } = this.setting;
    const before = workbook.get<Record<string, number | null>>(HELD, importId, stockKeyId, system, asOfInstant)!;
    const sums = QUANTITY_STATES.map((state) => {
      const [held, added] = [before[`${state}_scaled`] ?? null, numbers[state] ?? null];
      return held === null || added === null ? null : addQuantities(held, added);
    });
    const cost = weightedCost(
      { quantityScaled: before['on_hand_scaled'] ?? before['available_scaled'] ?? null, unitCostScaled: before['unit_cost_scaled'] ?? null },
      { quantityScaled: numbers.on_hand ?? numbers.available ?? null, unitCostScaled: numbers.unit_cost ?? null },
    );
    workbook.run(ADD, ...sums, cost, importId, stockKeyId, system, asOfInstant);
    if (rowNumber !== firstRow) workbook.run(ADD_PART, importId, stockKeyId, rowNumber);
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
    const { itemId, stockKeyId } = found.place;
    const base = setting.units.convert(itemId, values, asOfInstant);
    if (!base.ok) return { verdict: 'bad', problem: base.problem };
    return { stockKeyId, system, asOfInstant, values: base.values };
  }

  finish(): [] {
    return [];
  }
}
