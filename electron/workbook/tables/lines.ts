/**
 * Lines: the reconciled state of a period; what its columns, filters and statuses are in SQL. Pages are read in `line-pages.ts`.
 *
 * Only columns named here can be sorted or filtered by, so no text of a request becomes SQL.
 */
import type { LineColumn, LineFilter, LineGrouping, LineStatus } from '@shared/domain/lines';
import { VARIANCE_KINDS, type Cause, type VarianceClass } from '@shared/domain/variance';
import { anyCaseSql, CHANGED_SQL, CHECKS_WAITING_SQL, NEXT_STEP_SQL } from './follow-up';
import { columnConditions, smallLetters } from './line-column-filters';
import { codeBeforeSql } from './period-codes';
import type { ReadableWorkbook, SqlValue } from '../workbook';

/**
 * How a line stands, from what the rules and people said of it; of lines `l` and tags `t`. A reason that was given for other
 * figures has to be confirmed before it counts.
 */
export const STATUS_SQL = `CASE WHEN t.approved_journal_id IS NOT NULL THEN 'approved' WHEN l.cleared_by IS NOT NULL THEN 'cleared'
  WHEN t.reason_code IS NOT NULL AND t.owner IS NOT NULL AND NOT ${CHANGED_SQL} THEN 'tagged' ELSE 'open' END`;

/**
 * A person has given the line a reason of class physical: what the documents do not explain of the count is confirmed as
 * shrinkage, found stock, damage and the like, which is for a person to say and never for the engine to assume.
 */
export const IS_CONFIRMED_SQL = `(t.owner IS NOT NULL AND EXISTS (
  SELECT 1 FROM reason_codes r WHERE r.reason_code = t.reason_code AND r.class = 'physical') AND NOT ${CHANGED_SQL})`;

/** What neither a document nor a person explains. */
export const HOLDS_UNEXPLAINED_SQL = `((coalesce(l.count_residual_scaled, 0) <> 0 AND NOT ${IS_CONFIRMED_SQL})
  OR coalesce(l.channel_residual_scaled, 0) <> 0 OR coalesce(l.ledger_residual_scaled, 0) <> 0)`;

/** The line's dominant class, with a person's word for what the engine leaves unexplained. */
export const CLASS_SQL = `CASE WHEN l.class = 'unexplained' AND coalesce(l.count_residual_scaled, 0) <> 0 AND ${IS_CONFIRMED_SQL} THEN 'physical' ELSE l.class END`;

export const TAGS_SQL = 'LEFT JOIN tags t ON t.period_id = l.period_id AND t.stock_key_id = l.stock_key_id';

export const HAS_VARIANCE_SQL = `(coalesce(l.count_variance_scaled, 0) <> 0 OR coalesce(l.channel_variance_scaled, 0) <> 0
  OR coalesce(l.ledger_variance_scaled, 0) <> 0)`;

/** Line `l` is in the index `lines_to_see`: a person has to look at it, or it has a variance. Every other line was let pass without one. */
export const TO_SEE_SQL = '(l.cleared_by IS NULL OR l.class IS NOT NULL OR l.variance_scaled <> 0)';

/** Whether line `l` repeats line `before` of the period before: the same residual to the unit, or the same cause, both exceptions. */
export function recursWith(before: string): string {
  const same = VARIANCE_KINDS.map((kind) => `(l.${kind}_residual_scaled <> 0 AND l.${kind}_residual_scaled = ${before}.${kind}_residual_scaled)`);
  return `(${same.join(' OR ')} OR (l.cleared_by IS NULL AND ${before}.cleared_by IS NULL AND l.cause = ${before}.cause))`;
}

/** Whether line `l` with its tag `t` holds units of a class, or of one cause of it; the parameters carry the words. */
function holdsSql(part: { readonly class: VarianceClass; readonly cause?: Cause | undefined }, name: string): string {
  const firm = `EXISTS (SELECT 1 FROM components c WHERE c.period_id = l.period_id AND c.stock_key_id = l.stock_key_id
    AND c.suggested = 0 AND c.class = @${name}Class${part.cause === undefined ? '' : ` AND c.cause = @${name}Cause`})`;
  const isOfResidual = part.cause === undefined || part.cause === 'residual';
  if (part.class === 'unexplained' && isOfResidual) return `(${HOLDS_UNEXPLAINED_SQL} OR ${firm})`;
  if (part.class === 'physical' && isOfResidual) return `((l.count_residual_scaled <> 0 AND ${IS_CONFIRMED_SQL}) OR ${firm})`;
  return firm;
}

