/**
 * Bulk changes: the statement says exactly what is then done, nothing is done that was not said, and an undo of any size brings
 * back what was there, line by line where something was changed since.
 */
import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { type BulkChange, type BulkStatement, BulkTarget } from '@shared/domain/bulk';
import { ColumnSumsRequest, SPANS_MOST } from '@shared/domain/line-grid';
import type { LineFilter } from '@shared/domain/lines';
import { applyBulk } from '../../electron/services/bulk/apply';
import { bulkStatement } from '../../electron/services/bulk/statement';
import { undoBulk } from '../../electron/services/bulk/undo';
import { JobCancelled } from '../../electron/services/context';
import { lineDetail, pageOfLines } from '../../electron/services/lines';
import { auditPage } from '../../electron/services/audit-trail';
import { changeTags, undoTags } from '../../electron/services/tag-changes';
import { checkLines } from '../../electron/services/follow-up/person-check';
import { findChainBreak } from '../../electron/workbook/audit';
import { EngineWorkbook } from '../support/engine-workbook';
import { accepted } from '../support/imports';

const DAY = '2026-10-31T23:59:00-07:00';
const LINES = 60;
const ALL: LineFilter = {};

let engine: EngineWorkbook;
let periodId: number;
let keys: number[];

function codes(): void {
  const code = (name: string, kind: string, owner: string, posting: 'adjust' | 'none') =>
    engine.workbook.run(
      `INSERT INTO reason_codes (reason_code, name, class, default_owner, posting, inventory_account, offset_account, causes, next_step, display_order)
       VALUES (?, ?, ?, ?, ?, ?, ?, '[]', '', 900)`,
      name, name, kind, owner, posting, posting === 'adjust' ? '1300' : null, posting === 'adjust' ? '5100' : null,
    );
  for (const account of ['1300', '5100']) engine.workbook.run("INSERT INTO accounts VALUES (?, ?, 'asset')", account, account);
  code('SHRINK', 'physical', 'warehouse', 'adjust');
  code('TIMING', 'timing', 'operations', 'none');
}

/** Sixty lines: every fourth was not counted, every fifth has no cost, differences of up to eighteen pieces. */
function month(): void {
  engine = new EngineWorkbook();
  periodId = engine.period('2026-10');
  codes();
  const rows = Array.from({ length: LINES }, (_none, index) => ({ sku: `SKU-${String(index).padStart(2, '0')}`, location: ['Reno', 'Portland', 'Austin'][index % 3]!, index }));
  engine.snapshot(periodId, 'erp.csv', ['system,sku,location,as_of,on_hand,unit_cost', ...rows.map(({ sku, location, index }) => `erp,${sku},${location},${DAY},${(index * 7) % 23},${index % 5 === 0 ? '' : `${(index % 9) + 1}.25`}`)].join('\n'));
  engine.count(periodId, 'count.csv', ['sheet,line,sku,location,counted,counted_at', ...rows.filter(({ index }) => index % 4 !== 0).map(({ sku, location, index }) => `S,${index},${sku},${location},${(index * 5) % 19},${DAY}`)].join('\n'));
  engine.reconcile(periodId);
  keys = pageOfLines(engine.workbook, { periodId, offset: 0, limit: 5000, sort: [], filter: {} }).columns.stockKeyId;
}

beforeEach(month);

const everything = (filter: LineFilter = ALL): BulkTarget => ({ kind: 'filter', query: { periodId, sort: [], filter } });
const byKey = (...stockKeyIds: number[]): BulkTarget => ({ kind: 'lines', periodId, stockKeyIds });
const plan = (target: BulkTarget, change: BulkChange): BulkStatement => accepted(bulkStatement(engine.context, { target, change }));
const apply = (target: BulkTarget, change: BulkChange) => applyBulk(engine.context, { target, change, fingerprint: plan(target, change).fingerprint });

