/**
 * The audit trail: who did what and when, newest first; the chosen event whole beside it; how far the chain reaches.
 */
import { useDeferredValue, useEffect, useState } from 'react';
import { useStatus, useWorkspace } from '../../app/workspace';
import {
  Button,
  classes,
  countText,
  countWords,
  EmptyState,
  HistoryIcon,
  instantText,
  Notice,
  periodName,
  QuietBar,
  RowWindow,
  SealIcon,
  SelectField,
  sentenceText,
  Spacer,
  Toolbar,
  withLocalInstants,
} from '../../ui';
import { useAuditPages } from './audit-pages';
import { EventPane } from './event-pane';
import styles from './audit.module.css';

const ROW_HEIGHT = 28;

export function AuditScreen() {
  const { info, timeZone, period, findText, setFindText, openScreen } = useWorkspace();
  const [scope, setScope] = useState<'all' | 'period'>('all');
  const [chosen, setChosen] = useState<number | undefined>(undefined);
  const text = useDeferredValue(findText.trim());
  const periodId = scope === 'period' ? period.periodId : null;
  const pages = useAuditPages({ text, periodId });
  useEffect(() => setChosen(undefined), [text, periodId]);
  useStatus([{ label: 'events', value: pages.total === undefined ? '–' : countText(pages.total) }]);
  const sentence = (text: string) => sentenceText(withLocalInstants(text, timeZone));
  const event = chosen === undefined ? undefined : pages.eventAt(chosen);

  return (
    <div className={styles['audit']} data-testid="audit">
      <Toolbar label="Audit trail">
        <div className={styles['scope']}>
          <SelectField<'all' | 'period'>
            label="Events of"
            labelHidden
            value={scope}
            onValue={setScope}
            choices={[
              { value: 'all', label: 'Whole workbook' },
              { value: 'period', label: periodName(period.code) },
            ]}
          />
        </div>
        <Spacer />
        <span className={styles['chain']} title={info.chain.hash} data-testid="chain">
          {`Chain of ${countWords(info.chain.sequence, 'event')}, last ${info.chain.hash.slice(0, 12)}`}
        </span>
        <Button onClick={() => openScreen('auditRoom')}>Auditor’s room</Button>
        <Button icon={SealIcon} onClick={() => openScreen('lock', { view: 'verifyWorkbook' })}>
          Verify the chain
        </Button>
      </Toolbar>
      <QuietBar shown={pages.total === undefined && !pages.refusal} />
      {pages.refusal ? (
        <Notice
          strip
          tone="error"
          title={pages.refusal.message}
          copyText={pages.refusal.message}
          actions={<Button onClick={pages.reload}>Read again</Button>}
        />
      ) : null}
      <div className={styles['body']}>
        {pages.total === 0 ? (
          <EmptyState
            icon={HistoryIcon}
            title={text ? `No event holds “${text}”` : 'No event yet'}
            action={
              text || scope === 'period' ? (
                <Button
                  onClick={() => {
                    setFindText('');
                    setScope('all');
                  }}
                >
                  Show all events
                </Button>
              ) : undefined
            }
          >
            Everything a person does is recorded here and cannot be taken out again.
          </EmptyState>
        ) : (
          <div className={classes(styles['events'], event && styles['narrow'])}>
            <RowWindow
              label="Audit events, newest first"
              count={pages.total ?? 0}
              rowHeight={ROW_HEIGHT}
              onRange={pages.onRange}
              onChoose={setChosen}
              chosen={chosen}
              testId="audit-events"
              head={
                <>
                  <span role="columnheader" className={styles['sequence']}>
                    #
                  </span>
                  <span role="columnheader" className={styles['time']}>
                    Time
                  </span>
                  <span role="columnheader" className={styles['person']}>
                    Person
                  </span>
                  <span role="columnheader" className={styles['action']}>
                    Action
                  </span>
                  <span role="columnheader" className={styles['sentence']}>
                    What happened
                  </span>
                  <span role="columnheader" className={styles['period']}>
                    Period
                  </span>
                </>
              }
              row={(index) => {
                const each = pages.eventAt(index);
                if (!each)
                  return (
                    <span role="cell" className={styles['reading']}>
                      Reading
                    </span>
                  );
                return (
                  <>
                    <span role="cell" className={styles['sequence']}>
                      {countText(each.sequence)}
                    </span>
                    <span role="cell" className={styles['time']}>
                      {instantText(each.atInstant, timeZone)}
                    </span>
                    <span role="cell" className={styles['person']} title={each.actor}>
                      {each.actor.replace(/ <.*>$/, '')}
                    </span>
                    <span role="cell" className={styles['action']}>
                      {each.action}
                    </span>
                    <span role="cell" className={styles['sentence']} title={sentence(each.sentence)}>
                      {sentence(each.sentence)}
                    </span>
                    <span role="cell" className={styles['period']}>
                      {each.periodCode === null ? '–' : periodName(each.periodCode)}
                    </span>
                  </>
                );
              }}
            />
          </div>
        )}
        {event ? (
          <div className={styles['event']}>
            <EventPane event={event} onClose={() => setChosen(undefined)} />
          </div>
        ) : null}
      </div>
    </div>
  );
}