const HAS_SUGGESTION_SQL =
  'EXISTS (SELECT 1 FROM components c WHERE c.period_id = l.period_id AND c.stock_key_id = l.stock_key_id AND c.suggested = 1)';

/** How many rows of a table stand for line `l`: an index alone answers it. */
const standing = (table: string) => `(SELECT count(*) FROM ${table} s WHERE s.period_id = l.period_id AND s.stock_key_id = l.stock_key_id AND s.withdrawn_instant IS NULL)`;

/** Each column of the grid as an expression over lines, their names and their tags. */
export const COLUMN_SQL: Readonly<Record<LineColumn, string>> = {
  stockKeyId: 'l.stock_key_id',
  sku: 'i.sku',
  itemName: 'i.name',
  location: 'o.code',
  tier: 'l.tier',
  unitCostScaled: 'l.unit_cost_scaled',
  openingScaled: 'l.opening_scaled',
  erpOnHandScaled: 'l.erp_on_hand_scaled',
  erpAtCutOffScaled: 'l.erp_at_cut_off_scaled',
  storefrontAvailableScaled: 'l.storefront_available_scaled',
  storefrontAtCutOffScaled: 'l.storefront_at_cut_off_scaled',
  countedScaled: 'l.counted_scaled',
  countedAtCutOffScaled: 'l.counted_at_cut_off_scaled',
  identityScaled: 'l.identity_scaled',
  rollForwardScaled: 'l.roll_forward_scaled',
  countVarianceScaled: 'l.count_variance_scaled',
  countResidualScaled: 'l.count_residual_scaled',
  channelVarianceScaled: 'l.channel_variance_scaled',
  channelResidualScaled: 'l.channel_residual_scaled',
  ledgerVarianceScaled: 'l.ledger_variance_scaled',
  ledgerResidualScaled: 'l.ledger_residual_scaled',
  adjustmentScaled: 'l.adjustment_scaled',
  varianceScaled: 'l.variance_scaled',
  valueMinor: 'CASE WHEN l.unit_cost_scaled IS NOT NULL THEN l.variance_minor END',
  class: CLASS_SQL,
  cause: 'l.cause',
  status: STATUS_SQL,
  reasonCode: 't.reason_code',
  owner: 't.owner',
  suggestedOwner: 'l.suggested_owner',
  dueInstant: 'coalesce(t.due_instant, l.due_instant)',
  note: "coalesce(t.note, '')",
  clearedBy: 'l.cleared_by',
  priority: 'l.priority',
  ageDays: 'l.age_days',
  nextStep: NEXT_STEP_SQL,
  hasSuggestion: HAS_SUGGESTION_SQL,
  tagRevision: 'coalesce(t.revision, 0)',
  ageCloses: 'l.age_closes',
  changedSinceTag: `coalesce(${CHANGED_SQL}, 0)`,
  checksWaiting: `coalesce(${CHECKS_WAITING_SQL}, 0)`,
  recountAsked: '(l.recount_why IS NOT NULL)',
  evidenceCount: `(${standing('attachments')} + ${standing('line_notes')})`,
  attachmentCount: standing('attachments'),
};
/** Columns that SQLite answers as 0 or 1. */
export const BOOLEAN_COLUMNS: ReadonlySet<LineColumn> = new Set(['hasSuggestion', 'changedSinceTag', 'checksWaiting', 'recountAsked']);

/** By what lines are put into groups: as a person reads it, so whoever is proposed owns a line until somebody is set. */
export const GROUP_SQL: Readonly<Record<LineGrouping, string>> = {
  owner: 'coalesce(t.owner, l.suggested_owner)',
  class: CLASS_SQL,
  location: 'o.code',
  reasonCode: 't.reason_code',
  status: STATUS_SQL,
};

