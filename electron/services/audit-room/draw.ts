/**
 * Planning and drawing a sample. Planning writes nothing; a drawn sample keeps its seed and the hash of its population, so that it
 * can be drawn again, and is never drawn from another population silently.
 */
import { randomBytes } from 'node:crypto';
import { planMonetaryUnits, type PlanFailure } from '@shared/domain/audit/monetary-unit';
import type { Population } from '@shared/domain/audit/population';
import type { SamplePlan, SampleTerms } from '@shared/domain/audit/sample';
import { type SelectFailure, selectEveryNth, selectMonetaryUnits, selectRandom, selectStratified, TIERS, type Selection } from '@shared/domain/audit/selection';
import { canonicalJson } from '@shared/domain/canonical';
import { toSafeInteger } from '@shared/domain/decimal';
import { done, type Outcome, refused } from '@shared/domain/outcome';
import { insertRow } from '../../workbook/auditor-file/tables';
import { sha256Hex } from '../../workbook/hash';
import { inTransaction, type ReadableWorkbook, type SqliteWorkbook } from '../../workbook/workbook';
import { chainHead } from '../audit-trail';
import type { ServiceContext } from '../context';
import { findPeriod, periodMissing } from '../periods';
import { listSeals } from '../sign-off/seal';
import { type AuditorFileFailure, withAuditorFile } from './auditor-file';
import { populationFigures, populationHash, readPopulation } from './population';
import { tell } from './trail';

export type DrawFailure = 'period_missing' | 'not_reconciled' | PlanFailure | SelectFailure;

interface Ready {
  readonly population: Population;
  readonly plan: SamplePlan;
}

/** The population of a period and what the terms make of it. */
function prepare(workbook: ReadableWorkbook, periodId: number, terms: SampleTerms): Outcome<Ready, DrawFailure> {
  const period = findPeriod(workbook, periodId);
  if (!period) return periodMissing(periodId);
  if (period.reconciledInstant === null) return refused('not_reconciled', `${period.code} is not reconciled, so it has no lines to sample. Reconcile it first.`);
  const { currency } = period;
  const population = readPopulation(workbook, periodId, terms.basis, currency);
  const figures = populationFigures(population);
  const without = { intervalMinor: null, factorMillionths: null, expansionHundredths: null };
  if (terms.method === 'mus') {
    const planned = planMonetaryUnits(population.totalMinor, terms, currency);
    if (!planned.ok) return planned;
    const { sampleSize, intervalMinor, factorMillionths, expansionHundredths } = planned.value;
    return done({ population, plan: { ...figures, sampleSize, intervalMinor: toSafeInteger(intervalMinor), factorMillionths: toSafeInteger(factorMillionths), expansionHundredths } });
  }
  if (population.items.length === 0) return refused('nothing_to_sample', 'No line of this population has a book value above zero. Reconcile the period, and import unit costs.');
  const sampleSize =
    terms.method === 'random' ? terms.size
    : terms.method === 'stratified' ? TIERS.reduce((sum, tier) => sum + terms.sizes[tier], 0)
    : Math.ceil(population.items.length / terms.step);
  return done({ population, plan: { ...figures, ...without, sampleSize } });
}

/** What a sample on these terms would be; nothing is drawn. */
export function planSample(workbook: ReadableWorkbook, periodId: number, terms: SampleTerms): Outcome<SamplePlan, DrawFailure> {
  const ready = prepare(workbook, periodId, terms);
  return ready.ok ? done(ready.value.plan) : ready;
}

/** The lines that a seed draws. */
export function select({ population, plan }: Ready, terms: SampleTerms, seed: string): Outcome<Selection, SelectFailure> {
  switch (terms.method) {
    case 'mus': return done(selectMonetaryUnits(population, BigInt(plan.intervalMinor!), seed, sha256Hex));
    case 'random': return selectRandom(population, terms.size, seed, sha256Hex);
    case 'stratified': return selectStratified(population, terms.sizes, seed, sha256Hex);
    case 'nth': return selectEveryNth(population, terms.step, seed, sha256Hex);
  }
}

