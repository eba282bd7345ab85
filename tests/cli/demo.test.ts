/**
 * The whole close of the sample company by one command, and what verification says of its results once somebody has
 * changed them behind the program's back.
 */
import fs from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LinesJson } from '@shared/domain/lines-json';
import { SEALED_TABLES } from '../../electron/services/sign-off/sealed-content';
import { commandLine, hashOfFile, type CommandLine, type JsonRun } from '../support/command-line';
import { changeOneValue, seededRandom, tamper, tamperBy, type Change } from '../support/tamper';
import { cellsOf, numberIn, writeWithCell, type SheetCell } from '../support/xlsx-cells';

const PERIOD = ['--period', '2026-10'];
const SHEETS = ['Journal', 'Variance lines', 'Reason summary', 'Tie-out', 'Unit costs', 'Roll-forward', 'Source files', 'Attachments', 'Sign-off'];

let tieout: CommandLine;
let demo: JsonRun;
let workbook: string;
let journal: string;

beforeAll(async () => {
  tieout = commandLine(afterAll);
  demo = await tieout.json('demo', '--out', 'out');
  workbook = tieout.at('out', 'Harbor & Pine.tieout');
  journal = tieout.at('out', 'journal-2026-10.xlsx');
});

/** The verification's findings, one after another. */
function findingsOf({ json }: JsonRun): string[] {
  return (json['checks'] as { findings: string[] }[]).flatMap(({ findings }) => findings);
}

/** What is tried on copies is tried two at a time: as many as there are processors at least. */
async function onCopies<T, R>(from: string, cases: readonly T[], work: (copyPath: string, each: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let index = 0; index < cases.length; index += 2) {
    const pair = cases.slice(index, index + 2).map(async (each, offset) => {
      const copyPath = tieout.at(`copy ${index + offset}${from.slice(from.lastIndexOf('.'))}`);
      fs.copyFileSync(from, copyPath);
      const result = await work(copyPath, each);
      fs.rmSync(copyPath);
      return result;
    });
    results.push(...(await Promise.all(pair)));
  }
  return results;
}

describe('tieout demo', () => {
  test('closes the month, tells each step on stderr, and both of its files verify', async () => {
    expect(demo).toMatchObject({ exitCode: 0, json: { workbook, journal, balanced: true, verified: { workbook: true, journal: true } } });
    expect(demo.stderr).toMatch(/Imported movements-erp-2026-10\.csv .*\n(.*\n)*.*Ben Okafor locked 2026-10; seal code/);
    expect(fs.readdirSync(tieout.at('out')).sort()).toEqual(['Harbor & Pine.tieout', 'journal-2026-10.xlsx']);
    const [sealed, signed] = await Promise.all([tieout.json('verify', workbook), tieout.json('verify', journal, '--workbook', workbook)]);
    expect(sealed).toMatchObject({ exitCode: 0, stderr: '', json: { holds: true } });
    expect(signed).toMatchObject({ exitCode: 0, stderr: '', json: { holds: true } });
  });

  test('its journal balances to the cent, line by line and in its totals', () => {
    const cells = cellsOf(journal, 1);
    const cents = (column: string) =>
      cells.filter(({ address, xml }) => new RegExp(`^${column}\\d+$`).test(address) && !xml.includes('<f>')).map((cell) => Math.round((numberIn(cell) ?? 0) * 100));
    const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
    const total = (column: string) => numberIn(cells.find(({ address, xml }) => address.startsWith(column) && xml.includes(`<f>SUM(${column}`))!)!;
    expect(sum(cents('D'))).toBeGreaterThan(0);
    expect(sum(cents('D').slice(-44))).toBe(Math.round(total('D') * 100));
    expect(total('D')).toBe(total('E'));
  });

  test('explain tells the line of 48, 52 and 50 with its documents and residuals', async () => {
    const words = ['explain', workbook, ...PERIOD, '--sku', 'MUG-BLU-11', '--location', 'Portland'];
    const [told, { json }] = await Promise.all([tieout.run(...words), tieout.json(...words)]);
    expect(told).toMatchObject({ exitCode: 0, stderr: '' });
    const { positions, variances } = LinesJson.parse(json).lines[0]!;
    expect(positions).toMatchObject({ erp: { onHand: '50' }, storefront: { available: '52' }, count: { counted: '48' } });
    for (const { components, residual } of variances) {
      expect(told.stdout).toMatch(new RegExp(`residual +\\+?${residual}\\b`));
      for (const { documents } of components) for (const document of documents) expect(told.stdout).toContain(document);
    }
  });
});

