/**
 * One event whole: before, after, why, everything it recorded, and its place in the chain.
 */
import { capitalised } from '@shared/domain/explanation/words';
import type { AuditEvent } from '@shared/contract/audit';
import { useWorkspace } from '../../app/workspace';
import { Button, CopyButton, countText, Facts, instantText, Pane, Section, sentenceText, Table, withLocalInstants } from '../../ui';
import { readEventDetail } from './event-detail';
import styles from './audit.module.css';

/** A recorded field as the head of its value: `file name` as `File name`. */
const fieldTitle = (name: string): string => (name === 'sha256' ? 'SHA-256' : capitalised(name));

export interface EventPaneProps {
  readonly event: AuditEvent;
  readonly takesFocus: boolean;
  readonly onClose: () => void;
}

export function EventPane({ event, takesFocus, onClose }: EventPaneProps) {
  const { timeZone, openScreen, selectPeriod } = useWorkspace();
  const { periodId, stockKeyId } = event;
  const showLine = (inPeriod: number, stockKey: number) => {
    selectPeriod(inPeriod);
    openScreen('explain', { stockKeyId: stockKey, view: 'all', text: event.subject.split(', ')[0]! });
  };
  const { changes, why, facts } = readEventDetail(event.detail);
  const local = (value: string) => withLocalInstants(value, timeZone);
  const at = instantText(event.atInstant, timeZone);
  return (
    <Pane
      title={`Event ${countText(event.sequence)}`}
      onClose={onClose}
      takesFocus={takesFocus}
      testId="audit-event"
      aside={
        <CopyButton
          text={`${event.sequence}  ${at}  ${event.actor}  ${event.action}  ${event.subject}\n${event.sentence}\n${event.detail}\n${event.hash}`}
        />
      }
    >
      <p className={styles['whole']}>{sentenceText(local(event.sentence))}</p>
      <div className={styles['facts']}>
        <Facts
          facts={[
            { name: 'Person', value: event.actor },
            { name: 'Time', value: at },
            { name: 'Action', value: event.action },
            { name: 'Subject', value: event.subject },
            ...(why ? [{ name: 'Why', value: why }] : []),
          ]}
        />
      </div>
      {periodId !== null && stockKeyId !== null ? <Button onClick={() => showLine(periodId, stockKeyId)}>Show the line</Button> : null}
      {changes.length > 0 ? (
        <Section title="Before and after">
          <Table
            caption="What the event changed"
            rows={changes}
            rowKey={(change) => change.name}
            columns={[
              { id: 'name', title: 'Field', cell: (change) => fieldTitle(change.name) },
              {
                id: 'before',
                title: 'Before',
                wraps: true,
                cell: (change) => (
                  <span className={change.before === 'nothing' ? styles['quiet'] : undefined}>
                    {local(change.before ?? '')}
                  </span>
                ),
              },
              {
                id: 'after',
                title: 'After',
                wraps: true,
                cell: (change) =>
                  change.before === change.after ? (
                    <span className={styles['quiet']}>the same</span>
                  ) : (
                    <b>{local(change.after ?? '')}</b>
                  ),
              },
            ]}
          />
        </Section>
      ) : null}
      {facts.length > 0 ? (
        <Section title="Recorded">
          <Facts facts={facts.map(({ name, value }) => ({ name: fieldTitle(name), value: local(value) }))} />
        </Section>
      ) : null}
      <Section title="Place in the chain">
        <Facts facts={[{ name: 'Hash', value: <span className={styles['hash']}>{event.hash}</span> }, { name: 'After', value: <span className={styles['hash']}>{event.previousHash}</span> }]} />
      </Section>
    </Pane>
  );
}
