/**
 * Every call of the contract is answered on the sample company, in the order of a close: what comes out has the shape it promises,
 * what is refused is refused by a name from the call's own list. What is refused at the door is `calls-refused.test.ts`.
 */
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CallInput } from '@shared/contract/call';
import { type WorkbookCalls, type WorkbookChannel, workbookCalls } from '@shared/contract/index';
import { POSTING_SYSTEM_IDS } from '@shared/domain/posting/shapes';
import type { SuggestedName } from '@shared/domain/quarantine';
import type { Session } from '../../electron/ipc/session';
import { chainHead } from '../../electron/workbook/audit';
import { insertRuleSet, ruleSetFor } from '../../electron/workbook/tables/rule-sets';
import { walkAuditRoom } from '../support/audit-room-calls';
import { OCTOBER, RULES, SEPTEMBER, WELL_FORMED } from '../support/calls';
import { identitiesAnswer } from '../support/calls-of-identities';
import { answer, ask, openSample, passPhraseOf } from '../support/sample-session';

const CHANNELS = Object.keys(workbookCalls) as WorkbookChannel[];

let session: Session;
let folder: string;
/** Channels that were answered at least once, for the last test. */
const answered = new Set<string>();
const get = async <Channel extends WorkbookChannel>(channel: Channel, input: CallInput<WorkbookCalls[Channel]>) => {
  const value = await answer(session, channel, input);
  answered.add(channel);
  return value;
};

beforeAll(async () => {
  ({ session, folder } = await openSample(afterAll));
});

