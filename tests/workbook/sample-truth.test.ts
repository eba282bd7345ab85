/**
 * The sample company against its answer key, which was worked out from the simulation and not from the engine.
 */
import { beforeAll, afterAll, describe, expect, test } from 'vitest';
import { linesJson } from '../../electron/services/lines';
import { reconcileSampleMonth } from '../../electron/services/sample';
import { findPeriodByCode } from '../../electron/services/periods';
import type { LineJson } from '@shared/domain/lines-json';
import truth from '../fixtures/sample-truth.json';
import { sampleContext } from '../support/sample-session';

interface TrueComponent {
  readonly class: string;
  readonly cause: string;
  readonly quantity: string;
  readonly suggested: boolean;
  readonly documents: readonly string[];
}
interface TrueVariance {
  readonly kind: string;
  readonly quantity: string;
  readonly components: readonly TrueComponent[];
  readonly residual: string;
}
interface TrueLine {
  readonly period: string;
  readonly sku: string;
  readonly location: string;
  readonly cleared: string | null;
  readonly variances: readonly TrueVariance[];
}

const byText = (left: string, right: string) => (left < right ? -1 : left > right ? 1 : 0);

/** A line as text that both the key and the engine can be written in: variance by variance, component by component. */
function told(line: { readonly variances: readonly TrueVariance[] }): string[] {
  return line.variances
    .filter((variance) => variance.quantity !== '0')
    .map((variance) => {
      const components = variance.components
        .map((each) => `${each.suggested ? 'suggested ' : ''}${each.class} ${each.cause} ${each.quantity} [${[...each.documents].sort(byText).join(' ')}]`)
        .sort(byText);
      return `${variance.kind} ${variance.quantity}: ${[...components, `residual ${variance.residual}`].join('; ')}`;
    })
    .sort(byText);
}

const how = (cleared: string | null) => cleared && (/^timing/.exec(cleared)?.[0] ?? /^tolerance (tier )?[ABC]/.exec(cleared)?.[0].replace('tier ', '') ?? cleared);

const lines = new Map<string, LineJson[]>();

beforeAll(async () => {
  const { context } = await sampleContext(afterAll);
  const linesOf = (code: string) => linesJson(context.workbook, findPeriodByCode(context.workbook, code)!.periodId).lines;
  lines.set('2026-09', linesOf('2026-09'));
  const reconciled = await reconcileSampleMonth(context, '2026-10');
  if (!reconciled.ok) throw new Error(reconciled.message);
  lines.set('2026-10', linesOf('2026-10'));
});

describe.each(['2026-09', '2026-10'])('the sample company in %s', (code) => {
  const expected = (truth.lines as readonly TrueLine[]).filter((line) => line.period === code);

  test('has a variance on the lines of the answer key and on no other', () => {
    const found = lines.get(code)!.filter((line) => line.variances.some((variance) => variance.quantity !== '0'));
    expect(found.map((line) => `${line.sku} ${line.location}`).sort(byText)).toEqual(expected.map((line) => `${line.sku} ${line.location}`).sort(byText));
  });

  test.each(expected.map((line) => [line.sku, line.location, line] as const))('explains %s at %s as the key does', (sku, location, line) => {
    const found = lines.get(code)!.find((each) => each.sku === sku && each.location === location)!;
    expect(told(found)).toEqual(told(line));
    expect(how(found.clearedBy)).toBe(line.cleared);
  });
});
