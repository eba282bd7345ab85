/**
 * The reports of the sample company's two months, held against sums that are made here from the rows of the lines, one by
 * one and with whole numbers only.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { divideHalfEven } from '@shared/domain/decimal';
import { REPORT_IDS, type Report, type ReportId } from '@shared/domain/report';
import { findPeriodByCode } from '../../electron/services/periods';
import { closeSampleMonth, readSampleManifest } from '../../electron/services/sample';
import { summaryOfLines } from '../../electron/services/lines';
import type { SqliteWorkbook } from '../../electron/workbook/workbook';
import { expectToAddUp, linesOf, type Named, reportOf, sectionOf, totalOf } from '../support/report-sums';
import { sampleContext } from '../support/sample-session';

type LineRow = Readonly<Record<string, number | null>> & {
  readonly location: string; readonly sku: string; readonly category: string | null; readonly cleared_by: string | null; readonly class: string | null;
  readonly owner: string | null; readonly suggested_owner: string | null; readonly reason_code: string | null; readonly posting: string | null; readonly tier: string;
};

let workbook: SqliteWorkbook;
const periods = { september: 0, october: 0 };

const rowsOf = (periodId: number): LineRow[] =>
  workbook.all<LineRow>(
    `SELECT l.*, o.code AS location, i.sku, i.category, t.owner, t.reason_code, r.posting FROM lines l JOIN stock_keys k USING (stock_key_id) JOIN items i USING (item_id)
     JOIN locations o USING (location_id) LEFT JOIN tags t ON t.period_id = l.period_id AND t.stock_key_id = l.stock_key_id LEFT JOIN reason_codes r USING (reason_code)
     WHERE l.period_id = ?`,
    periodId,
  );

const groupedBy = <Row>(rows: readonly Row[], key: (row: Row) => string): Map<string, Row[]> => {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(key(row), [...(groups.get(key(row)) ?? []), row]);
  return groups;
};
const known = (values: readonly (number | null | undefined)[]): number | null => {
  const numbers = values.filter((value) => typeof value === 'number');
  return numbers.length === 0 ? null : numbers.reduce((total, value) => total + value, 0);
};
/** Cents of an exact sum of quantity times cost, rounded once. */
const cents = (rows: readonly LineRow[], quantity: (row: LineRow) => number | null): number =>
  Number(divideHalfEven(rows.reduce((total, row) => (quantity(row) === null || row['unit_cost_scaled'] === null ? total : total + BigInt(quantity(row)!) * BigInt(row['unit_cost_scaled']!)), 0n), 100_000_000n));
const adjusted = (row: LineRow): number => (row.posting === 'adjust' && row.owner !== null ? row['adjustment_scaled']! : 0);

beforeAll(async () => {
  const { context, identitiesFolder } = await sampleContext(afterAll);
  for (const { code } of readSampleManifest().periods) {
    if (findPeriodByCode(context.workbook, code)?.state === 'locked') continue;
    const closed = await closeSampleMonth(context, code, identitiesFolder, {});
    if (!closed.ok) throw new Error(closed.message);
  }
  workbook = context.workbook;
  periods.september = findPeriodByCode(workbook, '2026-09')!.periodId;
  periods.october = findPeriodByCode(workbook, '2026-10')!.periodId;
});

const MONTHS = ['september', 'october'] as const;
const each = MONTHS.flatMap((month) => REPORT_IDS.map((id): [ReportId, (typeof MONTHS)[number]] => [id, month]));

