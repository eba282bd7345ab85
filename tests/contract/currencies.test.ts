/**
 * Two currencies in one workbook: the sample company in US dollars, and Rotterdam in euros with costs of which every amount is a
 * multiple of 1.01. Every call that reads a period is asked for both: no figure of the dollars moves by a cent when the euros come, and
 * every amount of the euros is made of euros only.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type WorkbookChannel, workbookCalls } from '@shared/contract/index';
import { REPORT_IDS, type Report } from '@shared/domain/report';
import type { Session } from '../../electron/ipc/session';
import { WELL_FORMED, OCTOBER, SEPTEMBER } from '../support/calls';
import { answer, ask, openSample, passPhraseOf } from '../support/sample-session';

const EUR_PERIOD = '2026-10-EUR';
/** Of a cent: what each euro amount is a whole multiple of, and hardly a dollar amount is. */
const MARK_MINOR = 101;

const AS_OF = '2026-10-31T23:00:00-07:00';
const SNAPSHOT = [
  'system,sku,location,as_of,on_hand,available,committed,unit_cost,currency',
  `erp,MUG-BLU-11,Rotterdam,${AS_OF},500,500,0,1.01,EUR`,
  `erp,VASE-WHT-S,Rotterdam,${AS_OF},90,90,0,10.10,EUR`,
  `erp,LAMP-OAK-L,Rotterdam,${AS_OF},40,40,0,,`,
  `storefront,MUG-BLU-11,Rotterdam,${AS_OF},,480,,,`,
];
const COUNT = [
  'sheet,line,sku,location,bin,count_no,counted,counted_at,counted_by,note',
  `R-1,1,MUG-BLU-11,Rotterdam,A,1,470,${AS_OF},team,`,
  `R-1,2,VASE-WHT-S,Rotterdam,A,1,97,${AS_OF},team,`,
];
const BALANCE = ['period,account,name,debit,credit,currency', '2026-10,1300,Inventory,1414.00,,EUR', '2026-10,2100,Accounts payable,,1414.00,EUR'];

const fileOf = (fileName: string, lines: readonly string[], periodId: number) => ({ bytes: new Uint8Array(Buffer.from(`${lines.join('\n')}\n`)), fileName, periodId });

/** The same input about another period. */
function aboutPeriod(input: unknown, periodId: number): unknown {
  if (Array.isArray(input)) return input.map((each) => aboutPeriod(each, periodId));
  if (typeof input !== 'object' || input === null || input instanceof Uint8Array) return input;
  return Object.fromEntries(Object.entries(input).map(([key, value]) => [key, key === 'periodId' ? periodId : aboutPeriod(value, periodId)]));
}

/** Calls that only read, and of a period that they are told. */
const READS = (Object.keys(workbookCalls) as WorkbookChannel[]).filter((channel) => {
  const spec = workbookCalls[channel] as { readonly writes?: boolean };
  return spec.writes !== true && JSON.stringify(WELL_FORMED[channel], (_key, value: unknown) => (value instanceof Uint8Array ? null : value)).includes('"periodId"');
});
/** What reads a file that is not there, the list of every location, and a replay, which counts what it takes over of the whole workbook. */
const SHARED: readonly string[] = ['imports:inspect', 'imports:compare', 'locations:bounds', 'auditRoom:replay'];

interface Asked {
  readonly name: string;
  readonly value: unknown;
}

