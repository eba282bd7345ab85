/**
 * The words of the engine's sentences: figures, instants, systems and movement types as a person reads them.
 */
import { formatInstant } from '../instant';
import { formatQuantity } from '../quantity';
import type { MovementType, System } from '../states';

export const SYSTEM_NAMES: Readonly<Record<System, string>> = {
  erp: 'ERP',
  storefront: 'storefront',
  warehouse: 'warehouse',
};

export const TYPE_NAMES: Readonly<Record<MovementType, string>> = {
  order: 'order',
  cancellation: 'cancellation',
  shipment: 'shipment',
  receipt: 'receipt',
  return_received: 'return',
  return_restocked: 'restocked return',
  return_scrapped: 'scrapped return',
  refund: 'refund',
  transfer_out: 'transfer out',
  transfer_in: 'transfer in',
  adjustment: 'adjustment',
  damage: 'damage',
  count_post: 'count booking',
  assembly: 'assembly',
  component: 'use of parts',
};

export interface Words {
  /** `2026-10-31 22:03` in the workbook's time zone. */
  readonly instant: (instant: number) => string;
  /** ISO 8601 with the offset of the workbook's time zone. */
  readonly isoInstant: (instant: number) => string;
  /** `2026-10-31`. */
  readonly day: (instant: number) => string;
}

const QUARTER_HOUR_MS = 900_000;

/** Words for a workbook's time zone. Offsets are looked up once a quarter of an hour, the finest step zones change at. */
export function wordsFor(timeZone: string): Words {
  const offsets = new Map<number, { readonly offsetMs: number; readonly text: string }>();
  const isoInstant = (instant: number): string => {
    const quarter = Math.floor(instant / QUARTER_HOUR_MS);
    let offset = offsets.get(quarter);
    if (!offset) {
      const start = quarter * QUARTER_HOUR_MS;
      const written = formatInstant(start, timeZone);
      offset = { offsetMs: Date.parse(`${written.slice(0, 19)}Z`) - start, text: written.slice(19) };
      offsets.set(quarter, offset);
    }
    return new Date(instant + offset.offsetMs).toISOString().slice(0, 19) + offset.text;
  };
  return {
    isoInstant,
    instant: (instant) => isoInstant(instant).slice(0, 16).replace('T', ' '),
    day: (instant) => isoInstant(instant).slice(0, 10),
  };
}

export const units = (quantityScaled: number): string => {
  const absolute = Math.abs(quantityScaled);
  return `${formatQuantity(absolute)} ${absolute === 10_000 ? 'unit' : 'units'}`;
};

/** `+2`, `-2`, `0`. */
export const signed = (quantityScaled: number): string =>
  quantityScaled > 0 ? `+${formatQuantity(quantityScaled)}` : formatQuantity(quantityScaled);

/** `a`, `a and b`, `a, b and c`. */
export const listed = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)!}`;

export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
