/**
 * The sample company's files: what the generator writes, usable row by row, and tying out everywhere but where the
 * answer key says. The variances are worked out here from the committed files alone, by the rules in DECISIONS.md.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { ReasonCodes, SampleManifest } from '@shared/domain/defaults';
import { parseInstant, periodBounds } from '@shared/domain/instant';
import { parseUnitCost, roundToMinor } from '@shared/domain/money';
import {
  effectOn,
  MOVEMENT_TYPES,
  SYSTEMS,
  type MovementType,
  type QuantityState,
  type System,
} from '@shared/domain/states';
import { CAUSES } from '@shared/domain/variance';

const root = path.join(import.meta.dirname, '../..');
const sampleFolder = path.join(root, 'resources/sample');
const readText = (name: string): string => readFileSync(path.join(root, name), 'utf8');

interface KeyComponent {
  readonly class: string;
  readonly cause: string;
  readonly quantity: string;
  readonly suggested: boolean;
  readonly documents: readonly string[];
}
interface KeyVariance {
  readonly kind: 'count' | 'channel' | 'ledger';
  readonly quantity: string;
  readonly components: readonly KeyComponent[];
  readonly residual: string;
}
interface KeyLine {
  readonly period: string;
  readonly sku: string;
  readonly location: string;
  readonly tier: string;
  readonly cleared: string | null;
  readonly reason: string | null;
  readonly confirmed: string | null;
  readonly variances: readonly KeyVariance[];
}

const manifest = SampleManifest.parse(JSON.parse(readText('resources/sample/manifest.json')));
const answerKey = (JSON.parse(readText('tests/fixtures/sample-truth.json')) as { readonly lines: readonly KeyLine[] })
  .lines;

type Row = Readonly<Record<string, string>>;

/** A file's rows as they read once every bad row has been answered. */
function answeredRows(file: string): Row[] {
  const answers = manifest.periods.flatMap((period) => period.quarantineAnswers);
  const maps = [...manifest.aliases, ...answers.filter((answer) => answer.action === 'map')];
  const source = file.includes('netsuite') ? 'netsuite' : file.includes('shopify') ? 'shopify' : 'plain';
  const renamed = (kind: 'item' | 'location', name: string): string =>
    maps.find((each) => each.source === source && each.kind === kind && each.alias === name)?.target ?? name;
  const rows: Row[] = parse(readText(`resources/sample/${file}`), { columns: true });
  return rows.flatMap((row, index) => {
    const own = answers.filter(
      (answer) => answer.action !== 'map' && answer.file === file && answer.rowNumber === index + 2,
    );
    if (own.some((answer) => answer.action === 'ignore')) return [];
    const mended: Record<string, string> = { ...row };
    for (const answer of own) if (answer.action === 'correct') mended[answer.column] = answer.value;
    const sku = mended['sku'] ?? mended['SKU'] ?? mended['Name']?.split(' : ').at(-1) ?? '';
    const location = mended['location'] ?? mended['Location'] ?? mended['Inventory Location']?.split(' : ').at(-1) ?? '';
    return [{ ...mended, sku: renamed('item', sku), location: renamed('location', location) }];
  });
}

const keyOf = (row: Row): string => `${row['sku']} in ${row['location']}`;
/** Every quantity of the sample is a whole number; an empty one of NetSuite is zero. */
function whole(text: string | undefined): number {
  expect(text).toMatch(/^-?\d*$/);
  return Number(text);
}
function instant(text: string | undefined): number {
  const parsed = parseInstant(text ?? '');
  if (parsed === undefined) throw new Error(`no instant: ${text}`);
  return parsed;
}

interface Movement {
  readonly key: string;
  readonly system: System;
  readonly type: MovementType;
  readonly quantity: number;
  readonly occurred: number;
  readonly posted: number;
  readonly event: string;
}

const fileOf = (period: string, part: string): string => {
  const found = manifest.periods.find((each) => each.code === period)?.files.find(({ file }) => file.includes(part));
  if (!found) throw new Error(`no ${part} in ${period}`);
  return found.file;
};

function movementsOf(period: string): Movement[] {
  return SYSTEMS.flatMap((system) => answeredRows(fileOf(period, `movements-${system}`))).map((row) => ({
    key: keyOf(row),
    system: row['system'] as System,
    type: row['type'] as MovementType,
    quantity: whole(row['quantity']),
    occurred: instant(row['occurred_at']),
    posted: instant(row['posted_at']),
    event: [row['type'], row['document'], row['line'], row['sku'], row['location']].join('|'),
  }));
}

