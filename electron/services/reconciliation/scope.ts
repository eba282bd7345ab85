/**
 * What a period's lines are reconciled by: its bounds, its files, and the rules in force.
 *
 * Read once and handed around. What is known of a single line is `line-facts.ts`.
 */
import { DAY_MS, HOUR_MS, instantOfLocal, previousPeriodCode } from '@shared/domain/instant';
import { IDENTITY_STATES, type SystemReach } from '@shared/domain/explanation/line-case';
import { GENERAL_TRUTH } from '@shared/domain/explanation/positions';
import { wordsFor, type Words } from '@shared/domain/explanation/words';
import type { RiskKind, RuleSet, TruthState } from '@shared/domain/rules';
import { EFFECTS, SYSTEMS, type System } from '@shared/domain/states';
import { filesOverlap, movementScope, readMovementFiles, type MovementScope } from '../../workbook/tables/movements';
import { listLocations } from '../../workbook/tables/locations';
import { ruleSetFor } from '../../workbook/tables/rule-sets';
import type { ReadableWorkbook } from '../../workbook/workbook';
import type { PeriodRow } from '../periods';

export interface PreviousPeriod {
  readonly periodId: number;
  readonly code: string;
  readonly isLocked: boolean;
}

export type Truth = Readonly<Record<TruthState, System>>;

export interface TruthRuleAt {
  readonly state: TruthState;
  readonly system: System;
  readonly locationId: number | null;
  readonly category: string | null;
}

export interface RiskWindow {
  readonly kind: RiskKind;
  readonly itemId: number | null;
  readonly locationId: number | null;
}

export interface PeriodScope {
  readonly periodId: number;
  readonly code: string;
  readonly state: 'open' | 'locked';
  readonly startInstant: number;
  readonly cutOffInstant: number;
  readonly windowHours: number;
  readonly windowMs: number;
  readonly reconciledInstant: number | null;
  readonly currency: string;
  readonly timeZone: string;
  readonly words: Words;
  readonly previous: PreviousPeriod | null;
  readonly settledBeforeInstant: number | null;
  readonly movements: MovementScope;
  /** The rules in force, and their version. */
  readonly rules: RuleSet;
  readonly ruleSetId: number;
  readonly truthRules: readonly TruthRuleAt[];
  /** A line worth more goes to finance whatever its class. */
  readonly materialityMinor: number;
  /** Risk windows that touch the period. */
  readonly riskWindows: readonly RiskWindow[];
  /** What files call a location: code, name and aliases, in lower case. */
  readonly locationByName: ReadonlyMap<string, number>;
  readonly dueInstant: number;
  readonly urgentDueInstant: number;
}

/** The last second of the given day after the cut-off, by the workbook's clock. */
export function endOfDayAfter(cutOffInstant: number, days: number, scopeWords: Words, timeZone: string): number {
  // Noon is on the same day whatever the clocks did in between.
  const day = scopeWords.day(cutOffInstant + (days - 1) * DAY_MS + 12 * HOUR_MS);
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  return instantOfLocal(year, month, date, timeZone, 23, 59, 59);
}

/** A scope with what only reading all movements tells. */
export interface ReconciliationScope extends PeriodScope {
  readonly reach: Readonly<Record<System, SystemReach>>;
  /** The ERP posted something on hand in the period's own files: without, a roll-forward is unknown. */
  readonly erpPostsOnHand: boolean;
}

/** Reads the period's files through for how far each system's reach. */
export function withReach(workbook: ReadableWorkbook, scope: PeriodScope): ReconciliationScope {
  const periodIds = scope.previous ? [scope.previous.periodId, scope.periodId] : [scope.periodId];
  const files = readMovementFiles(workbook, periodIds);
  const latest = SYSTEMS.map((system) => `max(CASE WHEN s.system = '${system}' THEN s.as_of_instant END) AS ${system}`);
  const asOf = workbook.get<Record<System, number | null>>(
    `SELECT ${latest.join(', ')} FROM snapshots s JOIN imports i USING (import_id) WHERE i.period_id IN (SELECT value FROM json_each(?))`,
    JSON.stringify(periodIds),
  )!;
  const reachOf = (system: System): SystemReach => {
    const instants = [...files.map((file) => file.spans[system]?.lastInstant ?? null), asOf[system]].filter(
      (instant) => instant !== null,
    );
    return {
      coveredTypes: new Set(
        files.flatMap((file) => file.types.filter((entry) => entry.system === system).map(({ type }) => type)),
      ),
      reachInstant: instants.length === 0 ? null : Math.max(...instants),
    };
  };
  return {
    ...scope,
    movements: { ...scope.movements, mayOverlap: filesOverlap(files) },
    reach: { erp: reachOf('erp'), storefront: reachOf('storefront'), warehouse: reachOf('warehouse') },
    erpPostsOnHand: files.some(
      (file) =>
        file.periodId === scope.periodId &&
        file.types.some((entry) => entry.system === 'erp' && EFFECTS[entry.type].on_hand !== undefined),
    ),
  };
}

