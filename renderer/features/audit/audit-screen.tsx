/**
 * The audit trail: who did what and when, newest first; the chosen event whole beside it; how far the chain reaches.
 */
import { useDeferredValue, useEffect, useRef, useState } from 'react';
import { shellCall, useCall, useConnection } from '../../api';
import { useCommands } from '../../app/commands';
import { notify } from '../../app/notifications';
import { useStatus, useWorkspace } from '../../app/workspace';
import {
  Button,
  classes,
  countText,
  countWords,
  EmptyState,
  ExportIcon,
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
import { TrailFilters, useAskedTrail } from './trail-filters';
import styles from './audit.module.css';

const ROW_HEIGHT = 28;

export function AuditScreen() {
  const { info, timeZone, period, findText, setFindText, openScreen, announce } = useWorkspace();
  const connection = useConnection();
  const text = useDeferredValue(findText.trim());
  const trail = useAskedTrail(text);
  const { asked, ask, filter, isFiltered } = trail;
  const pages = useAuditPages(filter);
  const [chosen, setChosen] = useState<number | undefined>(undefined);
  const [isOpen, setIsOpen] = useState(false);
  const [inPane, setInPane] = useState(false);
  const screen = useRef<HTMLDivElement>(null);
  // The event that was shown stays shown where the new question finds it too.
  const shown = useRef(asked.sequence);
  shown.current = asked.sequence;
  useEffect(() => {
    setChosen(undefined);
    const sequence = shown.current;
    if (sequence === null) return undefined;
    let isCurrent = true;
    void connection.call('audit:place', { ...filter, sequence }).then((outcome) => {
      if (!isCurrent || !outcome.ok || outcome.value.index === null) return;
      setChosen(outcome.value.index);
      setIsOpen(true);
    });
    return () => {
      isCurrent = false;
    };
  }, [connection, filter]);
  const choose = (index: number) => {
    setInPane(false);
    setIsOpen(true);
    setChosen(index);
    ask({ sequence: pages.eventAt(index)?.sequence ?? null });
  };
  /** The event stays chosen in the list, which gets the keyboard back. */
  const closePane = () => {
    setInPane(false);
    setIsOpen(false);
  };
  const showAll = () => {
    setFindText('');
    trail.clear();
  };
  const focusOn = (selector: string) => screen.current?.querySelector<HTMLElement>(selector)?.focus();
  useCommands({
    'edit.filterColumn': { run: () => focusOn('[data-first-filter]') },
    'edit.clearFilters': { run: trail.clear, enabled: isFiltered },
    'view.switchPane': {
      run: () => {
        const isInList = document.activeElement?.getAttribute('role') === 'table';
        if (isInList && isOpen) setInPane(true);
        else if (inPane) setInPane(false);
        else focusOn('[role="table"]');
      },
    },
  });
  const counted = pages.total === undefined || pages.inAll === undefined ? '–' : pages.total === pages.inAll ? countText(pages.total) : `${countText(pages.total)} of ${countText(pages.inAll)}`;
  useStatus([{ label: 'events', value: counted }]);
  const save = useCall('audit:save');
  const saveLines = async () => {
    const isPart = pages.total !== pages.inAll;
    const place = await shellCall('shell:chooseSavePath', { suggestedName: `${info.company} audit trail${isPart ? ', part' : ''}.jsonl`, kind: 'jsonl' });
    if (!place.ok) {
      if (place.failure !== 'dialog_cancelled') notify({ tone: 'error', title: place.message });
      return;
    }
    const outcome = await save.run({ ...filter, path: place.value.path });
    if (outcome.ok) {
      const { events, inAll, path } = outcome.value;
      const title = outcome.value.isPart ? `${countText(events)} of ${countWords(inAll, 'event')} are saved; the first line says that it is a part` : `All ${countWords(events, 'event')} are saved`;
      announce(`${title}: ${path}.`);
      notify({ tone: 'done', title, text: path });
    } else if (outcome.failure !== 'cancelled') notify({ tone: 'error', title: 'The trail was not saved', text: outcome.message });
  };
  const sentence = (text: string) => sentenceText(withLocalInstants(text, timeZone));
  const event = chosen === undefined || !isOpen ? undefined : pages.eventAt(chosen);

  return (
    <div ref={screen} className={styles['audit']} data-testid="audit">
      <Toolbar label="Audit trail">
        <div className={styles['scope']}>
          <SelectField<'all' | 'period'>
            label="Events of"
            labelHidden
            value={asked.ofPeriod ? 'period' : 'all'}
            onValue={(scope) => ask({ ofPeriod: scope === 'period' })}
            choices={[
              { value: 'all', label: 'Whole workbook' },
              { value: 'period', label: periodName(period.code) },
            ]}
          />
        </div>
        <span data-testid="audit-count">{`${counted} ${pages.inAll === 1 ? 'event' : 'events'}`}</span>
        <Spacer />
        <span className={styles['chain']} title={info.chain.hash} data-testid="chain">
          {`Chain of ${countWords(info.chain.sequence, 'event')}, last ${info.chain.hash.slice(0, 12)}`}
        </span>
        <Button onClick={() => openScreen('auditRoom')}>Auditor’s room</Button>
        <Button icon={ExportIcon} disabled={save.running || !pages.total} onClick={() => void saveLines()}>
          Save as JSON lines
        </Button>
        <Button icon={SealIcon} onClick={() => openScreen('lock', { view: 'verifyWorkbook' })}>
          Verify the chain
        </Button>
      </Toolbar>
      <TrailFilters trail={trail} />
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
            title={text && !isFiltered ? `No event holds “${text}”` : text || isFiltered || asked.ofPeriod ? 'No event is as asked for' : 'No event yet'}
            action={
              text || isFiltered || asked.ofPeriod ? (
                <Button onClick={showAll}>{`Show all ${countWords(pages.inAll ?? 0, 'event')}`}</Button>
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
              onChoose={choose}
              onOpen={() => setInPane(true)}
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
            <EventPane event={event} takesFocus={inPane} onClose={closePane} />
          </div>
        ) : null}
      </div>
    </div>
  );
}
