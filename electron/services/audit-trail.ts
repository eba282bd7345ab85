/**
 * The audit trail for people: searched, in pages, newest first, each event as one plain sentence; and as a file whose chain can be
 * followed outside.
 */
import path from 'node:path';
import type { AuditEvent } from '@shared/contract/audit';
import { AuditFilter, asksForAll } from '@shared/domain/audit-filter';
import { canonicalJson } from '@shared/domain/canonical';
import { formatInstantUtc } from '@shared/domain/instant';
import { done, type Outcome, refused } from '@shared/domain/outcome';
import { type ChainHead, chainHead, exportedLine } from '../workbook/audit';
import { chainedEvents, findEvents, type NamedEventRow, namedEvents, namedEventsOf, tallyEvents } from '../workbook/tables/audit-events';
import type { ReadableWorkbook } from '../workbook/workbook';
import { eventSentence } from './audit-sentences';
import { findPeriod } from './periods';
import { savePieces } from './save-file';

export { chainHead } from '../workbook/audit';

function toEvent(row: NamedEventRow): AuditEvent {
  const subject = row.line_name ?? row.subject.replace(/^(journal|period|import|countSheet):/, (_whole, kind: string) => `${kind === 'countSheet' ? 'count sheet' : kind} `);
  return {
    sequence: row.sequence,
    atInstant: row.at_instant,
    actor: row.actor,
    action: row.action,
    periodId: row.period_id,
    periodCode: row.period_code,
    stockKeyId: row.stock_key_id,
    subject,
    sentence: eventSentence(row.action, subject, row.detail),
    detail: row.detail,
    previousHash: row.previous_hash,
    hash: row.hash,
  };
}

interface Found {
  readonly question: string;
  readonly head: ChainHead;
  /** Oldest first. */
  readonly sequences: readonly number[];
}

/** What was found last in each workbook: scrolling asks the same question page by page. */
const lastFound = new WeakMap<ReadableWorkbook, readonly Found[]>();
const QUESTIONS_KEPT = 4;

/** The sequences that the filter finds, oldest first. A question asked before looks only through the events since. */
function found(workbook: ReadableWorkbook, filter: AuditFilter): readonly number[] {
  const head = chainHead(workbook);
  const question = canonicalJson(filter);
  const kept = lastFound.get(workbook) ?? [];
  const before = kept.find((each) => each.question === question);
  if (before && before.head.sequence === head.sequence && before.head.hash === head.hash) return before.sequences;
  const goesOn = before !== undefined && before.head.sequence > 0 && workbook.get<ChainHead>('SELECT hash FROM audit_events WHERE sequence = ?', before.head.sequence)?.hash === before.head.hash;
  const sequences = goesOn ? [...before.sequences, ...findEvents(workbook, filter, before.head.sequence)] : findEvents(workbook, filter);
  lastFound.set(workbook, [{ question, head, sequences }, ...kept.filter((each) => each !== before)].slice(0, QUESTIONS_KEPT));
  return sequences;
}

export type AuditQuery = Partial<AuditFilter> & { readonly offset: number; readonly limit: number };

/** A page of the events that the filter finds, newest first; how many it finds, and of how many. */
export function auditPage(workbook: ReadableWorkbook, { offset, limit, ...filter }: AuditQuery): { total: number; inAll: number; events: AuditEvent[] } {
  const sequences = found(workbook, AuditFilter.parse(filter));
  const end = sequences.length - offset;
  return {
    total: sequences.length,
    inAll: Number(workbook.sum('SELECT count(*) FROM audit_events')),
    events: end <= 0 ? [] : namedEvents(workbook, sequences.slice(Math.max(0, end - limit), end)).map(toEvent),
  };
}

/** How many of the found events are newer than this one; null where it is not among them. */
export function placeOfEvent(workbook: ReadableWorkbook, filter: AuditFilter, sequence: number): number | null {
  const sequences = found(workbook, filter);
  const index = sequences.lastIndexOf(sequence);
  return index === -1 ? null : sequences.length - 1 - index;
}

/** Who and what the trail knows, each with how many events. */
export const auditChoices = (workbook: ReadableWorkbook) => ({ people: tallyEvents(workbook, 'actor'), actions: tallyEvents(workbook, 'action') });

/** Every event of one subject of a period, oldest first. */
export const eventsOf = (workbook: ReadableWorkbook, periodId: number, subject: string): AuditEvent[] => namedEventsOf(workbook, periodId, subject).map(toEvent);

/** The trail as lines of JSON with their hashes: all of it, or the events of these sequences. */
export function* trailLines(workbook: ReadableWorkbook, sequences?: readonly number[]): Generator<Uint8Array> {
  for (const event of chainedEvents(workbook, sequences)) yield Buffer.from(`${exportedLine(event)}\n`, 'utf8');
}

/** What a filter asks for, with names in place of numbers: it is read outside the workbook. */
function askedFor(workbook: ReadableWorkbook, { periodId, fromInstant, untilInstant, ...texts }: AuditFilter): Record<string, string> {
  return {
    ...Object.fromEntries(Object.entries(texts).filter(([, value]) => value !== '')),
    ...(periodId === null ? {} : { period: findPeriod(workbook, periodId)?.code ?? String(periodId) }),
    ...(fromInstant === null ? {} : { from: formatInstantUtc(fromInstant) }),
    ...(untilInstant === null ? {} : { until: formatInstantUtc(untilInstant) }),
  };
}

function* partLines(workbook: ReadableWorkbook, filter: AuditFilter, sequences: readonly number[]): Generator<Uint8Array> {
  const { sequence, hash } = chainHead(workbook);
  const part = { events: sequences.length, of: { events: sequence, lastHash: hash }, where: askedFor(workbook, filter) };
  yield Buffer.from(`{"part":${canonicalJson(part)}}\n`, 'utf8');
  yield* trailLines(workbook, sequences);
}

export interface SavedTrail {
  readonly path: string;
  readonly events: number;
  readonly inAll: number;
  readonly isPart: boolean;
}

/**
 * Writes the trail as JSON lines, each event with its hash and the text that the hash is taken of, which names the hash before.
 * What a filter finds is a part: its first line says so, and its events keep their hashes. Refusals: `format_unknown`, `file_unwritable`.
 */
export function saveTrail(workbook: ReadableWorkbook, filter: AuditFilter, filePath: string): Outcome<SavedTrail, 'format_unknown' | 'file_unwritable'> {
  if (path.extname(filePath).toLowerCase() !== '.jsonl') return refused('format_unknown', `${path.basename(filePath)} is no file of JSON lines. End its name with .jsonl.`);
  const isPart = !asksForAll(filter);
  const sequences = found(workbook, filter);
  const saved = savePieces(filePath, isPart ? partLines(workbook, filter, sequences) : trailLines(workbook));
  return saved.ok ? done({ path: filePath, events: sequences.length, inAll: chainHead(workbook).sequence, isPart }) : saved;
}
