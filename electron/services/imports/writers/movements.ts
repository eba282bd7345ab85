/**
 * Movement rows: what a system posted. The same event posted twice at different times is data; the same row twice is not.
 */
import type { TargetField } from '@shared/domain/import-profile';
import { MOVEMENT_TYPES, SIGNED_TYPES, SYSTEMS, type MovementType, type System } from '@shared/domain/states';
import { MovementInserter, type MovementToInsert } from '../../../workbook/tables/movement-inserter';
import type { InstantSpans } from '../../../workbook/tables/instant-spans';
import { postedSpans } from '../../../workbook/tables/movements';
import type { RowValues } from '../../../files/profiles/read-row';
import type { PlainRows } from '../loading/plain-batch';
import { PlainPlaces } from '../loading/plain-places';
import type { PlainPlan } from '../loading/plain-plan';
import { Twins } from '../loading/twins';
import {
  ACCEPTED, bad, FAR_OUTSIDE_MS, isNearPeriod, mayCreate, outsidePeriod, placeOf, systemOf, usualRow, type BadVerdict, type RowToWrite, type RowWriter, type Verdict,
  type WriterSetting,
} from './writer';

interface Movement extends MovementToInsert {
  readonly locationId: number;
}

const SAME_TEXTS = `m.line = @line AND m.type = @type AND m.quantity_scaled = @quantityScaled
    AND m.occurred_instant = @occurredInstant AND m.reference = @reference AND m.reason = @reason`;

// The unary plus keeps the search on the key's index: a document may have very many rows.
const FIND_EQUAL = `SELECT m.import_id, m.row_number FROM movements m JOIN imports i USING (import_id)
  WHERE m.stock_key_id = @stockKeyId AND m.system = @system AND m.posted_instant = @postedInstant
    AND +m.document = @document AND ${SAME_TEXTS} AND i.period_id = @periodId
  ORDER BY m.import_id <> @importId, m.row_number LIMIT 1`;

/** Whether a row of the import tells of the movement; found by the table's key, which a bulk load has too. */
const FIND_IN_ROW = `SELECT m.import_id, m.row_number FROM movements m
  WHERE m.import_id = @importId AND m.row_number = @rowNumber AND m.stock_key_id = @stockKeyId AND m.system = @system
    AND m.posted_instant = @postedInstant AND m.document = @document AND ${SAME_TEXTS}
  LIMIT 1`;

const NONE: ReadonlySet<Movement> = new Set();

/** Where the batches of a file tell what a movement is made of; -1 where they do not. */
interface PlainSlots {
  readonly system: number;
  readonly type: number;
  readonly quantity: number;
  readonly occurredAt: number;
  readonly postedAt: number;
  readonly document: number;
  readonly line: number;
  readonly reference: number;
  readonly reason: number;
  readonly places: PlainPlaces;
}

interface EqualMovement {
  readonly import_id: number;
  readonly row_number: number;
}

export class MovementWriter implements RowWriter {
  /** Of the rows that were written, those that nobody has looked at for it while reading, or that seemed to have a twin and had none. */
  readonly #twins = new Twins();
  readonly #inserter: MovementInserter;
  #lastSystem: System | undefined;
  #slots: PlainSlots | undefined;
  /** What the other imports of the period hold: outside of it, none of them can have a posting. */
  readonly #others: readonly InstantSpans[];

  constructor(readonly setting: WriterSetting) {
    const { context: { workbook }, importId, frame, load } = setting;
    this.#inserter = new MovementInserter(workbook, importId, load?.rowsPerStatement ?? 1);
    this.#others = workbook
      .column("SELECT import_id FROM imports WHERE period_id = ? AND kind = 'movements' AND import_id <> ?", frame.periodId, importId)
      .map((other) => postedSpans(workbook, other));
  }