/** Every read of a period: each call once, the calls of a line for each line that differs, each report, each grouping. */
async function readsOf(session: Session, periodId: number): Promise<Asked[]> {
  const asked: Asked[] = [];
  const note = async (channel: WorkbookChannel, input: unknown, name: string = channel) => {
    const outcome = await ask(session, channel, input);
    asked.push({ name, value: outcome.ok ? outcome.value : outcome.failure });
  };
  for (const channel of READS) if (!SHARED.includes(channel)) await note(channel, aboutPeriod(WELL_FORMED[channel], periodId));
  for (const report of REPORT_IDS) await note('reports:read', { periodId, report }, `reports:read ${report}`);
  for (const by of ['owner', 'location', 'status', 'class', 'tier', 'reason'] as const) {
    await note('lines:groups', { periodId, filter: {}, by, columns: ['valueMinor', 'varianceScaled'] }, `lines:groups ${by}`);
  }
  await note('lines:sums', { query: { periodId, sort: [], filter: {} }, columns: ['valueMinor'], spans: [{ from: 0, to: 2_000 }] }, 'lines:sums value');
  const page = await answer(session, 'lines:page', { periodId, offset: 0, limit: 200, sort: [{ column: 'valueMinor', direction: 'desc' }], filter: { onlyNonZero: true } });
  asked.push({ name: 'lines:page by value', value: page });
  for (const stockKeyId of page.columns.stockKeyId.slice(0, 20)) {
    for (const channel of ['lines:detail', 'overview:line', 'journals:ofLine'] as const) await note(channel, { periodId, stockKeyId }, `${channel} ${stockKeyId}`);
  }
  return asked;
}

