/**
 * Risk windows: dated stretches in which less of a tolerance is left, for an item, a location, both or everything.
 *
 * A window counts for every period it touches. What held in a locked period stays: a window may neither begin to touch it
 * nor cease to.
 */
import { formatInstantUtc, monthName } from '@shared/domain/instant';
import { done, refused, type Outcome } from '@shared/domain/outcome';
import type { RiskWindowFields, RiskWindowView } from '@shared/domain/rule-effects';
import { RISK_WORDS, type RiskKind } from '@shared/domain/rules';
import type { Period } from '@shared/contract/workbook';
import { appendAudit } from '../../workbook/audit';
import { inTransaction, type ReadableWorkbook } from '../../workbook/workbook';
import { actorText, type ServiceContext } from '../context';
import { listPeriods } from '../periods';

interface WindowRow {
  readonly risk_window_id: number;
  readonly kind: RiskKind;
  readonly sku: string | null;
  readonly location: string | null;
  readonly from_instant: number;
  readonly until_instant: number;
  readonly note: string;
}

const WINDOWS = `SELECT w.risk_window_id, w.kind, i.sku, o.code AS location, w.from_instant, w.until_instant, w.note
  FROM risk_windows w LEFT JOIN items i USING (item_id) LEFT JOIN locations o USING (location_id)`;

const touches = (period: Period, window: Pick<RiskWindowFields, 'fromInstant' | 'untilInstant'>): boolean =>
  window.fromInstant < period.cutOffInstant && window.untilInstant > period.startInstant;

const viewOf = (row: WindowRow, periods: readonly Period[]): RiskWindowView => {
  const window = { fromInstant: row.from_instant, untilInstant: row.until_instant };
  const touched = periods.filter((period) => touches(period, window));
  return {
    riskWindowId: row.risk_window_id,
    kind: row.kind, sku: row.sku, location: row.location, ...window, note: row.note,
    periods: touched.map(({ code }) => code),
    touchesLocked: touched.some(({ state }) => state === 'locked'),
  };
};

/** Every window, the latest to begin first. */
export function listRiskWindows(workbook: ReadableWorkbook): RiskWindowView[] {
  const periods = listPeriods(workbook);
  return workbook.all<WindowRow>(`${WINDOWS} ORDER BY w.from_instant DESC, w.risk_window_id DESC`).map((row) => viewOf(row, periods));
}

function findWindow(workbook: ReadableWorkbook, riskWindowId: number): RiskWindowView | undefined {
  const row = workbook.get<WindowRow>(`${WINDOWS} WHERE w.risk_window_id = ?`, riskWindowId);
  return row && viewOf(row, listPeriods(workbook));
}

const windowMissing = (riskWindowId: number) =>
  refused('window_missing', `There is no risk window ${riskWindowId}. Read the list again.`);

/** `promotion of MUG at Portland`. */
const nameOf = ({ kind, sku, location }: RiskWindowFields): string =>
  `${RISK_WORDS[kind]} of ${sku ?? 'every item'} at ${location ?? 'every location'}`;

const told = ({ kind, sku, location, fromInstant, untilInstant, note }: RiskWindowFields) => ({
  kind, sku, location, from: formatInstantUtc(fromInstant), until: formatInstantUtc(untilInstant), note,
});

type Fitting = { readonly itemId: number | null; readonly locationId: number | null };
export type WindowFailure = 'window_empty' | 'item_unknown' | 'location_unknown' | 'period_locked';

/** The window's item and location, or why it cannot be. */
function fit(workbook: ReadableWorkbook, window: RiskWindowFields): Outcome<Fitting, WindowFailure> {
  if (window.untilInstant <= window.fromInstant) {
    return refused('window_empty', `The window would end (${formatInstantUtc(window.untilInstant)}) before it begins (${formatInstantUtc(window.fromInstant)}). Give a later end.`);
  }
  const item = window.sku === null ? null : workbook.get<{ item_id: number }>('SELECT item_id FROM items WHERE sku = ?', window.sku);
  if (item === undefined) return refused('item_unknown', `The workbook has no item ${window.sku}. Give the SKU as the list of items has it.`);
  const location = window.location === null ? null : workbook.get<{ location_id: number }>('SELECT location_id FROM locations WHERE code = ?', window.location);
  if (location === undefined) return refused('location_unknown', `The workbook has no location ${window.location}. Give the code of one of its locations.`);
  return done({ itemId: item?.item_id ?? null, locationId: location?.location_id ?? null });
}

/** The part of a window that a locked period saw, as text; empty where it saw none. */
function seenBy(period: Period, window: RiskWindowFields | undefined): string {
  if (!window || !touches(period, window)) return '';
  return [window.kind, window.sku, window.location].join('\n');
}

