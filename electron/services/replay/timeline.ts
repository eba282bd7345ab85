/**
 * What is carried out again, in the order of the audit trail: every import, every decision on a name, a row, an item or a sheet, every
 * reconciliation and lock, up to the last that moved the period.
 *
 * Periods before are computed too, and not taken over as sealed: their movements explain lines of this one, their closing is its opening,
 * their residuals say how old a difference is, and their files brought items and names. The price is time that grows with the history;
 * the gain is an answer that rests on files and decisions alone.
 */
import type { PeriodRow } from '../periods';
import type { ReadableWorkbook } from '../../workbook/workbook';

export interface TrailStep {
  readonly sequence: number;
  readonly at_instant: number;
  readonly actor: string;
  readonly action: string;
  readonly period_id: number | null;
  readonly subject: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Actions that move what is read from files or what is computed of it. All others follow from these, or are people's words on lines. */
const CARRIED_OUT = [
  'import.commit', 'import.undone', 'alias.set', 'alias.takeBack', 'item.add', 'location.add', 'location.setCurrency', 'item.setUnit', 'item.setTier', 'quarantine.replay',
  'quarantine.correct', 'quarantine.replace', 'quarantine.ignore', 'quarantine.restore', 'countSheet.issue', 'countSheet.void', 'reconciliation.run', 'period.lock',
] as const;

const isTagsFile = (step: TrailStep): boolean => step.action === 'import.commit' && step.detail['kind'] === 'tags';

/** A run whose lines nobody read before the next run of the same period wrote them anew. */
function isOverwritten(steps: readonly TrailStep[], index: number): boolean {
  const { action, period_id } = steps[index]!;
  if (action !== 'reconciliation.run') return false;
  for (const step of steps.slice(index + 1)) {
    if (step.action === 'reconciliation.run') return step.period_id === period_id;
    // Lines are read by the files of reasons, by the lock, and by sheets that were chosen from them.
    if (isTagsFile(step) || step.action === 'period.lock' || step.action === 'countSheet.issue') return false;
  }
  return false;
}

/** The lock of each period that is locked now; those that were followed by a reopening left nothing behind. */
function standingLocks(steps: readonly TrailStep[], periods: readonly PeriodRow[]): ReadonlySet<number> {
  const locked = new Set(periods.filter(({ state }) => state === 'locked').map(({ period_id }) => period_id));
  const last = new Map<number, number>();
  for (const { action, period_id, sequence } of steps) if (action === 'period.lock' && period_id !== null && locked.has(period_id)) last.set(period_id, sequence);
  return new Set(last.values());
}

export interface Timeline {
  readonly steps: readonly TrailStep[];
  /** The last event that moved the period. */
  readonly lastSequence: number;
}

/** The steps that lead to what the workbook holds of a period. */
export function timelineOf(workbook: ReadableWorkbook, periodId: number): Timeline {
  const rows = workbook.all<Omit<TrailStep, 'detail'> & { readonly detail: string }>(
    `SELECT sequence, at_instant, actor, action, period_id, subject, detail FROM audit_events
     WHERE action IN (SELECT value FROM json_each(@actions)) AND sequence <= (
       SELECT max(sequence) FROM audit_events WHERE period_id = @period AND action IN (SELECT value FROM json_each(@actions)))
     ORDER BY sequence`,
    { actions: JSON.stringify(CARRIED_OUT), period: periodId },
  );
  const all = rows.map((row): TrailStep => ({ ...row, detail: JSON.parse(row.detail) as TrailStep['detail'] }));
  const locks = standingLocks(all, workbook.all<PeriodRow>('SELECT * FROM periods'));
  const steps = all.filter((step, index) => (step.action === 'period.lock' ? locks.has(step.sequence) : !isOverwritten(all, index)));
  return { steps, lastSequence: all.at(-1)?.sequence ?? 0 };
}
