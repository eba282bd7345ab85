import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ChartOfAccounts, ReasonCodes } from '@shared/domain/defaults';
import { RuleSet } from '@shared/domain/rules';
import { TIERS } from '@shared/domain/terms';
import { CAUSE_CLASS, CAUSES, type Cause } from '@shared/domain/variance';

const resource = (name: string): unknown =>
  JSON.parse(readFileSync(path.join(import.meta.dirname, '../../resources', name), 'utf8'));

const accounts = ChartOfAccounts.parse(resource('chart-of-accounts.json'));
const reasonCodes = ReasonCodes.parse(resource('reason-codes.json'));

test('every account a reason code posts to stands in the chart of accounts', () => {
  const known = new Set(accounts.map((each) => each.code));
  const used = reasonCodes
    .flatMap((each) => [each.inventoryAccount, each.offsetAccount])
    .filter((each) => each !== null);
  expect(used.filter((each) => !known.has(each))).toEqual([]);
  expect(known.size).toBe(accounts.length);
});

test('every cause of a variance has a reason code, and every code is of the class of its causes', () => {
  expect(CAUSES.filter((cause) => !reasonCodes.some((each) => each.causes.includes(cause)))).toEqual([]);
  const misplaced = reasonCodes.filter((each) => each.causes.some((cause: Cause) => CAUSE_CLASS[cause] !== each.class));
  expect(misplaced.map((each) => each.code)).toEqual([]);
  expect(new Set(reasonCodes.map((each) => each.code)).size).toBe(reasonCodes.length);
});

test('a timing reason adjusts nothing, and a reclassification moves stock from one asset account to another', () => {
  expect(reasonCodes.filter((each) => each.class === 'timing' && each.posting === 'adjust')).toEqual([]);
  const assets = new Set(accounts.filter((each) => each.kind === 'asset').map((each) => each.code));
  const moved = reasonCodes.filter((each) => each.posting === 'reclassify');
  expect(moved.length).toBeGreaterThan(0);
  for (const each of moved) expect([each.inventoryAccount!, each.offsetAccount!].every((account) => assets.has(account))).toBe(true);
});

test('each tier has its tolerance, and a riskier tier never has the wider one', () => {
  const tolerances = RuleSet.parse(resource('rules.json')).tolerances;
  expect(tolerances.map((each) => each.tier)).toEqual([...TIERS]);
  for (const field of ['unitsScaled', 'percentHundredths', 'valueMinor'] as const) {
    const values = tolerances.map((each) => each[field]);
    expect(values).toEqual([...values].sort((left, right) => left - right));
  }
});

test('one system wins for each state', () => {
  const states = RuleSet.parse(resource('rules.json')).truth.map((each) => each.state);
  expect([...states].sort()).toEqual(['committed', 'damaged', 'on_hand', 'quarantined', 'reserved', 'unit_cost']);
});
