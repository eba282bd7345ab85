/** What explains the variance: by class, by cause, and over the months. */
import type { Overview, PeriodShare } from '@shared/domain/overview';
import { VARIANCE_CLASSES, type VarianceClass } from '@shared/domain/variance';
import { useWorkspace } from '../../app/workspace';
import { CAUSE_WORDS, CLASS_WORDS } from '../../app/words';
import { Bars, barsHeight, type BarsRow, ChartFrame } from '../../charts';
import { countWords, moneyText, percentText, periodName, quantityText, shareText } from '../../ui';
import { type OverviewCharts, tallyCells, tallyColumns } from './chart-parts';
import { addTallies, sizeOf, sizeText, tallyText } from './measures';

export interface PanelProps {
  readonly overview: Overview;
  readonly charts: OverviewCharts;
}

export function ClassPanel({ overview, charts }: PanelProps) {
  const { byClass, variance, explained } = overview;
  const { currency } = charts;
  const part = (figure: 'unitsScaled' | 'valueMinor') => (each: VarianceClass) => ({
    key: each,
    tone: each,
    value: byClass[each][figure],
    label: `${CLASS_WORDS[each]}: ${tallyText(byClass[each], currency)}, ${shareText(byClass[each][figure], variance[figure])}`,
    onOpen: () => charts.open(`Holding ${CLASS_WORDS[each].toLowerCase()}`, { holds: [{ class: each }] }),
  });
  const legend = VARIANCE_CLASSES.map((each) => ({ tone: each, label: `${CLASS_WORDS[each]} ${quantityText(byClass[each].unitsScaled)}` }));
  const rows = [
    { key: 'units', label: 'Units', text: quantityText(variance.unitsScaled), parts: VARIANCE_CLASSES.map(part('unitsScaled')) },
    { key: 'value', label: 'Value', text: moneyText(variance.valueMinor, currency), parts: VARIANCE_CLASSES.map(part('valueMinor')) },
  ];
  return (
    <ChartFrame
      title="By class" testId="overview-class"
      note={explained.valueShareHundredths === null ? '' : `by value ${percentText(explained.valueShareHundredths)} explained`}
      description={`The variance by class: ${VARIANCE_CLASSES.map((each) => `${CLASS_WORDS[each]} ${tallyText(byClass[each], currency)}`).join('; ')}.`}
      fileName={charts.fileName('by class')} onSave={charts.onSave} height={(width) => barsHeight(2, legend, width)}
      table={{
        columns: [{ title: 'Class' }, ...tallyColumns(currency), { title: 'Share of units', align: 'end' }, { title: 'Share of value', align: 'end' }],
        rows: VARIANCE_CLASSES.map((each) => ({
          key: each,
          cells: [CLASS_WORDS[each], ...tallyCells(byClass[each], currency), shareText(byClass[each].unitsScaled, variance.unitsScaled), shareText(byClass[each].valueMinor, variance.valueMinor)],
          onOpen: part('unitsScaled')(each).onOpen,
        })),
      }}
    >
      {(width) => <Bars width={width} rows={rows} scale="own" legend={legend} />}
    </ChartFrame>
  );
}

