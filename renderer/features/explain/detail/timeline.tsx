/**
 * The timeline: lanes per system with the cut-off and the window drawn, and below it each event with the instant at
 * which every system took it in. What happened first stands first.
 */
import { useState } from 'react';
import type { Evidence, LineDetail, TimelineEntry } from '@shared/domain/lines';
import { HOUR_MS } from '@shared/domain/instant';
import { MOVEMENT_WORDS, SYSTEM_WORDS } from '../../../app/words';
import { classes, countWords, dateText, instantText, quantityText, shortInstantText } from '../../../ui';
import { EvidenceLink } from './evidence-link';
import { dayTicks, eventsOf, instantOn, LANES, type Lane, scaleOf, shareAt, spreadShares, type TimelineEvent, type TimelineScale } from './timeline-layout';
import styles from './timeline.module.css';

export interface TimelineProps {
  readonly line: LineDetail;
  readonly onEvidence: (evidence: Evidence) => void;
}

const LANE_HEIGHT = 24;
const PICTURE_WIDTH = 1000;
/** The width of a mark on the narrowest pane, as a share of the picture. */
const MARK_GAP = 0.052;

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
      <Picture line={line} events={events} lanes={lanes} pointed={pointed} />
      <EventTable line={line} events={events} lanes={lanes} pointed={pointed} onPoint={setPointed} onEvidence={onEvidence} />
    </>
  );
}

interface PictureProps {
  readonly line: LineDetail;
  readonly events: readonly TimelineEvent[];
  readonly lanes: readonly Lane[];
  readonly pointed: string | undefined;
}

/** Where each entry's mark stands on its lane, none hiding another and each on its side of the cut-off. */
function marksOf(events: readonly TimelineEvent[], lanes: readonly Lane[], scale: TimelineScale, cutOffInstant: number): ReadonlyMap<TimelineEntry, number> {
  const places = new Map<TimelineEntry, number>();
  const cutOff = shareAt(cutOffInstant, scale);
  for (const lane of lanes) {
    const own = events
      .flatMap((event) => event.entries.filter((entry) => entry.lane === lane && instantOn(entry) >= scale.startInstant))
      .sort((left, right) => instantOn(left) - instantOn(right));
    const place = (entries: readonly TimelineEntry[], least: number, most: number) =>
      spreadShares(entries.map((entry) => shareAt(instantOn(entry), scale)), MARK_GAP, least, most).forEach((share, index) => places.set(entries[index]!, share));
    place(own.filter((entry) => instantOn(entry) <= cutOffInstant), 0, cutOff - MARK_GAP / 2);
    place(own.filter((entry) => instantOn(entry) > cutOffInstant), cutOff + MARK_GAP / 2, 1);
  }
  return places;
}

function Picture({ line, events, lanes, pointed }: PictureProps) {
  const { timeZone, cutOffInstant, windowHours } = line;
  const scale = scaleOf(line.timeline, cutOffInstant, windowHours);
  const percent = (instant: number) => `${shareAt(instant, scale) * 100}%`;
  const windowStart = cutOffInstant - windowHours * HOUR_MS;
  const windowEnd = cutOffInstant + windowHours * HOUR_MS;
  const height = lanes.length * LANE_HEIGHT;
  const places = marksOf(events, lanes, scale, cutOffInstant);
  return (
    <div className={styles['picture']} role="img" aria-label={`Events by system around the cut-off ${instantText(cutOffInstant, timeZone)}; the table below lists them`}>
      <div className={styles['lanes']} style={{ height }}>
        {lanes.map((lane) => <div key={lane} className={styles['laneName']}>{SYSTEM_WORDS[lane]}</div>)}
      </div>
      <div className={styles['plot']} style={{ height }}>
        <div className={styles['window']} style={{ left: percent(windowStart), right: `${100 - shareAt(windowEnd, scale) * 100}%` }} title={`Window of ${windowHours} h on either side`} />
        {lanes.map((lane, index) => <div key={lane} className={styles['lane']} style={{ top: (index + 0.5) * LANE_HEIGHT }} />)}
        {dayTicks(scale, timeZone).map((tick) => (
          <div key={tick} className={styles['tick']} style={{ left: percent(tick) }}><span>{dateText(tick, timeZone).replace(/ \d{4}$/, '')}</span></div>
        ))}
        <svg className={styles['links']} viewBox={`0 0 ${PICTURE_WIDTH} ${height}`} preserveAspectRatio="none">
          {events.map((event) => {
            const points = event.entries
              .filter((entry) => places.has(entry))
              .map((entry) => `${places.get(entry)! * PICTURE_WIDTH},${(lanes.indexOf(entry.lane) + 0.5) * LANE_HEIGHT}`);
            return points.length > 1 ? <polyline key={event.key} className={classes(styles['link'], event.key === pointed && styles['pointedLink'])} points={points.join(' ')} /> : null;
          })}
        </svg>
        <div className={styles['cutOff']} style={{ left: percent(cutOffInstant) }}><span>cut-off</span></div>
        {events.flatMap((event, eventIndex) =>
          event.entries.filter((entry) => places.has(entry)).map((entry, index) => (
            <div
              key={`${event.key} ${index}`}
              className={classes(styles['dot'], styles[entry.what], event.key === pointed && styles['pointed'])}
              style={{ left: `${places.get(entry)! * 100}%`, top: (lanes.indexOf(entry.lane) + 0.5) * LANE_HEIGHT }}
              title={`${eventName(event)}, ${SYSTEM_WORDS[entry.lane]} ${instantText(instantOn(entry), timeZone)}`}
            >
              <span>{eventIndex + 1}</span>
            </div>
          )),
        )}
      </div>
      {scale.earlier > 0 ? <div className={styles['earlier']}>{countWords(scale.earlier, 'posting')} before {dateText(scale.startInstant, timeZone)}, only in the table</div> : null}
    </div>
  );
}

interface EventTableProps extends PictureProps {
  readonly onPoint: (key: string | undefined) => void;
  readonly onEvidence: (evidence: Evidence) => void;
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
      <thead>
        <tr>
          <th scope="col">Event</th>
          {systems.map((system) => <th key={system} scope="col">{SYSTEM_WORDS[system]}</th>)}
        </tr>
      </thead>
      <tbody>
        {events.map((event, index) => (
          <tr key={event.key} className={classes(event.key === pointed && styles['pointedRow'])} onMouseEnter={() => onPoint(event.key)} onMouseLeave={() => onPoint(undefined)}>
            <th scope="row">
              <span className={styles['index']}>{index + 1}</span>
              <span className={styles['event']}>
                <span className={styles['name']}>{eventName(event)} <b>{quantityText(event.quantityScaled)}</b></span>
                {event.elsewhere ? <span className={styles['elsewhere']}>on {event.elsewhere}</span> : null}
                <span className={styles['occurred']}>{event.what === 'posting' ? 'happened ' : ''}{shortInstantText(event.occurredInstant, timeZone)}</span>
                {event.what === 'count' ? event.entries.map((entry) => <EvidenceLink key={entry.evidence.row} evidence={entry.evidence} onEvidence={onEvidence} short />) : null}
              </span>
            </th>
            {systems.map((system) => {
              const own = event.entries.filter((entry) => entry.lane === system);
              return <td key={system}>{own.length > 0 ? own.map(cell) : event.what === 'posting' ? <span className={styles['missing']}>–<span className="visually-hidden">not posted</span></span> : null}</td>;
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