describe('every report', () => {
  test.each(each)('%s of %s adds up in every section, whole and cut short', (id, month) => {
    const whole = reportOf(workbook, periods[month], id);
    expectToAddUp(whole);
    const short = reportOf(workbook, periods[month], id, { linesMax: 3 });
    expectToAddUp(short);
    for (const section of whole.sections) {
      const cut = sectionOf(short, section.id);
      // A section of lines has the same total however few of them it shows; groups are few and shown whole.
      expect(cut.total, section.id).toEqual(section.total);
      expect(cut.linesInAll, section.id).toBe(section.linesInAll);
    }
  });

  test.each(each)('%s of %s says what it stands for', (id, month) => {
    const { standsFor, notes } = reportOf(workbook, periods[month], id);
    const period = workbook.get<{ reconciled_instant: number; cut_off_instant: number }>('SELECT * FROM periods WHERE period_id = ?', periods[month])!;
    expect(standsFor).toMatchObject({ company: 'Harbor & Pine', periodState: 'locked', isStale: false, reconciledInstant: period.reconciled_instant, cutOffInstant: period.cut_off_instant });
    expect(standsFor.ruleVersions).toEqual(workbook.all<{ rule_version: string }>('SELECT DISTINCT rule_version FROM lines WHERE period_id = ?', periods[month]).map((row) => row.rule_version));
    expect(notes.length).toBeGreaterThan(0);
    for (const note of notes) expect(note).toMatch(/^\S.*\.$/s);
  });

  // A trial balance is of all locations, and so is all of the tie-out.
  test.each(REPORT_IDS.filter((id) => id !== 'tie-out'))('%s cut to each location adds up to the whole', (id) => {
    const locations = [...new Set(rowsOf(periods.october).map(({ location }) => location))];
    const whole = reportOf(workbook, periods.october, id);
    const parts = locations.map((location) => reportOf(workbook, periods.october, id, { location }));
    for (const section of whole.sections.filter((each) => each.total !== null)) {
      // Who repeats in one place may not repeat in all, and the reverse: those lists are each of their own.
      if (id === 'repeat-offenders') continue;
      const sums = parts.map((part) => part.sections.find((each) => each.id === section.id)).filter((each) => each !== undefined).map(totalOf);
      for (const { id: column, sums: isSummed, kind } of section.columns) {
        if (!isSummed || column === 'ledger' || column === 'difference') continue;
        const all = totalOf(section)[column];
        const added = known(sums.map((total) => total[column] as number | null));
        // Each part's value is rounded by itself.
        const leeway = kind === 'amount' ? parts.length : 0;
        expect(Math.abs(Number(added) - Number(all)), `${section.id} ${column}`).toBeLessThanOrEqual(leeway);
      }
    }
  });
});

