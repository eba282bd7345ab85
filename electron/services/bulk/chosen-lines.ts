/**
 * The lines that a bulk change is for, with all that deciding needs, in the order of the listing they were chosen in.
 */
import { type BulkTarget, periodOfTarget } from '@shared/domain/bulk';
import type { BulkLine } from '@shared/domain/bulk-decide';
import type { TaggedFigures } from '@shared/domain/follow-up/shapes';
import type { LineStatus, Owner } from '@shared/domain/lines';
import type { VarianceClass } from '@shared/domain/variance';
import { CHANGED_SQL, NEEDS_CHECK_SQL } from '../../workbook/tables/follow-up';
import { listingOf } from '../../workbook/tables/line-listings';
import { CLASS_SQL, STATUS_SQL, TAGS_SQL } from '../../workbook/tables/lines';
import type { ReadableWorkbook } from '../../workbook/workbook';

export interface ChosenLine extends BulkLine {
  readonly stockKeyId: number;
  readonly sku: string;
  readonly location: string;
  /** Whether the line has a tag, whatever it says. */
  readonly isTagged: boolean;
  readonly revision: number;
  /** The figures kept with the tag. */
  readonly givenBefore: TaggedFigures | undefined;
  /** The figures that stand. */
  readonly figures: TaggedFigures;
}

interface ChosenRow {
  readonly stock_key_id: number;
  readonly sku: string;
  readonly location: string;
  readonly status: LineStatus;
  readonly class: VarianceClass | null;
  readonly cleared_by: string | null;
  readonly suggested_owner: Owner | null;
  readonly value_minor: number | null;
  readonly count_scaled: number | null;
  readonly channel_scaled: number | null;
  readonly ledger_scaled: number | null;
  readonly adjustment_scaled: number;
  readonly reason_code: string | null;
  readonly owner: Owner | null;
  readonly note: string | null;
  readonly due_instant: number | null;
  readonly revision: number | null;
  readonly is_changed: 0 | 1 | null;
  readonly given_instant: number | null;
  readonly given_count_scaled: number | null;
  readonly given_channel_scaled: number | null;
  readonly given_ledger_scaled: number | null;
  readonly given_adjustment_scaled: number | null;
  readonly prepared_in: string | null;
  readonly is_unchecked: 0 | 1;
}

/** No file and no person has answered for these figures, whatever the reason is. */
const UNCHECKED_SQL = `(${NEEDS_CHECK_SQL}
  AND NOT EXISTS (SELECT 1 FROM line_checks f WHERE f.period_id = l.period_id AND f.stock_key_id = l.stock_key_id AND f.waiting = 0)
  AND NOT EXISTS (SELECT 1 FROM person_checks q WHERE q.period_id = l.period_id AND q.stock_key_id = l.stock_key_id
    AND q.count_scaled IS l.count_variance_scaled AND q.adjustment_scaled = l.adjustment_scaled))`;

/** A journal that was withdrawn goes back to draft anyway: it holds nothing back. */
const PREPARED_SQL = `(SELECT j.number FROM journals j JOIN journal_reviews v USING (journal_id)
  WHERE j.period_id = l.period_id AND j.state = 'prepared' AND j.withdrawn_instant IS NULL AND v.stock_key_id = l.stock_key_id)`;

const columnsSql = (hasJournals: boolean) => `l.stock_key_id, i.sku, o.code AS location, ${STATUS_SQL} AS status, ${CLASS_SQL} AS class, l.cleared_by, l.suggested_owner,
  CASE WHEN l.unit_cost_scaled IS NOT NULL THEN l.variance_minor END AS value_minor,
  l.count_variance_scaled AS count_scaled, l.channel_variance_scaled AS channel_scaled, l.ledger_variance_scaled AS ledger_scaled, l.adjustment_scaled,
  t.reason_code, t.owner, t.note, t.due_instant, t.revision, ${CHANGED_SQL} AS is_changed,
  t.given_instant, t.given_count_scaled, t.given_channel_scaled, t.given_ledger_scaled, t.given_adjustment_scaled,
  ${hasJournals ? PREPARED_SQL : 'NULL'} AS prepared_in, ${UNCHECKED_SQL} AS is_unchecked`;

