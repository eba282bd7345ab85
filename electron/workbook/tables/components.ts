/** Components of variances: written by the reconciliation, read for a line. */
import type { Cause, EvidenceRef, VarianceClass, VarianceComponent, VarianceKind } from '@shared/domain/variance';
import type { ReadableWorkbook, WritableWorkbook } from '../workbook';

/** Replaces what was stored for one line. */
export function replaceComponents(
  workbook: WritableWorkbook,
  periodId: number,
  stockKeyId: number,
  variances: readonly { readonly kind: VarianceKind; readonly components: readonly VarianceComponent[] }[],
): void {
  workbook.run('DELETE FROM components WHERE period_id = ? AND stock_key_id = ?', periodId, stockKeyId);
  for (const { kind, components } of variances) {
    components.forEach((component, index) => {
      workbook.run(
        `INSERT INTO components (period_id, stock_key_id, kind, position, class, cause, quantity_scaled, suggested, rule, sentence,
           documents, evidence, twin_stock_key_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        periodId,
        stockKeyId,
        kind,
        index + 1,
        component.class,
        component.cause,
        component.quantityScaled,
        component.suggested ? 1 : 0,
        component.rule,
        component.sentence,
        JSON.stringify(component.documents),
        JSON.stringify(component.evidence.map(({ importId, rowNumber }) => [importId, rowNumber])),
        component.twinStockKeyId,
      );
    });
  }
}

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
