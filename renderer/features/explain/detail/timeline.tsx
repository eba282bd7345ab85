/**
 * The timeline: lanes per system with the cut-off and the window drawn, and below it each event with the instant at
 * which every system took it in. What happened first stands first.
 */
import { useState } from 'react';
import type { Evidence, LineDetail, TimelineEntry } from '@shared/domain/lines';
import { HOUR_MS } from '@shared/domain/instant';
import { formatQuantity } from '@shared/domain/quantity';
import { saveDocument } from '../../../app/save-document';
import { useWorkspace } from '../../../app/workspace';
import { MOVEMENT_WORDS, SYSTEM_WORDS } from '../../../app/words';
import { type LaneEvent, Lanes } from '../../../charts';
import { classes, countWords, instantText, quantityText, shortInstantText } from '../../../ui';
import { lineName } from '../line-row';
import { EvidenceLink } from './evidence-link';
import { eventsOf, instantOn, LANES, type Lane, scaleOf, type TimelineEvent } from './timeline-layout';
import styles from './timeline.module.css';

export interface TimelineProps {
  readonly line: LineDetail;
  readonly onEvidence: (evidence: Evidence) => void;
}

const SHAPES = { posting: 'round', position: 'solid', count: 'framed' } as const;

/** What an event is called: `Shipment SO-10481`, `ERP says`, `Count PDX-07`. */
function eventName(event: TimelineEvent): string {
  if (event.what === 'count') return `Count ${event.document}`;
  if (event.what === 'position') return `${SYSTEM_WORDS[event.entries[0]!.lane]} figure`;
  return `${event.type === null ? 'Event' : MOVEMENT_WORDS[event.type]} ${event.document}`;
}

export function Timeline({ line, onEvidence }: TimelineProps) {
  const [pointed, setPointed] = useState<string | undefined>(undefined);
  const events = eventsOf(line.timeline);
  const lanes = LANES.filter((lane) => line.timeline.some((entry) => entry.lane === lane));
  if (events.length === 0) return <p className={styles['none']}>No event of this line is known in the period.</p>;
  return (
    <>
      <Picture line={line} events={events} lanes={lanes} pointed={pointed} onEvidence={onEvidence} />
      <EventTable line={line} events={events} lanes={lanes} pointed={pointed} onPoint={setPointed} onEvidence={onEvidence} />
    </>
  );
}

interface PictureProps extends TimelineProps {
  readonly events: readonly TimelineEvent[];
  readonly lanes: readonly Lane[];
  readonly pointed: string | undefined;
}

function Picture({ line, events, lanes, pointed, onEvidence }: PictureProps) {
  const { info } = useWorkspace();
  const { timeZone, cutOffInstant, windowHours } = line;
  const laneEvents = events.map((event, index): LaneEvent => ({
    key: event.key,
    short: String(index + 1),
    marks: event.entries.map((entry, place) => ({
      key: `${event.key} ${place}`,
      lane: entry.lane,
      instant: instantOn(entry),
      shape: SHAPES[entry.what],
      label: `${eventName(event)} ${quantityText(event.quantityScaled)}, ${SYSTEM_WORDS[entry.lane]} ${instantText(instantOn(entry), timeZone)}, row ${entry.evidence.row} of ${entry.evidence.file}`,
      onOpen: () => onEvidence(entry.evidence),
    })),
  }));
  return (
    <Lanes
      title="Timeline by system"
      titleHidden
      note={`${countWords(events.length, 'event')}, window ±${windowHours} h`}
      description={`Events by system around the cut-off ${instantText(cutOffInstant, timeZone)}. Each mark opens its row.`}
      lanes={lanes.map((lane) => ({ key: lane, label: SYSTEM_WORDS[lane] }))}
      events={laneEvents}
      bands={[{ startInstant: cutOffInstant - windowHours * HOUR_MS, endInstant: cutOffInstant + windowHours * HOUR_MS, label: 'window' }]}
      cut={{ instant: cutOffInstant, label: 'cut-off' }}
      first={scaleOf(line.timeline, cutOffInstant, windowHours)}
      timeZone={timeZone}
      pointed={pointed}
      fileName={`${info.company} ${line.periodCode} ${lineName(line)} timeline`}
      onSave={(document) => void saveDocument(document)}
      testId="timeline"
      table={{
        columns: [{ title: 'Event' }, { title: 'Units', align: 'end' }, { title: 'System' }, { title: 'Happened' }, { title: 'Taken in' }, { title: 'After the cut-off' }, { title: 'Row' }],
        rows: events.flatMap((event) =>
          event.entries.map((entry, place) => ({
            key: `${event.key} ${place}`,
            onOpen: () => onEvidence(entry.evidence),
            cells: [
              eventName(event),
              event.quantityScaled === null ? 'unknown' : { text: quantityText(event.quantityScaled), plain: formatQuantity(event.quantityScaled) },
              SYSTEM_WORDS[entry.lane], instantText(entry.occurredInstant, timeZone), instantText(instantOn(entry), timeZone), entry.isAfterCutOff ? 'yes' : 'no',
              `${entry.evidence.file}, row ${entry.evidence.row}`,
            ],
          })),
        ),
      }}
    />
  );
}