export function CausePanel({ overview, charts }: PanelProps) {
  const { measure, currency } = charts;
  const causes = [...overview.byCause].sort((one, other) => sizeOf(other, measure) - sizeOf(one, measure));
  const nameOf = ({ cause, class: own }: (typeof causes)[number]) => (cause === 'residual' && own === 'physical' ? 'Confirmed by a person' : CAUSE_WORDS[cause]);
  const [shown, rest] = causes.length > charts.room.causes + 1 ? [causes.slice(0, charts.room.causes), causes.slice(charts.room.causes)] : [causes, []];
  const openCause = (each: (typeof causes)[number]) => charts.open(nameOf(each), { holds: [{ class: each.class, cause: each.cause }] });
  const rows: BarsRow[] = shown.map((each) => ({
    key: `${each.class} ${each.cause}`,
    label: nameOf(each),
    text: sizeText(sizeOf(each, measure), measure, currency),
    parts: [{ key: 'all', tone: each.class, value: sizeOf(each, measure), label: `${nameOf(each)}, ${CLASS_WORDS[each.class]}: ${tallyText(each, currency)}`, onOpen: () => openCause(each) }],
  }));
  // A line may hold several causes, so lines of the rest are not added up.
  if (rest.length > 0 && measure !== 'lines') {
    const name = countWords(rest.length, 'more cause');
    const size = sizeOf(addTallies(rest), measure);
    const label = `${name}: ${rest.map(nameOf).join(', ')}`;
    rows.push({
      key: 'rest', label: name, text: sizeText(size, measure, currency),
      parts: [{ key: 'all', tone: 'figure', value: size, label, onOpen: () => charts.open(name, { holds: rest.map((each) => ({ class: each.class, cause: each.cause })) }) }],
    });
  }
  return (
    <ChartFrame
      title="By cause" testId="overview-cause"
      description={`Units and value by cause, the largest first: ${rows.map(({ label, text }) => `${label} ${text}`).join('; ')}.`}
      fileName={charts.fileName('by cause')} onSave={charts.onSave} height={() => barsHeight(rows.length)}
      empty={causes.length === 0 ? 'No line has a variance.' : undefined}
      table={{
        columns: [{ title: 'Cause' }, { title: 'Class' }, ...tallyColumns(currency)],
        rows: causes.map((each) => ({ key: `${each.class} ${each.cause}`, cells: [nameOf(each), CLASS_WORDS[each.class], ...tallyCells(each, currency)], onOpen: () => openCause(each) })),
      }}
    >
      {(width) => <Bars width={width} rows={rows} scale="shared" />}
    </ChartFrame>
  );
}

export interface MonthsPanelProps {
  readonly shares: readonly PeriodShare[];
  readonly charts: OverviewCharts;
}

export function MonthsPanel({ shares, charts }: MonthsPanelProps) {
  const { selectPeriod, period } = useWorkspace();
  const { measure, currency } = charts;
  const figure = measure === 'value' ? 'valueMinor' : 'unitsScaled';
  const shareOf = ({ explained }: PeriodShare) => (measure === 'value' ? explained.valueShareHundredths : explained.unitsShareHundredths);
  const textOf = (each: PeriodShare) => {
    const share = shareOf(each);
    return share === null ? 'none' : percentText(share);
  };
  const legend = VARIANCE_CLASSES.map((each) => ({ tone: each, label: CLASS_WORDS[each] }));
  const rows = shares.map((each) => ({
    key: each.code,
    label: periodName(each.code),
    text: textOf(each),
    isStrong: each.periodId === period.periodId,
    parts: VARIANCE_CLASSES.map((own) => ({
      key: own,
      tone: own,
      value: each.byClass[own][figure],
      label: `${periodName(each.code)}, ${CLASS_WORDS[own]}: ${quantityText(each.byClass[own].unitsScaled)} units, ${moneyText(each.byClass[own].valueMinor, currency)} ${currency}`,
      onOpen: each.periodId === period.periodId ? undefined : () => selectPeriod(each.periodId),
    })),
  }));
  return (
    <ChartFrame
      title="Explained over the months" testId="overview-months"
      note={measure === 'value' ? 'share of value' : 'share of units'}
      description={`The explained share by period: ${shares.map((each) => `${periodName(each.code)} ${textOf(each)}`).join('; ')}. A bar opens its period.`}
      fileName={charts.fileName('explained over the months')} onSave={charts.onSave} height={(width) => barsHeight(rows.length, legend, width)}
      empty={shares.length === 0 ? 'No period is reconciled.' : undefined}
      table={{
        columns: [{ title: 'Period' }, { title: 'Units explained', align: 'end' }, { title: 'Value explained', align: 'end' }, { title: 'Variance, units', align: 'end' }, { title: `Variance, ${currency}`, align: 'end' }, { title: 'Units left', align: 'end' }, { title: `${currency} left`, align: 'end' }],
        rows: shares.map((each) => ({
          key: each.code,
          cells: [
            periodName(each.code),
            ...[each.explained.unitsShareHundredths, each.explained.valueShareHundredths].map((share) => (share === null ? 'none' : percentText(share))),
            quantityText(each.variance.unitsScaled), moneyText(each.variance.valueMinor, currency), quantityText(each.byClass.unexplained.unitsScaled), moneyText(each.byClass.unexplained.valueMinor, currency),
          ],
          onOpen: each.periodId === period.periodId ? undefined : () => selectPeriod(each.periodId),
        })),
      }}
    >
      {(width) => <Bars width={width} rows={rows} scale="own" legend={legend} />}
    </ChartFrame>
  );
}
