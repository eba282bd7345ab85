/**
 * The workbook itself, its periods, and the figures the window always shows.
 */
import { z } from 'zod';
import { PERIOD_CODE } from '@shared/domain/instant';
import { type ContractArea, Nothing } from './call';

export const STEPS = ['import', 'map', 'reconcile', 'explain', 'approve', 'journal', 'lock'] as const;
export type Step = (typeof STEPS)[number];

export const Period = z.strictObject({
  periodId: z.int(),
  /** The month; and the currency where that is not the workbook's own: `2026-10-EUR`. */
  code: z.string(),
  /** Of every amount of the period. */
  currency: z.string(),
  startInstant: z.int(),
  cutOffInstant: z.int(),
  windowHours: z.int(),
  state: z.enum(['open', 'locked']),
  reconciledInstant: z.int().nullable(),
  lockedInstant: z.int().nullable(),
});
export type Period = z.infer<typeof Period>;

export const WorkbookInfo = z.strictObject({
  workbookUuid: z.string(),
  company: z.string(),
  currency: z.string(),
  timeZone: z.string(),
  isSample: z.boolean(),
  readOnly: z.boolean(),
  actor: z.strictObject({ name: z.string(), email: z.string(), role: z.string() }),
  periods: z.array(Period),
  chain: z.strictObject({ sequence: z.int(), hash: z.string() }),
});
export type WorkbookInfo = z.infer<typeof WorkbookInfo>;

/** How far a step is: `left` is what waits for a person in it. */
export const StepState = z.strictObject({
  step: z.enum(STEPS),
  state: z.enum(['todo', 'active', 'done', 'blocked']),
  left: z.int(),
  /** Under the step's name, as short as `5 files` or `31 open`. */
  label: z.string(),
});
export type StepState = z.infer<typeof StepState>;

export const workbookContract = {
  'workbook:info': { input: Nothing, output: WorkbookInfo, failures: [] },
  'workbook:steps': { input: z.strictObject({ periodId: z.int() }), output: z.array(StepState), failures: ['period_missing'], scans: true },
  'workbook:createPeriod': {
    input: z.strictObject({ code: z.string().regex(PERIOD_CODE), windowHours: z.int().min(0).max(744).default(48) }),
    output: Period,
    failures: ['period_code', 'period_currency', 'period_exists'],
    writes: true,
  },
  'workbook:setWindow': {
    input: z.strictObject({ periodId: z.int(), windowHours: z.int().min(0).max(744) }),
    output: Period,
    failures: ['period_missing', 'period_locked'],
    writes: true,
  },
} as const satisfies ContractArea;