describe.each(MONTHS)('of %s', (month) => {
  const report = (id: ReportId): Report => reportOf(workbook, periods[month], id);
  const lines = () => rowsOf(periods[month]);

  test('the inventory is the on hand of the lines with what is booked, by location', () => {
    const found = new Map(linesOf(sectionOf(report('inventory'), 'by-location')).map((row) => [row['name'], row]));
    const groups = groupedBy(lines(), ({ location }) => location);
    expect([...found.keys()].sort()).toEqual([...groups.keys()].sort());
    for (const [location, rows] of groups) {
      expect(found.get(location), location).toMatchObject({
        lines: rows.length,
        on_hand: known(rows.map((row) => row['on_hand_scaled'])),
        adjustment: known(rows.map(adjusted)),
        reconciled: known(rows.map((row) => (row['on_hand_scaled'] == null ? null : row['on_hand_scaled'] + adjusted(row)))),
        available: known(rows.map((row) => row['identity_scaled'])),
        committed: known(rows.map((row) => row['committed_scaled'])),
        in_transit: known(rows.map((row) => row['in_transit_scaled'])),
        book: cents(rows, (row) => row['on_hand_scaled'] ?? null),
        value: cents(rows, (row) => (row['on_hand_scaled'] == null ? null : row['on_hand_scaled'] + adjusted(row))),
      });
    }
  });

  test('on hand is the ERP\'s, available the identity of the states that are known', () => {
    for (const row of lines()) {
      if (row['on_hand_scaled'] === null || row['identity_scaled'] === null) continue;
      const held = ['reserved', 'damaged', 'quarantined'].map((state) => row[`${state}_scaled`] ?? 0).reduce((total, each) => total + each, 0) || (row['unavailable_scaled'] ?? 0);
      expect(row['identity_scaled'], `${row.sku} ${row.location}`).toBe(row['on_hand_scaled']! - (row['committed_scaled'] ?? 0) - held);
      expect(row['on_hand_scaled']).toBe(row['erp_at_cut_off_scaled']);
    }
  });

  test('the book value of the inventory account is what the trial balance says', () => {
    const [account] = linesOf(sectionOf(report('inventory'), 'by-account'));
    const ledger = known(workbook.all<{ amount: number }>(
      `SELECT b.debit_minor - b.credit_minor AS amount FROM trial_balances b JOIN imports i USING (import_id) WHERE i.period_id = ? AND b.account_code = '1300'`, periods[month],
    ).map(({ amount }) => amount));
    expect(account).toMatchObject({ name: '1300 Inventory', ledger });
    expect(account!['difference']).toBe(Number(account!['book']) - ledger!);
  });

  test('exceptions by owner are the lines that no rule cleared', () => {
    const exceptions = lines().filter((row) => row.cleared_by === null);
    const section = sectionOf(report('exceptions'), 'by-owner');
    const groups = groupedBy(exceptions, (row) => row.owner ?? row.suggested_owner ?? 'nobody');
    for (const [owner, rows] of groups) {
      const found = linesOf(section).filter((row) => row['owner'] === owner.charAt(0).toUpperCase() + owner.slice(1));
      expect(known(found.map((row) => row['lines'] as number)), owner).toBe(rows.length);
      expect(known(found.map((row) => row['units'] as number))).toBe(known(rows.map((row) => Math.abs(row['variance_scaled']!))));
      expect(known(found.map((row) => row['value'] as number))).toBe(known(rows.filter((row) => row['unit_cost_scaled'] !== null).map((row) => Math.abs(row['variance_minor']!))));
    }
    const old = linesOf(section).filter((row) => row['age'] === '8 to 30 days').map((row) => row['lines'] as number);
    expect(known(old) ?? 0).toBe(exceptions.filter((row) => row['age_days']! >= 8 && row['age_days']! <= 30).length);
    expect(totalOf(section)['lines']).toBe(summaryOfLines(workbook, periods[month])!.exceptions);
  });

  test('adjustments by reason are those of the tagged lines, and the journal is there to the cent', () => {
    const section = sectionOf(report('adjustments'), 'by-reason');
    const tagged = lines().filter((row) => row.reason_code !== null);
    for (const [reason, rows] of groupedBy(tagged, (row) => row.reason_code!)) {
      const found = linesOf(section).filter((row) => row['reason'] === reason);
      const booked = rows.map((row) => (row.posting === 'adjust' ? row['adjustment_scaled']! : 0));
      expect(known(found.map((row) => row['lines'] as number)), reason).toBe(rows.length);
      expect(known(found.map((row) => row['units'] as number)), reason).toBe(known(booked));
      expect(known(found.map((row) => row['debit'] as number)), reason).toBe(rows[0]!.posting === 'adjust' ? cents(rows, (row) => Math.max(0, row['adjustment_scaled']!)) : 0);
    }
    const journal = workbook.get<{ debit: number; credit: number }>(
      'SELECT coalesce(sum(debit_minor), 0) AS debit, coalesce(sum(credit_minor), 0) AS credit FROM journal_lines JOIN journals USING (journal_id) WHERE period_id = ?', periods[month],
    )!;
    const written = sectionOf(report('adjustments'), 'by-account');
    expect(totalOf(written)).toMatchObject({ ...journal, net: 0 });
    expect(journal.debit).toBe(journal.credit);
    // What is booked to the inventory account is what the inventory report adds to it.
    const change = Number(totalOf(sectionOf(report('inventory'), 'by-account'))['change']);
    const onAccount = linesOf(written).filter((row) => row['account'] === '1300 Inventory').map((row) => row['net'] as number);
    expect(Math.abs(change - (known(onAccount) ?? 0))).toBeLessThanOrEqual(linesOf(written).length);
  });

  test.each([['location', (row: LineRow) => row.location], ['category', (row: LineRow) => row.category ?? 'no category'], ['tier', (row: LineRow) => row.tier]] as const)(
    'count accuracy by %s counts what was counted',
    (dimension, keyOf) => {
      const found = new Map(linesOf(sectionOf(report('count-accuracy'), `by-${dimension}`)).map((row) => [row['name'], row]));
      for (const [name, rows] of groupedBy(lines(), keyOf)) {
        const counted = rows.filter((row) => row['count_variance_scaled'] !== null);
        expect(found.get(name), name).toMatchObject({
          lines: rows.length,
          counted: counted.length,
          missed: rows.filter((row) => row['counted_scaled'] === null && row['erp_at_cut_off_scaled'] !== null).length,
          exact: counted.filter((row) => row['count_variance_scaled'] === 0).length,
          netUnits: known(counted.map((row) => row['count_variance_scaled'])) ?? 0,
          absUnits: known(counted.map((row) => Math.abs(row['count_variance_scaled']!))) ?? 0,
          book: cents(counted, (row) => row['erp_at_cut_off_scaled']!),
          netValue: cents(counted, (row) => row['count_variance_scaled']!),
          absValue: cents(counted, (row) => Math.abs(row['count_variance_scaled']!)),
        });
      }
    },
  );

  test('within tolerance are the lines that agree, that cleared, and those whose count lies within the bounds of their tier', () => {
    const rules = JSON.parse(workbook.get<{ rules: string }>('SELECT rules FROM rule_sets ORDER BY rule_set_id DESC LIMIT 1')!.rules) as { tolerances: { tier: string; unitsScaled: number; percentHundredths: number; valueMinor: number }[] };
    const windows = new Set(
      workbook.all<{ stock_key_id: number }>(
        `SELECT k.stock_key_id FROM stock_keys k JOIN risk_windows w ON (w.item_id IS NULL OR w.item_id = k.item_id) AND (w.location_id IS NULL OR w.location_id = k.location_id)
         JOIN periods p ON p.period_id = ? WHERE w.from_instant < p.cut_off_instant AND w.until_instant > p.start_instant`, periods[month],
      ).map((row) => row.stock_key_id),
    );
    const within = lines().filter((row) => {
      if (row['count_variance_scaled'] === null) return false;
      const size = Math.abs(row['adjustment_scaled']!);
      if (size === 0 || row.cleared_by !== null) return true;
      const tolerance = rules.tolerances.find(({ tier }) => tier === row.tier)!;
      if (windows.has(row['stock_key_id']!) || row['unit_cost_scaled'] === null) return false;
      const value = BigInt(size) * BigInt(row['unit_cost_scaled']!);
      return size <= tolerance.unitsScaled && size * 10_000 <= tolerance.percentHundredths * Math.abs(row['erp_at_cut_off_scaled']!) && value <= BigInt(tolerance.valueMinor) * 100_000_000n;
    });
    const section = sectionOf(report('count-accuracy'), 'by-counter');
    expect(totalOf(section)['within']).toBe(within.length);
    const total = totalOf(section);
    expect(total['share']).toBe(Math.floor((Number(total['within']) * 10_000) / Number(total['counted'])));
    expect(linesOf(sectionOf(report('count-accuracy'), 'outside'))).toHaveLength(Number(total['counted']) - within.length);
  });

  test('the roll-forward goes from the opening to the expected closing through its columns', () => {
    const section = sectionOf(report('roll-forward'), 'lines');
    const through = ['receipts', 'shipments', 'returns', 'transfers', 'assembly', 'adjustments'];
    const flows = (row: Named) => through.reduce((total, column) => total + Number(row[column]), 0);
    for (const row of linesOf(section)) {
      expect(Number(row['opening']) + flows(row), `${String(row['sku'])} ${String(row['location'])}`).toBe(row['expected']);
      expect(Number(row['reported']) - Number(row['expected'])).toBe(row['difference']);
    }
    expect(linesOf(section)).toHaveLength(lines().filter((row) => row['roll_forward_scaled'] !== null).length);
    const taking = lines().filter((row) => row['roll_forward_scaled'] !== null);
    for (const [column, of] of [['opening', 'opening_scaled'], ['reported', 'erp_at_cut_off_scaled'], ['difference', 'ledger_variance_scaled']] as const) {
      expect(totalOf(section)[column], column).toBe(known(taking.map((row) => row[of])));
      expect(totalOf(sectionOf(report('roll-forward'), 'by-location'))[column]).toBe(totalOf(section)[column]);
    }
  });
});