/** The refusal of a change that would alter what held in a locked period. */
function lockedAgainst(workbook: ReadableWorkbook, before: RiskWindowFields | undefined, after: RiskWindowFields | undefined) {
  const locked = listPeriods(workbook).filter(({ state }) => state === 'locked');
  const changed = locked.find((period) => seenBy(period, before) !== seenBy(period, after));
  return (
    changed &&
    refused('period_locked', `${monthName(changed.code)} is locked, and what was a risk window in it stays so. Let the window begin and end outside of it: from ${formatInstantUtc(locked.at(-1)!.cutOffInstant)} on.`)
  );
}

function record(
  context: ServiceContext,
  action: 'riskWindow.add' | 'riskWindow.change' | 'riskWindow.end',
  riskWindowId: number,
  before: RiskWindowFields | undefined,
  after: RiskWindowFields | undefined,
  why: string,
): void {
  const both = [before, after].filter((window) => window !== undefined);
  appendAudit(context.workbook, {
    atInstant: context.now(),
    actor: actorText(context.actor),
    action,
    periodId: null,
    subject: `riskWindow:${riskWindowId}`,
    detail: {
      name: nameOf(both[0]!),
      before: before ? told(before) : null,
      after: after ? told(after) : null,
      why,
      // Which periods have to be reconciled again.
      reachesFrom: Math.min(...both.map(({ fromInstant }) => fromInstant)),
      reachesUntil: Math.max(...both.map(({ untilInstant }) => untilInstant)),
    },
  });
}

/** Adds a window. Refused where it is empty, names what is not there, or would touch a locked period. */
export function addRiskWindow(context: ServiceContext, window: RiskWindowFields, why: string): Outcome<RiskWindowView, WindowFailure> {
  const { workbook } = context;
  return inTransaction(workbook, (): Outcome<RiskWindowView, WindowFailure> => {
    const fitting = fit(workbook, window);
    if (!fitting.ok) return fitting;
    const locked = lockedAgainst(workbook, undefined, window);
    if (locked) return locked;
    const { itemId, locationId } = fitting.value;
    const riskWindowId = workbook.run(
      'INSERT INTO risk_windows (kind, item_id, location_id, from_instant, until_instant, note) VALUES (?, ?, ?, ?, ?, ?)',
      window.kind, itemId, locationId, window.fromInstant, window.untilInstant, window.note,
    ).lastInsertRowid;
    record(context, 'riskWindow.add', riskWindowId, undefined, window, why);
    return done(findWindow(workbook, riskWindowId)!);
  });
}

/** Changes a window to what is given; see `addRiskWindow` for what is refused. */
export function changeRiskWindow(
  context: ServiceContext, riskWindowId: number, window: RiskWindowFields, why: string,
): Outcome<RiskWindowView, WindowFailure | 'window_missing' | 'nothing_changed'> {
  const { workbook } = context;
  return inTransaction(workbook, (): Outcome<RiskWindowView, WindowFailure | 'window_missing' | 'nothing_changed'> => {
    const before = findWindow(workbook, riskWindowId);
    if (!before) return windowMissing(riskWindowId);
    const fitting = fit(workbook, window);
    if (!fitting.ok) return fitting;
    if (JSON.stringify(told(before)) === JSON.stringify(told(window)))
      return refused('nothing_changed', `That is what the ${nameOf(before)} is already. Change something of it.`);
    const locked = lockedAgainst(workbook, before, window);
    if (locked) return locked;
    const { itemId, locationId } = fitting.value;
    workbook.run(
      'UPDATE risk_windows SET kind = ?, item_id = ?, location_id = ?, from_instant = ?, until_instant = ?, note = ? WHERE risk_window_id = ?',
      window.kind, itemId, locationId, window.fromInstant, window.untilInstant, window.note, riskWindowId,
    );
    record(context, 'riskWindow.change', riskWindowId, before, window, why);
    return done(findWindow(workbook, riskWindowId)!);
  });
}

/** Ends a window at an instant. One that had not begun by then is taken away whole. */
export function endRiskWindow(
  context: ServiceContext, riskWindowId: number, untilInstant: number, why: string,
): Outcome<{ readonly ended: boolean; readonly removed: boolean }, 'window_missing' | 'period_locked' | 'already_ended'> {
  const { workbook } = context;
  return inTransaction(workbook, () => {
    const before = findWindow(workbook, riskWindowId);
    if (!before) return windowMissing(riskWindowId);
    if (before.untilInstant <= untilInstant) {
      return refused('already_ended', `The ${nameOf(before)} ends ${formatInstantUtc(before.untilInstant)} already. Give an earlier end, or leave it.`);
    }
    const after = before.fromInstant >= untilInstant ? undefined : { ...before, untilInstant };
    const locked = lockedAgainst(workbook, before, after);
    if (locked) return locked;
    if (after) workbook.run('UPDATE risk_windows SET until_instant = ? WHERE risk_window_id = ?', untilInstant, riskWindowId);
    else workbook.run('DELETE FROM risk_windows WHERE risk_window_id = ?', riskWindowId);
    record(context, 'riskWindow.end', riskWindowId, before, after, why);
    return done({ ended: after !== undefined, removed: after === undefined });
  });
}