/** What people have said, and for which figures, of every line; an empty tag is none. */
const said = (): unknown[] =>
  engine.workbook.all(
    `SELECT stock_key_id, reason_code, owner, note, due_instant, iif(reason_code IS NULL, NULL, given_count_scaled) AS count, iif(reason_code IS NULL, NULL, given_channel_scaled) AS channel,
       iif(reason_code IS NULL, NULL, given_ledger_scaled) AS ledger, iif(reason_code IS NULL, NULL, given_adjustment_scaled) AS adjustment
     FROM tags WHERE period_id = ? AND (reason_code IS NOT NULL OR owner IS NOT NULL OR note <> '' OR due_instant IS NOT NULL) ORDER BY stock_key_id`,
    periodId,
  );
const events = (): number => Number(engine.workbook.sum('SELECT count(*) FROM audit_events'));
interface Told {
  readonly reasonCode: string | null;
  readonly owner: string | null;
  readonly note: string;
  readonly dueInstant: number | null;
}
const NONE: Told = { reasonCode: null, owner: null, note: '', dueInstant: null };
const tagOf = (stockKeyId: number): Told =>
  engine.workbook.get<Told>('SELECT reason_code AS reasonCode, owner, note, due_instant AS dueInstant FROM tags WHERE period_id = ? AND stock_key_id = ?', periodId, stockKeyId) ?? NONE;
const linesWith = (status: string): number => pageOfLines(engine.workbook, { periodId, offset: 0, limit: 5000, sort: [], filter: {} }).columns.status.filter((each) => each === status).length;

test('the statement counts what changes, what holds it already and what a person had set, and writes nothing', () => {
  accepted(changeTags(engine.context, [
    { periodId, stockKeyId: keys[0]!, change: { reason: 'TIMING', note: 'seen' } },
    { periodId, stockKeyId: keys[1]!, change: { reason: 'SHRINK', owner: 'finance' } },
    { periodId, stockKeyId: keys[2]!, change: { reason: 'SHRINK', owner: 'warehouse' } },
  ]));
  const [before, trail] = [said(), events()];
  const statement = plan(byKey(...keys.slice(0, 5)), { reason: 'SHRINK', owner: 'warehouse' });
  expect(statement).toMatchObject({ periodCode: '2026-10', lines: 5, changes: 4, already: 1, refused: 0 });
  expect(statement.fields).toEqual([
    { field: 'reason', lines: 3, replaced: 1, values: [{ before: 'TIMING', lines: 1 }], otherLines: 0 },
    { field: 'owner', lines: 4, replaced: 2, values: [{ before: 'finance', lines: 1 }, { before: 'operations', lines: 1 }], otherLines: 0 },
  ]);
  expect([said(), events()]).toEqual([before, trail]);
});

test('the value is that of the lines that change, by class, exact, with what has no cost counted apart', () => {
  const { columns } = pageOfLines(engine.workbook, { periodId, offset: 0, limit: 5000, sort: [], filter: {} });
  const statement = plan(everything(), { owner: 'finance' });
  expect(statement.changes).toBe(LINES);
  expect(statement.valueMinor).toBe(columns.valueMinor.reduce<number>((sum, value) => sum + Math.abs(value ?? 0), 0));
  for (const { class: kind, lines, valueMinor, linesWithoutCost } of statement.value) {
    const own = columns.class.flatMap((each, index) => (each === kind ? [columns.valueMinor[index]!] : []));
    expect([lines, valueMinor, linesWithoutCost]).toEqual([own.length, own.reduce<number>((sum, value) => sum + Math.abs(value ?? 0), 0), own.filter((value) => value === null).length]);
  }
});

test('applying writes one event for the whole and one for each line, each with before and after, and the chain holds', () => {
  const open = plan(everything({ statuses: ['open'] }), { reason: 'SHRINK' });
  const trail = events();
  const result = accepted(apply(everything({ statuses: ['open'] }), { reason: 'SHRINK', note: { text: 'counted twice', how: 'set' } }));
  expect(result.changed).toBe(open.lines);
  expect(events()).toBe(trail + 1 + open.lines);
  expect(findChainBreak(engine.workbook)).toBeUndefined();
  const whole = auditPage(engine.workbook, { offset: open.lines, limit: 1, text: '', periodId }).events[0]!;
  expect(whole.sentence).toBe(`Changed ${open.lines} lines of period 2026-10: note counted twice, reason SHRINK; events ${trail + 2} to ${trail + 1 + open.lines}`);
  const changed = keys.find((key) => tagOf(key).reasonCode === 'SHRINK')!;
  const history = lineDetail(engine.workbook, periodId, changed)!.history;
  expect(JSON.parse(history.at(-1)!.detail)).toMatchObject({ before: null, after: { reason: 'SHRINK', note: 'counted twice' } });
});

