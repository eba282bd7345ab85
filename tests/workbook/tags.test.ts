import { expect, test } from 'vitest';
import { setTag, setTags } from '../../electron/services/tags';
import { accepted, contentOf, importBasics } from '../support/imports';
import { openFixtureWorkbook, type WorkbookFixture } from '../support/workbook-fixture';

async function taggable() {
  const fixture = openFixtureWorkbook();
  await importBasics(fixture);
  const keys = fixture.workbook.all<{ stock_key_id: number }>('SELECT stock_key_id FROM stock_keys ORDER BY stock_key_id');
  return { fixture, keys: keys.map((row) => row.stock_key_id) };
}

const set = (fixture: WorkbookFixture, stockKeyId: number, change: Parameters<typeof setTag>[1]['change'], expectedRevision?: number) =>
  setTag(fixture.context, { periodId: fixture.periodId, stockKeyId, change, ...(expectedRevision !== undefined && { expectedRevision }) });

test('a reason gives a line without owner the owner of the reason, and each change is a revision', async () => {
  const { fixture, keys } = await taggable();
  expect(accepted(set(fixture, keys[0]!, { reason: 'SHRINK' }))).toMatchObject({ owner: 'warehouse', revision: 1 });
  expect(accepted(set(fixture, keys[0]!, { owner: 'finance', note: 'recount' }, 1))).toMatchObject({ reason: 'SHRINK', owner: 'finance', note: 'recount', revision: 2 });
  expect(accepted(set(fixture, keys[0]!, { reason: 'TIMING' }))).toMatchObject({ owner: 'finance', revision: 3 });
  expect(accepted(set(fixture, keys[0]!, { reason: null, owner: null }))).toMatchObject({ reason: null, owner: null, note: 'recount', revision: 4 });
});

test('setting what is there already changes nothing and writes no event', async () => {
  const { fixture, keys } = await taggable();
  accepted(set(fixture, keys[0]!, { reason: 'SHRINK' }));
  const before = contentOf(fixture);
  expect(accepted(set(fixture, keys[0]!, { reason: 'SHRINK' }))).toMatchObject({ revision: 1 });
  expect(contentOf(fixture)).toEqual(before);
});

test('the event tells before and after', async () => {
  const { fixture, keys } = await taggable();
  accepted(set(fixture, keys[0]!, { reason: 'SHRINK', dueInstant: Date.UTC(2026, 10, 5) }));
  accepted(set(fixture, keys[0]!, { note: 'seen' }));
  const event = fixture.workbook.get<{ subject: string; detail: string }>('SELECT subject, detail FROM audit_events ORDER BY sequence DESC LIMIT 1')!;
  expect(event.subject).toBe(`line:${keys[0]}`);
  const before = { reason: 'SHRINK', owner: 'warehouse', note: '', due: '2026-11-05T00:00:00Z' };
  expect(JSON.parse(event.detail)).toEqual({ before, after: { ...before, note: 'seen' } });
});

test('is refused: an unknown reason, an unknown line, a stale revision, an approved line, a locked period', async () => {
  const { fixture, keys } = await taggable();
  expect(set(fixture, keys[0]!, { reason: 'NOPE' })).toMatchObject({ ok: false, failure: 'reason_unknown' });
  expect(set(fixture, 999, { note: 'x' })).toMatchObject({ ok: false, failure: 'line_unknown' });
  accepted(set(fixture, keys[0]!, { note: 'x' }));
  expect(set(fixture, keys[0]!, { note: 'y' }, 0)).toMatchObject({ ok: false, failure: 'stale_revision' });
  fixture.workbook.run('UPDATE tags SET approved_journal_id = 7 WHERE stock_key_id = ?', keys[0]!);
  expect(set(fixture, keys[0]!, { note: 'y' })).toMatchObject({ ok: false, failure: 'line_approved' });
  fixture.workbook.run("UPDATE periods SET state = 'locked', locked_instant = 1");
  expect(set(fixture, keys[1]!, { note: 'y' })).toMatchObject({ ok: false, failure: 'period_locked' });
});

test('once the period has lines, only they can be tagged', async () => {
  const { fixture, keys } = await taggable();
  fixture.workbook.run("INSERT INTO lines (period_id, stock_key_id, tier, rule_version) VALUES (?, ?, 'A', '1')", fixture.periodId, keys[0]!);
  accepted(set(fixture, keys[0]!, { note: 'x' }));
  expect(set(fixture, keys[1]!, { note: 'x' })).toMatchObject({ ok: false, failure: 'line_unknown' });
});

test('several tags are set together or not at all', async () => {
  const { fixture, keys } = await taggable();
  const before = contentOf(fixture);
  const request = (stockKeyId: number, reason: string) => ({ periodId: fixture.periodId, stockKeyId, change: { reason } });
  expect(setTags(fixture.context, [request(keys[0]!, 'SHRINK'), request(keys[1]!, 'NOPE')])).toMatchObject({ ok: false, failure: 'reason_unknown' });
  expect(contentOf(fixture)).toEqual(before);
  expect(accepted(setTags(fixture.context, [request(keys[0]!, 'SHRINK'), request(keys[1]!, 'TIMING')]))).toHaveLength(2);
});