function readLocationNames(workbook: ReadableWorkbook): ReadonlyMap<string, number> {
  const names = new Map<string, number>();
  const rows = workbook.all<{ name: string; location_id: number }>(
    `SELECT alias AS name, location_id FROM location_aliases
     UNION ALL SELECT name, location_id FROM locations WHERE name <> '' UNION ALL SELECT code, location_id FROM locations`,
  );
  for (const row of rows) names.set(row.name.toLowerCase(), row.location_id);
  return names;
}

/** Rules for a location that the workbook does not have apply to nothing. */
function truthRulesAt(workbook: ReadableWorkbook, rules: RuleSet): readonly TruthRuleAt[] {
  const idOf = new Map(listLocations(workbook).map(({ code, location_id }) => [code, location_id]));
  return rules.truth.flatMap(({ state, system, location, category }) => {
    const locationId = location === null ? null : idOf.get(location);
    return locationId === undefined ? [] : [{ state, system, locationId, category }];
  });
}

/** Undefined where there is no such period. */
export function readScope(workbook: ReadableWorkbook, periodId: number): PeriodScope | undefined {
  const period = workbook.get<PeriodRow>('SELECT * FROM periods WHERE period_id = ?', periodId);
  if (!period) return undefined;
  const book = workbook.get<{ currency: string; time_zone: string; materiality_minor: number }>('SELECT currency, time_zone, materiality_minor FROM workbook')!;
  const before = workbook.get<PeriodRow>('SELECT * FROM periods WHERE code = ?', previousPeriodCode(period.code));
  const periodIds = before ? [before.period_id, periodId] : [periodId];
  const windowMs = period.window_hours * HOUR_MS;
  const words = wordsFor(book.time_zone);
  const { ruleSetId, rules } = ruleSetFor(workbook, period.code);
  return {
    periodId,
    code: period.code,
    state: period.state,
    startInstant: period.start_instant,
    cutOffInstant: period.cut_off_instant,
    windowHours: period.window_hours,
    windowMs,
    reconciledInstant: period.reconciled_instant,
    currency: book.currency,
    timeZone: book.time_zone,
    words,
    previous: before ? { periodId: before.period_id, code: before.code, isLocked: before.state === 'locked' } : null,
    settledBeforeInstant: before?.state === 'locked' ? period.start_instant - windowMs : null,
    movements: movementScope(workbook, periodIds),
    rules,
    ruleSetId,
    truthRules: truthRulesAt(workbook, rules),
    materialityMinor: book.materiality_minor,
    riskWindows: workbook
      .all<{ kind: RiskKind; item_id: number | null; location_id: number | null }>(
        'SELECT kind, item_id, location_id FROM risk_windows WHERE from_instant < ? AND until_instant > ?',
        period.cut_off_instant,
        period.start_instant,
      )
      .map((row) => ({ kind: row.kind, itemId: row.item_id, locationId: row.location_id })),
    locationByName: readLocationNames(workbook),
    dueInstant: endOfDayAfter(period.cut_off_instant, rules.due.days, words, book.time_zone),
    urgentDueInstant: endOfDayAfter(period.cut_off_instant, rules.due.urgentDays, words, book.time_zone),
  };
}

/**
 * Which system wins for each state: a rule for location and category beats one for the location, that one for the
 * category, and that the general rule; of equals the later entered.
 */
export function truthFor(rules: readonly TruthRuleAt[], locationId: number, category: string | null): Truth {
  const weight = (rule: TruthRuleAt) => (rule.locationId === null ? 0 : 2) + (rule.category === null ? 0 : 1);
  const applies = (rule: TruthRuleAt) =>
    (rule.locationId === null || rule.locationId === locationId) &&
    (rule.category === null || rule.category === category);
  const winner = (state: TruthState): System => {
    let best: TruthRuleAt | undefined;
    for (const rule of rules) {
      if (rule.state === state && applies(rule) && (!best || weight(rule) >= weight(best))) best = rule;
    }
    return best?.system ?? GENERAL_TRUTH[state];
  };
  return Object.fromEntries(
    [...IDENTITY_STATES, 'unit_cost' as const].map((state) => [state, winner(state)]),
  ) as Record<TruthState, System>;
}