describe('proof of quantity', () => {
  const proof = () => reportOf(workbook, periods.october, 'proof-of-quantity');

  test('each side goes from opening to closing, and each column says what lies between the two', () => {
    const rows = linesOf(sectionOf(proof(), 'lines'));
    expect(rows.length).toBeGreaterThan(1_000);
    for (const row of rows) {
      const place = `${String(row['sku'])} ${String(row['location'])}`;
      expect(Number(row['left_opening']) + Number(row['left_in']) - Number(row['left_out']) + Number(row['left_gap']), place).toBe(row['left_closing']);
      expect(Number(row['left_opening']) - Number(row['right_opening']), place).toBe(row['less_opening']);
      expect(Number(row['left_closing']) - Number(row['right_closing']), place).toBe(row['less_closing']);
      expect(row['where'] === '', place).toBe(['less_opening', 'less_in', 'less_out', 'less_closing'].every((column) => row[column] === 0 || row[column] === null));
    }
  });

  test('what was off before the month is told from what went off in it', () => {
    const rows = linesOf(sectionOf(proof(), 'lines'));
    const off = rows.filter((row) => row['less_opening'] !== 0);
    expect(off.length).toBeGreaterThan(0);
    for (const row of off) expect(row['where']).toContain('before this month');
    for (const row of rows.filter((each) => each['less_opening'] === 0)) expect(row['where']).not.toContain('before this month');
  });

  test('openings are the closings of the month before: the locked one of the ERP, the position of the other', () => {
    const before = new Map(rowsOf(periods.september).map((row) => [`${row.sku} ${row.location}`, row]));
    for (const row of linesOf(sectionOf(proof(), 'lines'))) {
      const then = before.get(`${String(row['sku'])} ${String(row['location'])}`);
      expect([row['left_opening'], row['right_opening']]).toEqual([then?.['erp_at_cut_off_scaled'], then?.['storefront_on_hand_at_cut_off_scaled']]);
    }
  });

  test('what the first month cannot know stays unknown, and the note says why', () => {
    const report = reportOf(workbook, periods.september, 'proof-of-quantity');
    for (const row of linesOf(sectionOf(report, 'lines'))) expect([row['left_opening'], row['right_opening'], row['less_opening']]).toEqual([null, null, null]);
    expect(report.notes.join(' ')).toContain('The opening of the storefront is unknown: the workbook has no period before this one.');
    const warehouse = reportOf(workbook, periods.october, 'proof-of-quantity', { systems: { left: 'erp', right: 'warehouse' } });
    expect(linesOf(sectionOf(warehouse, 'lines'))).toEqual([]);
    expect(sectionOf(warehouse, 'apart').linesInAll).toBe(rowsOf(periods.october).length);
    expect(warehouse.notes.join(' ')).toContain('The opening of the warehouse is unknown: 2026-09 keeps no figure');
  });
});

