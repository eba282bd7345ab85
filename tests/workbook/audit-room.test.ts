/**
 * The auditor's room on the sample company, opened for reading only: samples drawn and drawn again, counted, evaluated and concluded in the
 * auditor's own file; the workbook's bytes stay as they are.
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { JUDGEMENT_WORDS } from '@shared/domain/audit/cut-off';
import { createWorkbook } from '../../electron/services/workbooks';
import { lockWorkbookFile } from '../../electron/workbook/file-lock';
import { attachToWorkbookFile, openWorkbookFile } from '../../electron/workbook/open';
import type { Session } from '../../electron/ipc/session';
import { SEPTEMBER } from '../support/calls';
import { answer, ask, openSample } from '../support/sample-session';
import { tamperBy } from '../support/tamper';
import { NOW } from '../support/workbooks';
import { readXlsx } from '../support/xlsx-reader';

const FILE = 'Sample.tieout-audit';
const MUS = { method: 'mus', confidencePercent: 95, tolerableMinor: 10_000_00, expectedMinor: 1_000_00 } as const;

let session: Session;
let folder: string;
const filePath = () => path.join(folder, FILE);
const workbookBytes = () => {
  const { mtimeMs } = fs.statSync(session.workbook.path);
  return { mtimeMs, sha256: createHash('sha256').update(fs.readFileSync(session.workbook.path)).digest('hex') };
};
let before: ReturnType<typeof workbookBytes>;

beforeAll(async () => {
  const sample = await openSample(afterAll);
  folder = sample.folder;
  sample.close();
  // As an auditor has it: for reading only, and under the name of whoever runs the program.
  const workbookPath = path.join(folder, 'Sample.tieout');
  const opened = await openWorkbookFile(workbookPath, { person: 'Noor Haddad', now: NOW, readOnly: true });
  if (!opened.ok) throw new Error(opened.message);
  afterAll(() => opened.value.close());
  session = { workbook: opened.value.workbook, readOnly: true, readOnlyReason: 'Opened for reading only.', identitiesFolder: folder, actor: { name: 'noor', email: '', role: '' } };
  before = workbookBytes();
});

const count = (sampleId: number, number: number, countedScaled: number, more: object = {}) =>
  answer(session, 'samples:change', { file: FILE, sampleId, change: { kind: 'item', number, countedScaled, ...more } });
const drawn = async (terms: Parameters<typeof answer<'samples:draw'>>[2]['terms'], seed = '') =>
  (await answer(session, 'samples:draw', { file: FILE, periodId: SEPTEMBER, purpose: 'Existence of inventory', terms, seed })).sampleId;
const read = (sampleId: number) => answer(session, 'samples:read', { file: FILE, sampleId });

describe('the auditor\'s file', () => {
  test('is begun beside the workbook, once, and is listed with who began it', async () => {
    expect(await answer(session, 'auditRoom:files', {})).toEqual({ files: [], usualName: FILE });
    await answer(session, 'auditRoom:create', { file: FILE, auditor: 'Noor Haddad' });
    expect(await answer(session, 'auditRoom:files', {})).toMatchObject({ files: [{ file: FILE, auditor: 'Noor Haddad', samples: 0, problem: '' }] });
    expect(fs.readFileSync(filePath()).toString('latin1', 68, 72)).toBe('TieA');
    expect(await ask(session, 'auditRoom:create', { file: FILE, auditor: 'Eve' })).toMatchObject({ failure: 'file_exists' });
  });

  test.each(['../out.tieout-audit', 'a/b.tieout-audit', 'Sample.tieout', '.tieout-audit', 'c:x.tieout-audit'])('%s is no name for one', async (file) => {
    expect(await ask(session, 'auditRoom:create', { file, auditor: 'Eve' })).toMatchObject({ failure: 'file_name' });
    expect(await ask(session, 'samples:list', { file })).toMatchObject({ failure: 'file_name' });
  });

  test('of another kind, or of another workbook, is told apart and left alone', async () => {
    fs.copyFileSync(session.workbook.path, path.join(folder, 'wrong.tieout-audit'));
    expect(await ask(session, 'samples:list', { file: 'wrong.tieout-audit' })).toMatchObject({ failure: 'not_an_auditor_file' });
    fs.rmSync(path.join(folder, 'wrong.tieout-audit'));
    const elsewhere = path.join(folder, 'elsewhere');
    fs.mkdirSync(elsewhere);
    const other = createWorkbook(path.join(elsewhere, 'Other.tieout'), { company: 'Other', currency: 'USD', timeZone: 'Europe/Berlin' }, { name: 'Eve', email: '' }, NOW);
    if (!other.ok) throw new Error(other.message);
    fs.copyFileSync(filePath(), path.join(elsewhere, FILE));
    expect(await ask({ ...session, workbook: other.value.workbook }, 'samples:list', { file: FILE })).toMatchObject({ failure: 'other_workbook' });
    other.value.close();
  });

  test('that somebody else holds is refused with who has it, and nothing is written', async () => {
    const lock = lockWorkbookFile(filePath(), 'Ben Okafor', NOW);
    expect(await ask(session, 'samples:draw', { file: FILE, periodId: SEPTEMBER, terms: { method: 'random', size: 3 } })).toMatchObject({ failure: 'file_busy', message: expect.stringContaining('Ben Okafor') });
    if (lock.held) lock.release();
    expect(await answer(session, 'samples:list', { file: FILE })).toEqual([]);
  });
});

describe('a monetary unit sample', () => {
  let sampleId: number;

  test('is planned with its figures before anything is drawn', async () => {
    const plan = await answer(session, 'samples:plan', { periodId: SEPTEMBER, terms: MUS });
    expect(plan.populationItems).toBeGreaterThan(500);
    // 3.68 is the factor where a tenth of the tolerable misstatement is expected.
    expect(plan).toMatchObject({ factorMillionths: 3_675_015, intervalMinor: 2_717_39 });
    expect(plan.sampleSize).toBe(Math.ceil(plan.populationMinor / (10_000_00 / 3.675015)));
    const report = await answer(session, 'reports:read', { periodId: SEPTEMBER, report: 'inventory', linesMax: 5_000 });
    const section = report.sections.find(({ id }) => id === 'lines')!;
    const place = section.columns.findIndex(({ id }) => id === 'book');
    const book = section.rows.filter(({ kind }) => kind === 'line').reduce((sum, { cells }) => sum + (cells[place] as number), 0);
    expect(plan.populationMinor + plan.setAside.negative.valueMinor).toBe(book);
  });

  test('keeps seed, population and how the workbook stood', async () => {
    sampleId = await drawn(MUS, 'harbor');
    const sample = await read(sampleId);
    expect(sample).toMatchObject({ seed: 'harbor', periodCode: '2026-09', drawnBy: 'Noor Haddad', method: 'mus', counted: 0, evaluation: { decision: 'open', itemsOpen: sample.items.length } });
    expect(sample.sealRoot).toBe((await answer(session, 'signOff:seals', { periodId: SEPTEMBER }))[0]!.rootHash);
    expect(sample.items.filter(({ bookMinor }) => bookMinor >= sample.plan.intervalMinor!).every(({ isCertain }) => isCertain)).toBe(true);
    const start = BigInt(`0x${createHash('sha256').update('harbor:start').digest('hex')}`) % BigInt(sample.plan.intervalMinor!);
    expect(sample.start).toBe(String(start + 1n));
  });

  test('comes out the same from the same seed, and says so', async () => {
    const again = await read(await drawn(MUS, 'harbor'));
    expect(again.items).toEqual((await read(sampleId)).items);
    expect(again.populationHash).toBe((await read(sampleId)).populationHash);
    expect(await answer(session, 'samples:repeat', { file: FILE, sampleId })).toMatchObject({ state: 'same' });
    const other = await read(await drawn(MUS));
    expect(other.seed).toMatch(/^[0-9a-f]{20}$/);
    expect(other.start).not.toBe(again.start);
  });

  test('is evaluated once every line is counted, and its limit is basic precision where all agree', async () => {
    const { items, plan } = await read(sampleId);
    for (const { number, bookScaled } of items.slice(1)) await count(sampleId, number, bookScaled, { ticks: '✓' });
    expect(await ask(session, 'samples:change', { file: FILE, sampleId, change: { kind: 'conclude', conclusion: 'Fine.' } })).toMatchObject({ failure: 'items_open' });
    const done = await count(sampleId, items[0]!.number, items[0]!.bookScaled);
    expect(done.evaluation).toMatchObject({ itemsOpen: 0, misstatements: 0, knownMinor: 0, decision: 'supported', overstatement: { projectedMinor: 0, basicPrecisionMinor: plan.intervalMinor! * 3 } });
  });

  test('projects what is missing on the shelf by its taint', async () => {
    const { items, plan } = await read(sampleId);
    const short = items.find(({ isCertain, bookScaled }) => !isCertain && bookScaled >= 40_000)!;
    const sample = await count(sampleId, short.number, short.bookScaled - 20_000, { ticks: 'x t', note: 'Two fewer on the shelf' });
    const item = sample.items.find(({ number }) => number === short.number)!;
    expect(item).toMatchObject({ differenceScaled: -20_000, ticks: '✗T', note: 'Two fewer on the shelf' });
    const projected = Math.round(((item.bookMinor - item.auditedMinor!) * plan.intervalMinor!) / item.bookMinor);
    expect(sample.evaluation.rows).toMatchObject([{ number: short.number, projectedMinor: projected, stepHundredths: 175 }]);
    expect(Math.abs(sample.evaluation.overstatement!.upperLimitMinor - (plan.intervalMinor! * 3 + projected * 1.75))).toBeLessThanOrEqual(2);
  });

  test('projects a wrong unit cost by its taint, alone and together with a wrong count', async () => {
    const { items, plan } = await read(sampleId);
    const dear = items.find(({ isCertain, differenceScaled, unitCostScaled }) => !isCertain && differenceScaled === 0 && unitCostScaled % 4 === 0)!;
    const change = (more: object) => answer(session, 'samples:change', { file: FILE, sampleId, change: { kind: 'item', number: dear.number, ...more } });
    const ofDear = ({ items: lines, evaluation }: Awaited<ReturnType<typeof change>>) => ({ ...lines.find(({ number }) => number === dear.number)!, ...evaluation.rows.find(({ number }) => number === dear.number) });
    // Three quarters of the booked cost is right: a taint of a quarter, a quarter of the interval.
    const priced = ofDear(await change({ auditedCostScaled: (dear.unitCostScaled / 4) * 3 }));
    expect(priced).toMatchObject({ countedScaled: dear.bookScaled, differenceScaled: 0, auditedCostScaled: (dear.unitCostScaled / 4) * 3 });
    expect(Math.abs(priced.auditedMinor! - dear.bookMinor * 0.75)).toBeLessThanOrEqual(0.5);
    expect(Math.abs(priced.taintMillionths! - 250_000)).toBeLessThanOrEqual(1_000_000 / dear.bookMinor);
    expect(Math.abs(priced.projectedMinor! - plan.intervalMinor! / 4)).toBeLessThanOrEqual(plan.intervalMinor! / dear.bookMinor);
    expect(ofDear(await change({ countedScaled: 0 }))).toMatchObject({ auditedMinor: 0, taintMillionths: 1_000_000 });
    expect(ofDear(await change({ countedScaled: dear.bookScaled, auditedCostScaled: null }))).toMatchObject({ auditedMinor: dear.bookMinor, auditedCostScaled: null });
  });

  test('takes own tick marks, floor counts and a note; a mark that means nothing is refused', async () => {
    const item = (await read(sampleId)).items.find(({ ticks }) => ticks === '✓')!;
    expect(await ask(session, 'samples:change', { file: FILE, sampleId, change: { kind: 'item', number: item.number, ticks: 'Z' } })).toMatchObject({ failure: 'mark_unknown' });
    await answer(session, 'samples:change', { file: FILE, sampleId, change: { kind: 'mark', mark: 'Z', meaning: 'Seen with the warehouse lead' } });
    expect(await ask(session, 'samples:change', { file: FILE, sampleId, change: { kind: 'mark', mark: 'Z', meaning: 'x' } })).toMatchObject({ failure: 'mark_taken' });
    await answer(session, 'samples:change', { file: FILE, sampleId, change: { kind: 'item', number: item.number, ticks: 'ZZ' } });
    await answer(session, 'samples:change', { file: FILE, sampleId, change: { kind: 'floor', sku: item.sku, location: item.location, countedScaled: item.bookScaled + 10_000 } });
    const sample = await answer(session, 'samples:change', { file: FILE, sampleId, change: { kind: 'floor', sku: 'NOT-KNOWN', location: item.location, countedScaled: 30_000, note: 'No label' } });
    expect(sample.items.find(({ number }) => number === item.number)).toMatchObject({ ticks: 'Z', countedScaled: item.countedScaled });
    expect(sample.floorCounts).toMatchObject([{ bookScaled: item.bookScaled, countedScaled: item.bookScaled + 10_000 }, { sku: 'NOT-KNOWN', bookScaled: null, stockKeyId: null }]);
  });

  test('concluded, it stays as it is', async () => {
    const sample = await answer(session, 'samples:change', { file: FILE, sampleId, change: { kind: 'conclude', conclusion: 'Existence is supported.' } });
    expect(sample).toMatchObject({ conclusion: 'Existence is supported.', concludedBy: 'Noor Haddad' });
    expect(await ask(session, 'samples:change', { file: FILE, sampleId, change: { kind: 'item', number: sample.items[0]!.number, countedScaled: 0 } })).toMatchObject({ failure: 'sample_concluded' });
  });

  test('leaves as a working paper that another reader reads', async () => {
    const { path: saved } = await answer(session, 'samples:save', { file: FILE, sampleId, path: path.join(folder, 'paper.xlsx') });
    const paper = readXlsx(fs.readFileSync(saved));
    const text = [...paper.sheet('Working paper').values()].join('\n');
    const sample = await read(sampleId);
    for (const part of ['Existence of inventory', 'Seed harbor', sample.populationHash, sample.evaluation.words, 'Existence is supported.', 'Seen with the warehouse lead', 'Counted; differs from the books', 'interval 2717.39 USD']) expect(text).toContain(part);
    const lines = [...paper.sheet('Lines').values()];
    for (const { sku } of sample.items) expect(lines).toContain(sku);
    expect([...paper.sheet('Floor to sheet').values()]).toEqual(expect.arrayContaining(['NOT-KNOWN', 'unknown']));
  });
});

test('the other methods give a projection and no limit', async () => {
  for (const terms of [{ method: 'random', size: 5 }, { method: 'stratified', sizes: { A: 2, B: 2, C: 1 } }, { method: 'nth', step: 200 }] as const) {
    const sampleId = await drawn(terms);
    const { items } = await read(sampleId);
    for (const { number, bookScaled } of items) await count(sampleId, number, bookScaled);
    expect((await read(sampleId)).evaluation).toMatchObject({ decision: 'judged', ratioMinor: 0, overstatement: null, words: expect.stringContaining('gives no upper limit') });
    expect(await answer(session, 'samples:repeat', { file: FILE, sampleId })).toMatchObject({ state: 'same' });
  }
});

test('the cut-off test of the locked month judges each system and drafts what is wrong', async () => {
  const { items } = await answer(session, 'cutOff:test', { periodId: SEPTEMBER, count: 5 });
  const groups = new Map<string, number>();
  for (const { system, kind, side } of items) groups.set(`${system} ${kind} ${side}`, (groups.get(`${system} ${kind} ${side}`) ?? 0) + 1);
  expect([...groups.values()].every((size) => size <= 5)).toBe(true);
  expect(new Set(items.map(({ system }) => system)).size).toBeGreaterThan(1);
  for (const { judgement, occurredInstant, postedInstant, cutOffInstant, draft, correctionScaled, why } of items) {
    expect(why).toMatch(/\.$/);
    if (judgement === 'cannot_be_judged') continue;
    const isWrong = judgement !== 'right_period';
    if (!why.includes(' by the ')) expect(isWrong).toBe(occurredInstant < cutOffInstant !== postedInstant < cutOffInstant);
    expect(draft !== '').toBe(isWrong);
    if (!isWrong) expect(correctionScaled).toBe(0);
  }
});

describe('what others do to the files', () => {
  test('the workbook was never written: its bytes and its time are as before', () => expect(workbookBytes()).toEqual(before));

  test('a cut-off test is kept as it was run, judged in the auditor\'s own words, and stands in the working paper', async () => {
    const test = await answer(session, 'cutOff:test', { periodId: SEPTEMBER, count: 4 });
    const kept = await answer(session, 'cutOff:keep', { file: FILE, periodId: SEPTEMBER, count: 4 });
    expect(kept).toMatchObject({ cutOffTestId: 1, periodCode: '2026-09', count: 4, cutOffInstant: test.cutOffInstant, runBy: 'Noor Haddad', sealRoot: expect.any(String) });
    expect(kept.items).toEqual(test.items.map((item, index) => ({ ...item, number: index + 1, ownJudgement: null, note: '' })));
    const judged = await answer(session, 'cutOff:judge', { file: FILE, cutOffTestId: 1, number: 2, ownJudgement: 'posted_late', note: 'Carrier signed on 30 September' });
    expect(judged.items[1]).toMatchObject({ ownJudgement: 'posted_late', note: 'Carrier signed on 30 September', judgement: kept.items[1]!.judgement });
    expect(await ask(session, 'cutOff:judge', { file: FILE, cutOffTestId: 1, number: 9_999, ownJudgement: null, note: '' })).toMatchObject({ failure: 'line_missing' });
    expect(await ask(session, 'cutOff:read', { file: FILE, cutOffTestId: 7 })).toMatchObject({ failure: 'test_missing' });
    const { path: saved } = await answer(session, 'samples:save', { file: FILE, sampleId: 1, path: path.join(folder, 'paper-2.xlsx') });
    const cells = [...readXlsx(fs.readFileSync(saved)).sheet('Cut-off').values()];
    for (const part of ['Carrier signed on 30 September', JUDGEMENT_WORDS.posted_late, kept.items[1]!.document, 'as by the test']) expect(cells).toContain(part);
    expect(workbookBytes()).toEqual(before);
  });

  test('the auditor\'s file is whole, and a figure changed by other means is named', async () => {
    expect(await answer(session, 'auditRoom:verify', { file: FILE })).toMatchObject({ holds: true });
    const copy = 'Copy.tieout-audit';
    for (const [statement, finding] of [
      ['UPDATE sample_items SET counted_scaled = 1 WHERE sample_id = 1', 'Sample 1 is not as its last event left it'],
      ['UPDATE samples SET seed = \'suits\' WHERE sample_id = 2', 'Sample 2 is not as its last event left it'],
      [`UPDATE tick_marks SET meaning = 'Not counted' WHERE mark = '✓'`, 'Sample 1 is not as its last event left it'],
      ['UPDATE sample_items SET audited_cost_scaled = 1 WHERE sample_id = 1', 'Sample 1 is not as its last event left it'],
      [`UPDATE cut_off_items SET note = 'Nothing'`, 'Cut-off test 1 is not as its last event left it'],
      ['UPDATE cut_off_tests SET posting_count = 5', 'Cut-off test 1 is not as its last event left it'],
      ['DELETE FROM floor_counts', 'Sample 1 is not as its last event left it'],
      ['DELETE FROM audit_events WHERE sequence = 3', 'audit event 3 is missing'],
    ] as const) {
      fs.copyFileSync(filePath(), path.join(folder, copy));
      tamperBy(path.join(folder, copy), 'dropped and put back', statement);
      const verified = await answer(session, 'auditRoom:verify', { file: copy });
      expect(verified.holds, statement).toBe(false);
      expect(verified.findings.join(' '), statement).toContain(finding);
    }
    fs.rmSync(path.join(folder, copy));
  });

  test('a population that has changed is told, and the sample stays as it was drawn', async () => {
    const twin = path.join(folder, 'twin');
    fs.mkdirSync(twin);
    for (const name of ['Sample.tieout', FILE]) fs.copyFileSync(path.join(folder, name), path.join(twin, name));
    tamperBy(path.join(twin, 'Sample.tieout'), 'dropped', 'UPDATE lines SET on_hand_scaled = on_hand_scaled + 10000 WHERE stock_key_id = (SELECT min(stock_key_id) FROM lines WHERE on_hand_scaled > 0 AND unit_cost_scaled > 0)');
    const { workbook, close } = attachToWorkbookFile(path.join(twin, 'Sample.tieout'), true);
    const changed = { ...session, workbook };
    expect(await answer(changed, 'samples:repeat', { file: FILE, sampleId: 1 })).toMatchObject({ state: 'changed', message: expect.stringContaining('The population has changed since the sample was drawn') });
    expect((await answer(changed, 'samples:read', { file: FILE, sampleId: 1 })).items).toEqual((await read(1)).items);
    close();
  });
});
