/**
 * The same files and rules give the same lines and components whatever the order of import, down to the byte: a generated
 * company with known troubles, through the real import and reconciliation.
 */
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { Chance } from '../bench/truth/chance';
import { generateCompany } from '../bench/truth/generate';
import { reconcileCompany } from '../bench/truth/reconcile-company';
import { temporaryFolder } from '../support/workbooks';

function shuffled<T>(values: readonly T[], chance: Chance): T[] {
  const left = [...values];
  return values.map(() => left.splice(chance.int(0, left.length - 1), 1)[0]!);
}

/** An export of the same system made later, which holds the end of the first once more. */
function overlapping(folder: string, name: string): string {
  const [header, ...rows] = fs.readFileSync(path.join(folder, name), 'utf8').trimEnd().split('\n') as [string, ...string[]];
  const [first, second] = [rows.slice(0, Math.ceil(rows.length * 0.7)), rows.slice(Math.floor(rows.length * 0.4))];
  const later = name.replace('.csv', '-again.csv');
  fs.writeFileSync(path.join(folder, name), `${[header, ...first].join('\n')}\n`);
  fs.writeFileSync(path.join(folder, later), `${[header, ...second].join('\n')}\n`);
  return later;
}

const withoutEvidence = (lines: object) => JSON.parse(JSON.stringify(lines, (key, value: unknown) => (key === 'evidence' ? undefined : value))) as object;

test('shuffled imports give the same bytes', async () => {
  const folder = temporaryFolder(afterAll);
  const { files } = generateCompany(folder, 21, 50);
  const bytesOf = async (order: readonly string[]) => Buffer.from(JSON.stringify(await reconcileCompany(folder, files, order)));
  const first = await bytesOf(files.month);
  expect(first.length).toBeGreaterThan(50_000);
  const chance = new Chance(99);
  for (let run = 1; run <= 3; run += 1) {
    const order = run === 1 ? [...files.month].reverse() : shuffled(files.month, chance);
    const other = await bytesOf(order);
    expect(other.equals(first), `the order ${order.join(', ')}`).toBe(true);
  }
});

test('exports that overlap give the same, but for which of two files that hold a row is named', async () => {
  const folder = temporaryFolder(afterAll);
  const { files } = generateCompany(folder, 22, 50);
  const given = [...files.month, overlapping(folder, '2026-10-movements-erp.csv')];
  const first = withoutEvidence(await reconcileCompany(folder, files, given));
  expect(withoutEvidence(await reconcileCompany(folder, files, [...given].reverse()))).toEqual(first);
});