  /** Whether another import may hold the movement: it has postings of the system from before and after that instant. */
  #mayBeHeldElsewhere({ system, postedInstant }: Pick<Movement, 'system' | 'postedInstant'>): boolean {
    return this.#others.some((spans) => {
      const span = spans[system];
      return span !== null && span.firstInstant <= postedInstant && postedInstant <= span.lastInstant;
    });
  }

  /** The row that tells of the same movement: of this import where it has one, else of another. */
  #equalTo(movement: Movement): EqualMovement | undefined {
    const { context, importId, frame, load } = this.setting;
    load?.makeIndices();
    return context.workbook.get(FIND_EQUAL, { ...movement, importId, periodId: frame.periodId });
  }

  #equalInRow(movement: Movement, rowNumbers: readonly number[]): EqualMovement | undefined {
    const { context, importId } = this.setting;
    for (const rowNumber of rowNumbers) {
      const equal = context.workbook.get<EqualMovement>(FIND_IN_ROW, { ...movement, importId, rowNumber });
      if (equal) return equal;
    }
    return undefined;
  }

  write({ rowNumber, records, raw, twin }: RowToWrite): Verdict {
    const { setting } = this;
    const movements: Movement[] = [];
    for (const values of records) {
      const movement = this.#movement(values);
      if ('verdict' in movement) return movement;
      movements.push(movement);
    }
    const twins = setting.replay || twin === 0 ? [] : [twin ?? 0, this.#twins.noted(raw)].filter((row) => row > 0);
    let heldElsewhere: ReadonlySet<Movement> = NONE;
    if (setting.replay || twins.length > 0 || (this.#others.length > 0 && movements.some((movement) => this.#mayBeHeldElsewhere(movement)))) {
      this.#inserter.flush();
      const equals = movements.map((movement) =>
        setting.replay || this.#mayBeHeldElsewhere(movement) ? this.#equalTo(movement) : this.#equalInRow(movement, twins),
      );
      heldElsewhere = new Set(movements.filter((_movement, index) => equals[index] && equals[index].import_id !== setting.importId));
      if (heldElsewhere.size === movements.length) return { verdict: 'ignored', reason: 'already_held' };
      const at = equals.findIndex((equal) => equal?.import_id === setting.importId);
      if (at >= 0 && (twins.length > 0 || setting.replay)) {
        const { document, type, system } = movements[at]!;
        const what = `${document}, ${records[at]!.text.sku}, ${type} of the ${system}`;
        return bad('duplicate_row', document, `Row ${equals[at]!.row_number} says the same: ${what}, posted at the same instant.`);
      }
    }
    if (!setting.replay && twin !== 0) this.#twins.note(raw, rowNumber);
    for (let index = 0; index < movements.length; index += 1) {
      if (!heldElsewhere.has(movements[index]!)) this.#write(rowNumber, index + 1, movements[index]!);
    }
    return ACCEPTED;
  }

  #slotsOf(plan: PlainPlan): PlainSlots {
    const [code, text, instant] = [plan.codes, plan.texts, plan.instants].map((fields) => (field: TargetField) => fields.indexOf(field));
    return {
      system: code!('system'), type: code!('type'), quantity: plan.numbers.indexOf('quantity'),
      occurredAt: instant!('occurred_at'), postedAt: instant!('posted_at'),
      document: text!('document'), line: text!('line'), reference: text!('reference'), reason: text!('reason'),
      places: new PlainPlaces(this.setting, plan),
    };
  }

  /** What nearly every row is: a movement that no row told of before, of an item and a location that are known or new. */
  writePlain(rows: PlainRows, at: number): Verdict {
    const { setting } = this;
    const slots = (this.#slots ??= this.#slotsOf(rows.plan));
    const { codes, numbers, instants, twins } = rows.columns;
    const type = slots.type < 0 ? undefined : MOVEMENT_TYPES[codes[slots.type]![at]! - 1];
    const system = slots.system < 0 ? setting.profile.system : SYSTEMS[codes[slots.system]![at]! - 1];
    const quantityScaled = numbers[slots.quantity]?.[at] ?? Number.NaN;
    const occurredInstant = instants[slots.occurredAt]?.[at] ?? Number.NaN;
    const postedInstant = instants[slots.postedAt]?.[at] ?? Number.NaN;
    const isUsual =
      type && system && !setting.replay && slots.document >= 0 && (quantityScaled >= 0 || SIGNED_TYPES.has(type)) && !Number.isNaN(quantityScaled) &&
      isNearPeriod(setting.frame, occurredInstant, FAR_OUTSIDE_MS) && isNearPeriod(setting.frame, postedInstant, FAR_OUTSIDE_MS) &&
      twins[at] === 0 && !(this.#others.length > 0 && this.#mayBeHeldElsewhere({ system, postedInstant }));
    const stockKeyId = isUsual ? slots.places.stockKeyOf(rows, at, system) : 0;
    if (!isUsual || stockKeyId === 0) return this.write(usualRow(rows, at));
    const rowNumber = rows.rowNumber(at);
    this.#write(rowNumber, 1, {
      stockKeyId, locationId: slots.places.locationId, system, type, quantityScaled, occurredInstant, postedInstant,
      document: rows.text(slots.document, at),
      line: slots.line < 0 ? '' : rows.text(slots.line, at),
      reference: slots.reference < 0 ? '' : rows.text(slots.reference, at),
      reason: slots.reason < 0 ? '' : rows.text(slots.reason, at),
    });
    return ACCEPTED;
  }

  #write(rowNumber: number, recordNumber: number, movement: Movement): void {
    this.#inserter.insert(rowNumber, recordNumber, movement);
    const { tally } = this.setting;
    if (movement.system !== this.#lastSystem) tally.systems.add(movement.system);
    this.#lastSystem = movement.system;
    tally.sums.at(SYSTEMS.indexOf(movement.system), movement.locationId).add(MOVEMENT_TYPES.indexOf(movement.type), movement.quantityScaled);
  }

  #movement(values: RowValues): Movement | BadVerdict {
    const { setting } = this;
    const { text, instants } = values;
    const type = text.type as MovementType;
    const occurredInstant = instants.occurred_at!;
    const postedInstant = instants.posted_at!;
    if (values.numbers.quantity! < 0 && !SIGNED_TYPES.has(type)) {
      const detail = `The quantity of a ${type} is positive: the type says which way it goes. Only adjustment and count_post carry a sign.`;
      return bad('unknown_value', `${type} below zero`, detail);
    }
    const outside =
      outsidePeriod(setting.frame, occurredInstant, FAR_OUTSIDE_MS, 'Occurred at') ??
      outsidePeriod(setting.frame, postedInstant, FAR_OUTSIDE_MS, 'Posted at');
    if (outside) return outside;
    const system = systemOf(setting, values);
    const { createsItems, createsLocations } = setting.profile;
    const found = placeOf(setting, values, mayCreate(createsItems, system), mayCreate(createsLocations, system));
    if (!found.ok) return { verdict: 'bad', problem: found.problem };
    // The item may be one that waits to be written.
    if (text.uom !== undefined) setting.identities.flush();
    const base = setting.units.convert(found.place.itemId, values, occurredInstant);
    if (!base.ok) return { verdict: 'bad', problem: base.problem };
    const quantityScaled = base.values.numbers.quantity!;
    return {
      stockKeyId: found.place.stockKeyId,
      locationId: found.place.locationId,
      system,
      type,
      document: text.document!,
      line: text.line ?? '',
      quantityScaled,
      occurredInstant,
      postedInstant,
      reference: text.reference ?? '',
      reason: text.reason ?? '',
    };
  }

  finish(): [] {
    this.#inserter.flush();
    return [];
  }
}