/** Columns whose order goes by size and not by sign: the largest trouble first, whichever way it points. */
export const SORTED_BY_SIZE: ReadonlySet<LineColumn> = new Set([
  'countVarianceScaled',
  'countResidualScaled',
  'channelVarianceScaled',
  'channelResidualScaled',
  'ledgerVarianceScaled',
  'ledgerResidualScaled',
  'adjustmentScaled',
  'varianceScaled',
  'valueMinor',
]);

/**
 * Of the period before by the calendar, `b` is the same line: its residual of one kind is the same to the unit, or both
 * are exceptions of the same cause.
 */
const RECURS_SQL = `EXISTS (SELECT 1 FROM periods p JOIN periods q ON q.code = ${codeBeforeSql('p')}
  JOIN lines b ON b.period_id = q.period_id AND b.stock_key_id = l.stock_key_id WHERE p.period_id = l.period_id AND ${recursWith('b')})`;

const FROM_SQL = `FROM lines l JOIN stock_keys k ON k.stock_key_id = l.stock_key_id JOIN items i ON i.item_id = k.item_id
  JOIN locations o ON o.location_id = k.location_id
  ${TAGS_SQL}`;

interface Where {
  readonly sql: string;
  readonly parameters: Readonly<Record<string, SqlValue>>;
}

/** Whether a filter lets through only lines of the index `lines_to_see`, and says so in its conditions. */
export const isOfLinesToSee = ({ classes, statuses, onlyExceptions, onlyNonZero }: LineFilter): boolean =>
  classes !== undefined || onlyExceptions === true || onlyNonZero === true || (statuses?.every((status) => status === 'open' || status === 'tagged') ?? false);

/** The conditions of a filter over lines `l`, their names `i` and `o`, and their tags `t`. */
export function whereOf(periodId: number, filter: LineFilter): Where {
  const conditions = ['l.period_id = @periodId'];
  const parameters: Record<string, SqlValue> = { periodId };
  const anyOf = (expression: string, name: string, values: readonly string[] | undefined) => {
    if (!values) return;
    parameters[name] = JSON.stringify(values);
    conditions.push(`${expression} IN (SELECT value FROM json_each(@${name}))`);
  };
  if (filter.text) {
    parameters['text'] = smallLetters(filter.text);
    conditions.push('(instr(lower(i.sku), @text) > 0 OR instr(lower(i.name), @text) > 0)');
  }
  anyOf('o.code', 'locations', filter.locations);
  anyOf(CLASS_SQL, 'classes', filter.classes);
  // What a condition implies of the few lines to see is said beside it, so that SQLite reads only those.
  if (filter.classes) conditions.push('l.class IS NOT NULL');
  anyOf('l.cause', 'causes', filter.causes);
  anyOf(STATUS_SQL, 'statuses', filter.statuses);
  if (filter.statuses && isOfLinesToSee({ statuses: filter.statuses })) conditions.push('l.cleared_by IS NULL');
  anyOf('coalesce(t.owner, l.suggested_owner)', 'owners', filter.owners);
  anyOf('t.reason_code', 'reasonCodes', filter.reasonCodes);
  anyOf('l.tier', 'tiers', filter.tiers);
  if (filter.onlyExceptions) conditions.push('l.cleared_by IS NULL');
  if (filter.onlyNonZero) conditions.push(HAS_VARIANCE_SQL, TO_SEE_SQL);
  if (filter.onlySuggested) conditions.push(HAS_SUGGESTION_SQL);
  if (filter.onlyAttached) conditions.push('l.stock_key_id IN (SELECT stock_key_id FROM attachments WHERE period_id = @periodId AND withdrawn_instant IS NULL)');
  if (filter.cases) conditions.push(anyCaseSql(filter.cases));
  if (filter.stockKeyIds) {
    parameters['stockKeyIds'] = JSON.stringify(filter.stockKeyIds);
    conditions.push('l.stock_key_id IN (SELECT value FROM json_each(@stockKeyIds))');
  }
  if (filter.onlyRecurring) conditions.push(RECURS_SQL);
  const within = (column: string, name: 'ageDays' | 'ageCloses') => {
    for (const [end, sign] of [['From', '>='], ['Until', '<=']] as const) {
      const bound = filter[`${name}${end}`];
      if (bound === undefined) continue;
      parameters[`${name}${end}`] = bound;
      conditions.push(`${column} ${sign} @${name}${end}`);
    }
  };
  within('l.age_days', 'ageDays');
  within('l.age_closes', 'ageCloses');
  if (filter.ageClosesUnknown) conditions.push('l.age_closes IS NULL');
  if (filter.holds) {
    const parts = filter.holds.map((part, index) => {
      parameters[`holds${index}Class`] = part.class;
      if (part.cause !== undefined) parameters[`holds${index}Cause`] = part.cause;
      return holdsSql(part, `holds${index}`);
    });
    conditions.push(parts.length === 0 ? '0' : `(${parts.join(' OR ')})`);
  }
  if (filter.columns) {
    const { sql, values } = columnConditions(filter.columns, COLUMN_SQL);
    conditions.push(...sql);
    Object.assign(parameters, values);
  }
  return { sql: conditions.join(' AND '), parameters };
}