interface EventTableProps extends PictureProps {
  readonly onPoint: (key: string | undefined) => void;
}

function EventTable({ line, events, lanes, pointed, onPoint, onEvidence }: EventTableProps) {
  const { timeZone, cutOffInstant } = line;
  const systems = lanes.filter((lane) => lane !== 'count');
  const cell = (entry: TimelineEntry) => (
    <span key={`${entry.evidence.importId} ${entry.evidence.row}`} className={styles['posting']}>
      <span className={classes(instantOn(entry) > cutOffInstant && styles['after'])} title={`${instantText(instantOn(entry), timeZone)}${instantOn(entry) > cutOffInstant ? ', after the cut-off' : ''}`}>
        {shortInstantText(instantOn(entry), timeZone)}
      </span>
      <EvidenceLink evidence={entry.evidence} onEvidence={onEvidence} short />
    </span>
  );
  return (
    <table className={styles['events']}>
      <caption className="visually-hidden">Events in the order in which they happened, with the instant each system took them in</caption>
      {events.some(({ what }) => what === 'posting') ? (
        <thead>
          <tr>{systems.map((system) => <th key={system} scope="col">{SYSTEM_WORDS[system]}</th>)}</tr>
        </thead>
      ) : null}
      {events.map((event, index) => (
        <tbody key={event.key} className={classes(event.key === pointed && styles['pointed'])} onMouseEnter={() => onPoint(event.key)} onMouseLeave={() => onPoint(undefined)}>
          <tr>
            <th scope="rowgroup" colSpan={Math.max(1, systems.length)}>
              <span className={styles['event']}>
                <span className={styles['index']}>{index + 1}</span>
                <span className={styles['name']}>{eventName(event)} <b>{quantityText(event.quantityScaled)}</b></span>
                {event.elsewhere ? <span className={styles['elsewhere']}>on {event.elsewhere}</span> : null}
                <span className={classes(styles['occurred'], event.what === 'position' && event.occurredInstant > cutOffInstant && styles['after'])}>
                  {event.what === 'posting' ? 'happened ' : ''}{shortInstantText(event.occurredInstant, timeZone)}
                </span>
                {event.what !== 'posting' ? event.entries.map((entry) => <EvidenceLink key={entry.evidence.row} evidence={entry.evidence} onEvidence={onEvidence} short />) : null}
              </span>
            </th>
          </tr>
          {event.what === 'posting' ? (
            <tr>
              {systems.map((system) => {
                const own = event.entries.filter((entry) => entry.lane === system);
                return <td key={system}>{own.length > 0 ? own.map(cell) : <span className={styles['missing']}>–<span className="visually-hidden">not posted</span></span>}</td>;
              })}
            </tr>
          ) : null}
        </tbody>
      ))}
    </table>
  );
}
