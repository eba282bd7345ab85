/** Components of variances: written by the reconciliation, read for a line. */
import { VARIANCE_KINDS, type Cause, type EvidenceRef, type VarianceClass, type VarianceComponent, type VarianceKind } from '@shared/domain/variance';
import { RowInserter } from '../row-inserter';
import type { ReadableWorkbook, WritableWorkbook } from '../workbook';

/** Takes away what is stored for some lines of a period. */
export const deleteComponents = (workbook: WritableWorkbook, periodId: number, stockKeyIds: readonly number[]): void =>
  void workbook.run(
    'DELETE FROM components WHERE period_id = ? AND stock_key_id IN (SELECT value FROM json_each(?))',
    periodId,
    JSON.stringify(stockKeyIds),
  );

/** More rows in one statement bring nothing. */
const ROWS_PER_STATEMENT = 16;

/** Writes the components of one period's lines. */
export class ComponentInserter {
  readonly #inserter: RowInserter;

  constructor(workbook: WritableWorkbook, periodId: number) {
    this.#inserter = new RowInserter(
      workbook,
      `INSERT INTO components (period_id, stock_key_id, kind, position, class, cause, quantity_scaled, suggested, rule, sentence,
         documents, evidence, twin_stock_key_id)`,
      `(${periodId}, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ROWS_PER_STATEMENT,
    );
  }

  /** The components of one variance, in the order of its bridge. */
  insert(stockKeyId: number, kind: VarianceKind, components: readonly VarianceComponent[]): void {
    const inserter = this.#inserter;
    for (const [index, component] of components.entries()) {
      inserter.put(stockKeyId);
      inserter.put(kind);
      inserter.put(index + 1);
      inserter.put(component.class);
      inserter.put(component.cause);
      inserter.put(component.quantityScaled);
      inserter.put(component.suggested ? 1 : 0);
      inserter.put(component.rule);
      inserter.put(component.sentence);
      inserter.put(JSON.stringify(component.documents));
      inserter.put(JSON.stringify(component.evidence.map(({ importId, rowNumber }) => [importId, rowNumber])));
      inserter.put(component.twinStockKeyId);
    }
  }

  /** Writes the rows that still wait. */
  flush(): void {
    this.#inserter.flush();
  }
}

/**
 * Whether of every line and variance what counts as explained is the sum of the firm components, and with the residual the
 * variance: a line where it is not, or undefined.
 */
export const findUnbalancedLine = (workbook: ReadableWorkbook, periodId: number): number | undefined =>
  workbook.get<{ stock_key_id: number }>(
    `SELECT l.stock_key_id FROM lines l WHERE l.period_id = @periodId AND (${VARIANCE_KINDS.map(
      (kind) =>
        `(l.${kind}_variance_scaled IS NOT NULL AND l.${kind}_explained_scaled + l.${kind}_residual_scaled IS NOT l.${kind}_variance_scaled)
         OR (l.${kind}_variance_scaled <> 0 AND l.${kind}_explained_scaled <> (SELECT coalesce(sum(c.quantity_scaled), 0) FROM components c
           WHERE c.period_id = @periodId AND c.stock_key_id = l.stock_key_id AND c.kind = '${kind}' AND c.suggested = 0))`,
    ).join(' OR ')}) LIMIT 1`,
    { periodId },
  )?.stock_key_id;

interface ComponentRow {
  readonly kind: VarianceKind;
  readonly class: VarianceClass;
  readonly cause: Cause;
  readonly quantity_scaled: number;
  readonly suggested: 0 | 1;
  readonly rule: string;
  readonly sentence: string;
  readonly documents: string;
  readonly evidence: string;
  readonly twin_stock_key_id: number | null;
}

export interface StoredComponent extends VarianceComponent {
  readonly kind: VarianceKind;
}

/** The components of a line in the order of its bridges. */
export function componentsOfLine(
  workbook: ReadableWorkbook,
  periodId: number,
  stockKeyId: number,
): readonly StoredComponent[] {
  return workbook
    .all<ComponentRow>(
      'SELECT * FROM components WHERE period_id = ? AND stock_key_id = ? ORDER BY kind, position',
      periodId,
      stockKeyId,
    )
    .map((row) => ({
      kind: row.kind,
      class: row.class,
      cause: row.cause,
      quantityScaled: row.quantity_scaled,
      suggested: row.suggested === 1,
      rule: row.rule,
      sentence: row.sentence,
      documents: JSON.parse(row.documents) as string[],
      evidence: (JSON.parse(row.evidence) as [number, number][]).map(([importId, rowNumber]): EvidenceRef => ({
        importId,
        rowNumber,
      })),
      twinStockKeyId: row.twin_stock_key_id,
    }));
}