/** The variances of a period that are not zero, from the files alone; `opening` is the ERP's closing before, by key. */
function variancesOf(period: string, opening: ReadonlyMap<string, number> | null) {
  const { startInstant, cutOffInstant } = periodBounds(period, manifest.timeZone);
  const movements = new Map<string, Movement[]>();
  for (const movement of movementsOf(period)) {
    const own = movements.get(movement.key);
    if (own) own.push(movement);
    else movements.set(movement.key, [movement]);
  }
  const moved = (key: string, system: System, state: QuantityState, from: number, until: number): number =>
    (movements.get(key) ?? [])
      .filter((each) => each.system === system && each.posted > from && each.posted <= until)
      .reduce((sum, each) => sum + effectOn(state, each.type, each.quantity), 0);
  const rolled = (figure: number, key: string, system: System, state: QuantityState, asOf: number): number =>
    figure + moved(key, system, state, asOf, cutOffInstant) - moved(key, system, state, cutOffInstant, asOf);
  const happened = (key: string, from: number, until: number): number => {
    const events = new Map((movements.get(key) ?? []).map((each) => [each.event, each]));
    return [...events.values()]
      .filter((each) => each.type !== 'count_post' && each.occurred > from && each.occurred <= until)
      .reduce((sum, each) => sum + effectOn('on_hand', each.type, each.quantity), 0);
  };
  const asOf = (part: string) =>
    instant(manifest.periods.find((each) => each.code === period)?.files.find(({ file }) => file.includes(part))?.asOf);

  const closing = new Map<string, number>();
  for (const row of answeredRows(fileOf(period, 'netsuite'))) {
    const key = keyOf(row);
    expect(closing.has(key)).toBe(false);
    closing.set(key, rolled(whole(row['Location On Hand']), key, 'erp', 'on_hand', asOf('netsuite')));
  }
  const found = new Map<string, number>();
  const note = (key: string, kind: string, quantity: number) => {
    if (quantity !== 0) found.set(`${period} ${key}: ${kind}`, quantity);
  };
  const onHand = (key: string): number => {
    const quantity = closing.get(key);
    if (quantity === undefined) throw new Error(`the ERP does not know ${key}`);
    return quantity;
  };

  for (const row of answeredRows(fileOf(period, 'shopify'))) {
    if (row['Available (not editable)'] === 'not stocked') continue;
    const key = keyOf(row);
    const [available, committed, unavailable] = ['Available', 'Committed', 'Unavailable'].map((name) =>
      whole(row[`${name} (not editable)`]),
    ) as [number, number, number];
    expect(available + committed + unavailable).toBe(whole(row['On hand (current)']));
    const identity =
      onHand(key) -
      rolled(committed, key, 'storefront', 'committed', asOf('shopify')) -
      rolled(unavailable, key, 'storefront', 'quarantined', asOf('shopify'));
    note(key, 'channel', rolled(available, key, 'storefront', 'available', asOf('shopify')) - identity);
  }

  const counts = new Map<string, Row[]>();
  for (const row of [...answeredRows(fileOf(period, 'count-full')), ...answeredRows(fileOf(period, 'count-cycle'))]) {
    if (row['counted'] !== '') counts.set(keyOf(row), [...(counts.get(keyOf(row)) ?? []), row]);
  }
  for (const [key, rows] of counts) {
    const last = Math.max(...rows.map((row) => whole(row['count_no'])));
    const final = rows.filter((row) => whole(row['count_no']) === last);
    const countedAt = Math.max(...final.map((row) => instant(row['counted_at'])));
    const counted = final.reduce((sum, row) => sum + whole(row['counted']), 0);
    note(
      key,
      'count',
      counted + happened(key, countedAt, cutOffInstant) - happened(key, cutOffInstant, countedAt) - onHand(key),
    );
  }

  for (const [key, before] of opening ?? []) {
    note(key, 'ledger', onHand(key) - before - moved(key, 'erp', 'on_hand', startInstant, cutOffInstant));
  }
  return { found, closing };
}

const sorted = (entries: Iterable<readonly [string, number]>): string[] =>
  [...entries].map(([name, quantity]) => `${name} ${quantity}`).sort();

test('the committed files are what the generator writes', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'sample-'));
  try {
    execFileSync(process.execPath, [path.join(root, 'scripts/sample/make.mjs'), '--out', folder]);
    const written = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.(csv|json)$/.test(name),
    );
    expect(written.length).toBeGreaterThan(20);
    const differing = written.filter((name) => readFileSync(path.join(folder, name), 'utf8') !== readText(name));
    expect(differing).toEqual([]);
    const committed = readdirSync(sampleFolder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.(csv|json)$/.test(name),
    );
    expect(committed.filter((name) => !written.includes(path.join('resources/sample', name)))).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('the manifest names files that exist and people who do not approve their own work', () => {
  for (const period of manifest.periods) {
    const files = [...period.files.map(({ file }) => file), period.tagsFile];
    expect(files.filter((file) => !existsSync(path.join(sampleFolder, file)))).toEqual([]);
    expect(period.approver).not.toBe(period.preparer);
  }
  const emails = manifest.people.map((person) => person.email);
  expect(manifest.periods.every((period) => emails.includes(period.preparer) && emails.includes(period.approver))).toBe(
    true,
  );
});