/** Every amount of an answer with the place it stands at; how much rounding may move is none. */
function amountsIn(value: unknown, place = ''): [string, number][] {
  if (typeof value === 'number') return /(?<!rounding)Minor$/.test(place.replace(/(\[\d+\])+$/, '')) ? [[place, value]] : [];
  if (Array.isArray(value)) return value.flatMap((each, index) => amountsIn(each, `${place}[${index}]`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => amountsIn(each, `${place}.${key}`));
}

/** Every amount that a report shows, in its lines and in its totals. */
function reportAmounts(value: unknown): [string, number][] {
  const { sections } = value as Pick<Report, 'sections'>;
  return sections.flatMap(({ id, columns, rows, total }) =>
    [...rows.map(({ cells }) => cells), ...(total === null ? [] : [total])].flatMap((cells, line) =>
      columns.flatMap((column, index): [string, number][] => (column.kind === 'amount' && typeof cells[index] === 'number' ? [[`${id} ${line} ${column.id}`, cells[index]]] : [])),
    ),
  );
}

/** Answers as text; rules name every location and every period that they hold for. */
const told = (asked: readonly Asked[]) => asked.map(({ name, value }) => [name, JSON.stringify(name === 'rules:inForce' ? { ...(value as object), history: [], locations: [] } : value)]);

let session: Session;
let before: ReturnType<typeof told>;
let eurPeriod: number;

beforeAll(async () => {
  ({ session } = await openSample(afterAll));
  const files = await answer(session, 'imports:sampleFiles', { periodId: OCTOBER });
  for (const { filePath, fileName, asOfInstant } of files) {
    const request = { filePath, fileName, periodId: OCTOBER, ...(asOfInstant === null ? {} : { asOfInstant }) };
    const { token } = await answer(session, 'imports:rehearse', request);
    await answer(session, 'imports:commit', { request, token });
  }
  await answer(session, 'lines:reconcile', { periodId: OCTOBER });
  before = told([...(await readsOf(session, OCTOBER)), ...(await readsOf(session, SEPTEMBER))]);

  ({ periodId: eurPeriod } = await answer(session, 'workbook:createPeriod', { code: EUR_PERIOD, windowHours: 48 }));
  for (const [name, lines] of [['stock.csv', SNAPSHOT], ['count.csv', COUNT], ['balance.csv', BALANCE]] as const) {
    const request = fileOf(name, lines, eurPeriod);
    const rehearsal = await answer(session, 'imports:rehearse', request);
    await answer(session, 'imports:commit', { request, token: rehearsal.token });
    if (name === 'stock.csv') await answer(session, 'quarantine:add', { source: 'plain', kind: 'location', alias: 'Rotterdam', code: 'Rotterdam', periodId: eurPeriod });
  }
  await answer(session, 'lines:reconcile', { periodId: eurPeriod });
}, 120_000);

describe('a workbook of two currencies', () => {
  test('answers every call about the dollars as it did before the euros came', async () => {
    expect(READS.length).toBeGreaterThan(25);
    const now = told([...(await readsOf(session, OCTOBER)), ...(await readsOf(session, SEPTEMBER))]);
    expect(now.map(([name]) => name)).toEqual(before.map(([name]) => name));
    expect(now.filter(([, answered], index) => answered !== before[index]![1])).toEqual([]);
  }, 120_000);

  test('makes every amount of the euros of euros only', async () => {
    const asked = await readsOf(session, eurPeriod);
    const amounts = asked.flatMap(({ name, value }): [string, number][] =>
      name.startsWith('reports:read') ? reportAmounts(value).map(([place, amount]) => [`${name} ${place}`, amount]) : amountsIn(value).map(([place, amount]) => [`${name}${place}`, amount]),
    );
    expect(amounts.filter(([, amount]) => amount !== 0).length).toBeGreaterThan(100);
    expect(amounts.filter(([, amount]) => amount % MARK_MINOR !== 0)).toEqual([]);
    const currencies = JSON.stringify(asked.map(({ value }) => value)).match(/"currency":"[A-Z]{3}"/g) ?? [];
    expect(new Set(currencies)).toEqual(new Set(['"currency":"EUR"']));
    expect(await answer(session, 'lines:summary', { periodId: eurPeriod })).toMatchObject({ lines: 3, variance: { valueMinor: 2 * 3_030 + 7_070 - 1_010 } });
  });

  test('leaves a line without a cost in its own currency without a value, whatever the item list says', async () => {
    const page = await answer(session, 'lines:page', { periodId: eurPeriod, offset: 0, limit: 10, sort: [], filter: {} });
    expect(page.columns.sku.map((sku, index) => [sku, page.columns.unitCostScaled[index]])).toContainEqual(['LAMP-OAK-L', null]);
  });

  test('clears nothing by an amount that was given for dollars, and takes amounts that a person gives for euros', async () => {
    const { rules, ruleSetId, currency, history } = await answer(session, 'rules:inForce', { periodId: eurPeriod });
    expect(currency).toBe('EUR');
    expect(rules.tolerances.map(({ valueMinor }) => valueMinor)).toEqual([0, 0, 0]);
    const given = { ...rules, tolerances: rules.tolerances.map((each) => ({ ...each, valueMinor: 7_777 })) };
    const saved = await answer(session, 'rules:save', { periodId: eurPeriod, rules: given, why: 'Bounds for Rotterdam', basedOn: ruleSetId });
    expect(saved.history).toHaveLength(history.length + 1);
    expect(saved.history[0]).toMatchObject({ fromPeriod: EUR_PERIOD, inForceFor: [EUR_PERIOD], differences: [expect.stringContaining('EUR'), expect.anything(), expect.anything()] });
    const own = await answer(session, 'rules:inForce', { periodId: OCTOBER });
    expect(own).toMatchObject({ currency: 'USD', ruleSetId });
    expect(own.rules.tolerances.some(({ valueMinor }) => valueMinor === 7_777)).toBe(false);
    expect((await answer(session, 'lines:summary', { periodId: OCTOBER })).isStale).toBe(false);
    expect((await answer(session, 'lines:summary', { periodId: eurPeriod })).isStale).toBe(true);
    await answer(session, 'lines:reconcile', { periodId: eurPeriod });
  });

  test('has a journal for each currency, with a number, people and an export of its own', async () => {
    const page = await answer(session, 'lines:page', { periodId: eurPeriod, offset: 0, limit: 10, sort: [], filter: { onlyNonZero: true } });
    const changes = page.columns.stockKeyId.map((stockKeyId) => ({ periodId: eurPeriod, stockKeyId, change: { reason: 'PHY-SHRINK', owner: 'warehouse' as const } }));
    await answer(session, 'tags:set', { changes });
    await answer(session, 'followUp:check', { periodId: eurPeriod, stockKeyIds: null, note: 'No order is open at Rotterdam' });
    const draft = await answer(session, 'journals:draft', { periodId: eurPeriod });
    expect(draft.currency).toBe('EUR');
    expect(draft.debitTotalMinor).toBeGreaterThan(0);
    expect([draft.debitTotalMinor % MARK_MINOR, draft.creditTotalMinor - draft.debitTotalMinor]).toEqual([0, 0]);
    const people = (await answer(session, 'people:list', {})) as readonly { name: string; fingerprint: string }[];
    const fingerprintOf = (name: string) => people.find((person) => person.name === name)!.fingerprint;
    const journal = await answer(session, 'journals:prepare', {
      periodId: eurPeriod, fingerprint: fingerprintOf('Ana Reyes'), passPhrase: passPhraseOf('Ana Reyes'), approverFingerprint: fingerprintOf('Ben Okafor'),
    });
    expect(journal).toMatchObject({ number: `ADJ-${EUR_PERIOD}-1`, currency: 'EUR', bookingDay: '2026-10-31', state: 'prepared' });
    expect(await answer(session, 'journals:list', { periodId: OCTOBER })).toEqual([]);
    expect(await ask(session, 'journals:approve', { journalId: journal.journalId, fingerprint: fingerprintOf('Ben Okafor'), passPhrase: passPhraseOf('Ben Okafor'), comment: '' }))
      .toMatchObject({ ok: false, failure: 'comment_needed', message: expect.stringContaining('0.00 EUR') as string });
  });

  test('computes each period again from its files, with the same lines', async () => {
    for (const periodId of [OCTOBER, eurPeriod]) expect(await answer(session, 'auditRoom:replay', { periodId })).toMatchObject({ same: true });
  });

  test('refuses rows of a location where it is kept in another currency, and says where they belong', async () => {
    const mixed = [SNAPSHOT[0]!, `erp,MUG-BLU-11,Rotterdam,${AS_OF},1,1,0,1.01,`, `erp,MUG-BLU-11,Rotterdam,${AS_OF},1,1,0,1.01,EUR`];
    const { badRows } = await answer(session, 'imports:rehearse', fileOf('mixed.csv', mixed, OCTOBER));
    const elsewhere = { reason: 'currency_mismatch', detail: 'Rotterdam is kept in EUR, and 2026-10 is closed in USD. Import the file into 2026-10-EUR.' };
    expect(badRows).toMatchObject([elsewhere, elsewhere]);
    const dollars = [SNAPSHOT[0]!, `erp,MUG-BLU-11,Portland,${AS_OF},1,1,0,1.01,USD`, `erp,MUG-BLU-11,Rotterdam,${AS_OF},1,1,0,1.01,USD`];
    const back = await answer(session, 'imports:rehearse', fileOf('dollars.csv', dollars, eurPeriod));
    expect(back.badRows).toMatchObject([
      { reason: 'currency_mismatch', detail: `Portland is kept in USD, and ${EUR_PERIOD} is closed in EUR. Import the file into 2026-10.` },
      { reason: 'currency_mismatch', detail: 'The row is in USD, and Rotterdam is kept in EUR. Correct the row, or export it in EUR.' },
    ]);
  });

  test('changes the currency of no location that has values, and lets no line of another currency into a period', async () => {
    expect(await ask(session, 'locations:setCurrency', { location: 'Rotterdam', currency: 'USD', why: 'x' })).toMatchObject({
      ok: false, failure: 'location_valued', message: expect.stringContaining('Rotterdam is kept in EUR: 3 items of it are in the workbook, with lines in 2026-10-EUR.') as string,
    });
    expect(() => session.workbook.run(`UPDATE locations SET currency = NULL WHERE code = 'Rotterdam'`)).toThrow('the currency of a location in use cannot change');
    expect(() => session.workbook.run('UPDATE lines SET period_id = ? WHERE period_id = ?', OCTOBER, eurPeriod)).toThrow('a period has lines of one currency');
  });
});
