/**
 * The Overview screen: one sentence, a few figures, and pictures of where the period's trouble sits.
 */
import { useEffect, useRef, useState } from 'react';
import type { Overview } from '@shared/domain/overview';
import { useQuery } from '../../api';
import { recall, remember } from '../../app/settings';
import { usePrinting } from '../../app/printing';
import { NotReconciled } from '../../app/not-reconciled';
import { madeWith } from '../../app/words';
import { useStatus, useWorkspace } from '../../app/workspace';
import { printPart } from '../../charts';
import { Button, countText, countWords, Hint, instantText, moneyText, Notice, Pending, percentText, periodName, quantityText, QuietBar, SelectField } from '../../ui';
import { allOf, type OverviewCharts, useOverviewCharts } from './chart-parts';
import { AgeInClosesPanel, AgeInDaysPanel, LocationPanel, MapPanel, OwnerPanel, RecurringPanel } from './exception-panels';
import { CausePanel, ClassPanel, MonthsPanel } from './explained-panels';
import { type Measure, MEASURE_CHOICES, MEASURES, overviewSentence } from './measures';
import styles from './overview.module.css';

const AREAS = ['lines', 'tags', 'imports', 'quarantine', 'journals', 'signOff', 'workbook'];

const measureToBegin = (): Measure => {
  const recalled = recall<string>('overview.measure');
  return MEASURES.find((measure) => measure === recalled) ?? 'value';
};

export function OverviewScreen() {
  const { period } = useWorkspace();
  const { periodId } = period;
  const overview = useQuery('overview:period', { periodId }, { keepsPrevious: true });
  const value = overview.value;
  useStatus(
    value
      ? [
          { label: 'lines', value: countText(value.lines), testId: 'status-lines' },
          { label: 'open', value: countText(value.exceptions.open.lines) },
          { label: 'at stake', value: `${moneyText(value.exceptions.open.valueMinor, value.currency)} ${value.currency}` },
        ]
      : [],
  );
  if (!value || overview.refusal) return <Pending of={overview} label="The overview" />;
  if (value.reconciledInstant === null) {
    return (
      <NotReconciled>The overview of {periodName(period.code)} appears once it was reconciled.</NotReconciled>
    );
  }
  return <OverviewOf overview={value} />;
}

function OverviewOf({ overview }: { readonly overview: Overview }) {
  const { info, period, timeZone, currency, openScreen } = useWorkspace();
  const [measure, setMeasure] = useState(measureToBegin);
  useEffect(() => remember('overview.measure', measure), [measure]);
  const charts = useOverviewCharts(measure);
  const shares = useQuery('overview:shares', { periodId: period.periodId }, { areas: AREAS, keepsPrevious: true });
  const sheet = useRef<HTMLDivElement>(null);
  const printing = usePrinting();
  const title = `${info.company}, ${periodName(period.code)}`;
  return (
    <div className={styles['screen']} data-testid="overview">
      {overview.isStale ? (
        <Notice strip tone="warning" title="Files, rules or the period before changed after the reconciliation." actions={<Button onClick={() => openScreen('reconcile')}>Reconcile again</Button>}>
          The figures do not stand for them yet.
        </Notice>
      ) : null}
      <div className={styles['scroll']}>
        <div ref={sheet} className={styles['sheet']}>
          <header className={styles['head']}>
            <div>
              <h2 className={styles['sentence']} data-testid="overview-sentence" data-selectable>{overviewSentence(overview)}</h2>
              <p className={styles['soft']}>
                {periodName(period.code)}, reconciled {instantText(overview.reconciledInstant ?? 0, timeZone)}{overview.ruleVersion ? ` with ${madeWith(overview.ruleVersion)}` : ''}. Every mark opens its lines.
              </p>
            </div>
            <div className={styles['tools']} data-tools>
              <SelectField<Measure> label="Bars show" labelHidden value={measure} choices={MEASURE_CHOICES(currency)} onValue={setMeasure} />
              <Button onClick={() => sheet.current && printPart(sheet.current, title, () => printing.print({ head: `${info.company}. The month on one page, ${periodName(period.code)}`, timeZone }))}>Print</Button>
            </div>
          </header>
          <Figures overview={overview} charts={charts} />
          <div className={styles['panels']}>
            <div className={styles['causes']}>
              <ClassPanel overview={overview} charts={charts} />
              <CausePanel overview={overview} charts={charts} />
            </div>
            <div className={styles['map']}><MapPanel overview={overview} charts={charts} /></div>
            <div className={styles['days']}><AgeInDaysPanel overview={overview} charts={charts} /></div>
            <div className={styles['closes']}><AgeInClosesPanel overview={overview} charts={charts} /></div>
            <div className={styles['months']}>
              <QuietBar shown={shares.loading && !shares.value} />
              {shares.refusal ? <Notice tone="error" title={shares.refusal.message} copyText={shares.refusal.message} actions={<Button onClick={shares.reload}>Read again</Button>} /> : null}
              {shares.value ? <MonthsPanel shares={shares.value} charts={charts} /> : null}
            </div>
            <div className={styles['places']}>
              <OwnerPanel overview={overview} charts={charts} />
              <LocationPanel overview={overview} charts={charts} />
            </div>
            <div className={styles['recurring']}><RecurringPanel overview={overview} charts={charts} /></div>
          </div>
        </div>
      </div>
    </div>
  );
}

