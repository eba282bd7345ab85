/** `tieout overview`: the period on one page. */
import { formatDecimal } from '@shared/domain/decimal';
import { formatAmount } from '@shared/domain/money';
import { ageInClosesText, type ExceptionTally, type Overview, type PeriodShare, type Tally } from '@shared/domain/overview';
import { countText, plural } from '@shared/domain/plural';
import { formatQuantity, parseQuantity } from '@shared/domain/quantity';
import { VARIANCE_CLASSES } from '@shared/domain/variance';
import { overviewOf, sharesOverPeriods } from '../../services/overview';
import { type Command, EXIT } from '../command';
import { printJson, printLine, say, table } from '../print';
import { neededPeriod, PERIOD_OPTION, withWorkbook } from '../session';

const ONE_UNIT = parseQuantity('1');

const percent = (hundredths: number | null): string => (hundredths === null ? 'nothing to explain' : `${formatDecimal(hundredths, 2, 2)} %`);

/** With one place, cut and never rounded up, as the window says it. */
const tenths = (hundredths: number): string => `${formatDecimal(Math.floor(hundredths / 10), 1, 1)} %`;

/** The one sentence a controller opens the month for. */
function sentence({ explained, byClass, exceptions }: Overview): string {
  if (explained.unitsShareHundredths === null) return 'No variance at all.';
  const { open } = exceptions;
  return (
    `${tenths(explained.unitsShareHundredths)} of the variance explained, ${formatQuantity(byClass.unexplained.unitsScaled)} ${byClass.unexplained.unitsScaled === ONE_UNIT ? 'unit' : 'units'} left, ` +
    `${plural(open.lines, 'line needs', 'lines need')} a person.`
  );
}

function printOverview(overview: Overview, shares: readonly PeriodShare[]): void {
  const { currency } = overview;
  const figures = ({ lines, unitsScaled, valueMinor }: Tally) => [countText(lines), formatQuantity(unitsScaled), formatAmount(valueMinor, currency)];
  const held = (title: string, rows: readonly (readonly [string, Tally])[]) => {
    printLine();
    printLine(table([title, 'lines', 'units', currency], rows.map(([name, tally]) => [name, ...figures(tally)]), [1, 2, 3]));
  };
  const exceptions = (title: string, rows: readonly (readonly [string, ExceptionTally])[]) => {
    printLine();
    printLine(
      table(
        [title, 'open', 'tagged', 'approved', 'units open', `${currency} open`],
        rows.map(([name, { open, tagged, approved }]) => [
          name, countText(open.lines), countText(tagged.lines), countText(approved.lines), formatQuantity(open.unitsScaled), formatAmount(open.valueMinor, currency),
        ]),
        [1, 2, 3, 4, 5],
      ),
    );
  };
  const days = (from: number, until: number | null) => (until === null ? `over ${from - 1} days` : until === from ? plural(from, 'day') : `${from} to ${until} days`);
  printLine(sentence(overview));
  printLine(
    `${plural(overview.lines, 'line')}, ${countText(overview.linesWithVariance)} with a variance; by value ${percent(overview.explained.valueShareHundredths)} explained, ` +
      `${formatAmount(overview.exceptions.open.valueMinor, currency)} ${currency} at stake.`,
  );
  if (overview.exceptionsWithoutCost > 0) printLine(`${plural(overview.exceptionsWithoutCost, 'exception has', 'exceptions have')} no unit cost and count in lines and units only.`);
  held('by class', VARIANCE_CLASSES.map((each) => [each, overview.byClass[each]]));
  held('by cause', overview.byCause.map((each) => [`${each.class} ${each.cause}`, each]));
  exceptions('by owner', overview.byOwner.map(({ owner, tally }) => [owner ?? 'nobody', tally]));
  exceptions('by location', overview.byLocation.map(({ location, tally }) => [location, tally]));
  exceptions('by age', overview.ageInDays.map(({ fromDays, untilDays, tally }) => [days(fromDays, untilDays), tally]));
  exceptions('by closes', overview.ageInCloses.map((each) => [ageInClosesText(each), each.tally]));
  printLine();
  const { recurring, previousCode } = overview;
  const again = recurring.tally.open.lines + recurring.tally.tagged.lines + recurring.tally.approved.lines;
  if (previousCode === null) printLine('No period before this one: nothing can recur.');
  else if (again === 0) printLine(`No exception stood in ${previousCode} as well.`);
  else {
    printLine(
      table(
        [`stood in ${previousCode} too`, 'location', 'status', 'cause', 'variance', 'before', currency],
        recurring.lines.map((line) => [
          line.sku, line.location, line.status, line.cause ?? '', formatQuantity(line.varianceScaled), formatQuantity(line.previousVarianceScaled),
          line.valueMinor === null ? 'unknown' : formatAmount(line.valueMinor, currency),
        ]),
        [4, 5, 6],
      ),
    );
    if (again > recurring.lines.length) printLine(`and ${countText(again - recurring.lines.length)} more.`);
  }
  printLine();
  printLine(
    table(
      ['period', 'units explained', 'value explained', 'units left', `${currency} left`],
      shares.map(({ code, explained, byClass }) => [
        code, percent(explained.unitsShareHundredths), percent(explained.valueShareHundredths), formatQuantity(byClass.unexplained.unitsScaled), formatAmount(byClass.unexplained.valueMinor, currency),
      ]),
      [1, 2, 3, 4],
    ),
  );
}

export const overviewCommand: Command = {
  name: 'overview',
  words: 'WORKBOOK',
  wordsLeast: 1,
  wordsMost: 1,
  options: PERIOD_OPTION,
  notes: 'Ends with 1 while lines need a person.',
  run: (args) =>
    withWorkbook(args.words[0]!, 'read', (context) => {
      const period = neededPeriod(context, args);
      if (period.reconciledInstant === null) say(`${period.code} is not reconciled yet, so it has no lines. Run tieout reconcile.`);
      const overview = overviewOf(context.workbook, period);
      const shares = sharesOverPeriods(context.workbook, period);
      if (overview.isStale) say('Rows came in after the reconciliation: run tieout reconcile again.');
      if (args.flag('json')) printJson({ ...overview, shares });
      else printOverview(overview, shares);
      return overview.exceptions.open.lines > 0 ? EXIT.findings : EXIT.done;
    }),
};