describe('the locked September', () => {
  test('is read in full', async () => {
    const info = await get('workbook:info', {});
    expect(info).toMatchObject({ isSample: true, periods: [{ code: '2026-09', state: 'locked' }, { code: '2026-10', state: 'open' }] });
    expect(await get('workbook:steps', { periodId: SEPTEMBER })).toHaveLength(7);
    const { imports } = await get('imports:summary', { periodId: SEPTEMBER });
    const original = await get('imports:originalRow', { importId: imports[0]!.importId, rowNumber: 2 });
    expect(original.header[0]).toBe('sku');
    expect(await get('imports:linesOfRow', { importId: imports[0]!.importId, rowNumber: 2 })).toMatchObject({ fileName: imports[0]!.fileName, rowNumber: 2 });
    expect(await get('quarantine:list', { periodId: SEPTEMBER })).toMatchObject({ waiting: 0 });
    expect((await get('tieOut:read', { periodId: SEPTEMBER })).accounts.map(({ accountCode }) => accountCode)).toEqual(['1300', '1310']);
    expect(await get('tieOut:stands', { periodId: SEPTEMBER })).toMatchObject({ standing: 'ties' });
    const sort = [{ column: 'valueMinor', direction: 'desc' } as const];
    const page = await get('lines:page', { periodId: SEPTEMBER, offset: 0, limit: 100, sort, filter: { onlyNonZero: true } });
    expect(page.columns.sku).toHaveLength(Math.min(page.total, 100));
    for (const stockKeyId of page.columns.stockKeyId) await get('lines:detail', { periodId: SEPTEMBER, stockKeyId });
    expect(await get('lines:nextException', { periodId: SEPTEMBER, sort, filter: {}, after: -1, direction: 'next' })).toEqual({ index: null, stockKeyId: null });
    // The first month has no opening, so nothing can be rolled forward.
    const ofSeptember = { periodId: SEPTEMBER, sort, filter: { onlyNonZero: true } };
    const rows = [{ from: 0, to: page.columns.sku.length - 1 }];
    expect((await get('lines:sums', { query: ofSeptember, columns: ['varianceScaled'], spans: rows })).varianceScaled).toMatchObject({ count: page.total });
    expect(await get('lines:find', { query: ofSeptember, text: page.columns.sku[0]!, after: -1, direction: 'next' })).toMatchObject({ column: 'sku' });
    expect(await get('lines:edge', { query: ofSeptember, column: 'sku', from: 0, direction: 'next', seeks: 'empty' })).toEqual({ index: null });
    const groups = await get('lines:groups', { periodId: SEPTEMBER, filter: { onlyNonZero: true }, by: 'location', columns: ['varianceScaled'] });
    expect(groups.reduce((sum, { lines }) => sum + lines, 0)).toBe(page.total);
    expect(await get('lines:rollForward', { periodId: SEPTEMBER })).toEqual([]);
    expect(await get('lines:summary', { periodId: SEPTEMBER })).toMatchObject({ isStale: false });
    expect(await get('journals:list', { periodId: SEPTEMBER })).toMatchObject([{ number: 'ADJ-2026-09-1', preparer: 'Ana Reyes', namedApprover: 'Ben Okafor' }]);
    expect(await get('journals:draft', { periodId: SEPTEMBER })).toMatchObject({ currency: 'USD' });
    expect(await get('signOff:checklist', { periodId: SEPTEMBER })).toMatchObject({ readyToLock: true });
    const { reports, locations } = await get('reports:list', { periodId: SEPTEMBER });
    expect(locations).toContain('Portland');
    for (const { id, title } of reports) expect(await get('reports:read', { periodId: SEPTEMBER, report: id })).toMatchObject({ id, title, standsFor: { periodCode: '2026-09', isStale: false } });
    const saved = await get('reports:save', { periodId: SEPTEMBER, report: 'inventory', path: path.join(folder, 'inventory.html') });
    expect(fs.readFileSync(saved.path, 'utf8')).toContain('Reconciled inventory');
    expect(await ask(session, 'reports:read', { periodId: OCTOBER, report: 'inventory' })).toMatchObject({ failure: 'not_reconciled' });
    expect(await get('signOff:seals', { periodId: SEPTEMBER })).toMatchObject([{ periodCode: '2026-09', signer: 'Ben Okafor' }]);
    expect(await get('signOff:verifyWorkbook', {})).toMatchObject({ holds: true });
    const trail = await get('audit:page', { offset: 0, limit: 1000 });
    expect(await get('audit:place', { sequence: 1 })).toEqual({ index: trail.total - 1 });
    expect((await get('audit:choices', {})).people.reduce((sum, { events }) => sum + events, 0)).toBe(trail.inAll);
    expect(await get('audit:save', { path: path.join(folder, 'trail.jsonl') })).toMatchObject({ events: trail.inAll, isPart: false });
    expect(trail.events).toHaveLength(trail.total);
    expect(await get('tags:reasonCodes', {})).not.toEqual([]);
    expect(await get('quarantine:targets', { kind: 'item', text: 'mug' })).not.toEqual([]);
    expect(await get('people:list', {})).toHaveLength(3);
  });

  test('takes no change', async () => {
    const { sequence } = chainHead(session.workbook);
    const ben = (await get('people:list', {})).find(({ name }) => name === 'Ben Okafor')!.fingerprint;
    const [file] = await get('imports:sampleFiles', { periodId: SEPTEMBER });
    const request = { fileName: file!.fileName, filePath: file!.filePath, periodId: SEPTEMBER };
    const signing = { fingerprint: ben, passPhrase: passPhraseOf('Ben Okafor') };
    const writes: readonly (readonly [WorkbookChannel, unknown])[] = [
      ['workbook:setWindow', { periodId: SEPTEMBER, windowHours: 1 }],
      ['locations:setBounds', { periodId: SEPTEMBER, location: 'Portland', close: 'with_period', windowHours: 12, why: 'x' }],
      ['imports:rehearse', request],
      ['imports:commit', { request, token: '' }],
      ['imports:undo', { importId: 1, why: 'x', token: '' }],
      ['quarantine:replay', { periodId: SEPTEMBER }],
      ['countSheets:issue', { periodId: SEPTEMBER, path: 'late.xlsx' }],
      ['lines:reconcile', { periodId: SEPTEMBER }],
      ['tags:set', { changes: [{ periodId: SEPTEMBER, stockKeyId: 1, change: { note: 'x' } }] }],
      ['tags:applyBulk', { target: { kind: 'lines', periodId: SEPTEMBER, stockKeyIds: [1] }, change: { note: { text: 'x', how: 'set' } }, fingerprint: 'x' }],
      ['journals:prepare', { periodId: SEPTEMBER, ...signing, approverFingerprint: ben }],
      ['journals:approve', { journalId: 1, ...signing, comment: '' }],
      ['journals:redraft', { journalId: 1, why: 'x' }],
      ['journals:reverse', { journalId: 1, periodId: SEPTEMBER, ...signing, approverFingerprint: ben, why: 'x' }],
      ['rules:save', { periodId: SEPTEMBER, rules: RULES, why: 'x', basedOn: 1 }],
      ['rules:rehearse', { periodId: SEPTEMBER, rules: RULES }],
      ['signOff:lock', { periodId: SEPTEMBER, ...signing, override: '' }],
    ];
    for (const [channel, input] of writes) expect(await ask(session, channel, input), channel).toMatchObject({ ok: false, failure: 'period_locked' });
    expect(chainHead(session.workbook).sequence).toBe(sequence);
  });
});

