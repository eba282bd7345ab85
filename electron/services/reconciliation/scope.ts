/**
 * What a period's lines are reconciled by: its bounds, its files, and the rules in force.
 *
 * Read once and handed around. What is known of a single line is `line-facts.ts`.
 */
import { previousPeriodCode } from '@shared/domain/instant';
import { IDENTITY_STATES, type SystemReach } from '@shared/domain/explanation/line-case';
import { GENERAL_TRUTH } from '@shared/domain/explanation/positions';
import { wordsFor, type Words } from '@shared/domain/explanation/words';
import type { RiskKind, RuleSet, TruthState } from '@shared/domain/rules';
import { EFFECTS, type System } from '@shared/domain/states';
import { filesOverlap, movementScope, readMovementFiles, type MovementScope } from '../../workbook/tables/movements';
import { readSnapshotFiles, type SnapshotFile } from '../../workbook/tables/snapshots';
import { listLocations } from '../../workbook/tables/locations';
import { ruleSetFor } from '../../workbook/tables/rule-sets';
import type { ReadableWorkbook } from '../../workbook/workbook';
import { closingCurrency, materialityFor } from '../../workbook/tables/period-codes';
import type { PeriodRow } from '../periods';
import { readBounds, type PeriodBounds } from './bounds';

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
  /** Of the period; a line goes by those of its location. */
  readonly startInstant: number;
  readonly cutOffInstant: number;
  readonly windowHours: number;
  readonly boundsAt: PeriodBounds['at'];
  readonly reconciledInstant: number | null;
  readonly currency: string;
  readonly timeZone: string;
  readonly words: Words;
  readonly previous: PreviousPeriod | null;
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
}

/** A scope with what only reading all movements tells. */
export interface ReconciliationScope extends PeriodScope {
  /** The period's own snapshot files, in the order in which they were imported. */
  readonly snapshots: readonly SnapshotFile[];
  readonly reach: Readonly<Record<System, SystemReach>>;
  /** The ERP posted something on hand in the period's own files: without, a roll-forward is unknown. */
  readonly erpPostsOnHand: boolean;
}

/** Reads the period's files through for how far each system's reach. */
export function withReach(workbook: ReadableWorkbook, scope: PeriodScope): ReconciliationScope {
  const periodIds = scope.previous ? [scope.previous.periodId, scope.periodId] : [scope.periodId];
  const movementFiles = readMovementFiles(workbook, periodIds);
  const snapshotFiles = readSnapshotFiles(workbook, periodIds);
  const reachOf = (system: System): SystemReach => {
    const instants = [...movementFiles, ...snapshotFiles].flatMap((file) => file.spans[system]?.lastInstant ?? []);
    return {
      coveredTypes: new Set(
        movementFiles.flatMap((file) => file.types.filter((entry) => entry.system === system).map(({ type }) => type)),
      ),
      reachInstant: instants.length === 0 ? null : Math.max(...instants),
    };
  };
  return {
    ...scope,
    movements: { ...scope.movements, mayOverlap: filesOverlap(movementFiles) },
    snapshots: snapshotFiles.filter((file) => file.periodId === scope.periodId),
    reach: { erp: reachOf('erp'), storefront: reachOf('storefront'), warehouse: reachOf('warehouse') },
    erpPostsOnHand: movementFiles.some(
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
  const book = workbook.get<{ time_zone: string }>('SELECT time_zone FROM workbook')!;
  const before = workbook.get<PeriodRow>('SELECT * FROM periods WHERE code = ?', previousPeriodCode(period.code));
  const periodIds = before ? [before.period_id, periodId] : [periodId];
  const words = wordsFor(book.time_zone);
  const { ruleSetId, rules } = ruleSetFor(workbook, period.code);
  const given = { startInstant: period.start_instant, cutOffInstant: period.cut_off_instant, windowHours: period.window_hours };
  const bounds = readBounds(workbook, periodId, given, book.time_zone, before?.state === 'locked');
  return {
    periodId,
    code: period.code,
    state: period.state,
    startInstant: period.start_instant,
    cutOffInstant: period.cut_off_instant,
    windowHours: period.window_hours,
    boundsAt: bounds.at,
    reconciledInstant: period.reconciled_instant,
    currency: closingCurrency(workbook, period.code),
    timeZone: book.time_zone,
    words,
    previous: before ? { periodId: before.period_id, code: before.code, isLocked: before.state === 'locked' } : null,
    movements: movementScope(workbook, periodIds),
    rules,
    ruleSetId,
    truthRules: truthRulesAt(workbook, rules),
    materialityMinor: materialityFor(workbook, period.code),
    riskWindows: workbook
      .all<{ kind: RiskKind; item_id: number | null; location_id: number | null }>(
        'SELECT kind, item_id, location_id FROM risk_windows WHERE from_instant < ? AND until_instant > ?',
        period.cut_off_instant,
        period.start_instant,
      )
      .map((row) => ({ kind: row.kind, itemId: row.item_id, locationId: row.location_id })),
    locationByName: readLocationNames(workbook),
  };
}

/** Each location's number with its own start and cut-off, for SQL. */
export const boundsByLocation = (workbook: ReadableWorkbook, { boundsAt }: PeriodScope): readonly (readonly [number, number, number])[] =>
  listLocations(workbook).map(({ location_id }) => {
    const { startInstant, cutOffInstant } = boundsAt(location_id);
    return [location_id, startInstant, cutOffInstant] as const;
  });

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
