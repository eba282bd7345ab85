/**
 * Movement rows: what a system posted. The same event posted twice at different times is data; the same row twice is not.
 */
import { hash } from 'node:crypto';
import { SIGNED_TYPES, type MovementType, type System } from '@shared/domain/states';
import type { SqliteWorkbook } from '../../../workbook/workbook';
import type { RowValues } from '../../../files/profiles/read-row';
import {
  ACCEPTED, bad, FAR_OUTSIDE_MS, outsidePeriod, placeOf, systemOf, type BadVerdict, type RowToWrite, type RowWriter, type Verdict, type WriterSetting,
} from './writer';

interface Movement {
  readonly stockKeyId: number;
  readonly system: System;
  readonly type: MovementType;
  readonly document: string;
  readonly line: string;
  readonly quantityScaled: number;
  readonly occurredInstant: number;
  readonly postedInstant: number;
  readonly reference: string;
  readonly reason: string;
}

// The unary plus keeps the search on the key's index: a document may have very many rows.
const FIND_EQUAL = `SELECT m.import_id, m.row_number FROM movements m JOIN imports i USING (import_id)
  WHERE m.stock_key_id = @stockKeyId AND m.system = @system AND m.posted_instant = @postedInstant
    AND +m.document = @document AND m.line = @line AND m.type = @type AND m.quantity_scaled = @quantityScaled
    AND m.occurred_instant = @occurredInstant AND m.reference = @reference AND m.reason = @reason
    AND i.period_id = @periodId
  ORDER BY m.import_id <> @importId, m.row_number LIMIT 1`;

const INSERT = `INSERT INTO movements (import_id, row_number, record_number, stock_key_id, system, type, document, line, quantity_scaled,
    occurred_instant, posted_instant, reference, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

/** Six bytes of a hash over the row's text: a cheap first look, confirmed against what was written. */
const fingerprintOf = (raw: string): number => hash('sha256', raw, 'buffer').readUIntBE(0, 6);

export class MovementWriter implements RowWriter {
  readonly #seen = new Set<number>();
  readonly #othersHeld: boolean;

  constructor(readonly setting: WriterSetting) {
    const others = setting.context.workbook.get(
      "SELECT 1 FROM imports WHERE period_id = ? AND kind = 'movements' AND import_id <> ? LIMIT 1",
      setting.frame.periodId, setting.importId,
    );
    this.#othersHeld = others !== undefined;
  }

  #equalTo(workbook: SqliteWorkbook, movement: Movement): { readonly import_id: number; readonly row_number: number } | undefined {
    const { importId, frame } = this.setting;
    return workbook.get(FIND_EQUAL, { ...movement, importId, periodId: frame.periodId });
  }

  write({ rowNumber, records, raw }: RowToWrite): Verdict {
    const { setting } = this;
    const { workbook } = setting.context;
    const movements: Movement[] = [];
    for (const values of records) {
      const movement = this.#movement(values);
      if ('verdict' in movement) return movement;
      movements.push(movement);
    }
    const fingerprint = fingerprintOf(raw);
    const seen = this.#seen.has(fingerprint);
    const heldElsewhere = new Set<number>();
    if (seen || this.#othersHeld || setting.replay) {
      const equals = movements.map((movement) => this.#equalTo(workbook, movement));
      for (const [index, equal] of equals.entries()) if (equal && equal.import_id !== setting.importId) heldElsewhere.add(index);
      if (heldElsewhere.size === movements.length) return { verdict: 'ignored', reason: 'already_held' };
      const at = equals.findIndex((equal) => equal?.import_id === setting.importId);
      if (at >= 0 && (seen || setting.replay)) {
        const { document, type, system } = movements[at]!;
        const what = `${document}, ${records[at]!.text.sku}, ${type} of the ${system}`;
        return bad('duplicate_row', document, `Row ${equals[at]!.row_number} says the same: ${what}, posted at the same instant.`);
      }
    }
    this.#seen.add(fingerprint);
    for (const [index, movement] of movements.entries()) {
      if (heldElsewhere.has(index)) continue;
      workbook.run(
        INSERT, setting.importId, rowNumber, index + 1, movement.stockKeyId, movement.system, movement.type, movement.document,
        movement.line, movement.quantityScaled, movement.occurredInstant, movement.postedInstant, movement.reference, movement.reason,
      );
      setting.tally.systems.add(movement.system);
    }
    return ACCEPTED;
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
    const found = placeOf(setting, values, false, false);
    if (!found.ok) return { verdict: 'bad', problem: found.problem };
    const base = setting.units.convert(found.place.itemId, values, occurredInstant);
    if (!base.ok) return { verdict: 'bad', problem: base.problem };
    const quantityScaled = base.values.numbers.quantity!;
    return {
      stockKeyId: found.place.stockKeyId,
      system: systemOf(setting, values),
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
    return [];
  }
}
