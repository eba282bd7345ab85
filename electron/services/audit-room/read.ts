/** Samples of an auditor's file as they are shown: what was drawn, what was counted, what follows from it. */
import { currencyOfPeriod } from '@shared/domain/instant';
import { evaluateSample } from '@shared/domain/audit/evaluate-sample';
import { type Sample, type SampleItem, SamplePlan, SampleTerms, type SampleSummary } from '@shared/domain/audit/sample';
import { randomFromOne } from '@shared/domain/audit/selection';
import { exactValue, roundToMinor } from '@shared/domain/money';
import { refused } from '@shared/domain/outcome';
import { auditorFileRow, floorCountRows, sampleItemRows, sampleRow, sampleRows, tickMarkRows, type SampleItemRow, type SampleRow } from '../../workbook/auditor-file/tables';
import { sha256Hex } from '../../workbook/hash';
import type { ReadableWorkbook } from '../../workbook/workbook';

export const sampleMissing = (sampleId: number) => refused('sample_missing', `The auditor's file has no sample ${sampleId}. Choose one from its list.`);

const termsOf = (row: SampleRow): SampleTerms => SampleTerms.parse(JSON.parse(row.terms));

function toItem(row: SampleItemRow, currency: string): SampleItem {
  const { counted_scaled: countedScaled, audited_cost_scaled: auditedCostScaled } = row;
  const agrees = countedScaled === row.book_scaled && (auditedCostScaled === null || auditedCostScaled === row.unit_cost_scaled);
  return {
    number: row.number, stockKeyId: row.stock_key_id, sku: row.sku, itemName: row.item_name, location: row.location, tier: row.tier,
    bookScaled: row.book_scaled, unitCostScaled: row.unit_cost_scaled, bookMinor: row.book_minor, hits: row.hits, isCertain: row.is_certain === 1,
    countedScaled, auditedCostScaled,
    differenceScaled: countedScaled === null ? null : countedScaled - row.book_scaled,
    // What agrees leaves the book value as it is: nothing is rounded anew.
    auditedMinor: countedScaled === null ? null : agrees ? row.book_minor : roundToMinor(exactValue(countedScaled, auditedCostScaled ?? row.unit_cost_scaled), currency),
    ticks: row.ticks, note: row.note,
  };
}

function summaryOf(row: SampleRow, items: readonly SampleItemRow[]): SampleSummary {
  return {
    sampleId: row.sample_id, periodCode: row.period_code, purpose: row.purpose, method: termsOf(row).method, lines: items.length,
    counted: items.filter(({ counted_scaled }) => counted_scaled !== null).length,
    drawnBy: row.drawn_by, drawnInstant: row.drawn_instant, conclusion: row.conclusion,
  };
}

export const listSamples = (file: ReadableWorkbook): SampleSummary[] => sampleRows(file).map((row) => summaryOf(row, sampleItemRows(file, row.sample_id)));

/** The start as it was drawn, computed again from the seed. */
function startOf(terms: SampleTerms, plan: SamplePlan, seed: string): string | null {
  if (terms.method === 'mus') return String(randomFromOne(sha256Hex, seed, BigInt(plan.intervalMinor!)));
  return terms.method === 'nth' ? String(randomFromOne(sha256Hex, seed, BigInt(terms.step))) : null;
}

/** A sample whole; undefined where the file has none of that number. */
export function readSample(file: ReadableWorkbook, sampleId: number): Sample | undefined {
  const row = sampleRow(file, sampleId);
  if (!row) return undefined;
  const currency = currencyOfPeriod(row.period_code) ?? auditorFileRow(file)!.currency;
  const rows = sampleItemRows(file, sampleId);
  const terms = termsOf(row);
  const plan = SamplePlan.parse(JSON.parse(row.plan));
  const items = rows.map((item) => toItem(item, currency));
  return {
    ...summaryOf(row, rows),
    terms, plan, items, currency,
    seed: row.seed, start: startOf(terms, plan, row.seed), populationHash: row.population_hash, sealRoot: row.seal_root, chainSequence: row.chain_sequence, chainHash: row.chain_hash,
    concludedBy: row.concluded_by, concludedInstant: row.concluded_instant,
    floorCounts: floorCountRows(file, sampleId).map((count) => ({
      floorCountId: count.floor_count_id, sku: count.sku, location: count.location, stockKeyId: count.stock_key_id, countedScaled: count.counted_scaled,
      bookScaled: count.book_scaled, note: count.note, countedBy: count.counted_by, countedInstant: count.counted_instant,
    })),
    tickMarks: tickMarkRows(file).map(({ mark, meaning, is_own }) => ({ mark, meaning, isOwn: is_own === 1 })),
    evaluation: evaluateSample(terms, plan, items, currency),
  };
}
