/** The overview of a month against the lines themselves: every figure is a sum over lines, and opens exactly those lines. */
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LineDetail, LineFilter } from '@shared/domain/lines';
import { EXCEPTION_STATUSES, exceptionsFilter, type ExceptionTally, Overview, type Tally } from '@shared/domain/overview';
import { VARIANCE_CLASSES } from '@shared/domain/variance';
import { silentJob, type ServiceContext } from '../../electron/services/context';
import { lineDetailsOf, pageOfLines, summaryOfLines } from '../../electron/services/lines';
import { lineOverPeriods, overviewOf, sharesOverPeriods } from '../../electron/services/overview';
import { findPeriodByCode } from '../../electron/services/periods';
import { closeSampleMonth, makeSampleCompany, reconcileSampleMonth } from '../../electron/services/sample';
import { setTags } from '../../electron/services/tags';
import { EngineWorkbook } from '../support/engine-workbook';
import { NOW, temporaryFolder } from '../support/workbooks';

let context: ServiceContext;
const period = () => findPeriodByCode(context.workbook, '2026-10')!;
const overview = () => Overview.parse(overviewOf(context.workbook, period()));
const details = (filter: LineFilter = {}): LineDetail[] => [...lineDetailsOf(context.workbook, period().periodId, { filter })];
const linesBehind = (filter: LineFilter) => pageOfLines(context.workbook, { periodId: period().periodId, offset: 0, limit: 5000, sort: [], filter });

beforeAll(async () => {
  const folder = temporaryFolder(afterAll);
  const identities = path.join(folder, 'identities');
  const made = await makeSampleCompany(path.join(folder, 'Sample.tieout'), identities, NOW, silentJob);
  afterAll(() => made.close());
  context = made;
  for (const outcome of [await closeSampleMonth(made, '2026-09', identities), await reconcileSampleMonth(made, '2026-10')]) {
    if (!outcome.ok) throw new Error(outcome.message);
  }
  // As it stands before anybody has looked: the story's own answers are taken back.
  const tagged = details().filter(({ tag }) => tag !== null && tag.reasonCode !== null);
  const cleared = setTags(context, tagged.map(({ periodId, stockKeyId }) => ({ periodId, stockKeyId, change: { reason: null, owner: null } })));
  if (!cleared.ok) throw new Error(cleared.message);
}, 120_000);

const size = (value: number | null) => Math.abs(value ?? 0);
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** What the exceptions behind a filter add up to, line by line, from the grid's own page. */
function addedUp(filter: LineFilter): ExceptionTally {
  const tally = (status: (typeof EXCEPTION_STATUSES)[number]): Tally => {
    const { total, columns } = linesBehind(exceptionsFilter(status, filter));
    return { lines: total, unitsScaled: sum(columns.varianceScaled.map(size)), valueMinor: sum(columns.valueMinor.map(size)) };
  };
  return { open: tally('open'), tagged: tally('tagged'), approved: tally('approved') };
}