test('with the bad rows answered, every row of every file can be used', () => {
  const items = new Set<string>();
  const places = new Set(manifest.locations.map((location) => location.code));
  for (const period of manifest.periods) {
    const { startInstant, cutOffInstant } = periodBounds(period.code, manifest.timeZone);
    for (const row of answeredRows(fileOf(period.code, 'items.csv'))) items.add(row['sku'] ?? '');
    for (const { file } of period.files.filter(({ profileId }) => !['plain-items', 'plain-trial-balance', 'netsuite-journal'].includes(profileId))) {
      const unknown = answeredRows(file).filter(
        (row) => !items.has(row['sku'] ?? '') || !places.has(row['location'] ?? ''),
      );
      expect(unknown.map((row) => `${file}: ${keyOf(row)}`)).toEqual([]);
    }
    const movements = movementsOf(period.code);
    const lastInstant = cutOffInstant + period.windowHours * 3_600_000;
    expect(movements.filter((each) => each.posted < startInstant || each.posted > lastInstant)).toEqual([]);
    expect(movements.filter((each) => !MOVEMENT_TYPES.includes(each.type) || each.occurred > each.posted)).toEqual([]);
    const rows = SYSTEMS.flatMap((system) =>
      answeredRows(fileOf(period.code, `movements-${system}`)).map((row) => JSON.stringify(row)),
    );
    expect(new Set(rows).size).toBe(rows.length);
  }
});

test('every answer to a bad row changes something', () => {
  const kinds = new Set<string>();
  for (const { quarantineAnswers, files } of manifest.periods) {
    for (const answer of quarantineAnswers) {
      kinds.add(answer.action);
      if (answer.action === 'map') continue;
      expect(files.map(({ file }) => file)).toContain(answer.file);
      const row = (parse(readText(`resources/sample/${answer.file}`), { columns: true }) as Row[])[
        answer.rowNumber - 2
      ];
      expect(row).toBeDefined();
      if (answer.action === 'correct') expect(row?.[answer.column]).not.toBe(answer.value);
    }
  }
  expect([...kinds].sort()).toEqual(['correct', 'ignore', 'map']);
});

test('from the files alone, exactly the variances of the answer key come out, in both months', () => {
  const september = variancesOf('2026-09', null);
  const october = variancesOf('2026-10', september.closing);
  const expected = answerKey.flatMap((line) =>
    line.variances.map(
      (each) => [`${line.period} ${line.sku} in ${line.location}: ${each.kind}`, Number(each.quantity)] as const,
    ),
  );
  expect(sorted([...september.found, ...october.found])).toEqual(sorted(expected));
});

test('components and residual add up to every variance', () => {
  const wrong = answerKey
    .flatMap((line) => line.variances)
    .filter(({ quantity, components, residual }) => {
      const firm = components.filter((each) => !each.suggested).reduce((sum, each) => sum + Number(each.quantity), 0);
      return firm + Number(residual) !== Number(quantity);
    });
  expect(wrong).toEqual([]);
});

test('October holds at least one line of each cause, and a believable number that needs a person', () => {
  const october = answerKey.filter((line) => line.period === '2026-10');
  const causes = new Set<string | null>(
    october.flatMap((line) => line.variances.flatMap((each) => each.components.map(({ cause }) => cause))),
  );
  for (const line of october) causes.add(line.confirmed);
  if (
    october.some(
      (line) =>
        line.confirmed === null && line.variances.some((each) => each.residual !== '0' && each.components.length === 0),
    )
  )
    causes.add('residual');
  expect(CAUSES.filter((cause) => !causes.has(cause))).toEqual([]);
  const open = october.filter((line) => line.cleared === null).length;
  expect(open).toBeGreaterThanOrEqual(25);
  expect(open).toBeLessThanOrEqual(45);
  expect(october.filter((line) => line.cleared === 'timing').length).toBeGreaterThanOrEqual(10);
  expect(october.filter((line) => line.cleared?.startsWith('tolerance')).length).toBeGreaterThanOrEqual(10);
});

