/**
 * One line, one story: what `tieout explain` prints, what it prints with `--json`, and what the window is handed say the same,
 * component by component. On the 48/52/50 item and on one planted line of each cause.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LineDetail } from '@shared/domain/lines';
import { signed } from '@shared/domain/explanation/words';
import { LinesJson } from '@shared/domain/lines-json';
import { formatQuantity } from '@shared/domain/quantity';
import type { ServiceContext } from '../../electron/services/context';
import { explainJson, explainText, lineDetail } from '../../electron/services/lines';
import { findPeriodByCode } from '../../electron/services/periods';
import { reconcileSampleMonth } from '../../electron/services/sample';
import truth from '../fixtures/sample-truth.json';
import { sampleContext } from '../support/sample-session';

interface Planted {
  readonly period: string;
  readonly sku: string;
  readonly location: string;
}

/** The first line of the answer key that holds each cause, and the item of the story. */
function plantedLines(): readonly (readonly [string, Planted])[] {
  const found = new Map<string, Planted>([['48/52/50', { period: '2026-10', sku: 'MUG-BLU-11', location: 'Portland' }]]);
  for (const line of truth.lines.filter(({ period }) => period === '2026-10')) {
    for (const { cause } of line.variances.flatMap(({ components }) => components)) if (!found.has(cause)) found.set(cause, line);
  }
  return [...found];
}

let context: ServiceContext;
beforeAll(async () => {
  ({ context } = await sampleContext(afterAll));
  const reconciled = await reconcileSampleMonth(context, '2026-10');
  if (!reconciled.ok) throw new Error(reconciled.message);
});

interface Told {
  readonly kind: string;
  readonly quantity: string;
  readonly residual: string;
  readonly components: readonly { readonly cause: string; readonly suggested: boolean; readonly quantity: string; readonly documents: string; readonly sentence: string }[];
}

const plain = (text: string) => text.replace(/\s+/g, ' ').trim();
const listedAs = (documents: readonly string[]) => [...documents].sort().join(' ');
/** `+2` and `2` are the same figure. */
const unsigned = (quantity: string) => quantity.replace(/^\+/, '');

/** The variances as the text tells them, firm components first. */
function readText(text: string): readonly Told[] {
  const told: { kind: string; quantity: string; residual: string; components: { cause: string; suggested: boolean; quantity: string; documents: string; sentence: string }[] }[] = [];
  let last: { sentence: string } | null = null;
  for (const line of text.slice(text.indexOf('\nVariances\n')).split('\n')) {
    const head = /^ {2}(count|channel|ledger): .* ([+-]?[\d.]+)(?: {3}\S+ \S+)?$/.exec(line);
    const residual = /^ {4}unexplained {2}residual +([+-]?[\d.]+)$/.exec(line);
    const component = /^ {4}(?:timing|alignment|physical) {2}(\w+)( \(suggested\))? +([+-]?[\d.]+)(?: {3}(.*))?$/.exec(line);
    if (head) {
      told.push({ kind: head[1]!, quantity: unsigned(head[2]!), residual: '0', components: [] });
      last = null;
    } else if (residual) {
      (told.at(-1)! as { residual: string }).residual = unsigned(residual[1]!);
      last = null;
    } else if (component) {
      last = { sentence: '' };
      const entry = Object.assign(last, {
        cause: component[1]!,
        suggested: component[2] !== undefined,
        quantity: unsigned(component[3]!),
        documents: listedAs((component[4] ?? '').split(/, | and /).filter((document) => document !== '')),
      });
      told.at(-1)!.components.push(entry);
    } else if (/^ {6}\S/.test(line) && last) {
      if (/^ {6}Rows /.test(line)) last = null;
      else last.sentence = plain(`${last.sentence} ${line}`);
    } else if (line === '' && told.length > 0) break;
  }
  return told;
}

const withVariance = (told: readonly Told[]) => told.filter(({ quantity }) => quantity !== '0');
/** Firm components before suggested ones, as the text has them. */
const firmFirst = (told: readonly Told[]): readonly Told[] =>
  told.map((variance) => ({
    ...variance,
    components: [...variance.components.filter(({ suggested }) => !suggested), ...variance.components.filter(({ suggested }) => suggested)],
  }));

test.each(plantedLines())('%s', (_cause, { period, sku, location }) => {
  const { periodId } = findPeriodByCode(context.workbook, period)!;
  const { stock_key_id } = context.workbook.get<{ stock_key_id: number }>(
    'SELECT stock_key_id FROM stock_keys JOIN items USING (item_id) JOIN locations USING (location_id) WHERE sku = ? AND code = ?', sku, location,
  )!;
  const detail = LineDetail.parse(lineDetail(context.workbook, periodId, stock_key_id)!);
  const inWindow = detail.variances.map((variance): Told => ({
    kind: variance.kind,
    quantity: formatQuantity(variance.quantityScaled),
    residual: formatQuantity(variance.residualScaled),
    components: variance.components.map(({ cause, suggested, quantityScaled, documents, sentence }) => ({
      cause, suggested, quantity: formatQuantity(quantityScaled), documents: listedAs(documents), sentence: plain(sentence),
    })),
  }));
  const [line] = LinesJson.parse(explainJson(context.workbook, periodId, sku, location)).lines;
  const inJson = line!.variances.map((variance): Told => ({
    kind: variance.kind,
    quantity: variance.quantity,
    residual: variance.residual,
    components: variance.components.map(({ cause, suggested, quantity, documents, sentence }) => ({
      cause, suggested, quantity, documents: listedAs(documents), sentence: plain(sentence),
    })),
  }));
  const text = explainText(detail);

  expect(withVariance(inWindow).length).toBeGreaterThan(0);
  expect(inJson).toEqual(inWindow);
  expect(withVariance(readText(text))).toEqual(firmFirst(withVariance(inWindow)));
  for (const variance of detail.variances) {
    const firm = variance.components.filter(({ suggested }) => !suggested).reduce((sum, { quantityScaled }) => sum + quantityScaled, 0);
    expect(firm + variance.residualScaled).toBe(variance.quantityScaled);
    expect(text).toContain(signed(variance.quantityScaled));
  }
  expect(line).toMatchObject({ class: detail.class, cause: detail.cause, nextStep: detail.nextStep, ageDays: detail.ageDays });
});

test('the item of the story: 48 counted, 50 in the ERP, 52 in the storefront', () => {
  const { periodId } = findPeriodByCode(context.workbook, '2026-10')!;
  const [line] = explainJson(context.workbook, periodId, 'MUG-BLU-11', 'Portland').lines;
  expect(line!.positions).toMatchObject({ count: { counted: '48' }, erp: { onHand: '50' }, storefront: { available: '52' } });
});
