/**
 * How the lines of a period stand under rules: as they were reconciled, and as other rules would have it.
 *
 * Only lines that hold a variance, or on which nothing could be compared, stand under a rule that can change; the rest
 * passes whatever the rules say. Read in key order with their components beside them, one line at a time.
 */
import type { TracedVariance } from '@shared/domain/explanation/explain';
import type { TracedComponent } from '@shared/domain/explanation/rule';
import { exactValue, roundToMinor } from '@shared/domain/money';
import { timingScaled } from '@shared/domain/routing';
import type { LineStanding } from '@shared/domain/rule-effects';
import type { RuleSet } from '@shared/domain/rules';
import type { Owner } from '@shared/domain/terms';
import { NOT_COUNTED, TOLERANCE_PREFIX } from '@shared/domain/tolerance';
import { VARIANCE_KINDS, type Cause, type VarianceClass, type VarianceKind } from '@shared/domain/variance';
import { REASON_STANDS_SQL } from '../../workbook/tables/follow-up';
import type { ReadableWorkbook } from '../../workbook/workbook';
import { LineDecisions, type DecidedRow } from '../reconciliation/line-decisions';
import { LineNames } from '../reconciliation/line-facts';
import type { PeriodScope } from '../reconciliation/scope';

interface StoredRow extends DecidedRow {
  readonly stock_key_id: number;
  readonly item_id: number;
  readonly sku: string;
  readonly category: string | null;
  readonly location_id: number;
  readonly location: string;
  readonly count_variance_scaled: number | null;
  readonly count_residual_scaled: number | null;
  readonly channel_variance_scaled: number | null;
  readonly channel_residual_scaled: number | null;
  readonly ledger_variance_scaled: number | null;
  readonly ledger_residual_scaled: number | null;
  readonly cleared_by: string | null;
  readonly suggested_owner: Owner | null;
  readonly routed_by: string | null;
  readonly due_instant: number | null;
  readonly priority: number;
  readonly tag_owner: Owner | null;
  readonly tag_posts: 0 | 1;
}

interface ComponentRow {
  readonly stock_key_id: number;
  readonly kind: VarianceKind;
  readonly class: VarianceClass;
  readonly cause: Cause;
  readonly quantity_scaled: number;
  readonly suggested: 0 | 1;
  readonly documents: string;
  readonly twin_stock_key_id: number | null;
}

/** A line with what the rules say of it. */
export interface StandingLine {
  readonly stockKeyId: number;
  readonly sku: string;
  readonly location: string;
  readonly tier: 'A' | 'B' | 'C';
  readonly standing: LineStanding;
  /** What is not timing, by kind; kinds without variance left out. */
  readonly exceptional: Readonly<Partial<Record<VarianceKind, number>>>;
  /** The largest of these, signed, and what it is worth; 0 where no cost is known. */
  readonly standsScaled: number;
  readonly standsMinor: number;
  /** All variances, to see whether figures moved. */
  readonly figures: string;
  /** A person gave it a reason that posts, for the figures it has or in an approved journal. */
  readonly isBooked: boolean;
  readonly taggedOwner: Owner | null;
}

export type Standings = ReadonlyMap<number, StandingLine>;

const STORED = `SELECT l.*, k.item_id, i.sku, i.category, k.location_id, o.code AS location, t.owner AS tag_owner,
    coalesce(r.posting = 'adjust' AND ${REASON_STANDS_SQL}, 0) AS tag_posts
  FROM lines l JOIN stock_keys k ON k.stock_key_id = l.stock_key_id JOIN items i ON i.item_id = k.item_id
  JOIN locations o ON o.location_id = k.location_id
  LEFT JOIN tags t ON t.period_id = l.period_id AND t.stock_key_id = l.stock_key_id
  LEFT JOIN reason_codes r ON r.reason_code = t.reason_code
  WHERE l.period_id = ? AND (l.count_variance_scaled <> 0 OR l.channel_variance_scaled <> 0 OR l.ledger_variance_scaled <> 0
    OR l.cleared_by IS NULL OR l.cleared_by = '${NOT_COUNTED}') ORDER BY l.stock_key_id`;

const COMPONENTS = `SELECT stock_key_id, kind, class, cause, quantity_scaled, suggested, documents, twin_stock_key_id
  FROM components WHERE period_id = ? ORDER BY stock_key_id, kind, position`;

const componentOf = (row: ComponentRow): TracedComponent => ({
  class: row.class,
  cause: row.cause,
  quantityScaled: row.quantity_scaled,
  suggested: row.suggested === 1,
  rule: '',
  sentence: '',
  documents: JSON.parse(row.documents) as string[],
  evidence: [],
  twinStockKeyId: row.twin_stock_key_id,
  // Ages do not depend on rules, and stay as they were reconciled.
  sinceInstant: null,
});

function variancesOf(row: StoredRow, components: readonly ComponentRow[]): readonly TracedVariance[] {
  return VARIANCE_KINDS.flatMap((kind) => {
    const quantityScaled = row[`${kind}_variance_scaled`];
    if (!quantityScaled) return [];
    const own = components.filter((component) => component.kind === kind).map(componentOf);
    return [{ kind, quantityScaled, components: own, residualScaled: row[`${kind}_residual_scaled`] ?? 0 }];
  });
}