test('a line without owner takes the one proposed for it, and an owner that is set stays', () => {
  const proposed = pageOfLines(engine.workbook, { periodId, offset: 0, limit: 5000, sort: [], filter: { statuses: ['open'] } }).columns;
  accepted(changeTags(engine.context, [{ periodId, stockKeyId: proposed.stockKeyId[0]!, change: { owner: 'operations' } }]));
  accepted(apply(everything({ statuses: ['open'] }), { reason: 'SHRINK' }));
  expect(tagOf(proposed.stockKeyId[0]!).owner).toBe('operations');
  for (const [index, key] of proposed.stockKeyId.entries()) {
    if (index > 0) expect(tagOf(key).owner).toBe(proposed.suggestedOwner[index]);
  }
});

test('places of a listing are the lines that stand there, also where spans overlap or pass its end', () => {
  const query = { periodId, sort: [{ column: 'sku' as const, direction: 'desc' as const }], filter: {} };
  const target: BulkTarget = { kind: 'places', query, spans: [{ from: 3, to: 7 }, { from: 6, to: 9 }, { from: 58, to: 900 }] };
  const wanted = pageOfLines(engine.workbook, { ...query, offset: 0, limit: 100 }).columns.stockKeyId.filter((_key, place) => (place >= 3 && place <= 9) || place >= 58);
  expect(accepted(apply(target, { owner: 'finance' })).changed).toBe(wanted.length);
  expect(keys.filter((key) => tagOf(key).owner === 'finance').toSorted()).toEqual(wanted.toSorted());
});

test('a selection of any number of separate lines is taken: there are never more spans than every second line of a large month', () => {
  const query = { periodId, sort: [], filter: {} };
  const apart = (spans: number) => Array.from({ length: spans }, (_none, place) => ({ from: place * 2, to: place * 2 }));
  const target = (spans: number) => ({ kind: 'places' as const, query, spans: apart(spans) });
  expect(BulkTarget.safeParse(target(SPANS_MOST)).success).toBe(true);
  expect(ColumnSumsRequest.safeParse({ query, columns: ['valueMinor'], spans: apart(SPANS_MOST) }).success).toBe(true);
  expect(accepted(apply(target(5000), { owner: 'finance' })).changed).toBe(LINES / 2);
});

test('a note is added to what stands there once, or takes its place', () => {
  accepted(changeTags(engine.context, [{ periodId, stockKeyId: keys[0]!, change: { note: 'first' } }]));
  const target = byKey(keys[0]!, keys[1]!);
  const append: BulkChange = { note: { text: 'second', how: 'append' } };
  expect(plan(target, append).fields).toEqual([{ field: 'note', lines: 2, replaced: 0, values: [], otherLines: 0 }]);
  accepted(apply(target, append));
  expect([tagOf(keys[0]!).note, tagOf(keys[1]!).note]).toEqual(['first\nsecond', 'second']);
  expect(plan(target, append)).toMatchObject({ changes: 0, already: 2 });
  expect(plan(target, { note: { text: 'third', how: 'set' } }).fields[0]).toMatchObject({ replaced: 2, values: [{ before: 'first\nsecond', lines: 1 }, { before: 'second', lines: 1 }] });
  accepted(apply(byKey(keys[0]!), { note: { text: 'x'.repeat(1999), how: 'set' } }));
  expect(plan(target, append).refusals).toMatchObject([{ why: 'note_too_long', lines: 1, first: [{ stockKeyId: keys[0] }] }]);
});