const NAMES_SQL = 'JOIN stock_keys k ON k.stock_key_id = l.stock_key_id JOIN items i ON i.item_id = k.item_id JOIN locations o ON o.location_id = k.location_id';

function lineOf(row: ChosenRow): ChosenLine {
  return {
    stockKeyId: row.stock_key_id, sku: row.sku, location: row.location, status: row.status, class: row.class, clearedBy: row.cleared_by,
    suggestedOwner: row.suggested_owner, valueMinor: row.value_minor, adjustmentScaled: row.adjustment_scaled,
    tag: { reason: row.reason_code, owner: row.owner, note: row.note ?? '', dueInstant: row.due_instant },
    isTagged: row.revision !== null, revision: row.revision ?? 0, isChangedSince: row.is_changed === 1, preparedIn: row.prepared_in, isUnchecked: row.is_unchecked === 1,
    givenBefore:
      row.given_instant === null
        ? undefined
        : { countScaled: row.given_count_scaled, channelScaled: row.given_channel_scaled, ledgerScaled: row.given_ledger_scaled, adjustmentScaled: row.given_adjustment_scaled },
    figures: { countScaled: row.count_scaled, channelScaled: row.channel_scaled, ledgerScaled: row.ledger_scaled, adjustmentScaled: row.adjustment_scaled },
  };
}

export interface ChosenLines {
  /** How many there are. */
  readonly total: number;
  /** Each with a text of all that was read of it, to tell whether it changed since. */
  readonly lines: Iterable<readonly [line: ChosenLine, state: string]>;
}

/** Resolves a target: a filter and its order are a listing, places are places in it, keys go by SKU and location. */
export function readChosenLines(workbook: ReadableWorkbook, target: BulkTarget): ChosenLines {
  const periodId = periodOfTarget(target);
  const hasJournals = workbook.get("SELECT 1 FROM journals WHERE period_id = ? AND state = 'prepared' AND withdrawn_instant IS NULL", periodId) !== undefined;
  const columns = columnsSql(hasJournals);
  const each = function* (sql: string, parameters: Readonly<Record<string, number | string>>): Generator<readonly [ChosenLine, string]> {
    for (const row of workbook.iterate<ChosenRow>(sql, { periodId, ...parameters })) yield [lineOf(row), JSON.stringify(Object.values(row))];
  };
  if (target.kind === 'lines') {
    const keys = JSON.stringify([...new Set(target.stockKeyIds)]);
    const from = `FROM lines l ${NAMES_SQL} ${TAGS_SQL} WHERE l.period_id = @periodId AND l.stock_key_id IN (SELECT value FROM json_each(@keys))`;
    return {
      total: workbook.get<{ n: number }>(`SELECT count(*) AS n FROM lines l WHERE l.period_id = @periodId AND l.stock_key_id IN (SELECT value FROM json_each(@keys))`, { periodId, keys })!.n,
      lines: each(`SELECT ${columns} ${from} ORDER BY i.sku, o.code`, { keys }),
    };
  }
  const listing = listingOf(workbook, target.query);
  const spans = target.kind === 'filter' ? [{ from: 0, to: listing.total - 1 }] : target.spans;
  const clipped = spans.map(({ from, to }) => ({ from, to: Math.min(to, listing.total - 1) })).filter(({ from, to }) => from <= to).sort((left, right) => left.from - right.from);
  // Spans that overlap mean each line once.
  const apart: { from: number; to: number }[] = [];
  for (const { from, to } of clipped) {
    const last = apart.at(-1);
    if (last && from <= last.to + 1) last.to = Math.max(last.to, to);
    else apart.push({ from, to });
  }
  const sql = `SELECT ${columns} FROM json_each(@keys) p CROSS JOIN lines l ON l.period_id = @periodId AND l.stock_key_id = p.value ${NAMES_SQL} ${TAGS_SQL} ORDER BY p.key`;
  return {
    total: apart.reduce((sum, { from, to }) => sum + to - from + 1, 0),
    lines: (function* () {
      for (const { from, to } of apart) yield* each(sql, { keys: `[${listing.keys.subarray(from, to + 1).join(',')}]` });
    })(),
  };
}