test('a later export is held against September, and its imports have evidence sheets', async () => {
  const { importId } = (await get('imports:summary', { periodId: SEPTEMBER })).imports[0]!;
  expect(await get('imports:evidence', { importId })).toMatchObject({ importId, state: 'standing', isComplete: true });
  expect(await get('imports:saveEvidence', { importId, path: path.join(folder, 'sheet.html') })).toEqual({ path: path.join(folder, 'sheet.html') });
  const file = (await get('imports:sampleFiles', { periodId: SEPTEMBER })).find(({ fileName }) => fileName.startsWith('count-full'))!;
  const savePath = path.join(folder, 'changes.csv');
  const comparison = await get('imports:compare', { fileName: file.fileName, filePath: file.filePath, periodId: SEPTEMBER, savePath });
  expect(comparison).toMatchObject({ periodCode: '2026-09', counts: { added: 0, removed: 0, changed: 0 }, lines: [] });
  expect(fs.readFileSync(savePath, 'utf8')).toMatch(/^\ufeffchange,system,sku/);
});

describe('October, worked through the door', () => {
  const people = async () => Object.fromEntries((await get('people:list', {})).map(({ name, fingerprint }) => [name, fingerprint]));

  test('is imported as it was rehearsed, and a rehearsal that has become stale is refused', async () => {
    const files = await get('imports:sampleFiles', { periodId: OCTOBER });
    let rowsQuarantined = 0;
    for (const { filePath, fileName, asOfInstant } of files) {
      const inspection = await get('imports:inspect', { filePath, fileName, periodId: OCTOBER });
      if (inspection.profile!.kind === 'tags') continue;
      const request = { filePath, fileName, periodId: OCTOBER, ...(asOfInstant === null ? {} : { asOfInstant }) };
      const rehearsal = await get('imports:rehearse', request);
      expect(await ask(session, 'imports:commit', { request, token: 'of another day' })).toMatchObject({ ok: false, failure: 'workbook_changed' });
      const committed = await get('imports:commit', { request, token: rehearsal.token });
      expect(committed.rehearsal).toEqual(rehearsal);
      rowsQuarantined += rehearsal.rowsQuarantined;
    }
    expect(await get('quarantine:list', { periodId: OCTOBER })).toMatchObject({ waiting: rowsQuarantined });
  });

  test('an import is replaced by its corrected file and brought back by undoing that one', async () => {
    const ledger = (await get('imports:sampleFiles', { periodId: OCTOBER })).find(({ fileName }) => fileName.startsWith('trial-balance'))!;
    const filePath = path.join(folder, 'ledger corrected.csv');
    fs.writeFileSync(filePath, `${fs.readFileSync(ledger.filePath, 'utf8').trimEnd()}\n2026-10,1399,Suspense,12.00,,USD\n`);
    const request = { fileName: 'ledger corrected.csv', filePath, periodId: OCTOBER };
    const beside = await get('imports:rehearse', request);
    const { importId: supersedesImportId } = beside.replaceable.find(({ isProposed }) => isProposed)!;
    const rehearsal = await get('imports:rehearse', { ...request, supersedesImportId });
    expect(rehearsal.difference!.lines.map(({ line, measure, delta }) => [line, measure, delta])).toEqual([['1399', 'debit', '12.00'], ['1399', 'credit', '0.00']]);
    const { importId } = await get('imports:commit', { request: { ...request, supersedesImportId }, token: rehearsal.token });
    expect(await get('imports:difference', { importId, offset: 0, limit: 500 })).toEqual(rehearsal.difference);
    const preview = await get('imports:previewUndo', { importId });
    expect(await ask(session, 'imports:undo', { importId, why: 'x', token: 'of another day' })).toMatchObject({ ok: false, failure: 'workbook_changed' });
    expect(await get('imports:undo', { importId, why: 'the suspense account is of another ledger', token: preview.token })).toEqual(preview);
    expect(preview.bringsBack).toMatchObject({ importId: supersedesImportId });
  });

  test('its quarantine is mapped, corrected, ignored, brought back and replayed, and a name is taken back', async () => {
    const waitingRows = async () => (await get('quarantine:page', { periodId: OCTOBER, state: 'waiting', offset: 0, limit: 1000 })).rows;
    expect((await get('imports:profiles', {})).some(({ profile, saved }) => profile.id === 'shopify-orders' && !saved)).toBe(true);
    const { groups, waiting } = await get('quarantine:list', { periodId: OCTOBER });
    const rows = await waitingRows();
    expect(rows).toHaveLength(waiting);
    const group = groups.find(({ mapping }) => mapping === 'item')!;
    const name = { source: group.source, kind: 'item', alias: group.subject } as const;
    const mapped = await get('quarantine:mapAlias', { ...name, targetCode: 'MUG-BLU-11', periodId: OCTOBER });
    expect(mapped.tried).toBeGreaterThan(0);
    const { rows: names } = await get('quarantine:aliases', { source: group.source, text: group.subject, acceptedOnly: true, offset: 0, limit: 10 });
    expect(names).toMatchObject([{ ...name, targetCode: 'MUG-BLU-11', how: 'by_hand' }]);
    const own = { ...name, code: name.alias };
    expect(await ask(session, 'quarantine:add', { ...own, code: 'mug-blu-11', periodId: OCTOBER })).toMatchObject({ failure: 'code_taken' });
    const rehearsed = await get('quarantine:rehearseTakeBack', { aliases: [name] });
    expect(await get('quarantine:takeBack', { aliases: [name], why: 'Another mug' })).toEqual(rehearsed);
    expect(rehearsed.rowsReturned).toBe(mapped.written);
    expect(await get('quarantine:list', { periodId: OCTOBER })).toMatchObject({ waiting });
    const added = await get('quarantine:add', { ...own, periodId: OCTOBER });
    expect(await get('quarantine:takeBack', { aliases: [name], why: 'No item of ours' })).toMatchObject({ aliases: 1, rowsReturned: added.written });
    expect(await get('quarantine:list', { periodId: OCTOBER })).toMatchObject({ waiting });
    const [{ suggestions, source, kind, alias }] = (await get('quarantine:suggestions', { periodId: OCTOBER })) as [SuggestedName];
    const { targetCode, reason } = suggestions[0]!;
    expect(await get('quarantine:accept', { periodId: OCTOBER, accepted: [{ source, kind, alias, targetCode, reason }] })).toMatchObject({ written: 5 });
    const unit = await get('quarantine:setUnit', { periodId: OCTOBER, itemCode: 'MUG-BLU-11', unit: 'crate', factor: '48' });
    expect(unit.written).toBe(0);

    const negative = rows.find(({ reason }) => reason === 'negative_count')!;
    const chosen = { quarantineRowIds: [negative.quarantineRowId] };
    const touched = await get('quarantine:touched', { rows: chosen, column: 'counted', from: negative.subject });
    expect(touched).toMatchObject({ rows: 1, files: [negative.fileName], values: [{ value: negative.subject, rows: 1 }] });
    expect(await get('quarantine:ignore', { rows: chosen, why: 'Struck through' })).toEqual({ ignored: 1 });
    expect(await get('quarantine:restore', { ...chosen, why: 'It was the other sheet' })).toEqual({ restored: 1 });
    const guess = { rows: chosen, column: 'counted', from: negative.subject, to: '-2', why: 'Guess' };
    expect(await ask(session, 'quarantine:replace', guess)).toMatchObject({ failure: 'still_bad' });
    const letter = rows.find(({ subject }) => subject === '1O6')!;
    const rightly = { rows: { quarantineRowIds: [letter.quarantineRowId] }, column: 'counted', from: '1O6', to: '106', why: 'A letter for a figure' };
    expect(await get('quarantine:replace', rightly)).toEqual({ tried: 1, written: 1, stillWaiting: 0 });
    const cells = negative.cells.map((cell, index) => (negative.header[index] === 'counted' ? '1' : cell));
    expect(await get('quarantine:correct', { quarantineRowId: negative.quarantineRowId, cells, why: 'Asked the team' })).toMatchObject({ written: 1 });
    expect(await ask(session, 'quarantine:correct', { quarantineRowId: negative.quarantineRowId, cells, why: 'Again' })).toMatchObject({ failure: 'row_settled' });
    expect((await get('quarantine:history', { quarantineRowId: negative.quarantineRowId })).map(({ step }) => step)).toEqual(['came_in', 'ignored', 'brought_back', 'corrected']);
    const settled = (await waitingRows()).map(({ quarantineRowId }) => quarantineRowId);
    expect(await get('quarantine:ignore', { rows: { quarantineRowIds: settled }, why: 'Not of this month' })).toEqual({ ignored: settled.length });
    expect(settled.length).toBeLessThan(waiting);
    expect(await get('quarantine:replay', { periodId: OCTOBER })).toMatchObject({ stillWaiting: 0 });
  });

  test('count sheets are planned, issued, listed and taken back', async () => {
    const { locations, categories } = await get('countSheets:choices', {});
    expect(locations.map(({ code }) => code)).toContain('Portland');
    expect(categories.length).toBeGreaterThan(0);
    const choice = { periodId: OCTOBER, locations: ['Reno'] };
    const plan = await get('countSheets:plan', choice);
    const target = path.join(folder, 'sheets.xlsx');
    const issued = await get('countSheets:issue', { ...choice, path: target });
    expect(issued).toMatchObject(plan);
    expect(fs.statSync(target).size).toBe(issued.byteLength);
    const { sheets } = await get('countSheets:standing', { periodId: OCTOBER });
    expect(sheets.map(({ number, state }) => `${number} ${state}`)).toEqual(plan.sheets.map(({ number }) => `${number} issued`));
    expect(await get('countSheets:lines', { countSheetId: sheets[0]!.countSheetId })).toHaveLength(sheets[0]!.lines);
    expect(await get('countSheets:export', { countSheetIds: [sheets[0]!.countSheetId], path: path.join(folder, 'again.csv') })).toMatchObject({ sheets: 1 });
    const figures = [{ line: 1, countNo: 1, countedScaled: 40_000 }];
    const countedInstant = Date.parse('2026-10-31T21:00:00-07:00');
    const { importId } = await get('countSheets:enter', { countSheetId: sheets[0]!.countSheetId, figures, countedBy: 'L. Castillo', countedInstant });
    const { token } = await get('imports:previewUndo', { importId });
    await get('imports:undo', { importId, why: 'typed into the wrong sheet', token });
    expect(await get('countSheets:void', { countSheetIds: sheets.map(({ countSheetId }) => countSheetId), why: 'Counted by the warehouse program' })).toEqual({ voided: sheets.length });
  });

  test('is reconciled and tagged, and a tag is taken back and set again', async () => {
    expect(await get('workbook:setWindow', { periodId: OCTOBER, windowHours: 72 })).toMatchObject({ windowHours: 72 });
    const zone = { location: 'Reno', timeZone: 'America/Denver' };
    expect(await get('locations:setTimeZone', { ...zone, why: 'It has moved' })).toEqual(zone);
    const [reno] = (await get('locations:bounds', { periodId: OCTOBER })).filter(({ code }) => code === 'Reno');
    expect(reno).toMatchObject({ timeZone: 'America/Denver', hasOwnCutOff: false, windowHours: 72 });
    const bounds = { periodId: OCTOBER, location: 'Reno', windowHours: null, why: 'Tried' };
    expect(await get('locations:setBounds', { ...bounds, close: 'by_time_zone' })).toMatchObject({ hasOwnCutOff: true, cutOffInstant: reno!.cutOffInstant - 3_600_000 });
    expect(await get('locations:setBounds', { ...bounds, close: 'with_period' })).toEqual(reno);
    await get('locations:setTimeZone', { location: 'Reno', timeZone: null, why: 'It has not' });
    expect(await get('locations:setCurrency', { location: 'Reno', currency: 'USD', why: 'It always was' })).toEqual({ location: 'Reno', currency: 'USD' });
    const summary = await get('lines:reconcile', { periodId: OCTOBER });
    expect(summary.exceptions).toBeGreaterThan(0);
    const overview = await get('overview:period', { periodId: OCTOBER });
    expect(overview).toMatchObject({ periodCode: '2026-10', isLocked: false, isStale: false, previousCode: '2026-09' });
    expect(overview.exceptions.open.lines).toBe((await get('lines:page', { periodId: OCTOBER, offset: 0, limit: 1, sort: [], filter: { statuses: ['open'] } })).total);
    expect((await get('overview:shares', { periodId: OCTOBER })).map(({ code }) => code)).toEqual(['2026-09', '2026-10']);
    const [largest] = overview.map.lines;
    expect((await get('overview:line', { periodId: OCTOBER, stockKeyId: largest!.stockKeyId })).at(-1)).toMatchObject({ periodCode: '2026-10', status: largest!.status });
    expect((await get('lines:rollForward', { periodId: OCTOBER })).map(({ location }) => location)).toContain('Portland');
    const sort = [{ column: 'sku', direction: 'asc' } as const];
    const query = { periodId: OCTOBER, sort, filter: { onlyExceptions: true } };
    const page = await get('lines:page', { ...query, offset: 0, limit: 5000 });
    const next = await get('lines:nextException', { ...query, after: -1, direction: 'next' });
    expect(page.columns.stockKeyId[next.index!]).toBe(next.stockKeyId);
    const change = { reason: 'UNX-WRITEOFF', owner: 'finance' as const };
    const tagged = await get('tags:set', { changes: page.columns.stockKeyId.map((stockKeyId) => ({ periodId: OCTOBER, stockKeyId, change, expectedRevision: 0 })) });
    expect(tagged.tags).toHaveLength(page.total);
    const stale = { periodId: OCTOBER, stockKeyId: next.stockKeyId!, change: { note: 'x' }, expectedRevision: 0 };
    expect(await ask(session, 'tags:set', { changes: [stale] })).toMatchObject({ failure: 'stale_revision' });
    const undone = await get('tags:undo', { sequences: tagged.sequences });
    expect(undone.tags.map(({ reason }) => reason)).toEqual(page.columns.sku.map(() => null));
    await get('tags:undo', { sequences: undone.sequences });
    expect(await get('lines:summary', { periodId: OCTOBER })).toMatchObject({ byStatus: { tagged: { lines: page.total }, open: { lines: 0 } } });
  });

  test('all of its lines are changed as was said before, and that is taken back as one', async () => {
    const request = { target: { kind: 'filter' as const, query: { periodId: OCTOBER, sort: [], filter: {} } }, change: { dueInstant: Date.UTC(2026, 10, 20) } };
    const statement = await get('tags:planBulk', request);
    expect(statement.lines).toBe((await get('lines:page', { ...request.target.query, offset: 0, limit: 1 })).total);
    expect(await ask(session, 'tags:applyBulk', { ...request, fingerprint: 'another' })).toMatchObject({ failure: 'changed_since' });
    const { changed, sequence } = await get('tags:applyBulk', { ...request, fingerprint: statement.fingerprint });
    expect(changed).toBe(statement.changes);
    expect(await get('tags:undoBulk', { sequence })).toMatchObject({ undone: changed, left: 0 });
  });

  test('its rules are looked at, previewed, rehearsed and changed, and risk windows and a tier with them', async () => {
    const { rules, ruleSetId, history } = await get('rules:inForce', { periodId: OCTOBER });
    expect(history).toHaveLength(1);
    const strict = { ...rules, tolerances: rules.tolerances.map((each) => ({ ...each, unitsScaled: 0 })) };
    const preview = await get('rules:preview', { periodId: OCTOBER, rules: strict });
    expect(preview).toMatchObject({ basis: 'decided', changed: preview.effects.length, past: [{ periodCode: '2026-09', state: 'locked' }] });
    expect(preview.byEffect.opened.lines).toBeGreaterThan(0);
    expect(await get('rules:rehearse', { periodId: OCTOBER, rules: strict })).toEqual({ ...preview, basis: 'reconciled' });
    expect((await get('rules:evidence', { currency: 'USD' })).some(({ clears, total }) => clears && total.lines > 0)).toBe(true);
    const saved = await get('rules:save', { periodId: OCTOBER, rules: { ...rules, waivedLimitMinor: 500_000 }, why: 'The board asked for a limit.', basedOn: ruleSetId });
    expect(saved.history).toHaveLength(2);
    expect(await get('lines:summary', { periodId: OCTOBER })).toMatchObject({ isStale: true });
    expect(await ask(session, 'rules:save', { periodId: OCTOBER, rules, why: 'x', basedOn: ruleSetId })).toMatchObject({ failure: 'changed_since' });
    const window = { kind: 'promotion', sku: 'MUG-BLU-11', location: null, fromInstant: Date.parse('2026-12-01T00:00:00Z'), untilInstant: Date.parse('2026-12-03T00:00:00Z'), note: '' } as const;
    const { riskWindowId } = await get('rules:addRiskWindow', { window, why: 'Advent' });
    await get('rules:changeRiskWindow', { riskWindowId, window: { ...window, location: 'Reno' }, why: 'Only there' });
    expect((await get('rules:riskWindows', {}))[0]).toMatchObject({ riskWindowId, location: 'Reno', periods: [] });
    expect(await get('rules:endRiskWindow', { riskWindowId, untilInstant: window.fromInstant, why: 'Called off' })).toEqual({ ended: false, removed: true });
    const { columns } = await get('lines:page', { periodId: OCTOBER, offset: 0, limit: 1, sort: [], filter: { tiers: ['C'] } });
    const sku = columns.sku[0]!;
    expect(await get('rules:setTier', { sku, tier: 'A', why: 'Watched' })).toEqual({ sku, before: 'C', tier: 'A' });
    expect(await get('rules:setTier', { sku, tier: 'C', why: 'Watched enough' })).toEqual({ sku, before: 'A', tier: 'C' });
    expect(await get('lines:reconcile', { periodId: OCTOBER })).toMatchObject({ isStale: false, byStatus: { open: { lines: 0 } } });
  });

  test('a reason for other figures is confirmed, a check recorded, and what tolerance let pass over the limit is accepted', async () => {
    const { workbook } = session;
    const sort = [{ column: 'adjustmentScaled', direction: 'desc' } as const];
    const stockKeyId = (await get('lines:page', { periodId: OCTOBER, offset: 0, limit: 1, sort, filter: { onlyExceptions: true } })).columns.stockKeyId[0]!;
    workbook.run('UPDATE tags SET given_adjustment_scaled = given_adjustment_scaled + 10000 WHERE period_id = ? AND stock_key_id = ?', OCTOBER, stockKeyId);
    expect(await get('followUp:lists', { periodId: OCTOBER })).toMatchObject({ changed: { total: 1, lines: [{ stockKeyId, kind: 'figures' }] } });
    expect((await get('followUp:counts', { periodId: OCTOBER })).recounts.total).toBe(0);
    expect((await get('followUp:confirm', { periodId: OCTOBER, stockKeyIds: [stockKeyId] })).tags).toMatchObject([{ stockKeyId, reason: 'UNX-WRITEOFF' }]);
    expect((await get('followUp:check', { periodId: OCTOBER, stockKeyIds: null, note: 'Nothing open' })).checked).toBeGreaterThan(0);
    insertRuleSet(workbook, { fromPeriod: '2026-10', rules: { ...ruleSetFor(workbook, '2026-10').rules, waivedLimitMinor: 0 }, madeInstant: 0, madeBy: 'test', why: 'test' });
    await get('lines:reconcile', { periodId: OCTOBER });
    const { absoluteMinor } = await get('followUp:waived', { periodId: OCTOBER });
    const signed = { fingerprint: (await people())['Ben Okafor']!, passPhrase: passPhraseOf('Ben Okafor'), note: 'Full count', absoluteMinor };
    expect(await get('followUp:acceptWaived', { periodId: OCTOBER, ...signed })).toMatchObject({ needsAcceptance: false, acceptance: { acceptedMinor: absoluteMinor, holds: true } });
  });

  test('its journal is prepared, taken back, prepared again, approved by the other and exported; then it is locked, reopened by both and locked again', async () => {
    const { 'Ana Reyes': ana, 'Ben Okafor': ben } = await people();
    const asAna = { fingerprint: ana!, passPhrase: passPhraseOf('Ana Reyes') };
    const asBen = { fingerprint: ben!, passPhrase: passPhraseOf('Ben Okafor') };
    expect(await get('people:workAs', { fingerprint: ana! })).toMatchObject({ name: 'Ana Reyes' });
    expect(await ask(session, 'journals:prepare', { periodId: OCTOBER, ...asAna, approverFingerprint: ana })).toMatchObject({ failure: 'approver_is_preparer' });
    const discarded = await get('journals:prepare', { periodId: OCTOBER, ...asAna, approverFingerprint: ben! });
    expect(await get('journals:redraft', { journalId: discarded.journalId, why: 'One more look' })).toMatchObject({ number: discarded.number, state: 'draft', lines: [], versions: [{ version: 1, why: 'One more look' }] });
    const { journalId } = await get('journals:prepare', { periodId: OCTOBER, ...asAna, approverFingerprint: ben! });
    const target = path.join(folder, 'journal.xlsx');
    expect(await ask(session, 'journals:export', { journalId, path: target })).toMatchObject({ failure: 'journal_state' });
    expect(await ask(session, 'journals:approve', { journalId, ...asAna, comment: 'x' })).toMatchObject({ failure: 'approver_is_preparer' });
    await get('journals:approve', { journalId, ...asBen, comment: 'Reviewed' });
    const exported = await get('journals:export', { journalId, path: target });
    expect(fs.statSync(target).size).toBe(exported.byteLength);
    expect(await get('signOff:verifyFile', { path: target })).toMatchObject({ holds: true, kind: 'journal' });
    expect((await get('journals:postingSystems', {})).map(({ id }) => id)).toEqual([...POSTING_SYSTEM_IDS]);
    const posted = await get('journals:exportFor', { journalId, system: 'odoo', path: path.join(folder, 'odoo.csv') });
    expect(posted.files.map(({ path: filePath, byteLength }) => fs.statSync(filePath).size - byteLength)).toEqual([0]);
    expect(await get('journals:statePosted', { journalId, document: 'JE-1', day: '2026-10-31' })).toMatchObject({ state: 'posted', posting: { document: 'JE-1' } });
    const [source] = await get('journals:lineSources', { journalId, lineNumber: 1 });
    expect(await get('journals:ofLine', { periodId: OCTOBER, stockKeyId: source!.stockKeyId })).toContainEqual(expect.objectContaining({ journalId, lineNumber: 1, state: 'posted' }));
    const reversal = await get('journals:reverse', { journalId, periodId: OCTOBER, why: 'Booked twice', ...asAna, approverFingerprint: ben! });
    expect(reversal).toMatchObject({ kind: 'reversal', state: 'prepared', reverses: { journalId } });
    expect(await get('journals:redraft', { journalId: reversal.journalId, why: 'It was not' })).toMatchObject({ state: 'draft' });
    expect(await ask(session, 'signOff:lock', { periodId: OCTOBER, ...asAna, override: '' })).toMatchObject({ failure: 'role_refused' });
    await get('signOff:lock', { periodId: OCTOBER, ...asBen, override: '' });
    expect(await get('signOff:verifyWorkbook', {})).toMatchObject({ holds: true });
    const [seal] = await get('signOff:seals', { periodId: OCTOBER });
    expect(await get('signOff:verifyWorkbook', { lodgedCode: seal!.lodgedCode })).toMatchObject({ holds: true });
    expect(await ask(session, 'signOff:verifyWorkbook', { lodgedCode: '1234' })).toMatchObject({ failure: 'code_incomplete' });

    expect(await ask(session, 'signOff:changes', { periodId: OCTOBER, sealNumber: 1 })).toMatchObject({ failure: 'nothing_after' });
    expect(await ask(session, 'signOff:reopen', { periodId: SEPTEMBER, reason: 'x', asker: asAna, controller: asBen, noSecondPerson: '' })).toMatchObject({ failure: 'later_locked' });
    expect(await get('signOff:reopen', { periodId: OCTOBER, reason: 'A pallet', asker: asAna, controller: asBen, noSecondPerson: '' })).toMatchObject({ askedBy: 'Ana Reyes', agreedBy: 'Ben Okafor' });
    expect(await get('signOff:changes', { periodId: OCTOBER, sealNumber: 1 })).toMatchObject({ to: null, tables: expect.arrayContaining([expect.objectContaining({ table: 'reopenings', added: 1 })]) });
    const changesPath = path.join(folder, 'changes.html');
    expect(await get('signOff:saveChanges', { periodId: OCTOBER, sealNumber: 1, path: changesPath })).toEqual({ path: changesPath });
    expect(fs.readFileSync(changesPath, 'utf8')).toContain('What changed between seals');
    expect(await get('signOff:lock', { periodId: OCTOBER, ...asBen, override: '' })).toMatchObject({ sealNumber: 2 });
    expect(await get('signOff:verifyWorkbook', {})).toMatchObject({ holds: true });

    const packPath = path.join(folder, 'October.zip');
    const pack = await get('auditPack:make', { periodId: OCTOBER, ...asAna, path: packPath });
    expect(pack).toMatchObject({ path: packPath, periodCode: '2026-10', bytes: fs.statSync(packPath).size });
    const verification = await get('auditPack:verify', { path: packPath });
    expect(verification).toMatchObject({ subject: packPath, kind: 'pack', holds: true });
    const page = path.join(folder, 'verification.html');
    expect(await get('signOff:saveVerification', { verification, atInstant: Date.UTC(2026, 10, 3), path: page })).toEqual({ path: page });
    expect(fs.readFileSync(page, 'utf8')).toContain('Verification of October.zip');
  });
});