/** Ways in which a cell can be made to read otherwise; undefined where the cell is not of that kind. */
const CELL_CHANGES: Readonly<Record<string, (cell: SheetCell) => string | undefined>> = {
  'another number': (cell) => (numberIn(cell) === undefined ? undefined : cell.xml.replace(/<v>[^<]*<\/v>/, `<v>${numberIn(cell)! + 1}</v>`)),
  'another text': ({ xml }) => (/ t="str"/.test(xml) && !xml.includes('<f>') ? xml.replace(/<\/v>/, ' indeed</v>') : undefined),
  'another formula, same value': ({ xml }) => (xml.includes('<f>') ? xml.replace(/<f>([^<]*)<\/f>/, '<f>0+$1</f>') : undefined),
  'emptied': ({ xml }) => (xml.includes('<v>') ? xml.replace(/<v>.*<\/v>/, '') : undefined),
  'a number as text': (cell) => (numberIn(cell) === undefined || cell.xml.includes('<f>') ? undefined : cell.xml.replace('<c ', '<c t="str" ')),
  'another format': (cell) => (numberIn(cell) === undefined ? undefined : cell.xml.replace(/ s="\d+"/, ' s="1"')),
};

test('any one cell of the journal that is changed is found, and named by sheet and cell beside the workbook', async () => {
  const random = seededRandom(20_261_031);
  const cases = SHEETS.flatMap((sheet, index) => {
    const cells = cellsOf(journal, index + 1);
    // Half of the kinds on one sheet, the others on the next.
    return Object.entries(CELL_CHANGES).filter((_each, place) => (place + index) % 2 === 0).flatMap(([kind, change]) => {
      const fitting = cells.filter((cell) => ![undefined, cell.xml].includes(change(cell)));
      const cell = fitting[Math.floor(random() * fitting.length)];
      return cell ? [{ sheet, sheetNumber: index + 1, kind, cell, changed: change(cell)! }] : [];
    });
  });
  expect(new Set(cases.map(({ kind }) => kind)).size).toBe(Object.keys(CELL_CHANGES).length);
  await onCopies(journal, cases, async (copyPath, { sheet, sheetNumber, kind, cell, changed }) => {
    writeWithCell(journal, copyPath, sheetNumber, cell, changed);
    const beside = await tieout.json('verify', copyPath, '--workbook', workbook);
    const label = `${kind}: ${sheet}, ${cell.address}`;
    expect(beside, label).toMatchObject({ exitCode: 1, json: { holds: false } });
    expect(findingsOf(beside).join('\n'), label).toContain(`${sheet}, cell ${cell.address}: was `);
  });
  const [first] = cases;
  writeWithCell(journal, tieout.at('alone.xlsx'), first!.sheetNumber, first!.cell, first!.changed);
  const alone = await tieout.run('verify', 'alone.xlsx');
  expect(alone).toMatchObject({ exitCode: 1, stderr: '', stdout: expect.stringContaining('(sheet "Journal") is not as Ana Reyes') });
});

/** A statement on the locked October, and what verification says of it. */
const STATEMENTS: readonly (readonly [statement: string, finding: RegExp])[] = [
  [`UPDATE lines SET counted_scaled = 490000 WHERE period_id = 2 AND stock_key_id = (SELECT stock_key_id FROM stock_keys JOIN items USING (item_id)
      JOIN locations USING (location_id) WHERE sku = 'MUG-BLU-11' AND code = 'Portland')`,
    /^lines, stock_key_id \d+ \(MUG-BLU-11, Portland\): counted_scaled was 480000, is 490000$/],
  ['UPDATE movements SET quantity_scaled = quantity_scaled + 10000 WHERE import_id = (SELECT max(import_id) FROM movements) AND row_number = 2',
    /^movements, import_id \d+, row_number 2, record_number 1 \(.+\): quantity_scaled was (\d+), is \d+$/],
  ['UPDATE journal_lines SET memo = memo || \' (see mail)\' WHERE journal_id = 2 AND line_number = 1', /^journal_lines, journal_id 2, line_number 1: memo was ".+", is ".+ \(see mail\)"$/],
  ['DELETE FROM closings WHERE period_id = 2 AND stock_key_id = (SELECT min(stock_key_id) FROM closings WHERE period_id = 2)', /^closings, stock_key_id \d+ \(.+\): the row is gone$/],
  ['INSERT INTO trial_balances (import_id, row_number, account_code, debit_minor, credit_minor) SELECT max(import_id), 99, \'1300\', 1, 0 FROM trial_balances',
    /^trial_balances, import_id \d+, row_number 99: the row was added after the seal$/],
];