describe('change and repetition', () => {
  test('the change is that of the summaries over the grid', () => {
    const [now, then, change] = linesOf(sectionOf(reportOf(workbook, periods.october, 'change'), 'in-all')) as [Named, Named, Named];
    for (const [row, periodId] of [[now, periods.october], [then, periods.september]] as const) {
      const summary = summaryOfLines(workbook, periodId)!;
      expect(row).toMatchObject({
        lines: summary.lines, withVariance: summary.linesWithVariance, exceptions: summary.exceptions, units: summary.variance.unitsScaled, value: summary.variance.valueMinor,
        unexplainedUnits: summary.byClass.unexplained.unitsScaled, unitsShare: summary.explained.unitsShareHundredths, valueShare: summary.explained.valueShareHundredths,
      });
    }
    for (const [column, value] of Object.entries(change)) if (typeof value === 'number') expect(value, column).toBe(Number(now[column]) - Number(then[column]));
    const classes = linesOf(sectionOf(reportOf(workbook, periods.october, 'change'), 'by-class'));
    const { byClass } = summaryOfLines(workbook, periods.october)!;
    for (const row of classes) expect(row).toMatchObject({ now_units: byClass[row['name'] as keyof typeof byClass].unitsScaled, now_value: byClass[row['name'] as keyof typeof byClass].valueMinor });
  });

  test('a repeat offender is a SKU with exceptions in both months, and its cost that of the second', () => {
    const exceptionsOf = (periodId: number) => groupedBy(rowsOf(periodId).filter((row) => row.cleared_by === null && row['variance_scaled'] !== 0), ({ sku }) => sku);
    const [first, second] = [exceptionsOf(periods.september), exceptionsOf(periods.october)];
    const expected = [...second.keys()].filter((sku) => first.has(sku)).sort();
    const found = linesOf(sectionOf(reportOf(workbook, periods.october, 'repeat-offenders'), 'by-sku'));
    expect(found.map((row) => row['name']).sort()).toEqual(expected);
    expect(expected).not.toEqual([]);
    for (const row of found) {
      const again = second.get(row['name'] as string)!;
      expect(row).toMatchObject({ standing: 'still there', periods: 2, first: '2026-09', last: '2026-10', now: again.length, cost: known(again.map((line) => Math.abs(line['variance_minor']!))) });
    }
  });
});