export interface LineRow {
  readonly stock_key_id: number;
  readonly unit_cost_scaled: number | null;
  readonly tier: 'A' | 'B' | 'C';
  readonly opening_scaled: number | null;
  readonly erp_on_hand_scaled: number | null;
  readonly erp_at_cut_off_scaled: number | null;
  readonly storefront_available_scaled: number | null;
  readonly storefront_at_cut_off_scaled: number | null;
  readonly counted_scaled: number | null;
  readonly counted_at_cut_off_scaled: number | null;
  readonly identity_scaled: number | null;
  readonly roll_forward_scaled: number | null;
  readonly counted_instant: number | null;
  readonly count_variance_scaled: number | null;
  readonly count_residual_scaled: number | null;
  readonly channel_variance_scaled: number | null;
  readonly channel_residual_scaled: number | null;
  readonly ledger_variance_scaled: number | null;
  readonly ledger_residual_scaled: number | null;
  readonly adjustment_scaled: number;
  readonly variance_scaled: number;
  readonly variance_minor: number;
  readonly class: VarianceClass | null;
  readonly cause: Cause | null;
  readonly cleared_by: string | null;
  readonly suggested_owner: 'warehouse' | 'operations' | 'finance' | null;
  readonly routed_by: string | null;
  /** What a person has to answer first, else what the reconciliation proposed. */
  readonly shown_next_step: string;
  readonly due_instant: number | null;
  readonly age_days: number;
  readonly priority: number;
  readonly age_closes: number | null;
  readonly recount_why: string | null;
  readonly rule_version: string;
  readonly rule_set_id: number | null;
  readonly line_truth_id: number | null;
  readonly status: LineStatus;
}

/** One line with its status; undefined where the period has no such line. */
export const readLine = (workbook: ReadableWorkbook, periodId: number, stockKeyId: number): LineRow | undefined =>
  workbook.get<LineRow>(
    `SELECT l.*, ${STATUS_SQL} AS status, ${NEXT_STEP_SQL} AS shown_next_step FROM lines l LEFT JOIN tags t ON t.period_id = l.period_id AND t.stock_key_id = l.stock_key_id
     WHERE l.period_id = ? AND l.stock_key_id = ?`,
    periodId,
    stockKeyId,
  );

/** The keys of a period's lines in the order of SKU and location. */
export const readLineKeys = (
  workbook: ReadableWorkbook,
  periodId: number,
  filter: LineFilter & { readonly sku?: string; readonly location?: string },
): readonly number[] => {
  const { sku, location, ...rest } = filter;
  const where = whereOf(periodId, rest);
  return workbook
    .all<{ stock_key_id: number }>(
      `SELECT l.stock_key_id ${FROM_SQL} WHERE ${where.sql} AND i.sku = coalesce(@sku, i.sku) AND o.code = coalesce(@location, o.code)
       ORDER BY i.sku, o.code`,
      { ...where.parameters, sku: sku ?? null, location: location ?? null },
    )
    .map((row) => row.stock_key_id);
};

export interface ClassTally {
  readonly class: VarianceClass;
  readonly units_scaled: number;
  readonly value: bigint;
}