describe('the sample month', () => {
  test('has the explained share of the summary over the grid', () => {
    const { explained, variance, lines, linesWithVariance, exceptions } = overview();
    const summary = summaryOfLines(context.workbook, period().periodId)!;
    expect({ explained, variance, lines, linesWithVariance }).toEqual({
      explained: summary.explained, variance: summary.variance, lines: summary.lines, linesWithVariance: summary.linesWithVariance,
    });
    expect(exceptions.open.lines).toBe(summary.byStatus.open.lines);
    expect(exceptions.open.valueMinor).toBe(summary.valueAtStakeMinor);
    expect(exceptions.open.lines).toBeGreaterThan(0);
  });

  test('says of each cause the units that its components hold on the lines, and opens those lines', () => {
    const all = details();
    const { byCause, byClass } = overview();
    expect(byCause.length).toBeGreaterThan(5);
    for (const each of byCause) {
      const held = all.map((line) =>
        sum(
          line.variances.flatMap((variance) =>
            each.cause === 'residual'
              ? [size(variance.residualScaled)]
              : variance.components.filter((part) => !part.suggested && part.cause === each.cause && part.class === each.class).map((part) => size(part.quantityScaled)),
          ),
        ),
      );
      expect({ cause: each.cause, unitsScaled: each.unitsScaled, lines: each.lines }).toEqual({
        cause: each.cause, unitsScaled: sum(held), lines: held.filter((units) => units > 0).length,
      });
      expect(linesBehind({ holds: [{ class: each.class, cause: each.cause }] }).total, each.cause).toBe(each.lines);
    }
    for (const each of VARIANCE_CLASSES) {
      expect(byClass[each].unitsScaled, each).toBe(sum(byCause.filter((cause) => cause.class === each).map(({ unitsScaled }) => unitsScaled)));
      expect(linesBehind({ holds: [{ class: each }] }).total, each).toBe(byClass[each].lines);
    }
  });

  test('adds up the exceptions by owner, location, age in days and age in closes, each the sum of the lines it opens', () => {
    const { exceptions, byOwner, byLocation, ageInDays, ageInCloses } = overview();
    expect(exceptions).toEqual(addedUp({}));
    for (const { owner, tally } of byOwner) expect(tally, String(owner)).toEqual(addedUp({ owners: [owner!] }));
    for (const { location, tally } of byLocation) expect(tally, location).toEqual(addedUp({ locations: [location] }));
    for (const { fromDays, untilDays, tally } of ageInDays) {
      expect(tally, `${fromDays} days`).toEqual(addedUp({ ageDaysFrom: fromDays, ...(untilDays === null ? {} : { ageDaysUntil: untilDays }) }));
    }
    for (const { fromCloses, untilCloses, tally } of ageInCloses) {
      expect(tally, `${fromCloses} closes`).toEqual(addedUp({ ageClosesFrom: fromCloses!, ...(untilCloses === null ? {} : { ageClosesUntil: untilCloses }) }));
    }
    for (const groups of [byOwner, byLocation, ageInDays, ageInCloses] as readonly { readonly tally: ExceptionTally }[][]) {
      for (const status of EXCEPTION_STATUSES) expect(sum(groups.map(({ tally }) => tally[status].lines))).toBe(exceptions[status].lines);
    }
    // Two closes, and every exception has an age in them: the one that the reconciliation stamped, which the detail of a line shows.
    expect(ageInCloses.map(({ fromCloses, untilCloses }) => [fromCloses, untilCloses])).toEqual([[1, 1], [2, null]]);
    const ages = details({ onlyExceptions: true }).map(({ followUp }) => followUp.ageCloses);
    expect(ageInCloses.map(({ tally }) => sum(EXCEPTION_STATUSES.map((status) => tally[status].lines)))).toEqual([ages.filter((age) => age === 1).length, ages.filter((age) => age === 2).length]);
  });

  test('puts every exception of known value on the map, the largest first', () => {
    const { map } = overview();
    const { columns } = linesBehind({ onlyExceptions: true });
    expect(map.lines.map(({ valueMinor }) => valueMinor)).toEqual(columns.valueMinor.map(size).filter((value) => value > 0).sort((one, other) => other - one));
    expect(map.notShown).toBe(0);
  });

  test('shows the share of each period that has lines', () => {
    const shares = sharesOverPeriods(context.workbook, period());
    expect(shares.map(({ code, isLocked }) => [code, isLocked])).toEqual([['2026-09', true], ['2026-10', false]]);
    expect(shares[1]!.explained).toEqual(overview().explained);
  });

  test('counts a residual as physical once a person has confirmed it, and takes it from what is left', () => {
    const before = overview();
    const line = details({ statuses: ['open'] }).find(({ variances }) => variances.some(({ kind, residualScaled }) => kind === 'count' && residualScaled !== 0))!;
    const residual = size(line.variances.find(({ kind }) => kind === 'count')!.residualScaled);
    const set = setTags(context, [{ periodId: line.periodId, stockKeyId: line.stockKeyId, change: { reason: 'PHY-SHRINK', owner: 'warehouse' } }]);
    expect(set.ok ? '' : set.message).toBe('');
    const after = overview();
    expect(before.byClass.unexplained.unitsScaled - after.byClass.unexplained.unitsScaled).toBe(residual);
    expect(after.byClass.physical.unitsScaled - before.byClass.physical.unitsScaled).toBe(residual);
    expect(linesBehind({ holds: [{ class: 'physical', cause: 'residual' }] }).columns.stockKeyId).toEqual([line.stockKeyId]);
    expect([after.exceptions.open.lines, after.exceptions.tagged.lines]).toEqual([before.exceptions.open.lines - 1, before.exceptions.tagged.lines + 1]);
  });
});