test('a period, a person and a profile are made', async () => {
  expect(await get('workbook:createPeriod', { code: '2026-11' })).toMatchObject({ code: '2026-11', windowHours: 48, state: 'open' });
  const eve = WELL_FORMED['people:createIdentity'];
  expect(await get('people:createIdentity', eve)).toMatchObject({ name: 'Eve', canSignHere: true, inWorkbook: true });
  expect(await ask(session, 'people:createIdentity', eve)).toMatchObject({ failure: 'identity_exists' });
  expect((await get('imports:saveProfile', WELL_FORMED['imports:saveProfile'])).profileId).toContain('shelf-list');
});

test('an authority is made and trusted, issues here and for a request, revokes, and an identity is brought from a file', () => identitiesAnswer(folder, get, (channel, input) => ask(session, channel, input)));

test('a view is saved and removed', async () => {
  const view = await get('views:save', WELL_FORMED['views:save']);
  expect(await get('views:list', {})).toContainEqual(view);
  expect(await get('views:remove', { savedViewId: view.savedViewId })).toEqual({});
});

test('a line takes a note and a file, hands the file out as it came, and keeps both where they are withdrawn', async () => {
  const { periodId } = (await get('workbook:info', {})).periods.find(({ state }) => state === 'open')!;
  const line = { periodId, stockKeyId: 1 };
  const note = await get('notes:add', { ...line, text: 'Asked the dock' });
  const [attachment] = await get('attachments:add', { ...line, files: [{ name: 'mail.txt', bytes: new TextEncoder().encode('Two are broken') }], said: '' });
  const { attachmentId } = attachment!;
  expect(new TextDecoder().decode((await get('attachments:read', { attachmentId })).bytes)).toBe('Two are broken');
  const target = path.join(folder, 'mail.txt');
  expect(await get('attachments:save', { attachmentId, path: target })).toMatchObject({ path: target, sha256: attachment!.sha256 });
  expect(fs.readFileSync(target, 'utf8')).toBe('Two are broken');
  await get('notes:withdraw', { lineNoteId: note.lineNoteId, why: 'Wrong line' });
  await get('attachments:withdraw', { attachmentId, why: 'Wrong line' });
  expect(await get('notes:ofLine', line)).toMatchObject({ notes: [{ withdrawn: { why: 'Wrong line' } }], attachments: [{ withdrawn: { why: 'Wrong line' } }] });
  expect(await ask(session, 'attachments:withdraw', { attachmentId, why: 'Again' })).toMatchObject({ failure: 'withdrawn_already' });
  expect(await ask(session, 'notes:add', { ...line, periodId: SEPTEMBER, text: 'Later' })).toMatchObject({ failure: 'period_locked' });
});

test('an auditor works beside the workbook and writes nothing into it', () => walkAuditRoom(get, session.workbook, folder));

test('every call was answered', () => {
  expect(CHANNELS.filter((channel) => !answered.has(channel))).toEqual([]);
});