export interface DrawRequest {
  readonly file: string;
  readonly periodId: number;
  readonly purpose: string;
  readonly terms: SampleTerms;
  /** Empty: one is made. */
  readonly seed: string;
}

/** Twenty hexadecimal figures: short enough to be written on paper, too many to be tried until one suits. */
const newSeed = (): string => randomBytes(10).toString('hex');

function writeSample(file: SqliteWorkbook, context: ServiceContext, request: DrawRequest, ready: Ready, seed: string, selection: Selection, by: string): number {
  const { workbook, now } = context;
  const { population, plan } = ready;
  const period = findPeriod(workbook, request.periodId)!;
  const head = chainHead(workbook);
  const hash = populationHash(population);
  const atInstant = now();
  return inTransaction(file, () => {
    const sampleId = insertRow(file, 'samples', {
      period_code: period.code, purpose: request.purpose, terms: canonicalJson(request.terms), plan: canonicalJson(plan), seed, population_hash: hash,
      seal_root: listSeals(workbook, request.periodId).at(-1)?.rootHash ?? null, chain_sequence: head.sequence, chain_hash: head.hash, drawn_by: by, drawn_instant: atInstant,
    });
    for (const { index, hits, isCertain } of selection.items) {
      const item = population.items[index]!;
      insertRow(file, 'sample_items', {
        sample_id: sampleId, number: index + 1, stock_key_id: item.stockKeyId, sku: item.sku, item_name: item.itemName, location: item.location, tier: item.tier,
        book_scaled: item.bookScaled, unit_cost_scaled: item.unitCostScaled!, book_minor: item.bookMinor, hits, is_certain: isCertain ? 1 : 0,
      });
    }
    tell(file, { by, atInstant, action: 'sample.draw', sampleId, detail: { period: period.code, method: request.terms.method, seed, populationHash: hash, lines: selection.items.length } });
    return sampleId;
  });
}

/** Draws a sample into the auditor's file and answers its number there. */
export async function drawSample(context: ServiceContext, request: DrawRequest): Promise<Outcome<{ readonly sampleId: number }, DrawFailure | AuditorFileFailure>> {
  const ready = prepare(context.workbook, request.periodId, request.terms);
  if (!ready.ok) return ready;
  const seed = request.seed === '' ? newSeed() : request.seed;
  const selection = select(ready.value, request.terms, seed);
  if (!selection.ok) return selection;
  return withAuditorFile(context, request.file, 'write', (file) => {
    const by = file.get<{ auditor: string }>('SELECT auditor FROM auditor_file')!.auditor;
    return { sampleId: writeSample(file, context, request, ready.value, seed, selection.value, by) };
  });
}

/** Whether the population stands as it did, and gives the same lines for the seed. */
export interface Repeated {
  readonly state: 'same' | 'changed' | 'period_missing';
  readonly message: string;
}

/** Draws a kept sample again, in memory, and holds it against what was kept. */
export function repeatSample(
  workbook: ReadableWorkbook, kept: { readonly periodCode: string; readonly terms: SampleTerms; readonly seed: string; readonly populationHash: string; readonly numbers: readonly number[] },
): Repeated {
  const period = workbook.get<{ period_id: number }>('SELECT period_id FROM periods WHERE code = ?', kept.periodCode);
  const ready = period && prepare(workbook, period.period_id, kept.terms);
  if (!ready?.ok) return { state: 'period_missing', message: `The workbook has no reconciled ${kept.periodCode} to draw from again.` };
  const hash = populationHash(ready.value.population);
  if (hash !== kept.populationHash) {
    return { state: 'changed', message: `The population has changed since the sample was drawn: its hash was ${kept.populationHash.slice(0, 16)}… and is ${hash.slice(0, 16)}…. The sample stays as it was drawn; draw a new one for the new figures.` };
  }
  const selection = select(ready.value, kept.terms, kept.seed);
  const numbers = selection.ok ? selection.value.items.map(({ index }) => index + 1) : [];
  return numbers.join() === kept.numbers.join()
    ? { state: 'same', message: `Drawn again from seed ${kept.seed}: the same ${numbers.length} lines of the same population.` }
    : { state: 'changed', message: `Seed ${kept.seed} draws other lines than the file holds: the file was changed by other means.` };
}
