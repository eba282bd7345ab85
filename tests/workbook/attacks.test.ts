/**
 * Somebody with full access to the files changes them, and verification names what they did. Every attack of `tests/support/attacks`;
 * of those on single rows one for each table, and with TIEOUT_THOROUGH=1 every column of every table.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SEALED_TABLES } from '../../electron/services/sign-off/sealed-content';
import { type Attack, carryOut, grouped, type Sealed, verifiedJournal, verifiedWorkbook } from '../support/attacks/attack';
import { attacksOnRows, NAMED_ATTACKS } from '../support/attacks/index';
import { NOT_COVERED } from '../support/attacks/rows';
import { sealedSample } from '../support/attacks/sealed-sample';

const SEED = 20_261_003;
const isThorough = process.env['TIEOUT_THOROUGH'] === '1';
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tieout-attacks-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

let sealed: Sealed;
beforeAll(async () => {
  sealed = await sealedSample(folder);
});

/** Carries out the attack; what verification says of it has to be what the attack says of itself. */
async function expectAsSaid(attack: Attack): Promise<void> {
  const outcome = await carryOut(attack, sealed);
  const label = `${attack.group}: ${attack.name}\nexpected in one finding: ${outcome.expected.join(' … ')}\nfound: ${outcome.findings.slice(0, 20).join('\n')}`;
  expect(outcome.isAsExpected, label).toBe(true);
}

test('the untouched workbook and its journal hold, with the lodged code too', async () => {
  expect(await verifiedWorkbook(sealed.workbookPath, sealed.lodgedCode)).toMatchObject({ holds: true, findings: [] });
  expect(await verifiedJournal(sealed.journalPath, sealed.workbookPath)).toMatchObject({ holds: true, findings: [] });
});

test('a workbook made anew and sealed by the same people holds by itself, and not against the lodged code', async () => {
  expect(await verifiedWorkbook(sealed.rebuiltPath)).toMatchObject({ holds: true });
  expect(await verifiedWorkbook(sealed.rebuiltPath, sealed.lodgedCode)).toMatchObject({ holds: false });
});

test('document properties are told as not covered by any signature', async () => {
  const { verification } = await verifiedJournal(sealed.journalPath, sealed.workbookPath);
  expect(verification?.checks.find(({ name }) => name === 'Content')?.message).toContain('Not covered by any signature, as in Office: docProps/core.xml');
});

describe.each([...grouped(NAMED_ATTACKS)])('%s', (_group, attacks) => {
  test.each(attacks.map((attack) => [attack.name, attack] as const))('%s', (_name, attack) => expectAsSaid(attack));
});

test(`${isThorough ? 'every column of every sealed table' : 'one change in each sealed table'} is found, or it is said why it need not be`, async () => {
  const attacks = attacksOnRows(sealed, SEED, isThorough ? undefined : 1);
  expect(new Set(attacks.map(({ group }) => group)).size).toBe(SEALED_TABLES.length);
  for (const attack of attacks) await expectAsSaid(attack);
}, 1_800_000);

test('what is said not to be covered is there', () => {
  const tables = new Set(SEALED_TABLES.map(({ table }) => table));
  expect(Object.keys(NOT_COVERED).filter((place) => !tables.has(place.split('.')[0]!))).toEqual([]);
  expect(new Set(attacksOnRows(sealed, SEED).map(({ name }) => name)).size).toBe(attacksOnRows(sealed, SEED).length);
});
