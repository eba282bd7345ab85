/**
 * Adjustments by reason: what the tagged lines of the period book, on which accounts, and how far their journals are; then
 * the journals themselves as they were written.
 */
import { plural } from '@shared/domain/plural';
import { BOOKED_SQL, REASON_STANDS_SQL, REVERSED_SQL } from '../../workbook/tables/follow-up';
import { BOOKED_IN_PERIOD_SQL } from '../../workbook/tables/journals';
import { makeSection, sum, text } from './section';
import { LINES_SQL, linesParameters, linesWhere, type Frame, type ReportBody } from './frame';
import { exactOf, valueSumSql, type ValueRow } from './values';

type JournalState = 'none' | 'prepared' | 'approved' | 'exported';
const STATE_WORDS: Readonly<Record<JournalState, string>> = {
  none: 'in no journal', prepared: 'prepared', approved: 'approved', exported: 'exported',
};

/** The journal that put a line before its approver; a line stands in one at most. */
const REVIEWS_SQL = `LEFT JOIN (SELECT v.stock_key_id, j.state, j.number FROM journal_reviews v JOIN journals j USING (journal_id) WHERE j.period_id = @period AND NOT ${REVERSED_SQL}) v
  ON v.stock_key_id = l.stock_key_id`;

type ReasonRow = ValueRow & {
  readonly reason: string; readonly name: string; readonly class: string; readonly posting: string; readonly state: JournalState;
  readonly inventory: string | null; readonly offset: string | null; readonly lines: number; readonly up: number; readonly down: number; readonly units: number;
};

function reasonRows(frame: Frame): readonly ReasonRow[] {
  return frame.workbook.all<ReasonRow>(
    `SELECT r.reason_code AS reason, r.name, r.class, r.posting, coalesce(v.state, 'none') AS state, r.inventory_account AS inventory, r.offset_account AS offset,
       count(*) AS lines, sum(max(${BOOKED_SQL}, 0)) AS up, sum(min(${BOOKED_SQL}, 0)) AS down, sum(${BOOKED_SQL}) AS units,
       ${valueSumSql('up', `max(${BOOKED_SQL}, 0)`)}, ${valueSumSql('down', `max(-${BOOKED_SQL}, 0)`)}
     ${LINES_SQL} JOIN tags t ON t.period_id = l.period_id AND t.stock_key_id = l.stock_key_id JOIN reason_codes r ON r.reason_code = t.reason_code ${REVIEWS_SQL}
     WHERE ${linesWhere(frame)} AND ${REASON_STANDS_SQL} GROUP BY r.reason_code, 5 ORDER BY r.display_order, 5`,
    linesParameters(frame),
  );
}

interface EntryRow {
  readonly number: string; readonly state: JournalState; readonly account: string; readonly reason: string; readonly location: string;
  readonly debit: number; readonly credit: number; readonly lines: number;
}

const entryRows = (frame: Frame): readonly EntryRow[] =>
  frame.workbook.all<EntryRow>(
    `SELECT j.number, j.state, n.account_code || ' ' || a.name AS account, n.reason_code AS reason, o.code AS location, sum(n.debit_minor) AS debit, sum(n.credit_minor) AS credit,
       count(*) AS lines
     FROM journals j JOIN journal_lines n USING (journal_id) JOIN accounts a USING (account_code) JOIN locations o USING (location_id)
     WHERE ${BOOKED_IN_PERIOD_SQL}${frame.locationId === null ? '' : ' AND o.location_id = @location'}
     GROUP BY j.journal_id, n.account_code, n.reason_code, o.code ORDER BY n.account_code, j.number, n.reason_code, o.code`,
    linesParameters(frame),
  );

export function adjustmentsReport(frame: Frame): ReportBody {
  const { workbook, currency } = frame;
  const reasons = reasonRows(frame);
  const untagged = workbook.get<{ n: number }>(
    `SELECT count(*) AS n ${LINES_SQL} LEFT JOIN tags t ON t.period_id = l.period_id AND t.stock_key_id = l.stock_key_id
     WHERE ${linesWhere(frame)} AND l.cleared_by IS NULL AND NOT ${REASON_STANDS_SQL}`,
    linesParameters(frame),
  )!.n;
  const withoutCost = workbook.get<{ n: number }>(
    `SELECT count(*) AS n ${LINES_SQL} JOIN tags t ON t.period_id = l.period_id AND t.stock_key_id = l.stock_key_id JOIN reason_codes r ON r.reason_code = t.reason_code
     WHERE ${linesWhere(frame)} AND ${BOOKED_SQL} <> 0 AND l.unit_cost_scaled IS NULL`,
    linesParameters(frame),
  )!.n;
  const account = (row: ReasonRow, which: 'inventory' | 'offset') => (row.posting !== 'none' ? (row[which] ?? '') : 'nothing');
  return {
    sections: [
      makeSection(
        {
          id: 'by-reason',
          title: 'By reason and journal',
          note: 'What is found is a debit of the inventory account and a credit of the offset account; what is lost the reverse.',
          columns: [
            text('reason', 'Reason'), text('name', 'Name', { wide: true }), text('class', 'Class'), text('journal', 'Journal'), sum('count', 'lines', 'Lines'),
            sum('quantity', 'up', 'Units up'), sum('quantity', 'down', 'Units down'), sum('quantity', 'units', 'Net units'),
            text('inventory', 'Inventory account'), text('offset', 'Offset account'),
            sum('amount', 'debit', 'Inventory debit'), sum('amount', 'credit', 'Inventory credit'), sum('amount', 'net', 'Net', { minus: ['debit', 'credit'] }),
          ],
          lines: reasons.map((row) => ({
            ...row,
            journal: STATE_WORDS[row.state],
            inventory: account(row, 'inventory'),
            offset: account(row, 'offset'),
            // A reason that posts nothing is worth nothing to the ledger, whatever a unit costs.
            debit: row.posting !== 'none' ? exactOf(row, 'up') : 0n,
            credit: row.posting !== 'none' ? exactOf(row, 'down') : 0n,
          })),
        },
        currency,
      ),
      makeSection(
        {
          id: 'by-account',
          title: 'Journals by account, as written',
          columns: [
            text('account', 'Account'), text('number', 'Journal'), text('state', 'State'), text('reason', 'Reason'), text('location', 'Location'), sum('count', 'lines', 'Journal lines'),
            sum('amount', 'debit', 'Debit'), sum('amount', 'credit', 'Credit'), sum('amount', 'net', 'Net', { minus: ['debit', 'credit'] }),
          ],
          lines: entryRows(frame).map((row) => ({ ...row, state: STATE_WORDS[row.state] })),
          subtotalBy: 'account',
        },
        currency,
      ),
    ],
    notes: [
      'An adjustment is the count variance less its timing components; an accrual books the timing. Accounts are the reason codes\' own: where the rules name others, the journals below have them. By reason the value is rounded once per row, in a journal once per journal line: the two may differ by a few minor units.',
      ...(untagged > 0 ? [`${plural(untagged, 'exception has', 'exceptions have')} no reason or no owner yet, or a reason for other figures, and ${untagged === 1 ? 'is' : 'are'} in no sum here.`] : []),
      ...(withoutCost > 0 ? [`${plural(withoutCost, 'line has', 'lines have')} no unit cost: the units are in the sums, the value is unknown.`] : []),
    ],
  };
}
