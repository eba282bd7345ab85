/**
 * When periods begin and end at each location, and how long their windows are there.
 */
import { z } from 'zod';
import type { ContractArea } from './call';

/** How a location closes a period: with it, at the first instant of the months in its own time zone, or at instants of its own. */
export const LocationClose = z.union([
  z.literal('with_period'),
  z.literal('by_time_zone'),
  z.strictObject({ startInstant: z.int().nullable(), cutOffInstant: z.int() }),
]);
export type LocationClose = z.infer<typeof LocationClose>;

export const LocationBounds = z.strictObject({
  code: z.string(),
  name: z.string(),
  /** Null: the workbook's. */
  timeZone: z.string().nullable(),
  /** That it is kept in: the workbook's own, where a person said no other. */
  currency: z.string(),
  /** As the period is closed there. */
  startInstant: z.int(),
  cutOffInstant: z.int(),
  windowHours: z.int(),
  /** The location has a start and cut-off of its own in the period. */
  hasOwnCutOff: z.boolean(),
  /** The location has a window of its own in the period. */
  hasOwnWindow: z.boolean(),
});
export type LocationBounds = z.infer<typeof LocationBounds>;

export const locationsContract = {
  /** Every location in the order of the codes. */
  'locations:bounds': { input: z.strictObject({ periodId: z.int() }), output: z.array(LocationBounds), failures: ['period_missing'] },
  /** Holds for periods made from now on, and for due dates at once. Null takes the location's own time zone away. */
  'locations:setTimeZone': {
    input: z.strictObject({ location: z.string(), timeZone: z.string().nullable(), why: z.string().trim().min(1) }),
    output: z.strictObject({ location: z.string(), timeZone: z.string().nullable() }),
    failures: ['location_unknown', 'invalid_time_zone'],
    writes: true,
  },
  /** Said before the location has values. Null: the workbook's own. */
  'locations:setCurrency': {
    input: z.strictObject({ location: z.string(), currency: z.string().regex(/^[A-Z]{3}$/).nullable(), why: z.string().trim().min(1) }),
    output: z.strictObject({ location: z.string(), currency: z.string() }),
    failures: ['location_unknown', 'invalid_currency', 'location_valued'],
    writes: true,
  },
  'locations:setBounds': {
    input: z.strictObject({
      periodId: z.int(),
      location: z.string(),
      close: LocationClose,
      /** Null: as the period. */
      windowHours: z.int().min(0).max(744).nullable(),
      why: z.string().trim().min(1),
    }),
    output: LocationBounds,
    failures: ['period_missing', 'period_locked', 'location_unknown', 'time_zone_missing', 'bounds_order', 'bounds_gap'],
    writes: true,
  },
} as const satisfies ContractArea;