test('what changed since the statement is refused with the figures that stand now', () => {
  const change: BulkChange = { reason: 'SHRINK' };
  const { fingerprint } = plan(everything(), change);
  accepted(changeTags(engine.context, [{ periodId, stockKeyId: keys[7]!, change: { reason: 'SHRINK', owner: 'finance' } }]));
  const before = said();
  expect(applyBulk(engine.context, { target: everything(), change, fingerprint })).toMatchObject({
    ok: false, failure: 'changed_since', message: 'The lines changed since the statement was made. Now 60 lines are chosen, 59 lines would change and 0 are refused. Look at it again.',
  });
  expect(applyBulk(engine.context, { target: everything(), change: { reason: 'TIMING' }, fingerprint: plan(everything(), change).fingerprint })).toMatchObject({ ok: false, failure: 'changed_since' });
  expect(said()).toEqual(before);
});

test('is refused whole: nothing asked, an unknown reason, no line, a locked period, clearing without a note or with a reason that books', () => {
  const failure = (target: BulkTarget, change: BulkChange) => bulkStatement(engine.context, { target, change });
  expect(failure(everything(), {})).toMatchObject({ failure: 'nothing_asked' });
  expect(failure(everything(), { reason: 'NOPE' })).toMatchObject({ failure: 'reason_unknown' });
  expect(failure(everything({ text: 'no such item' }), { owner: 'finance' })).toMatchObject({ failure: 'nothing_chosen' });
  expect(failure(everything(), { clear: true, reason: 'TIMING' })).toMatchObject({ failure: 'note_needed' });
  expect(failure(everything(), { clear: true, reason: 'SHRINK', note: { text: 'why', how: 'set' } })).toMatchObject({ failure: 'reason_posts' });
  engine.lock(periodId);
  expect(failure(everything(), { owner: 'finance' })).toMatchObject({ failure: 'period_locked' });
});

test('lines of an approved journal stay, and so do reason and owner of a line that waits for its approver', () => {
  engine.workbook.run("INSERT INTO people (person_id, name, email, role, certificate_pem, fingerprint, added_instant) VALUES (1, 'A', 'a@x.com', 'accountant', '', 'f', 0), (2, 'B', 'b@x.com', 'controller', '', 'g', 0)");
  engine.workbook.run(`INSERT INTO journals (journal_id, period_id, number, state, currency, content_hash, preparer_id, prepared_instant, named_approver_id, signed_file)
    VALUES (7, ?, 'ADJ-2026-10-1', 'prepared', 'USD', ?, 1, 0, 2, x'00')`, periodId, 'x'.repeat(64));
  accepted(changeTags(engine.context, keys.slice(0, 2).map((stockKeyId) => ({ periodId, stockKeyId, change: { reason: 'SHRINK' } }))));
  engine.workbook.run("INSERT INTO journal_reviews (journal_id, stock_key_id, reason_code, owner, adjustment_scaled, tag_revision) VALUES (7, ?, 'SHRINK', 'warehouse', 0, 1)", keys[1]!);
  engine.workbook.run('UPDATE tags SET approved_journal_id = 9 WHERE stock_key_id = ?', keys[0]!);
  const target = byKey(...keys.slice(0, 3));
  expect(plan(target, { reason: 'TIMING' })).toMatchObject({
    changes: 1, refused: 2,
    refusals: [{ why: 'line_approved', lines: 1, first: [{ stockKeyId: keys[0] }] }, { why: 'line_prepared', lines: 1, first: [{ stockKeyId: keys[1], detail: 'ADJ-2026-10-1' }] }],
  });
  expect(plan(target, { dueInstant: 5_000 })).toMatchObject({ changes: 2, refusals: [{ why: 'line_approved' }] });
  accepted(apply(target, { reason: 'TIMING' }));
  expect(keys.slice(0, 3).map((key) => tagOf(key).reasonCode)).toEqual(['SHRINK', 'SHRINK', 'TIMING']);
});

const CLEAR: BulkChange = { clear: true, reason: 'TIMING', note: { text: 'agreed with the warehouse', how: 'append' } };

/** Whoever answers for orders, reservations and returns of every line has said what was found. */
const checkAll = () => accepted(checkLines(engine.context, { periodId, stockKeyIds: null, note: 'none open' }));