describe('a locked period changed by plain SQL', () => {
  test('is refused by its triggers', async () => {
    const before = hashOfFile(workbook);
    for (const [statement] of STATEMENTS) expect(() => tamperBy(workbook, 'kept', statement), statement).toThrow(/period_locked: \w+ of a locked period cannot change/);
    expect(hashOfFile(workbook)).toBe(before);
  });

  test('is named where the triggers were dropped, with the triggers that are gone', async () => {
    await onCopies(workbook, STATEMENTS.slice(0, 2), async (copyPath, [statement, finding]) => {
      tamperBy(copyPath, 'dropped', statement);
      const verified = await tieout.json('verify', copyPath);
      expect(verified, statement).toMatchObject({ exitCode: 1, json: { holds: false } });
      expect(findingsOf(verified)).toEqual(expect.arrayContaining([expect.stringMatching(finding), 'trigger lines_locked_update_old is gone']));
    });
  });

  test('is named where the triggers were put back, and nothing else is', async () => {
    await onCopies(workbook, STATEMENTS, async (copyPath, [statement, finding]) => {
      tamperBy(copyPath, 'dropped and put back', statement);
      const verified = await tieout.json('verify', copyPath);
      expect(verified.exitCode, statement).toBe(1);
      expect(findingsOf(verified)).toEqual([expect.stringMatching(finding)]);
    });
  });

  test('a lock that was taken away whole, seal and state, is missed', async () => {
    await onCopies(workbook, [0], async (copyPath) => {
      tamper(copyPath, 'dropped and put back', (database) => {
        database.exec(`DELETE FROM seal_pieces WHERE seal_id = 2; DELETE FROM seals WHERE seal_id = 2; UPDATE periods SET state = 'open', locked_instant = NULL WHERE code = '2026-10'`);
      });
      const verified = await tieout.json('verify', copyPath);
      expect(verified.exitCode).toBe(1);
      expect(findingsOf(verified)).toEqual(['periods, 2026-10: the trail tells of its locking, but its seal is gone']);
    });
  });
});

const IN_PERIOD = 'period_id = 2';
const BY_IMPORT = `import_id IN (SELECT import_id FROM imports WHERE ${IN_PERIOD})`;
const BY_JOURNAL = `journal_id IN (SELECT journal_id FROM journals WHERE ${IN_PERIOD})`;
/** What belongs to the locked October. */
const LOCKED_TABLES = {
  periods: IN_PERIOD, imports: IN_PERIOD, lines: IN_PERIOD, components: IN_PERIOD, tags: IN_PERIOD, journals: IN_PERIOD, closings: IN_PERIOD,
  snapshots: BY_IMPORT, movements: BY_IMPORT, counts: BY_IMPORT, trial_balances: BY_IMPORT, quarantine_rows: BY_IMPORT,
  journal_lines: BY_JOURNAL, journal_sources: BY_JOURNAL, journal_reviews: BY_JOURNAL,
};
/** Rows belong to the period and are named by these: where one of them changes, a row is gone. */
const isNaming = ({ table, column }: Change) =>
  ['period_id', 'import_id', 'journal_id'].includes(column) || SEALED_TABLES.some((each) => each.table === table && each.key.includes(column));

test('any one value of the locked period that is changed is found and named: 25 at random', async () => {
  const random = seededRandom(48_52_50);
  const changes = await onCopies(workbook, Array.from({ length: 25 }, (_none, index) => index), async (copyPath) => {
    const change: Change = tamper(copyPath, 'dropped and put back', (database) => changeOneValue(database, LOCKED_TABLES, random));
    return { change, verified: await tieout.json('verify', copyPath) };
  });
  for (const { change, verified } of changes) {
    const label = JSON.stringify(change).slice(0, 500);
    expect(verified, label).toMatchObject({ exitCode: 1, json: { holds: false } });
    const named = findingsOf(verified).filter((finding) => finding.startsWith(`${change.table}, `));
    const expected = isNaming(change) ? ': the row is gone' : change.column === 'locked_instant' ? ': state was "locked" at ' : `: ${change.column} was `;
    expect(named.some((finding) => finding.includes(expected)), `${label}\n${named.join('\n')}`).toBe(true);
  }
  expect(new Set(changes.map(({ change }) => change.table)).size).toBeGreaterThan(8);
});
