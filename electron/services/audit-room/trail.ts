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

/** How a state is worked out. The first left out what the marks mean; files that were written by it are read by it. */
const RECIPE = 2;
type Row = Readonly<Record<string, CanonicalValue>>;

/** A column that came later is part of a row where it holds something: a row without is as it was before. */
const withoutEmptyCost = ({ audited_cost_scaled: cost, ...row }: Row): Row => (cost === null || cost === undefined ? row : { ...row, audited_cost_scaled: cost });

/**
 * SHA-256 over the rows of a sample, a line each: the table's name and the row as canonical JSON; by the second recipe also the tick
 * marks that its lines carry, with their meanings.
 */
export function sampleState(file: ReadableWorkbook, sampleId: number, recipe = RECIPE): string {
  const lines = SAMPLE_TABLES.flatMap(([table, order]) =>
    file.all<Row>(`SELECT * FROM ${table} WHERE sample_id = ? ORDER BY ${order}`, sampleId).map((row) => `${table} ${rowText(withoutEmptyCost(row))}\n`),
  );
  const marks = file.all<Row>('SELECT mark, meaning, is_own FROM tick_marks WHERE EXISTS (SELECT 1 FROM sample_items WHERE sample_id = ? AND instr(ticks, mark) > 0) ORDER BY mark', sampleId);
  return sha256Hex([...lines, ...(recipe >= 2 ? marks.map((row) => `tick_marks ${rowText(row)}\n`) : [])].join(''));
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
  'cutOff.keep': ({ lines, period, count }) => `Kept the cut-off test of ${String(period)}, ${String(lines)} postings, up to ${String(count)} on either side`,
  'cutOff.judge': ({ number, document, sku }) => `Judged posting ${String(number)}, ${String(document)} of ${String(sku)}`,
  'sample.conclude': ({ conclusion }) => `Concluded: ${String(conclusion)}`,
};

/** SHA-256 over the rows of a kept cut-off test, as over those of a sample. */
function cutOffState(file: ReadableWorkbook, cutOffTestId: number): string {
  const lines = ['cut_off_tests', 'cut_off_items'].flatMap((table) =>
    file.all<Row>(`SELECT * FROM ${table} WHERE cut_off_test_id = ? ${table === 'cut_off_items' ? 'ORDER BY number' : ''}`, cutOffTestId).map((row) => `${table} ${rowText(row)}\n`),
  );
  return sha256Hex(lines.join(''));
}

type Told = {
  readonly by: string;
  readonly atInstant: number;
  readonly action: string;
  readonly detail: Detail;
} & (
  /** Null: the file itself. */
  { readonly sampleId: number | null } | { readonly cutOffTestId: number }
);

/** Appends an event. Belongs in the transaction of the change, after it. */
export function tell(file: WritableWorkbook, { by, atInstant, action, detail, ...about }: Told): void {
  const told =
    'cutOffTestId' in about ? { subject: `cutOff:${about.cutOffTestId}`, detail: { ...detail, state: cutOffState(file, about.cutOffTestId) } }
    : about.sampleId === null ? { subject: 'file', detail }
    : { subject: `sample:${about.sampleId}`, detail: { ...detail, recipe: RECIPE, state: sampleState(file, about.sampleId) } };
  appendAudit(file, { atInstant, actor: by, action, periodId: null, ...told });
}

export interface TrailFindings {
  readonly holds: boolean;
  readonly message: string;
  readonly findings: readonly string[];
}

/** What each kind of subject is called, where it is kept, and how its state is worked out. */
const KEPT = [
  { kind: 'sample', title: 'Sample', table: 'samples', key: 'sample_id', stateOf: sampleState },
  { kind: 'cutOff', title: 'Cut-off test', table: 'cut_off_tests', key: 'cut_off_test_id', stateOf: cutOffState },
] as const;

/** What of a kind is not as the last event of it left it. */
function findingsOf(file: ReadableWorkbook, { kind, title, table, key, stateOf }: (typeof KEPT)[number]): { readonly told: number; readonly findings: string[] } {
  const last = file.all<{ subject: string; detail: string }>(
    'SELECT subject, detail FROM audit_events WHERE sequence IN (SELECT max(sequence) FROM audit_events WHERE subject LIKE ? GROUP BY subject)', `${kind}:%`,
  );
  const told = new Map(last.map(({ subject, detail }) => [Number(subject.slice(kind.length + 1)), JSON.parse(detail) as { state: string; recipe?: number }]));
  const held = new Set([...told.keys(), ...file.column(`SELECT ${key} FROM ${table}`)]);
  const findings = [...held].sort((left, right) => left - right).flatMap((id) => {
    const event = told.get(id);
    if (event?.state === stateOf(file, id, event?.recipe ?? 1)) return [];
    return [`${title} ${id} is not as its last event left it: ${event ? 'a row of it was changed by other means' : 'the trail does not know it'}.`];
  });
  return { told: told.size, findings };
}

/** Whether the trail is whole, and every sample and every kept cut-off test is as its last event left it. */
export function verifyAuditorFile(file: ReadableWorkbook): TrailFindings {
  const broken = findChainBreak(file);
  const [samples, cutOffs] = KEPT.map((kind) => findingsOf(file, kind)) as [ReturnType<typeof findingsOf>, ReturnType<typeof findingsOf>];
  const findings = [...(broken ? [`${broken.message}.`] : []), ...samples.findings, ...cutOffs.findings];
  const { sequence, hash } = chainHead(file);
  return {
    holds: findings.length === 0,
    message: findings.length === 0
      ? `${plural(sequence, 'event')}, each following the one before; ${plural(samples.told, 'sample')}${cutOffs.told === 0 ? '' : ` and ${plural(cutOffs.told, 'cut-off test')}`} as the last event left ${samples.told + cutOffs.told === 1 ? 'it' : 'each'}; head ${hash}.`
      : findings[0]!,
    findings,
  };
}