describe('what recurs', () => {
  const SNAPSHOT = (day: string, rows: string) => `system,sku,location,as_of,on_hand,unit_cost\n${rows.replaceAll('DAY', day)}`;

  /** Two months of three items: the first short by the same two units in both, the second only in October, the third by another quantity. */
  function twoMonths(): { book: EngineWorkbook; october: number } {
    const book = new EngineWorkbook();
    book.tolerance('C', '0', '0', 0);
    book.items('sku,name,tier,unit_cost\nSAME,Same,C,3.000000\nNEW,New,C,5.000000\nOTHER,Other,C,7.000000');
    const months = [book.period('2026-09'), book.period('2026-10')] as const;
    for (const [month, day, counted] of [[months[0], '2026-09-30', [8, 10, 9]], [months[1], '2026-10-31', [8, 7, 6]]] as const) {
      book.snapshot(month, `snapshot-${day}.csv`, SNAPSHOT(`${day}T23:00:00-07:00`, ['SAME', 'NEW', 'OTHER'].map((sku) => `erp,${sku},Reno,DAY,10,`).join('\n')));
      book.count(
        month, `count-${day}.csv`,
        `sheet,line,sku,location,bin,count_no,counted,counted_at,counted_by\n${['SAME', 'NEW', 'OTHER'].map((sku, index) => `S-1,${index},${sku},Reno,A-${index},1,${counted[index]},${day}T23:10:00-07:00,ana`).join('\n')}`,
      );
      book.reconcile(month);
    }
    return { book, october: months[1] };
  }

  test('is an exception of the same residual, or of the same cause, as in the month before', () => {
    const { book, october } = twoMonths();
    const { recurring, previousCode } = overviewOf(book.workbook, findPeriodByCode(book.workbook, '2026-10')!);
    expect(previousCode).toBe('2026-09');
    const same = recurring.lines.find(({ sku }) => sku === 'SAME')!;
    expect(same).toMatchObject({ sameResiduals: ['count'], varianceScaled: -20_000, previousVarianceScaled: -20_000, valueMinor: -600 });
    expect(recurring.lines.map(({ sku }) => sku)).not.toContain('NEW');
    const behind = pageOfLines(book.workbook, { periodId: october, offset: 0, limit: 10, sort: [{ column: 'sku', direction: 'asc' }], filter: exceptionsFilter(undefined, { onlyRecurring: true }) });
    expect(behind.columns.sku).toEqual(recurring.lines.map(({ sku }) => sku).sort());
    expect(recurring.tally.open.lines).toBe(behind.total);
  });

  test('stands apart from what is open over several closes: another cause or figure in each month is a new exception', () => {
    const { book } = twoMonths();
    const { ageInCloses } = overviewOf(book.workbook, findPeriodByCode(book.workbook, '2026-10')!);
    // SAME is open over both; NEW and OTHER differ by new figures, however old the stock is.
    expect(ageInCloses.map(({ fromCloses, tally }) => [fromCloses, tally.open.lines])).toEqual([[1, 2], [2, 1]]);
  });

  test('is marked in the history of the line, period by period, oldest first', () => {
    const { book } = twoMonths();
    const history = lineOverPeriods(book.workbook, '2026-10', book.key('SAME', 'Reno'));
    expect(history.map(({ periodCode, varianceScaled, recurs, bookedScaled }) => [periodCode, varianceScaled, recurs, bookedScaled])).toEqual([
      ['2026-09', -20_000, [], null], ['2026-10', -20_000, ['count'], null],
    ]);
    expect(lineOverPeriods(book.workbook, '2026-09', book.key('SAME', 'Reno')).map(({ periodCode }) => periodCode)).toEqual(['2026-09']);
    expect(lineOverPeriods(book.workbook, '2026-10', book.key('NEW', 'Reno')).map(({ recurs }) => recurs)).toEqual([[], []]);
  });
});
