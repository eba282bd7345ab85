/**
 * Who did what: the trail searched, paged and written as a file that is checked with the commands of the guide, as they stand there.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { AuditFilter } from '@shared/domain/audit-filter';
import { beforeEach, describe, expect, test } from 'vitest';
import { auditChoices, auditPage, placeOfEvent, saveTrail } from '../../electron/services/audit-trail';
import { AuditAppender } from '../../electron/workbook/audit';
import { inTransaction, type SqliteWorkbook } from '../../electron/workbook/workbook';
import { newWorkbook, NOW, temporaryFolder } from '../support/workbooks';

const ANA = 'Ana Reyes <ana@harborpine.example>';
const BEN = 'Ben Okafor <ben@harborpine.example>';
const HOUR = 3_600_000;

let workbook: SqliteWorkbook;

const append = (entries: readonly Partial<Parameters<AuditAppender['append']>[0]>[]) =>
  inTransaction(workbook, () => {
    const appender = new AuditAppender(workbook);
    for (const entry of entries) appender.append({ atInstant: NOW, actor: ANA, action: 'tag.set', periodId: 1, subject: 'line:1', detail: {}, ...entry });
  });

beforeEach(() => {
  ({ workbook } = newWorkbook());
  workbook.run(`INSERT INTO periods (period_id, code, start_instant, cut_off_instant, window_hours) VALUES (1, '2026-10', 1, 2, 48), (2, '2026-11', 2, 3, 48)`);
  workbook.run(`INSERT INTO items (item_id, sku) VALUES (1, 'MUG-BLU-11'), (2, 'TEE-RED-M')`);
  workbook.run(`INSERT INTO locations (location_id, code) VALUES (1, 'Portland'), (2, 'Seattle Store')`);
  workbook.run('INSERT INTO stock_keys VALUES (1, 1, 1), (2, 1, 2), (3, 2, 1)');
  // Event 1 is the making of the workbook.
  append([
    { detail: { before: { reason: null }, after: { reason: 'PHY-SHRINK', owner: 'warehouse' } } },
    { actor: BEN, subject: 'line:2', atInstant: NOW + HOUR, detail: { after: { reason: 'TIM-CUTOFF' } } },
    { actor: BEN, subject: 'line:3', periodId: 2, atInstant: NOW + 2 * HOUR, action: 'note.add', detail: { number: 1, after: { text: 'The Mug was found' } } },
    { action: 'quarantine.ignore', subject: 'import:3', atInstant: NOW + 3 * HOUR, detail: { why: 'A "test" row of 100 %' } },
    { action: 'tagging.other', subject: 'line:11', atInstant: NOW + 4 * HOUR },
  ]);
});

const found = (filter: Partial<AuditFilter>) => auditPage(workbook, { offset: 0, limit: 100, ...filter }).events.map(({ sequence }) => sequence);

test.each<[string, Partial<AuditFilter>, readonly number[]]>([
  ['nothing asked for is every event, newest first', {}, [6, 5, 4, 3, 2, 1]],
  ['a person by name, in any letters', { person: 'ben OK' }, [4, 3]],
  ['a person by address', { person: 'ana@harbor' }, [6, 5, 2, 1]],
  ['a line by its SKU', { line: 'mug-blu' }, [3, 2]],
  ['one line by SKU and location', { line: 'MUG-BLU-11, Portland' }, [2]],
  ['a location, and no event that is not about a line', { line: 'portland' }, [4, 2]],
  ['an action', { action: 'tag.set' }, [3, 2]],
  ['an area of actions, not another that begins so', { action: 'tag' }, [3, 2]],
  ['a reason code', { reason: 'phy-' }, [2]],
  ['a reason in words, with quotation marks and a per cent sign', { reason: 'a "TEST" row of 100 %' }, [5]],
  ['a reason is not any text', { reason: 'warehouse' }, []],
  ['from an instant on', { fromInstant: NOW + 2 * HOUR }, [6, 5, 4]],
  ['until an instant, which no longer counts', { fromInstant: NOW + HOUR, untilInstant: NOW + 2 * HOUR }, [3]],
  ['a period', { periodId: 2 }, [4]],
  ['any text, of the detail', { text: 'mug was' }, [4]],
  ['any text, of the line', { text: 'seattle store' }, [3]],
  ['conditions together', { person: 'ben', line: 'portland', periodId: 2, action: 'note' }, [4]],
  ['conditions that nothing meets', { person: 'ben', action: 'quarantine' }, []],
])('%s', (_what, filter, sequences) => expect(found(filter)).toEqual(sequences));

test('a page says how many are found of how many, and names the line it is about', () => {
  const page = auditPage(workbook, { offset: 0, limit: 1, line: 'mug' });
  expect(page).toMatchObject({ total: 2, inAll: 6, events: [{ sequence: 3, subject: 'MUG-BLU-11, Seattle Store', stockKeyId: 2, periodId: 1, periodCode: '2026-10' }] });
  expect(auditPage(workbook, { offset: 1, limit: 5, line: 'mug' }).events).toMatchObject([{ sequence: 2 }]);
  expect([3, 2, 4].map((sequence) => placeOfEvent(workbook, AuditFilter.parse({ line: 'mug' }), sequence))).toEqual([0, 1, null]);
  expect(auditPage(workbook, { offset: 2, limit: 5, line: 'mug' })).toMatchObject({ total: 2, events: [] });
  expect(auditChoices(workbook)).toMatchObject({
    people: expect.arrayContaining([{ name: BEN, events: 2 }]),
    actions: expect.arrayContaining([{ name: 'tag.set', events: 2 }]),
  });
});

test('a question asked again knows the events since, and those that a rollback took', () => {
  expect(found({ person: 'ben' })).toEqual([4, 3]);
  append([{ actor: BEN }, {}]);
  expect(found({ person: 'ben' })).toEqual([7, 4, 3]);
  workbook.database.exec('BEGIN');
  append([{ actor: BEN }]);
  expect(found({ person: 'ben' })).toEqual([9, 7, 4, 3]);
  workbook.database.exec('ROLLBACK');
  expect(found({ person: 'ben' })).toEqual([7, 4, 3]);
  append([{}, { actor: BEN }]);
  expect(found({ person: 'ben' })).toEqual([10, 7, 4, 3]);
});

describe('the trail as JSON lines', () => {
  const GUIDE = fs.readFileSync(path.resolve(import.meta.dirname, '../../resources/guide/audit-room.html'), 'utf8');
  const commands = /<pre id="check-trail">([^]*?)<\/pre>/.exec(GUIDE)![1]!.replaceAll('&gt;', '>').replaceAll('&lt;', '<').replaceAll('&amp;', '&');
  const follow = (folder: string) => spawnSync('sh', ['-c', commands], { cwd: folder, encoding: 'utf8' });

  function saved(filter: Partial<AuditFilter> = {}) {
    const folder = temporaryFolder();
    const filePath = path.join(folder, 'trail.jsonl');
    const outcome = saveTrail(workbook, AuditFilter.parse(filter), filePath);
    if (!outcome.ok) throw new Error(outcome.message);
    return { folder, filePath, value: outcome.value, lines: fs.readFileSync(filePath, 'utf8').trimEnd().split('\n') };
  }

  test('whole, is found whole by the commands of the guide', () => {
    const { folder, value, lines } = saved();
    expect(value).toMatchObject({ events: 6, inAll: 6, isPart: false });
    const last = (JSON.parse(lines.at(-1)!) as { hash: string }).hash;
    expect(follow(folder)).toMatchObject({ status: 0, stdout: `All 6 events follow one another; the last is ${last}\n` });
  });

  test.each<[string, (lines: string[]) => string[], RegExp]>([
    ['a letter changed', (lines) => lines.map((line, index) => (index === 2 ? line.replace('TIM-CUTOFF', 'PHY-SHRINK') : line)), /differ/],
    ['an event taken out', (lines) => lines.toSpliced(2, 1), /event 3 does not follow/],
    ['two events exchanged', (lines) => [lines[0]!, lines[2]!, lines[1]!, ...lines.slice(3)], /event 2 does not follow/],
  ])('with %s fails by the commands of the guide', (_what, change, says) => {
    const { folder, filePath, lines } = saved();
    fs.writeFileSync(filePath, `${change(lines).join('\n')}\n`);
    const outcome = follow(folder);
    expect(outcome.status).not.toBe(0);
    expect(`${outcome.stdout}${outcome.stderr}`).toMatch(says);
  });

  test('in part, says so in its first line and keeps the events as they are in the whole', () => {
    const whole = saved().lines;
    const { value, lines } = saved({ person: 'ben', periodId: 2, fromInstant: NOW });
    expect(value).toMatchObject({ events: 1, inAll: 6, isPart: true });
    expect(JSON.parse(lines[0]!)).toEqual({
      part: { events: 1, of: { events: 6, lastHash: (JSON.parse(whole.at(-1)!) as { hash: string }).hash }, where: { person: 'ben', period: '2026-11', from: '2026-11-03T12:00:00Z' } },
    });
    expect(lines.slice(1)).toEqual([whole[3]]);
  });

  test('is refused under a name that says something else, and where nothing can be written', () => {
    const folder = temporaryFolder();
    expect(saveTrail(workbook, AuditFilter.parse({}), path.join(folder, 'trail.xlsx'))).toMatchObject({ ok: false, failure: 'format_unknown' });
    fs.writeFileSync(path.join(folder, 'file'), '');
    expect(saveTrail(workbook, AuditFilter.parse({}), path.join(folder, 'file', 'trail.jsonl'))).toMatchObject({ ok: false, failure: 'file_unwritable' });
    expect(fs.readdirSync(folder)).toEqual(['file']);
  });
});