test('clearing settles an exception without booking it where its value is known and under materiality, and it was checked', () => {
  engine.workbook.run('UPDATE workbook SET materiality_minor = 3000');
  engine.rules({ waivedLimitMinor: null });
  const unchecked = plan(everything(), CLEAR);
  expect(unchecked.refusals.map(({ why }) => why)).toEqual(['cleared_by_rule', 'value_unknown', 'over_materiality', 'checks_missing']);
  checkAll();
  const statement = plan(everything(), CLEAR);
  const { columns } = pageOfLines(engine.workbook, { periodId, offset: 0, limit: 5000, sort: [], filter: {} });
  const may = keys.filter((_key, index) => columns.clearedBy[index] === null && columns.valueMinor[index] !== null && Math.abs(columns.valueMinor[index]!) <= 3000);
  expect(statement.changes).toBe(may.length);
  expect(may.length).toBeGreaterThan(0);
  accepted(apply(everything(), CLEAR));
  expect(keys.filter((key) => tagOf(key).reasonCode === 'TIMING')).toEqual(may);
  expect(pageOfLines(engine.workbook, { periodId, offset: 0, limit: 5000, sort: [], filter: { statuses: ['open'] } }).total).toBe(statement.openInPeriodAfter);
});

test('what people clear and what tolerance let pass stay under the one limit of the rules together', () => {
  engine.workbook.run('UPDATE workbook SET materiality_minor = 100000000');
  checkAll();
  engine.rules({ waivedLimitMinor: null });
  const free = plan(everything(), CLEAR);
  engine.rules({ waivedLimitMinor: 1 });
  const limited = plan(everything(), CLEAR);
  const over = limited.refusals.find(({ why }) => why === 'over_limit')!;
  expect(over.first[0]!.detail).toMatch(/would be left unbooked, the limit is 0\.01 USD$/);
  expect(limited.changes + over.lines).toBe(free.changes);
});

test('an undo of the whole is one event and one for each line, brings back what was there, and is undone in turn', () => {
  accepted(changeTags(engine.context, [{ periodId, stockKeyId: keys[3]!, change: { reason: 'TIMING', note: 'mine', dueInstant: Date.UTC(2026, 10, 5) } }]));
  const before = said();
  const { sequence, changed } = accepted(apply(everything(), { reason: 'SHRINK', owner: 'finance', dueInstant: null }));
  const after = said();
  const trail = events();
  const undone = accepted(undoBulk(engine.context, sequence));
  expect(undone).toMatchObject({ undone: changed, left: 0 });
  expect(said()).toEqual(before);
  expect(events()).toBe(trail + changed + 1);
  expect(accepted(undoBulk(engine.context, undone.sequence)).undone).toBe(changed);
  expect(said()).toEqual(after);
  expect(findChainBreak(engine.workbook)).toBeUndefined();
  expect(undoBulk(engine.context, 1)).toMatchObject({ ok: false, failure: 'event_missing' });
});

test('an undo leaves what was changed since, names it, and takes back the rest; made again, so does it', () => {
  const { sequence, changed } = accepted(apply(everything(), { reason: 'SHRINK' }));
  accepted(changeTags(engine.context, [{ periodId, stockKeyId: keys[2]!, change: { note: 'later' } }]));
  const undone = accepted(undoBulk(engine.context, sequence));
  expect(undone).toMatchObject({ undone: changed - 1, left: 1, leftFirst: [{ stockKeyId: keys[2], detail: 'changed again since' }] });
  expect(said()).toHaveLength(1);
  expect(undoBulk(engine.context, sequence)).toMatchObject({ ok: false, failure: 'changed_since' });
  expect(accepted(undoBulk(engine.context, undone.sequence))).toMatchObject({ undone: changed - 1, left: 0 });
  expect(keys.every((key) => tagOf(key).reasonCode === 'SHRINK')).toBe(true);
});

test('a single line of a bulk change can be taken back by its own event, and then stays out of the undo of the whole', () => {
  const { sequence, changed } = accepted(apply(everything(), { reason: 'SHRINK' }));
  accepted(undoTags(engine.context, [sequence + 1]));
  expect(accepted(undoBulk(engine.context, sequence))).toMatchObject({ undone: changed - 1, left: 1 });
});

