/**
 * What a call across the door is: its input, what it answers, and the closed list of refusals.
 *
 * The contract is data and imports neither side. Whoever serves a call checks its input against it once, at the door.
 */
import { z } from 'zod';
import type { Outcome } from '../domain/outcome';

export interface CallSpec {
  readonly input: z.ZodType;
  readonly output: z.ZodType;
  /** Refusals in the order in which they are checked: where several apply, the first is reported. */
  readonly failures: readonly string[];
  /** Changes the workbook: refused with `read_only` where it is open for reading only, and done one after another. */
  readonly writes?: boolean;
  /** Writes only to roll back: takes its turn among the writes, and no window is told of a change. */
  readonly rollsBack?: boolean;
  /** Somebody signs: a pass phrase that this computer keeps may be put into it. */
  readonly signs?: boolean;
  /** Runs in the job worker with progress and cancel. */
  readonly long?: boolean;
  /** Reads every line of a period: where the workbook is large it runs beside, so that no page of the grid waits for it. */
  readonly scans?: boolean;
}

export type ContractArea = Readonly<Record<string, CallSpec>>;

/** Refusals that any call may answer. */
export const DOOR_FAILURES = ['invalid_input', 'read_only', 'cancelled', 'no_workbook', 'internal_error'] as const;
export type DoorFailure = (typeof DOOR_FAILURES)[number];

export type CallInput<Spec extends CallSpec> = z.input<Spec['input']>;
export type CallParsedInput<Spec extends CallSpec> = z.output<Spec['input']>;
export type CallOutput<Spec extends CallSpec> = z.output<Spec['output']>;
export type CallOutcome<Spec extends CallSpec> = Outcome<CallOutput<Spec>, Spec['failures'][number] | DoorFailure>;

/** How long work stands: `total` is null where it cannot be known. */
export const Progress = z.strictObject({
  stage: z.string(),
  done: z.int(),
  total: z.int().nullable(),
});
export type Progress = z.infer<typeof Progress>;

export const Nothing = z.strictObject({});