test('the blue mug in Portland tells its story: 48 counted, 50 in the ERP, 52 in the storefront', () => {
  const mug = (row: Row) => row['sku'] === 'MUG-BLU-11' && row['location'] === 'Portland';
  const count = answeredRows(fileOf('2026-10', 'count-full')).filter(mug);
  expect(count.map((row) => [row['counted'], row['counted_at']])).toEqual([['48', '2026-10-31T22:30:00-07:00']]);
  expect(answeredRows(fileOf('2026-10', 'netsuite')).find(mug)?.['Location On Hand']).toBe('50');
  expect(answeredRows(fileOf('2026-10', 'shopify')).find(mug)?.['Available (not editable)']).toBe('52');
  const line = answerKey.find(
    (each) => each.period === '2026-10' && each.sku === 'MUG-BLU-11' && each.location === 'Portland',
  );
  expect(line?.variances).toEqual([
    {
      kind: 'count',
      quantity: '-2',
      components: ['SO-10481', 'SO-10482'].map((document) => ({
        class: 'timing',
        cause: 'posted_later',
        quantity: '-1',
        suggested: false,
        documents: [document],
      })),
      residual: '0',
    },
    {
      kind: 'channel',
      quantity: '2',
      components: [
        { class: 'alignment', cause: 'refund_restocked', quantity: '2', suggested: false, documents: ['SO-10377'] },
      ],
      residual: '0',
    },
  ]);
});

test('the tags name exactly the lines that need a person, with reasons and owners that exist', () => {
  const reasons = new Map(
    ReasonCodes.parse(JSON.parse(readText('resources/reason-codes.json'))).map((each) => [each.code, each]),
  );
  for (const period of manifest.periods) {
    const tags = answeredRows(period.tagsFile);
    const open = answerKey.filter((line) => line.period === period.code && line.cleared === null);
    expect(tags.map((row) => `${keyOf(row)} ${row['reason']}`).sort()).toEqual(
      open.map((line) => `${line.sku} in ${line.location} ${line.reason}`).sort(),
    );
    expect(
      tags.filter((row) => reasons.get(row['reason'] ?? '')?.defaultOwner !== row['owner'] || !row['note']),
    ).toEqual([]);
    expect(tags.filter((row) => !/^2026-1[01]-\d\d$/.test(row['due'] ?? ''))).toEqual([]);
  }
});

test('a trial balance balances, and its inventory is what the ERP has on hand at average cost', () => {
  let opening: ReadonlyMap<string, number> | null = null;
  for (const { code } of manifest.periods) {
    const { closing } = variancesOf(code, opening);
    opening = closing;
    const costs = new Map(
      answeredRows(fileOf(code, 'netsuite')).map((row) => [
        keyOf(row),
        parseUnitCost(row['Location Average Cost'] ?? '') ?? NaN,
      ]),
    );
    const exact = [...closing].reduce(
      (sum, [key, quantity]) => sum + BigInt(quantity * 10_000) * BigInt(costs.get(key) ?? 0),
      0n,
    );
    const balance = parse(readText(`resources/sample/${fileOf(code, 'trial-balance')}`), { columns: true }) as Row[];
    const cents = (text: string | undefined) => Math.round(Number(text) * 100);
    expect(balance.reduce((sum, row) => sum + cents(row['debit']) - cents(row['credit']), 0)).toBe(0);
    expect(cents(balance.find((row) => row['account'] === '1300')?.['debit'])).toBe(
      roundToMinor(exact, manifest.currency),
    );
  }
});

test('the ledger’s journals balance, come to the expenses of the trial balance, and book on a stock account once: 312.40 in October', () => {
  const cents = (text: string | undefined) => Math.round(Number(text) * 100);
  let expensesCents = 0;
  const onStock = manifest.periods.flatMap(({ code }) => {
    const rows: Row[] = parse(readText(`resources/sample/${fileOf(code, 'netsuite-journals')}`), { columns: true });
    const sidesOf = (lines: readonly Row[]) => lines.reduce((sum, row) => sum + cents(row['Debit']) - cents(row['Credit']), 0);
    for (const entry of new Set(rows.map((row) => row['External ID']))) expect(sidesOf(rows.filter((row) => row['External ID'] === entry))).toBe(0);
    const balance: Row[] = parse(readText(`resources/sample/${fileOf(code, 'trial-balance')}`), { columns: true });
    expensesCents += sidesOf(rows.filter((row) => row['Account'] === '6100 Operating expenses'));
    expect(cents(balance.find((row) => row['account'] === '6100')?.['debit'])).toBe(expensesCents);
    return rows.filter((row) => row['Account']?.startsWith('13')).map((row) => [code, row['External ID'], row['Account'], row['Debit']]);
  });
  expect(onStock).toEqual([['2026-10', 'JE-1092', '1310 Inventory in transit', '312.40']]);
});