/** The few figures under the sentence; each opens its lines. */
function Figures({ overview, charts }: { readonly overview: Overview; readonly charts: OverviewCharts }) {
  const { byClass, explained, exceptions, recurring, currency, variance } = overview;
  const settled = exceptions.tagged.lines + exceptions.approved.lines;
  const again = allOf(recurring.tally);
  const share = (hundredths: number | null) => (hundredths === null ? 'none' : percentText(hundredths));
  const figures = [
    {
      id: 'explained', label: 'Explained, by units', value: share(explained.unitsShareHundredths), note: `by value ${share(explained.valueShareHundredths)}`,
      open: () => charts.open('With a variance', { onlyNonZero: true }),
    },
    {
      id: 'left', label: 'Left, units', value: quantityText(byClass.unexplained.unitsScaled), note: `${moneyText(byClass.unexplained.valueMinor, currency)} ${currency} on ${countWords(byClass.unexplained.lines, 'line')}`,
      open: () => charts.open('Holding unexplained', { holds: [{ class: 'unexplained' }] }),
    },
    {
      id: 'person', label: 'Need a person', value: countWords(exceptions.open.lines, 'line'), note: `${countText(settled)} tagged or approved`,
      open: () => charts.open('Open', { onlyExceptions: true, statuses: ['open'] }),
    },
    {
      id: 'stake', label: `Value at stake, ${currency}`, value: moneyText(exceptions.open.valueMinor, currency),
      note: overview.exceptionsWithoutCost > 0 ? `${countWords(overview.exceptionsWithoutCost, 'exception')} without unit cost` : `of ${moneyText(variance.valueMinor, currency)} variance`,
      open: () => charts.open('Open', { onlyExceptions: true, statuses: ['open'] }),
    },
    {
      id: 'recurring', label: overview.previousCode === null ? 'Recurring' : `Recurring from ${periodName(overview.previousCode)}`, value: overview.previousCode === null ? '–' : countWords(again.lines, 'line'),
      note: overview.previousCode === null ? 'no period before' : `${moneyText(again.valueMinor, currency)} ${currency}`,
      open: () => charts.open('Recurring', { onlyRecurring: true, onlyExceptions: true }),
    },
  ];
  return (
    <div className={styles['figures']}>
      {figures.map(({ id, label, value, note, open }) => (
        <Hint key={id} text="Show its lines">
          <button type="button" className={styles['figure']} data-testid={`overview-${id}`} onClick={open}>
            <span className={styles['label']}>{label}</span>
            <span className={styles['value']}>{value}</span>
            <span className={styles['note']}>{note}</span>
          </button>
        </Hint>
      ))}
    </div>
  );
}
