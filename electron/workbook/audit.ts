/**
 * The audit trail: append-only events, each hash covering the one before it and the event's canonical form.
 *
 * The chain shows edits and gaps inside the trail. A tail that was cut, or a trail wholly written anew, shows only
 * against a head that was kept elsewhere: each seal keeps one.
 */
import { canonicalJson, type CanonicalValue } from '@shared/domain/canonical';
import { sha256Hex } from './hash';
import type { ReadableWorkbook, SqlValue, WritableWorkbook } from './workbook';

/** What precedes the first event. */
export const CHAIN_START = '0'.repeat(64);

export interface AuditEntry {
  readonly atInstant: number;
  /** Name and e-mail of the person, or the name of the system account that ran the command. */
  readonly actor: string;
  /** `area.verb`: `import.commit`, `tag.set`, `journal.approve`. */
  readonly action: string;
  readonly periodId: number | null;
  /** What was acted on: `line:17`, `import:3`, `journal:ADJ-2026-10-1`. */
  readonly subject: string;
  /** before, after, why, and what else tells the action. */
  readonly detail: { readonly [key: string]: CanonicalValue };
}

export interface AuditEventRow {
  readonly sequence: number;
  readonly at_instant: number;
  readonly actor: string;
  readonly action: string;
  readonly period_id: number | null;
  readonly subject: string;
  readonly detail: string;
  readonly previous_hash: string;
  readonly hash: string;
}

export interface ChainHead {
  readonly sequence: number;
  readonly hash: string;
}

/** The text whose SHA-256 is the event's hash. */
function canonicalOf(event: Omit<AuditEventRow, 'hash'>): string {
  return canonicalJson({
    sequence: event.sequence,
    atInstant: event.at_instant,
    actor: event.actor,
    action: event.action,
    periodId: event.period_id,
    subject: event.subject,
    detail: event.detail,
    previousHash: event.previous_hash,
  });
}

const hashOf = (event: Omit<AuditEventRow, 'hash'>): string => sha256Hex(canonicalOf(event));

/**
 * An event as a line of an exported trail: its hash, and the very text that the hash is taken of, so that the chain can be
 * followed with `sha256sum` alone.
 */
export const exportedLine = (event: AuditEventRow): string => `{"hash":"${event.hash}","event":${canonicalOf(event)}}`;

/** The last event's place and hash; sequence 0 and `CHAIN_START` where nothing was done yet. */
export function chainHead(workbook: ReadableWorkbook): ChainHead {
  return (
    workbook.get<ChainHead>('SELECT sequence, hash FROM audit_events ORDER BY sequence DESC LIMIT 1') ?? {
      sequence: 0,
      hash: CHAIN_START,
    }
  );
}

const INSERT_EVENT = `INSERT INTO audit_events (sequence, at_instant, actor, action, period_id, subject, detail, previous_hash, hash)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`;

/** Appends many events in one transaction: the chain's head is read once. Nobody else may append meanwhile. */
export class AuditAppender {
  readonly #insert: (values: readonly SqlValue[]) => void;
  #head: ChainHead;

  constructor(workbook: WritableWorkbook) {
    this.#insert = workbook.runner(INSERT_EVENT);
    this.#head = chainHead(workbook);
  }

  /** The last event's sequence. */
  get sequence(): number {
    return this.#head.sequence;
  }

  /** Appends an event to the chain and answers its sequence. Belongs in the transaction of the change it tells. */
  append(entry: AuditEntry): number {
    const event = {
      sequence: this.#head.sequence + 1,
      at_instant: entry.atInstant,
      actor: entry.actor,
      action: entry.action,
      period_id: entry.periodId,
      subject: entry.subject,
      detail: canonicalJson(entry.detail),
      previous_hash: this.#head.hash,
    };
    const hash = hashOf(event);
    this.#insert([event.sequence, event.at_instant, event.actor, event.action, event.period_id, event.subject, event.detail, event.previous_hash, hash]);
    this.#head = { sequence: event.sequence, hash };
    return event.sequence;
  }
}

/** Appends one event to the chain and answers its sequence. Belongs in the transaction of the change it tells. */
export const appendAudit = (workbook: WritableWorkbook, entry: AuditEntry): number => new AuditAppender(workbook).append(entry);

/** The first place where the chain does not hold, in words; undefined where all of it holds. */
export function findChainBreak(workbook: ReadableWorkbook): { readonly sequence: number; readonly message: string } | undefined {
  let expected: ChainHead = { sequence: 0, hash: CHAIN_START };
  for (const event of workbook.iterate<AuditEventRow>('SELECT * FROM audit_events ORDER BY sequence')) {
    const sequence = expected.sequence + 1;
    if (event.sequence !== sequence) {
      return { sequence, message: `audit event ${sequence} is missing: the trail goes on with ${event.sequence}` };
    }
    if (event.previous_hash !== expected.hash) {
      return { sequence, message: `audit event ${sequence} (${event.action}) does not follow the event before it` };
    }
    if (hashOf(event) !== event.hash) {
      return { sequence, message: `audit event ${sequence} (${event.action} ${event.subject} by ${event.actor}) was changed` };
    }
    expected = { sequence, hash: event.hash };
  }
  return undefined;
}
