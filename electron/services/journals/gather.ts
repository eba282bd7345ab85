/**
 * Gathers what a journal is made from: tagged lines with their reason, adjustment, cost and explanation.
 */
import type { PostingLine } from '@shared/domain/journal';
import { CHANGED_SQL, REASON_STANDS_SQL } from '../../workbook/tables/follow-up';
import type { ReadableWorkbook } from '../../workbook/workbook';

/** A line with a reason and an owner that no journal has taken up yet, whether its reason posts or not. */
export interface TaggedLine {
  readonly stock_key_id: number;
  readonly sku: string;
  readonly item_name: string;
  readonly location_id: number;
  readonly location: string;
  readonly tier: string;
  readonly unit_cost_scaled: number | null;
  readonly reason_code: string;
  readonly reason_name: string;
  readonly reason_class: string;
  readonly posting: 'adjust' | 'none';
  readonly inventory_account: string | null;
  readonly offset_account: string | null;
  readonly owner: string;
  readonly note: string;
  readonly tag_revision: number;
  readonly adjustment_scaled: number;
  readonly variance_minor: number;
  readonly count_variance_scaled: number | null;
  readonly count_residual_scaled: number | null;
}

const TAGGED_LINES = `
  SELECT l.stock_key_id, i.sku, i.name AS item_name, c.location_id, c.code AS location, l.tier, l.unit_cost_scaled,
         t.reason_code, r.name AS reason_name, r.class AS reason_class, r.posting, r.inventory_account, r.offset_account,
         t.owner, t.note, t.revision AS tag_revision, l.adjustment_scaled, l.variance_minor, l.count_variance_scaled, l.count_residual_scaled
  FROM lines l
  JOIN tags t USING (period_id, stock_key_id)
  JOIN reason_codes r USING (reason_code)
  JOIN stock_keys k USING (stock_key_id)
  JOIN items i USING (item_id)
  JOIN locations c USING (location_id)
  WHERE t.owner IS NOT NULL`;
const IN_ORDER = 'ORDER BY i.sku, c.code';

/** Tagged lines of a period that no journal holds; a reason given for other figures is confirmed first. */
export const linesToPost = (workbook: ReadableWorkbook, periodId: number): TaggedLine[] =>
  workbook.all<TaggedLine>(
    `${TAGGED_LINES} AND l.period_id = @period AND t.approved_journal_id IS NULL AND NOT ${CHANGED_SQL}
       AND NOT EXISTS (SELECT 1 FROM journal_reviews v JOIN journals j USING (journal_id) WHERE j.period_id = @period AND v.stock_key_id = l.stock_key_id)
     ${IN_ORDER}`,
    { period: periodId },
  );

/** The lines that a journal put before its approver, as they stand now. */
export const linesOfJournal = (workbook: ReadableWorkbook, periodId: number, journalId: number): TaggedLine[] =>
  workbook.all<TaggedLine>(
    `${TAGGED_LINES} AND l.period_id = @period AND l.stock_key_id IN (SELECT stock_key_id FROM journal_reviews WHERE journal_id = @journal) ${IN_ORDER}`,
    { period: periodId, journal: journalId },
  );

/** Exceptions without reason or owner, or with a reason for other figures: no journal takes them up. */
export const untaggedExceptions = (workbook: ReadableWorkbook, periodId: number): number =>
  Number(
    workbook.sum(
      `SELECT count(*) FROM lines l LEFT JOIN tags t USING (period_id, stock_key_id)
       WHERE l.period_id = ? AND l.cleared_by IS NULL AND NOT ${REASON_STANDS_SQL}`,
      periodId,
    ),
  );

/** Whether a line books anything. */
export const posts = (line: TaggedLine): boolean => line.posting === 'adjust' && line.adjustment_scaled !== 0;

/** Posting lines without unit cost, named: they cannot be valued. */
export const withoutCost = (lines: readonly TaggedLine[]): string[] =>
  lines.filter((line) => posts(line) && line.unit_cost_scaled === null).map((line) => `${line.sku} ${line.location}`);

/** What `buildJournalLines` takes; lines without cost are left out and named by `withoutCost`. */
export const postingLines = (lines: readonly TaggedLine[]): PostingLine[] =>
  lines
    .filter((line) => posts(line) && line.unit_cost_scaled !== null)
    .map((line) => ({
      stockKeyId: line.stock_key_id,
      sku: line.sku,
      locationId: line.location_id,
      location: line.location,
      reasonCode: line.reason_code,
      reasonName: line.reason_name,
      // A reason that posts names both accounts: a CHECK of the table.
      inventoryAccount: line.inventory_account!,
      offsetAccount: line.offset_account!,
      adjustmentScaled: line.adjustment_scaled,
      unitCostScaled: line.unit_cost_scaled!,
    }));

export interface LineComponents {
  readonly byClass: ReadonlyMap<string, number>;
  readonly documents: readonly string[];
}

/** The firm components of a line's count variance by class, and every document behind its variances. */
export function componentsOf(workbook: ReadableWorkbook, periodId: number, stockKeyId: number): LineComponents {
  const byClass = new Map<string, number>();
  const documents = new Set<string>();
  const rows = workbook.all<{ kind: string; class: string; quantity_scaled: number; suggested: number; documents: string }>(
    'SELECT kind, class, quantity_scaled, suggested, documents FROM components WHERE period_id = ? AND stock_key_id = ? ORDER BY kind, position',
    periodId, stockKeyId,
  );
  for (const row of rows) {
    for (const document of JSON.parse(row.documents) as string[]) documents.add(document);
    if (row.kind === 'count' && row.suggested === 0) byClass.set(row.class, (byClass.get(row.class) ?? 0) + row.quantity_scaled);
  }
  return { byClass, documents: [...documents] };
}
