/** October 2026 in UTC with a mug, a cup and a tee: the workbook most tests of the reconciliation start from. */
import { expect } from 'vitest';
import type { LineJson, VarianceJson } from '@shared/domain/lines-json';
import { formatQuantity } from '@shared/domain/quantity';
import { linesJson, pageOfLines } from '../../electron/services/lines';
import { EngineWorkbook } from './engine-workbook';

const ITEMS = `
sku,name,category,pack_size,tier,unit_cost
MUG,Mug,Kitchen,36,B,4.000000
CUP,Cup,Kitchen,1,C,3.000000
TEE,Tee,Apparel,1,A,8.000000`;
export const AS_OF = '2026-10-31T23:00:00Z';
export const SNAPSHOT = 'system,sku,location,as_of,on_hand,available,committed,damaged,unavailable,unit_cost';
export const MOVEMENTS = 'system,type,document,line,sku,location,quantity,occurred_at,posted_at,reference';
export const COUNT = 'sheet,line,sku,location,bin,count_no,counted,counted_at';

export const variance = (line: LineJson, kind: string): VarianceJson | undefined =>
  line.variances.find((each) => each.kind === kind);

export class MugWorkbook extends EngineWorkbook {
  readonly october: number;

  constructor() {
    super({ timeZone: 'UTC' });
    this.october = this.period('2026-10');
    this.items(ITEMS);
  }

  /** The line as published; its figures are also those that SQL stored for it. */
  line(sku: string, location = 'Portland'): LineJson {
    const { lines } = linesJson(this.workbook, this.october, { sku, location });
    expect(lines).toHaveLength(1);
    const { positions, identity } = lines[0]!;
    const stored = pageOfLines(this.workbook, {
      periodId: this.october,
      offset: 0,
      limit: 1,
      sort: [],
      filter: { text: sku, locations: [location] },
    }).columns;
    const text = (scaled: number | null | undefined) => (scaled == null ? null : formatQuantity(scaled));
    const figures = [
      [stored.erpOnHandScaled, positions.erp?.onHand],
      [stored.erpAtCutOffScaled, positions.erp?.atCutOff],
      [stored.storefrontAtCutOffScaled, positions.storefront?.atCutOff],
      [stored.countedScaled, positions.count?.counted],
      [stored.countedAtCutOffScaled, positions.count?.atCutOff],
      [stored.identityScaled, identity.available],
    ] as const;
    expect(figures.map(([column]) => text(column[0]))).toEqual(figures.map(([, shown]) => shown ?? null));
    return lines[0]!;
  }

  reconciledLine(sku: string, location = 'Portland'): LineJson {
    this.reconcile(this.october);
    return this.line(sku, location);
  }

  /** ERP and count of a mug, known at the same instant. */
  countMug(counted: string, onHand = '100'): void {
    this.snapshot(this.october, 'erp.csv', `${SNAPSHOT}\nerp,MUG,Portland,${AS_OF},${onHand},,,,,`);
    this.count(this.october, 'count.csv', `${COUNT}\nS-1,1,MUG,Portland,,1,${counted},${AS_OF}`);
  }

  /** `posted_later -5` for each component of the count variance, `residual -3` at the end. */
  countBridge(sku: string): readonly string[] {
    const count = variance(this.reconciledLine(sku), 'count')!;
    const components = count.components.map((each) => `${each.cause}${each.suggested ? '?' : ''} ${each.quantity}`);
    return [...components, `residual ${count.residual}`];
  }
}