test('a reason given again for other figures waits as before, and clearing gives it for those that stand', () => {
  engine.rules({ waivedLimitMinor: null });
  checkAll();
  const [key] = pageOfLines(engine.workbook, { periodId, offset: 0, limit: 5000, sort: [{ column: 'valueMinor', direction: 'asc' }], filter: { statuses: ['open'] } }).columns.stockKeyId as [number];
  accepted(apply(byKey(key), { reason: 'TIMING' }));
  engine.workbook.run('UPDATE tags SET given_adjustment_scaled = given_adjustment_scaled + 10000 WHERE stock_key_id = ?', key);
  expect(lineDetail(engine.workbook, periodId, key)!.status).toBe('open');
  expect(plan(byKey(key), { reason: 'TIMING' })).toMatchObject({ changes: 0, already: 1, toConfirm: 1 });
  const before = said();
  const cleared = accepted(apply(byKey(key), CLEAR));
  expect(lineDetail(engine.workbook, periodId, key)!).toMatchObject({ status: 'tagged', followUp: { changedSinceTag: null } });
  accepted(undoBulk(engine.context, cleared.sequence));
  expect(said()).toEqual(before);
});

test('an undo that is cancelled leaves the workbook as it was', () => {
  const { sequence, changed } = accepted(apply(everything(), { owner: 'finance' }));
  const [before, trail] = [said(), events()];
  const cancel = () => {
    throw new JobCancelled('cancelled');
  };
  expect(() => undoBulk({ ...engine.context, job: { progress: () => undefined, checkCancelled: cancel } }, sequence)).toThrow(JobCancelled);
  expect([said(), events()]).toEqual([before, trail]);
  expect(accepted(undoBulk(engine.context, sequence)).undone).toBe(changed);
});

const changes: fc.Arbitrary<BulkChange> = fc.record(
  {
    reason: fc.constantFrom('SHRINK', 'TIMING', null),
    owner: fc.constantFrom('warehouse' as const, 'finance' as const, null),
    dueInstant: fc.constantFrom(null, Date.UTC(2026, 10, 5), Date.UTC(2026, 10, 9)),
    note: fc.record({ text: fc.constantFrom('', 'a', 'b'), how: fc.constantFrom('set' as const, 'append' as const) }),
  },
  { requiredKeys: [] },
);
const filters: fc.Arbitrary<LineFilter> = fc.constantFrom<LineFilter>({}, { statuses: ['open'] }, { locations: ['Reno'] }, { reasonCodes: ['SHRINK'] }, { onlyExceptions: true }, { text: '1' });

test('whatever is changed in whatever order, a statement says exactly what is then done, and undoing all of it from the last brings back the beginning', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(filters, changes), { minLength: 1, maxLength: 4 }), (steps) => {
      const states: unknown[][] = [];
      const done: number[] = [];
      for (const [filter, change] of steps) {
        const stated = bulkStatement(engine.context, { target: everything(filter), change });
        if (!stated.ok) continue;
        const { value: statement } = stated;
        expect(statement.changes + statement.already + statement.refused).toBe(statement.lines);
        const before = said();
        const tags = new Map(keys.map((key) => [key, JSON.stringify(tagOf(key))]));
        const applied = applyBulk(engine.context, { target: everything(filter), change, fingerprint: statement.fingerprint });
        const differing = keys.filter((key) => tags.get(key) !== JSON.stringify(tagOf(key)));
        expect(differing.length).toBe(statement.changes);
        expect(applied.ok).toBe(statement.changes > 0);
        if (Object.keys(filter).length === 0) {
          for (const [status, lines] of Object.entries(statement.after)) expect(linesWith(status), status).toBe(lines);
        }
        expect(linesWith('open')).toBe(statement.openInPeriodAfter);
        if (!applied.ok) continue;
        states.push(before);
        done.push(applied.value.sequence);
      }
      while (done.length > 0) {
        const undone = accepted(undoBulk(engine.context, done.pop()!));
        expect(undone.left).toBe(0);
        expect(said()).toEqual(states.pop());
      }
      expect(findChainBreak(engine.workbook)).toBeUndefined();
    }),
    { numRuns: 12 },
  );
});
