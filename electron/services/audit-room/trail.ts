/**
 * The trail of an auditor's file: each event names the sample it changed and holds the hash of all that the sample then is, so that
 * a row changed by other means shows.
 */
import { canonicalJson, type CanonicalValue } from '@shared/domain/canonical';
import { plural } from '@shared/domain/plural';
import { appendAudit, chainHead, findChainBreak } from '../../workbook/audit';
import { sha256Hex } from '../../workbook/hash';
import type { ReadableWorkbook, WritableWorkbook } from '../../workbook/workbook';

/** Everything that belongs to a sample, in one order. */
const SAMPLE_TABLES = [
  ['samples', 'sample_id'], ['sample_items', 'sample_id, number'], ['floor_counts', 'floor_count_id'],
] as const;

const rowText = (row: Readonly<Record<string, CanonicalValue>>): string => canonicalJson(row);

/** SHA-256 over the rows of a sample, a line each: the table's name and the row as canonical JSON. */
export function sampleState(file: ReadableWorkbook, sampleId: number): string {
  const lines = SAMPLE_TABLES.flatMap(([table, order]) =>
    file.all<Readonly<Record<string, CanonicalValue>>>(`SELECT * FROM ${table} WHERE sample_id = ? ORDER BY ${order}`, sampleId).map((row) => `${table} ${rowText(row)}\n`),
  );
  return sha256Hex(lines.join(''));
}

type Detail = Readonly<Record<string, CanonicalValue>>;

/** Each action of this trail as a sentence; `electron/services/audit-trail.ts` has those of a workbook's. */
export const TRAIL_SENTENCES: Readonly<Record<string, (detail: Detail) => string>> = {
  'auditorFile.create': ({ company }) => `Began the auditor's file for the workbook of ${String(company)}`,
  'sample.draw': ({ lines, period, method, seed }) => `Drew ${String(lines)} lines of ${String(period)} by ${String(method)} from seed ${String(seed)}`,
  'sample.item': ({ number, sku, location }) => `Wrote the test of line ${String(number)}, ${String(sku)}, ${String(location)}`,
  'sample.floorCount': ({ sku, location }) => `Counted ${String(sku)} from the floor at ${String(location)}`,
  'sample.mark': ({ mark, meaning }) => `Added the tick mark ${String(mark)}: ${String(meaning)}`,
  'period.replay': ({ message }) => String(message),
  'sample.conclude': ({ conclusion }) => `Concluded: ${String(conclusion)}`,
};

interface Told {
  readonly by: string;
  readonly atInstant: number;
  readonly action: string;
  /** Null: the file itself. */
  readonly sampleId: number | null;
  readonly detail: { readonly [key: string]: CanonicalValue };
}

/** Appends an event. Belongs in the transaction of the change, after it. */
export function tell(file: WritableWorkbook, { by, atInstant, action, sampleId, detail }: Told): void {
  appendAudit(file, {
    atInstant, actor: by, action, periodId: null,
    subject: sampleId === null ? 'file' : `sample:${sampleId}`,
    detail: sampleId === null ? detail : { ...detail, state: sampleState(file, sampleId) },
  });
}

export interface TrailFindings {
  readonly holds: boolean;
  readonly message: string;
  readonly findings: readonly string[];
}

/** Whether the trail is whole and every sample is as its last event left it. */
export function verifyAuditorFile(file: ReadableWorkbook): TrailFindings {
  const broken = findChainBreak(file);
  const last = file.all<{ subject: string; detail: string }>(
    `SELECT subject, detail FROM audit_events WHERE sequence IN (SELECT max(sequence) FROM audit_events WHERE subject LIKE 'sample:%' GROUP BY subject)`,
  );
  const told = new Map(last.map(({ subject, detail }) => [Number(subject.slice('sample:'.length)), (JSON.parse(detail) as { state: string }).state]));
  const held = new Set([...told.keys(), ...file.column('SELECT sample_id FROM samples')]);
  const findings = [
    ...(broken ? [`${broken.message}.`] : []),
    ...[...held].sort((left, right) => left - right).flatMap((sampleId) =>
      told.get(sampleId) === sampleState(file, sampleId) ? [] : [`Sample ${sampleId} is not as its last event left it: ${told.has(sampleId) ? 'a row of it was changed by other means' : 'the trail does not know it'}.`],
    ),
  ];
  const { sequence, hash } = chainHead(file);
  return {
    holds: findings.length === 0,
    message: findings.length === 0
      ? `${plural(sequence, 'event')}, each following the one before; ${plural(told.size, 'sample')} as the last event left ${told.size === 1 ? 'it' : 'each'}; head ${hash}.`
      : findings[0]!,
    findings,
  };
}
