/**
 * Before a journal waits: lines that are ready for one, lines that still need a reason or an owner, and the next step.
 */
import type { Journal } from '@shared/contract/journals';
import type { LinesSummary } from '@shared/domain/lines';
import { useQuery } from '../../api';
import { NotReconciled } from '../../app/not-reconciled';
import { useWorkspace } from '../../app/workspace';
import {
  ArrowRightIcon,
  Button,
  countText,
  countWords,
  Figure,
  moneyText,
  Notice,
  Section,
  Table,
} from '../../ui';
import { type ReasonSum, useTaggedByReason } from './by-reason';
import styles from './approve.module.css';

export interface ReadinessProps {
  readonly summary: LinesSummary;
  readonly journals: readonly Journal[];
}

export function Readiness({ summary, journals }: ReadinessProps) {
  const { currency, period } = useWorkspace();
  const { open, tagged, approved } = summary.byStatus;
  const reasons = useQuery('tags:reasonCodes', {}, { areas: [] });
  const byReason = useTaggedByReason(period.periodId);
  const nameOf = (code: string) => reasons.value?.find((reason) => reason.code === code);

  if (summary.reconciledInstant === null) {
    return (
      <NotReconciled>There is something to approve once lines are reconciled and have their reasons.</NotReconciled>
    );
  }
  return (
    <div className={styles['scroll']}>
      <NextStep summary={summary} journals={journals} />
      <div className={styles['figures']}>
        <Figure
          label="Ready for a journal"
          value={countWords(tagged.lines, 'line')}
          note={`${moneyText(tagged.valueMinor, currency)} ${currency} at stake`}
          testId="lines-ready"
        />
        <Figure
          label="Need a reason or an owner"
          value={countWords(open.lines, 'line')}
          note={`${moneyText(open.valueMinor, currency)} ${currency} at stake`}
          testId="lines-open"
          {...(open.lines > 0 ? { tone: 'unexplained' as const } : {})}
        />
        <Figure
          label="Approved"
          value={countWords(approved.lines, 'line')}
          note={`${moneyText(approved.valueMinor, currency)} ${currency}`}
          testId="lines-approved"
          {...(approved.lines > 0 ? { tone: 'cleared' as const } : {})}
        />
      </div>
      <Section title="Ready lines by reason" testId="ready-by-reason">
        <Table<ReasonSum>
          caption="Tagged lines by reason"
          rows={byReason ?? []}
          rowKey={(sum) => sum.reasonCode}
          empty={byReason ? 'No line has a reason and an owner that a journal does not hold already.' : 'Adding up'}
          columns={[
            { id: 'code', title: 'Reason', cell: (sum) => sum.reasonCode },
            { id: 'name', title: 'Meaning', cell: (sum) => nameOf(sum.reasonCode)?.name ?? '' },
            {
              id: 'posting',
              title: 'Books',
              cell: (sum) =>
                nameOf(sum.reasonCode)?.posting === 'adjust'
                  ? `inventory against ${nameOf(sum.reasonCode)?.offsetAccount ?? ''}`
                  : 'nothing',
            },
            {
              id: 'lines',
              title: 'Lines',
              align: 'end',
              cell: (sum) => countText(sum.lines),
              foot: byReason?.length ? countText(byReason.reduce((total, sum) => total + sum.lines, 0)) : undefined,
            },
            {
              id: 'value',
              title: `Value, ${currency}`,
              align: 'end',
              cell: (sum) =>
                `${moneyText(sum.valueMinor, currency)}${sum.linesWithoutCost > 0 ? ` and ${countWords(sum.linesWithoutCost, 'line')} without cost` : ''}`,
              foot: byReason?.length
                ? moneyText(
                    byReason.reduce((total, sum) => total + sum.valueMinor, 0),
                    currency,
                  )
                : undefined,
            },
          ]}
        />
      </Section>
    </div>
  );
}

/** What the approving person can do now, in one line and one button. */
function NextStep({ summary, journals }: ReadinessProps) {
  const { openScreen } = useWorkspace();
  const { open, tagged } = summary.byStatus;
  if (open.lines > 0) {
    return (
      <Notice
        tone="info"
        title={`${countWords(open.lines, 'line needs', 'lines need')} a reason and an owner before everything can be approved`}
        actions={
          <>
            <Button onClick={() => openScreen('explain')}>Go to Explain</Button>
            {tagged.lines > 0 ? (
              <Button icon={ArrowRightIcon} onClick={() => openScreen('journal')}>
                Go to Journal
              </Button>
            ) : null}
          </>
        }
      >
        {tagged.lines > 0
          ? `A journal can already be prepared for the ${countWords(tagged.lines, 'line')} that are ready; the rest follows in another.`
          : 'No journal waits.'}
      </Notice>
    );
  }
  if (tagged.lines > 0) {
    return (
      <Notice
        tone="info"
        title={`${countWords(tagged.lines, 'line is', 'lines are')} ready and no journal waits`}
        actions={
          <Button kind="primary" onClick={() => openScreen('journal')}>
            Go to Journal
          </Button>
        }
      >
        The preparer makes and signs the journal first; then it waits here for the approver.
      </Notice>
    );
  }
  const toExport = journals.filter((journal) => journal.state === 'approved').length;
  return (
    <Notice
      tone="done"
      title="Nothing waits for approval"
      actions={
        <Button kind="primary" onClick={() => openScreen(toExport > 0 ? 'journal' : 'lock')}>
          {toExport > 0 ? 'Go to Journal' : 'Go to Lock'}
        </Button>
      }
    >
      {toExport > 0
        ? `${countWords(toExport, 'approved journal')} can be exported.`
        : 'Every exception is in an approved journal, or there was none.'}
    </Notice>
  );
}
