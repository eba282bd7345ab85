/**
 * The Reconcile screen: period, cut-off and window; which positions are there; the run; roll-forward and result.
 */
import { useQuery } from '../../api';
import { useCommands } from '../../app/commands';
import { useScreenFocus, useStatus, useWorkspace } from '../../app/workspace';
import { madeWith } from '../../app/words';
import { Button, countText, countWords, instantText, Notice, periodName, PlayIcon, ProgressBar, QuietBar, Section } from '../../ui';
import { PeriodFacts } from './period-facts';
import { ResultSummary } from './result-summary';
import { RollForwardTable } from './roll-forward-table';
import { SourcesTable } from './sources-table';
import { useReconciliation } from './use-reconciliation';
import { missingWords } from './missing-words';
import styles from './reconcile-screen.module.css';

export function ReconcileScreen() {
  const { period, canEdit, whyNot, timeZone, openScreen } = useWorkspace();
  const { periodId } = period;
  const summary = useQuery('lines:summary', { periodId }, { keepsPrevious: true });
  const imports = useQuery('imports:summary', { periodId }, { areas: ['imports', 'quarantine'], keepsPrevious: true });
  const reconciliation = useReconciliation(periodId);
  const nothingImported = imports.value !== undefined && imports.value.imports.length === 0;
  const canRun = canEdit && !reconciliation.running && !nothingImported;

  useCommands({ 'reconcile.run': { run: () => void reconciliation.run(), enabled: canRun } });
  useScreenFocus(({ view }) => {
    if (view === 'run' && canRun) void reconciliation.run();
  });
  useStatus([
    { label: 'lines', value: countText(summary.value?.lines ?? 0), testId: 'status-lines' },
    { label: 'exceptions', value: countText(summary.value?.exceptions ?? 0) },
  ]);

  const reconciled = summary.value?.reconciledInstant ?? null;
  const missing = imports.value?.missing ?? [];
  return (
    <div className={styles['screen']}>
      <div className={styles['column']}>
        <header className={styles['head']}>
          <div>
            <h2>{periodName(period.code)}</h2>
            <p className={styles['soft']} data-testid="reconciled-at">
              {reconciled === null ? 'Not reconciled yet' : `Reconciled ${instantText(reconciled, timeZone)}${summary.value?.ruleVersion ? ` with ${madeWith(summary.value.ruleVersion)}` : ''}`}
            </p>
          </div>
          <Button
            kind={reconciled === null || summary.value?.isStale ? 'primary' : 'plain'}
            icon={PlayIcon}
            shortcut="F9"
            disabled={!canRun}
            hint={whyNot || undefined}
            onClick={() => void reconciliation.run()}
          >
            {reconciled === null ? 'Run the reconciliation' : 'Run again'}
          </Button>
        </header>
        {reconciliation.running ? (
          <ProgressBar
            title={`Reconciling ${periodName(period.code)}`}
            stage={reconciliation.progress?.stage ?? 'Starting'}
            done={reconciliation.progress?.done ?? 0}
            total={reconciliation.progress?.total ?? null}
            startedInstant={reconciliation.startedInstant}
            onCancel={reconciliation.cancel}
          />
        ) : null}
        {reconciliation.refusal ? <Notice tone={reconciliation.refusal.failure === 'cancelled' ? 'info' : 'error'} title={reconciliation.refusal.message} copyText={reconciliation.refusal.message} /> : null}
        {!reconciliation.running && summary.value?.isStale ? (
          <Notice tone="warning" title="Files, rules or the period before changed after the reconciliation.">The lines do not stand for them yet. Run it again; reasons, owners and notes stay.</Notice>
        ) : null}
        {nothingImported ? (
          <Notice tone="info" title="Nothing is imported into this period" actions={<Button kind="primary" onClick={() => openScreen('import')}>Go to Import</Button>}>
            A reconciliation needs the positions of at least two sources.
          </Notice>
        ) : null}
        {imports.value && imports.value.waiting > 0 ? (
          <Notice tone="warning" title={`${countWords(imports.value.waiting, 'row')} in quarantine`} actions={<Button onClick={() => openScreen('map')}>Go to Map</Button>}>
            The figures are incomplete until each is mended, replayed or set aside.
          </Notice>
        ) : null}
        <div className={styles['two']}>
          <PeriodFacts />
          <Section title="Positions" aside={missing.length > 0 && !nothingImported ? `${missingWords(missing)} missing` : undefined} testId="sources">
            <QuietBar shown={imports.loading && !imports.value} />
            {imports.value ? <SourcesTable summary={imports.value} timeZone={timeZone} cutOffInstant={period.cutOffInstant} /> : null}
          </Section>
        </div>
        {summary.value && reconciled !== null ? (
          <div>
            <ResultSummary summary={summary.value} />
            <RollForwardTable periodId={periodId} />
          </div>
        ) : null}
      </div>
    </div>
  );
}
