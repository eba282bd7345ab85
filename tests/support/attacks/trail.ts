/** Attacks on the audit trail. Whoever writes it anew computes every later hash again: the chain holds no secret. */
import type Database from 'better-sqlite3';
import { canonicalJson } from '@shared/domain/canonical';
import { sha256Hex } from '../../../electron/workbook/hash';
import { tamper } from '../tamper';
import type { Attack, FoundBy } from './attack';

interface Event {
  sequence: number;
  at_instant: number;
  actor: string;
  action: string;
  period_id: number | null;
  subject: string;
  detail: string;
  previous_hash: string;
  hash: string;
}

const eventsOf = (database: Database.Database) => database.prepare('SELECT * FROM audit_events ORDER BY sequence').all() as Event[];

/** Numbers the events anew and computes each hash again, as anybody can. */
export function chained(events: readonly Event[]): Event[] {
  let previous_hash = '0'.repeat(64);
  return events.map((event, index) => {
    const { at_instant: atInstant, actor, action, period_id: periodId, subject, detail } = event;
    const hash = sha256Hex(canonicalJson({ sequence: index + 1, atInstant, actor, action, periodId, subject, detail, previousHash: previous_hash }));
    const linked = { ...event, sequence: index + 1, previous_hash, hash };
    previous_hash = hash;
    return linked;
  });
}

export function writeTrail(database: Database.Database, events: readonly Event[]): void {
  database.exec('DELETE FROM audit_events');
  const insert = database.prepare('INSERT INTO audit_events VALUES (@sequence, @at_instant, @actor, @action, @period_id, @subject, @detail, @previous_hash, @hash)');
  for (const event of events) insert.run(event);
}

const attack = (name: string, change: (events: Event[]) => readonly Event[], named: readonly string[], foundBy: FoundBy = 'the file'): Attack => ({
  group: 'audit trail', name, verified: 'workbook', foundBy,
  run: ({ workbookPath }) => {
    tamper(workbookPath, 'dropped and put back', (database) => writeTrail(database, change(eventsOf(database))));
    return named;
  },
});

const MIDDLE = 9;
const PARTED = ['audit_events, sequence ', 'the trail is not the one that stood when the period was sealed'];
const changed = (events: readonly Event[], change: Partial<Event>, at = MIDDLE): Event[] => events.map((event, index) => (index === at ? { ...event, ...change } : event));
const lastLocking = (events: readonly Event[]): number => events.findLastIndex(({ action }) => action === 'period.lock');

export const TRAIL_ATTACKS: readonly Attack[] = [
  ...(['at_instant', 'actor', 'action', 'period_id', 'subject', 'detail', 'previous_hash', 'hash'] as const).map((column) => {
    const value = { at_instant: 1, actor: 'Nobody', action: 'tag.set', period_id: null, subject: 'line:1', detail: '{}', previous_hash: 'a'.repeat(64), hash: 'b'.repeat(64) }[column];
    return attack(`${column} of an event changed`, (events) => changed(events, { [column]: value } as Partial<Event>), [`audit event ${MIDDLE + 1} `]);
  }),
  attack('an event made to tell nothing', (events) => events.map((event) => (event.action === 'person.add' ? { ...event, detail: 'null' } : event)), ['audit event 2 ']),
  attack('an event deleted', (events) => events.filter((_event, index) => index !== MIDDLE), [`audit event ${MIDDLE + 1} is missing`]),
  attack('an event put in, the later ones moved on', (events) => [...events.slice(0, MIDDLE), { ...events[MIDDLE]!, hash: 'c'.repeat(64) }, ...events.slice(MIDDLE).map((event) => ({ ...event, sequence: event.sequence + 1 }))], [`audit event ${MIDDLE + 1} `]),
  attack('two events swapped', (events) => {
    const [one, two] = [events[MIDDLE]!, events[MIDDLE + 1]!];
    return [...events.slice(0, MIDDLE), { ...two, sequence: one.sequence }, { ...one, sequence: two.sequence }, ...events.slice(MIDDLE + 2)];
  }, [`audit event ${MIDDLE + 1} `]),
  attack('rewritten from the middle, every later hash computed anew', (events) => chained(changed(events, { actor: 'Nobody' })), PARTED),
  attack('an event taken out, every later hash computed anew', (events) => chained(events.filter((_event, index) => index !== MIDDLE)), PARTED),
  attack('an event put in, every later hash computed anew', (events) => chained([...events.slice(0, MIDDLE), events[MIDDLE]!, ...events.slice(MIDDLE)]), PARTED),
  attack('two events swapped, every later hash computed anew', (events) => chained([...events.slice(0, MIDDLE), events[MIDDLE + 1]!, events[MIDDLE]!, ...events.slice(MIDDLE + 2)]), PARTED),
  attack('the whole trail written anew', (events) => chained(events.map((event) => ({ ...event, actor: 'Nobody', at_instant: event.at_instant + 1 }))), PARTED),
  attack('the tail cut from before the seal', (events) => events.slice(0, lastLocking(events) - 2), PARTED),
  attack('the tail cut from the locking on', (events) => events.slice(0, lastLocking(events)), ['audit_events: the locking of 2026-09 with this seal is not in the trail']),
  attack('all events deleted', () => [], PARTED),
  attack('events after the last seal cut', (events) => events.slice(0, lastLocking(events) + 1), [], {
    nothing: 'what was done after the last seal is sealed with the next one; until then only a copy of the trail kept outside tells',
  }),
];
