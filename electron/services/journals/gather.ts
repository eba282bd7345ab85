/**
 * Gathers what a journal is made from: tagged lines with their reason, what is booked, cost, accounts and explanation.
 */
import { chooseAccount } from '@shared/domain/account-map';
import type { ApprovalNeed } from '@shared/contract/journals';
import { approvalNeeds, approvalTiers } from '@shared/domain/approval-needs';
import type { PostingLine } from '@shared/domain/journal';
import { DRAFTED_KINDS, type DraftedKind, KIND_OF_POSTING, type Posting } from '@shared/domain/journal-kinds';
import type { RuleSet } from '@shared/domain/rules';
import type { Period } from '@shared/contract/workbook';
import { BOOKS_SQL, CHANGED_SQL, REASON_STANDS_SQL, REVERSED_SQL } from '../../workbook/tables/follow-up';
import { ruleSetFor } from '../../workbook/tables/rule-sets';
import type { ReadableWorkbook } from '../../workbook/workbook';
import { materialityFor } from '../../workbook/tables/period-codes';

interface TaggedRow {
  readonly stock_key_id: number;
  readonly sku: string;
  readonly item_name: string;
  readonly category: string | null;
  readonly location_id: number;
  readonly location: string;
  readonly tier: string;
  readonly unit_cost_scaled: number | null;
  readonly reason_code: string;
  readonly reason_name: string;
  readonly reason_class: string;
  readonly posting: Posting;
  readonly inventory_account: string | null;
  readonly offset_account: string | null;
  readonly owner: string;
  readonly note: string;
  readonly tag_revision: number;
  readonly adjustment_scaled: number;
  /** What its reason books, on the inventory account. */
  readonly booked_scaled: number;
  readonly variance_minor: number;
  readonly count_variance_scaled: number | null;
  readonly count_residual_scaled: number | null;
  readonly has_attachment: number;
}

/** A line with a reason and an owner, whether its reason posts or not; its accounts are those that the rules choose. */
export interface TaggedLine extends TaggedRow {
  readonly inventory_rule: string;
  readonly offset_rule: string;
}

const TAGGED_LINES = `
  SELECT l.stock_key_id, i.sku, i.name AS item_name, nullif(i.category, '') AS category, c.location_id, c.code AS location, l.tier, l.unit_cost_scaled,
         t.reason_code, r.name AS reason_name, r.class AS reason_class, r.posting, r.inventory_account, r.offset_account,
         t.owner, t.note, t.revision AS tag_revision, l.adjustment_scaled, ${BOOKS_SQL} AS booked_scaled, l.variance_minor, l.count_variance_scaled, l.count_residual_scaled,
         EXISTS (SELECT 1 FROM attachments a WHERE a.period_id = l.period_id AND a.stock_key_id = l.stock_key_id AND a.withdrawn_instant IS NULL) AS has_attachment
  FROM lines l
  JOIN tags t USING (period_id, stock_key_id)
  JOIN reason_codes r USING (reason_code)
  JOIN stock_keys k USING (stock_key_id)
  JOIN items i USING (item_id)
  JOIN locations c USING (location_id)
  WHERE t.owner IS NOT NULL`;
const IN_ORDER = 'ORDER BY i.sku, c.code';

const withAccounts =
  ({ accounts }: RuleSet) =>
  (row: TaggedRow): TaggedLine => {
    if (row.posting === 'none') return { ...row, inventory_rule: '', offset_rule: '' };
    const place = { reason: row.reason_code, category: row.category, location: row.location };
    const inventory = chooseAccount(accounts, 'inventoryAccount', place, row.inventory_account);
    const offset = chooseAccount(accounts, 'offsetAccount', place, row.offset_account);
    return { ...row, inventory_account: inventory.account, inventory_rule: inventory.rule, offset_account: offset.account, offset_rule: offset.rule };
  };

/** Tagged lines of a period that no standing journal holds; a reason given for other figures is confirmed first. */
const linesWaiting = (workbook: ReadableWorkbook, periodId: number): TaggedRow[] =>
  workbook.all<TaggedRow>(
    `${TAGGED_LINES} AND l.period_id = @period AND t.approved_journal_id IS NULL AND NOT ${CHANGED_SQL}
       AND NOT EXISTS (SELECT 1 FROM journal_reviews v JOIN journals j USING (journal_id) WHERE j.period_id = @period AND v.stock_key_id = l.stock_key_id AND NOT ${REVERSED_SQL})
     ${IN_ORDER}`,
    { period: periodId },
  );

export interface LinesToPost {
  readonly lines: readonly TaggedLine[];
  /** Every kind that some line waits for. */
  readonly kindsWaiting: readonly DraftedKind[];
}

/** The lines that a journal of this kind would take up now. */
export function linesToPost(workbook: ReadableWorkbook, period: Period, kind: DraftedKind): LinesToPost {
  const rows = linesWaiting(workbook, period.periodId);
  const { rules } = ruleSetFor(workbook, period.code);
  const waiting = new Set(rows.map(({ posting }) => KIND_OF_POSTING[posting]));
  return {
    lines: rows.filter(({ posting }) => KIND_OF_POSTING[posting] === kind).map(withAccounts(rules)),
    kindsWaiting: DRAFTED_KINDS.filter((each) => waiting.has(each)),
  };
}

/** The lines that a journal put before its approver, as they stand now. */
export const linesOfJournal = (workbook: ReadableWorkbook, period: Period, journalId: number): TaggedLine[] =>
  workbook
    .all<TaggedRow>(
      `${TAGGED_LINES} AND l.period_id = @period AND l.stock_key_id IN (SELECT stock_key_id FROM journal_reviews WHERE journal_id = @journal) ${IN_ORDER}`,
      { period: period.periodId, journal: journalId },
    )
    .map(withAccounts(ruleSetFor(workbook, period.code).rules));

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
export const posts = (line: TaggedLine): boolean => line.booked_scaled !== 0;

const nameOf = (line: TaggedLine): string => `${line.sku} ${line.location}`;

/** Posting lines without unit cost, named: they cannot be valued. */
export const withoutCost = (lines: readonly TaggedLine[]): string[] => lines.filter((line) => posts(line) && line.unit_cost_scaled === null).map(nameOf);

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
      inventoryRule: line.inventory_rule,
      offsetAccount: line.offset_account!,
      offsetRule: line.offset_rule,
      quantityScaled: line.booked_scaled,
      unitCostScaled: line.unit_cost_scaled!,
    }));

/** What the approval of these lines needs, by the tiers of the period's rules. */
export function needsOf(workbook: ReadableWorkbook, period: Period, lines: readonly TaggedLine[]): ApprovalNeed[] {
  const { approvals } = ruleSetFor(workbook, period.code).rules;
  const tiers = approvalTiers(approvals, materialityFor(workbook, period.code));
  const toApprove = lines.map((line) => ({ name: nameOf(line), valueMinor: line.variance_minor, hasAttachment: line.has_attachment === 1 }));
  return approvalNeeds(tiers, toApprove) as ApprovalNeed[];
}

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
