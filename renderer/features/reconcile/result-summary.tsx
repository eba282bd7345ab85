/**
 * What the run found: lines, how each was settled, and what the variance is made of.
 */
import type { LinesSummary } from '@shared/domain/lines';
import { VARIANCE_CLASSES } from '@shared/domain/variance';
import { CLASS_WORDS } from '../../app/words';
import { useWorkspace } from '../../app/workspace';
import { ArrowRightIcon, Badge, Button, countText, countWords, Figure, moneyText, quantityText, Section, shareText, Table } from '../../ui';
import styles from './reconcile-screen.module.css';

export function ResultSummary({ summary }: { readonly summary: LinesSummary }) {
  const { openScreen } = useWorkspace();
  const { currency, variance, byClass, byStatus } = summary;
  return (
    <Section
      title="Result"
      testId="result"
      aside={
        <span className={styles['ways']}>
          <Button onClick={() => openScreen('overview')}>See the overview</Button>
          {byStatus.open.lines === 0 ? (
            <Button onClick={() => openScreen('explain')}>See the lines</Button>
          ) : (
            <Button kind={summary.isStale ? 'plain' : 'primary'} icon={ArrowRightIcon} onClick={() => openScreen('explain')}>Explain {countText(byStatus.open.lines)} open</Button>
          )}
        </span>
      }
    >
      <div className={styles['figures']}>
        <Figure label="Lines" value={countText(summary.lines)} note={`${countText(summary.linesWithVariance)} with a variance`} testId="figure-lines" />
        <Figure label="Cleared by a rule" value={countText(byStatus.cleared.lines)} note={`${moneyText(byStatus.cleared.valueMinor, currency)} ${currency}`} testId="figure-cleared" />
        <Figure label="Open" value={countText(byStatus.open.lines)} note={`${moneyText(summary.valueAtStakeMinor, currency)} ${currency} at stake`} testId="figure-open" />
        <Figure label="Tagged" value={countText(byStatus.tagged.lines)} note={`${countText(byStatus.approved.lines)} approved`} testId="figure-tagged" />
        <Figure label="Patterns to confirm" value={countText(summary.suggestedLines)} note={summary.linesWithoutCost === 0 ? undefined : `${countWords(summary.linesWithoutCost, 'line')} without unit cost`} />
      </div>
      <Table
        caption="Variance by class"
        rows={VARIANCE_CLASSES}
        rowKey={(each) => each}
        columns={[
          { id: 'class', title: 'Class', cell: (each) => <Badge tone={each} plain>{CLASS_WORDS[each]}</Badge>, foot: 'Variance' },
          { id: 'lines', title: 'Lines, by main class', align: 'end', cell: (each) => countText(byClass[each].lines), foot: countText(summary.linesWithVariance) },
          { id: 'units', title: 'Units', align: 'end', cell: (each) => quantityText(byClass[each].unitsScaled), foot: quantityText(variance.unitsScaled) },
          { id: 'value', title: `Value, ${currency}`, align: 'end', cell: (each) => moneyText(byClass[each].valueMinor, currency), foot: moneyText(variance.valueMinor, currency) },
          { id: 'share', title: 'Share of value', align: 'end', cell: (each) => shareText(byClass[each].valueMinor, variance.valueMinor), foot: '' },
        ]}
      />
    </Section>
  );
}