function* storedLines(workbook: ReadableWorkbook, periodId: number): Generator<readonly [StoredRow, readonly TracedVariance[]]> {
  const components = workbook.iterate<ComponentRow>(COMPONENTS, periodId);
  try {
    let next = components.next();
    for (const row of workbook.iterate<StoredRow>(STORED, periodId)) {
      const own: ComponentRow[] = [];
      for (; !next.done && next.value.stock_key_id <= row.stock_key_id; next = components.next())
        if (next.value.stock_key_id === row.stock_key_id) own.push(next.value);
      yield [row, variancesOf(row, own)];
    }
  } finally {
    // Left open, it would keep the connection from writing.
    components.return?.();
  }
}

function standingLine(row: StoredRow, variances: readonly TracedVariance[], standing: LineStanding, currency: string): StandingLine {
  const exceptional: Partial<Record<VarianceKind, number>> = {};
  let standsScaled = 0;
  for (const variance of variances) {
    const scaled = variance.quantityScaled - timingScaled(variance);
    exceptional[variance.kind] = scaled;
    if (Math.abs(scaled) > Math.abs(standsScaled)) standsScaled = scaled;
  }
  return {
    stockKeyId: row.stock_key_id,
    sku: row.sku,
    location: row.location,
    tier: row.tier,
    standing,
    exceptional,
    standsScaled,
    standsMinor: row.unit_cost_scaled === null ? 0 : roundToMinor(exactValue(standsScaled, row.unit_cost_scaled), currency),
    figures: VARIANCE_KINDS.map((kind) => row[`${kind}_variance_scaled`]).join(' '),
    isBooked: row.tag_posts === 1,
    taggedOwner: row.tag_owner,
  };
}

const storedStanding = (row: StoredRow): LineStanding => ({
  clearedBy: row.cleared_by,
  owner: row.suggested_owner,
  routedBy: row.routed_by,
  dueInstant: row.due_instant,
  priority: row.priority,
});

/** The lines as they were reconciled. */
export function standingsOf(workbook: ReadableWorkbook, scope: Pick<PeriodScope, 'periodId' | 'currency'>): Standings {
  const standings = new Map<number, StandingLine>();
  for (const [row, variances] of storedLines(workbook, scope.periodId))
    standings.set(row.stock_key_id, standingLine(row, variances, storedStanding(row), scope.currency));
  return standings;
}

/** The same lines, with their stored variances, under other rules. */
export function standingsUnder(workbook: ReadableWorkbook, scope: PeriodScope, rules: RuleSet): Standings {
  const names = new LineNames(workbook);
  const decisions = new LineDecisions({ ...scope, rules }, (stockKeyId) => names.of(stockKeyId));
  const standings = new Map<number, StandingLine>();
  for (const [row, variances] of storedLines(workbook, scope.periodId)) {
    const place = { itemId: row.item_id, sku: row.sku, category: row.category, locationId: row.location_id, location: row.location };
    let standing: LineStanding;
    if (variances.length === 0) {
      const due = decisions.dueAfterDays(row.tier === 'A' ? rules.due.urgentDays : rules.due.days, row.location_id);
      standing = { ...storedStanding(row), dueInstant: due };
    } else {
      const outcome = decisions.outcomeOf(row, place, variances);
      const { clearedBy, suggestedOwner: owner, routedBy, dueInstant, priority } = outcome;
      standing = { clearedBy, owner, routedBy, dueInstant, priority };
    }
    standings.set(row.stock_key_id, standingLine(row, variances, standing, scope.currency));
  }
  return standings;
}

export const isLetPass = ({ standing }: StandingLine): boolean => standing.clearedBy?.startsWith(TOLERANCE_PREFIX) ?? false;

/** Whether what a line let stand is there again, or more of it, on the same line of the next period. */
export function stayed(line: StandingLine, next: Standings | undefined): boolean {
  const later = next?.get(line.stockKeyId);
  if (!later) return false;
  return VARIANCE_KINDS.some((kind) => {
    const [then, now] = [line.exceptional[kind] ?? 0, later.exceptional[kind] ?? 0];
    return then !== 0 && Math.sign(then) === Math.sign(now) && Math.abs(now) >= Math.abs(then);
  });
}

/** Whether people booked the line of the next period, with a difference that points the same way. */
function bookedLater(line: StandingLine, next: Standings | undefined): boolean {
  const later = next?.get(line.stockKeyId);
  if (!later?.isBooked) return false;
  return VARIANCE_KINDS.some((kind) => Math.sign(line.exceptional[kind] ?? 0) * Math.sign(later.exceptional[kind] ?? 0) > 0);
}

/** Whether what a line let pass was real after all: booked then or in the next period, or there again. */
export const wasReal = (line: StandingLine, next: Standings | undefined): boolean =>
  line.isBooked || stayed(line, next) || bookedLater(line, next);

/** Under which rule a line stands, without its figures: `tolerance tier B`, a route's name. */
export function ruleOf({ clearedBy, routedBy, owner }: LineStanding): { readonly rule: string; readonly clears: boolean } {
  if (clearedBy !== null) return { rule: clearedBy.split(':')[0]!, clears: true };
  return { rule: routedBy ?? (owner === null ? 'not routed' : 'sent without a route'), clears: false };
}