/** A value sum in SQL as two whole numbers, each far from overflow: whole currency units per quantity step, and millionths. */
export const VALUE_SUMS = (quantity: string) =>
  `CAST(coalesce(sum(abs(${quantity}) * (l.unit_cost_scaled / 1000000)), 0) AS TEXT) AS whole,
   CAST(coalesce(sum(abs(${quantity}) * (l.unit_cost_scaled % 1000000)), 0) AS TEXT) AS millionths`;

export const exactOf = (row: { readonly whole: string; readonly millionths: string }): bigint =>
  BigInt(row.whole) * 1_000_000n + BigInt(row.millionths);

/**
 * Absolute units and exact values (quantity times unit cost) of a period: firm components by class, residuals as unexplained
 * unless a person has confirmed them.
 */
export function tallyByClass(workbook: ReadableWorkbook, periodId: number): readonly ClassTally[] {
  const firm = workbook.all<{ class: VarianceClass; units_scaled: number; whole: string; millionths: string }>(
    `SELECT c.class, sum(abs(c.quantity_scaled)) AS units_scaled, ${VALUE_SUMS('c.quantity_scaled')}
     FROM components c JOIN lines l ON l.period_id = c.period_id AND l.stock_key_id = c.stock_key_id
     WHERE c.period_id = ? AND c.suggested = 0 GROUP BY c.class`,
    periodId,
  );
  const residuals = (['count', 'channel', 'ledger'] as const).flatMap((kind) =>
    workbook.all<{ class: VarianceClass; units_scaled: number; whole: string; millionths: string }>(
      `SELECT CASE WHEN ${kind === 'count' ? IS_CONFIRMED_SQL : '0'} THEN 'physical' ELSE 'unexplained' END AS class,
         sum(abs(l.${kind}_residual_scaled)) AS units_scaled, ${VALUE_SUMS(`l.${kind}_residual_scaled`)}
       FROM lines l ${TAGS_SQL} WHERE l.period_id = ? AND ${TO_SEE_SQL} AND l.${kind}_residual_scaled <> 0 GROUP BY 1`,
      periodId,
    ),
  );
  return [
    ...[...firm, ...residuals].map((row) => ({ class: row.class, units_scaled: row.units_scaled, value: exactOf(row) })),
  ];
}

export interface StatusTally {
  readonly status: LineStatus;
  readonly class: VarianceClass | null;
  readonly lines: number;
  readonly with_variance: number;
  readonly without_cost: number;
  readonly units_scaled: number;
  readonly value_minor: number;
  readonly unexplained: number;
}

const TALLY_SQL = `SELECT ${STATUS_SQL} AS status, ${CLASS_SQL} AS class, count(*) AS lines, sum(${HAS_VARIANCE_SQL}) AS with_variance,
  sum(l.unit_cost_scaled IS NULL AND ${HAS_VARIANCE_SQL}) AS without_cost, sum(abs(l.variance_scaled)) AS units_scaled,
  sum(abs(l.variance_minor)) AS value_minor, sum(${HOLDS_UNEXPLAINED_SQL}) AS unexplained`;

/** Lines by status and dominant class, each with the sums of its lines' largest variances. Lines that were let pass without one are only counted. */
export function tallyByStatus(workbook: ReadableWorkbook, periodId: number): readonly StatusTally[] {
  const toSee = workbook.all<StatusTally>(`${TALLY_SQL} FROM lines l ${TAGS_SQL} WHERE l.period_id = ? AND ${TO_SEE_SQL} GROUP BY 1, 2`, periodId);
  const approved = workbook.all<StatusTally>(
    `${TALLY_SQL} FROM tags t CROSS JOIN lines l ON l.period_id = t.period_id AND l.stock_key_id = t.stock_key_id
     WHERE t.period_id = ? AND t.approved_journal_id IS NOT NULL AND NOT ${TO_SEE_SQL} GROUP BY 1, 2`,
    periodId,
  );
  const { lines } = workbook.get<{ lines: number }>('SELECT count(*) AS lines FROM lines WHERE period_id = ?', periodId)!;
  const rest = [...toSee, ...approved].reduce((left, tally) => left - tally.lines, lines);
  const passed: StatusTally = { status: 'cleared', class: null, lines: rest, with_variance: 0, without_cost: 0, units_scaled: 0, value_minor: 0, unexplained: 0 };
  return [...toSee, ...approved, ...(rest > 0 ? [passed] : [])];
}
